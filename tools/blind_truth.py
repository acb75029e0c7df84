"""What is true of an account made for measuring: its lines, contracts and rhythms."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(slots=True)
class Line:
    """An entry: its day, its sum in hundredths (money out below zero) and its text."""

    on: date
    amount: int
    text: str
    row: int = 0


@dataclass(slots=True)
class Contract:
    """What is true of one contract."""

    merchant: str
    kind: str
    """``subscription``, ``bill`` or ``instalment``."""
    rhythm: str
    """``weekly``, ``irregular``, ``four_weeks``, ``thirty``, ``monthly``,
    ``quarterly``, ``half``, ``yearly``."""
    channel: str = "direct"
    lines: list[Line] = field(default_factory=list)
    free: list[Line] = field(default_factory=list)
    """Lines that may be counted with it or not: trials, an old charge, a bundle."""
    next_on: date | None = None
    ended_on: date | None = None
    last_rightful: Line | None = None
    owed: list[Line] = field(default_factory=list)
    """Charges that came after the end."""
    traits: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Account:
    """One account of a country."""

    name: str
    country: str
    currency: str
    lines: list[Line]
    contracts: list[Contract]


def months_on(day: date, count: int) -> date:
    """Return the same day of a later month, or that month's last."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


STEPS: dict[str, Callable[[date, int], date]] = {
    "weekly": lambda d, n: d + timedelta(7 * n),
    "irregular": lambda d, n: d + timedelta(7 * n),
    "four_weeks": lambda d, n: d + timedelta(28 * n),
    "thirty": lambda d, n: d + timedelta(30 * n),
    "monthly": months_on,
    "quarterly": lambda d, n: months_on(d, 3 * n),
    "half": lambda d, n: months_on(d, 6 * n),
    "yearly": lambda d, n: months_on(d, 12 * n),
}
