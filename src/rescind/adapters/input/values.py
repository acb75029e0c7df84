"""Days, moments and sums as they stand in files of facts."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from rescind.adapters.data.words import why_not
from rescind.adapters.input.months import (
    FIRST_YEAR,
    LAST_YEAR,
    ask_for_the_day,
    nearest_days,
)
from rescind.adapters.input.sums import check_sum, read_written_money
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.facts import When
from rescind.core.model.money import Money

DAY_LENGTH = len("2026-01-31")
MOMENTS = ("2026-01-31", "2026-01-31T12:00:00+00:00")
"""Ways to write a moment."""


def parse_when(text: str, name: str, zones: tuple[tzinfo, ...] = ()) -> When:
    """Return a day or a moment from ISO 8601; raises BadInput with what is near.

    A moment without an offset is read in the consumer's zone, if there is just one.
    """
    try:
        parse = (
            date.fromisoformat if len(text) <= DAY_LENGTH else datetime.fromisoformat
        )
        value = parse(text)
    except ValueError as error:
        if name in FACTS:
            ask_for_the_day(text, name)
        message = why_not("no_day_in_file", value=text[:40])
        near = nearest_days(text) or MOMENTS
        raise BadInput(name, message, near) from error
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        span = {"first": FIRST_YEAR, "last": LAST_YEAR}
        message = why_not("year_out_of_reach", value=text, **span)
        raise BadInput(name, message, [f"{2026}{text[4:]}"])
    if not isinstance(value, datetime) or value.tzinfo is not None:
        return value
    if len(zones) != 1:
        message = why_not("no_offset", value=text)
        raise BadInput(name, message, [f"{text}+00:00", text[:10]])
    return value.replace(tzinfo=zones[0])


def read_money(
    value: object, name: str = "price", *, country: str | None = None
) -> Money | None:
    """Return a sum; raises BadInput naming the field where the value is not a sum.

    As a person writes it, too, where it says which money it is: ``€399``; that of
    ``country``, where several have money of that name.
    """
    if value is None:
        return None
    if isinstance(value, str):
        amount, _, currency = value.strip().partition(" ")
    elif isinstance(value, Mapping):
        amount, currency = str(value.get("amount", "")), str(value.get("currency", ""))
    else:
        amount, currency = "", ""
    try:
        money = Money(amount=Decimal(amount), currency=currency.strip().upper())
    except (InvalidOperation, ValueError):
        return _as_written(value, name, country)
    if money.amount < 0:
        positive = f"{-money.amount} {money.currency}"
        raise BadInput(name, why_not("sum_negative"), [positive])
    check_sum(money, name)
    return money


def _as_written(value: object, name: str, country: str | None) -> Money:
    """Return a sum that somebody typed; raises BadInput with what it may have been."""
    is_text = isinstance(value, str | int | float | Decimal)
    text = "" if not is_text or isinstance(value, bool) else str(value)
    message = why_not("no_sum", value=_as_typed(value))
    try:
        money = read_written_money(text, name, country=country)
    except BadInput as error:
        has_number = any(c.isdecimal() for c in text)
        near = error.suggestions if has_number else _PRICES
        raise BadInput(name, message, near) from error
    if not any(c.isalpha() or unicodedata.category(c) == "Sc" for c in text):
        # the country's money is a guess that a file does not make by itself
        raise BadInput(name, message, [str(money.of(money.amount))])
    return money.of(money.amount)


def _as_typed(value: object) -> str:
    """Return a sum as it was given, without the marks of the file that held it."""
    parts = value.values() if isinstance(value, Mapping) else [value]
    return " ".join(str(part) for part in parts)[:100]


_PRICES = ("13.50 EUR", "59.00 USD")
