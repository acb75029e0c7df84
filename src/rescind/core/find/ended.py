"""Contracts that have ended, and the charges that a statement shows after it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A contract that has ended, as far as is known."""

    merchant: str
    channel: str | None
    effective_on: date
    last_charge: tuple[str, int] | None
    """File and row of the last rightful charge."""
    amount: Decimal | None
    resumed_on: date | None = None
    biller: str | None = None
    """Who bills by their own name, where no ``channel`` says it; else ``None``."""
    period: Period | None = None
    due_on: date | None = None
    """A day on which it was paid, or was to be; with ``period`` it tells the others."""
    is_confirmed: bool = True
    """Whether the merchant or the store says that it ends on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A charge that came after an end."""

    ended: int
    """0-based place of the contract among those given."""
    file: str
    row: int
    on: date
    amount: int
    """In thousandths, money out above zero."""
    currency: str
    because: tuple[Sentence, ...]
    is_sure: bool = True
    """Whether it is the contract's for certain; else the person is asked."""
