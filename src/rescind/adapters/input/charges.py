"""Charges beside the newest: each a day and a sum, in a file or as people write them.

In a file they stand as ``2026-10-05 39.95 USD``, divided by semicolons.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from rescind.adapters.data.words import why_not
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.months import names_a_month
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.values import parse_when, read_money
from rescind.core.errors import BadInput
from rescind.core.model.facts import day_of
from rescind.core.model.money import Money, OtherCharge

_BETWEEN = re.compile(
    r"[;\n]+|,\s+(?=\D*\d)(?!\d{4}\b)|\s+(?:and|und|et|y|e|en|&|\+)\s+"
)
"""What stands between two charges; no comma of a sum, or before a year."""
_WITH_SUM = " :–-="
_EXAMPLES = ("5 October 39.95 USD; 5 September 39.95 USD",)
MOST = 24
"""Charges of two years, month by month; who has more should ask an adviser."""


def read_charges(text: str, field: str) -> tuple[OtherCharge, ...]:
    """Return charges that stand in a file; raises BadInput naming the field."""
    parts = [part.strip() for part in re.split(r"[;\n]+", text) if part.strip()]
    _refuse_many(parts, field)
    return tuple(_charge(part, field) for part in parts)


def standard_charges(
    text: str, field: str, *, today: date, country: str | None, price: Money | None
) -> str:
    """Return charges that somebody wrote, as they stand in a file.

    One without a sum was as much as the last one (``price``). Raises BadInput naming
    the field, with ways to write them.

    >>> from decimal import Decimal
    >>> eur = Money(amount=Decimal("9.99"), currency="EUR")
    >>> facts = {"today": date(2026, 11, 30), "country": "DE", "price": eur}
    >>> standard_charges("5.9.2026 and 5.10.2026 €12", "further_charges", **facts)
    '2026-09-05 9.99 EUR; 2026-10-05 12 EUR'
    """
    try:
        charges: Iterable[OtherCharge] = read_charges(text, field)
    except BadInput:
        parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        _refuse_many(parts, field)
        charges = _written(parts, field, today, country, price)
    return "; ".join(f"{each.on.isoformat()} {each.sum}" for each in charges)


def _charge(text: str, field: str) -> OtherCharge:
    on, _, amount = text.partition(" ")
    money = read_money(amount, field)
    if money is None:
        raise BadInput(field, why_not("no_sum", value=text[:40]), _EXAMPLES)
    return OtherCharge(on=day_of(parse_when(on, field)), sum=money)


def _written(
    parts: list[str],
    field: str,
    today: date,
    country: str | None,
    price: Money | None,
) -> Iterator[OtherCharge]:
    for part in parts:
        on = _day(part, today, country)
        if on is not None and price is None:
            raise BadInput(field, why_not("charge_without_sum", value=part), _EXAMPLES)
        if on is not None and price is not None:
            yield OtherCharge(on=on, sum=price)
            continue
        yield _with_sum(part, field, today, country)


def _with_sum(part: str, field: str, today: date, country: str | None) -> OtherCharge:
    """Return a charge whose day stands before its sum."""
    words = part.split()
    for at in range(len(words) - 1, 0, -1):
        on = _day(" ".join(words[:at]).strip(_WITH_SUM), today, country)
        if on is None:
            continue
        rest = " ".join(words[at:]).strip(_WITH_SUM)
        return OtherCharge(on=on, sum=read_written_money(rest, field, country=country))
    raise BadInput(field, why_not("no_charge", value=part[:40]), _EXAMPLES)


def _day(words: str, today: date, country: str | None) -> date | None:
    if names_a_month(words):
        return None
    try:
        return read_written_day(words, "paid_at", today=today, country=country)
    except BadInput:
        return None


def _refuse_many(parts: list[str], field: str) -> None:
    if len(parts) > MOST:
        message = why_not("too_many_charges", count=len(parts), most=MOST)
        raise BadInput(field, message, _EXAMPLES)
