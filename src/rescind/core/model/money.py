"""Money: an exact amount in a currency."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_WHOLE = frozenset(
    {"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"}
)
"""Currencies without a smaller unit."""
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in a currency named by its ISO 4217 code.

    >>> str(Money(amount=Decimal("13.50"), currency="EUR"))
    '13.50 EUR'
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse amounts that nobody can pay and currencies that are not codes."""
        if not self.amount.is_finite():
            raise ValueError(self.amount)
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError(self.currency)

    @property
    def smallest(self) -> Decimal:
        """Return the currency's smallest amount, as ISO 4217 gives it.

        >>> Money(amount=Decimal(399), currency="EUR").smallest
        Decimal('0.01')
        """
        return Decimal(1) if self.currency in _WHOLE else Decimal("0.01")

    def of(self, amount: Decimal) -> "Money":
        """Return another amount of the same currency, rounded to its smallest."""
        return Money(amount=amount.quantize(self.smallest), currency=self.currency)

    def __str__(self) -> str:
        """Return amount and code, as written on a statement."""
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCharge:
    """A charge beside the newest one, of the same kind."""

    on: date
    sum: Money


def in_all(newest: Money | None, others: Sequence[OtherCharge]) -> Money | None:
    """Return the sum of a charge and others; ``None`` where it is not one of money."""
    if newest is None or not others:
        return newest
    if any(each.sum.currency != newest.currency for each in others):
        return None
    return newest.of(sum((each.sum.amount for each in others), newest.amount))
