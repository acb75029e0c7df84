"""Entries of formats that are read one by one, before they become columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

import polars as pl

from rescind.adapters.statements.assumed import amount_assumption
from rescind.adapters.statements.currencies import THREE_DECIMALS
from rescind.adapters.statements.numbers import read_amounts
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, THOUSANDTHS, Assumption

_MOST = Decimal(10) ** 13
"""Above it nobody is paid; thousandths of it fit into 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booked entry; empty text is what the file does not say."""

    on: str
    """The day, as ISO 8601 writes it."""
    amount: int
    """In thousandths, money out below zero."""
    currency: str = ""
    account: str = ""
    text: str = ""
    kind: str = ""
    foreign: int | None = None
    foreign_currency: str = ""
    booked: str = ""
    """The booking's day, where ``on`` may be an earlier one."""
    row: int = 0
    """Its place, where several entries share one (parts of a batch)."""


_PARTED = re.compile(
    r"^[+-]?(?:\d*[.,]?\d*|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?"
    r"|\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d*)?)$"
)
"""Digits with thousands parted as they are; in India after two digits."""


def amount_of(text: str) -> int | None:
    """Return thousandths of an amount with a point or a comma, or None.

    >>> amount_of("-1.234,50"), amount_of("12.5"), amount_of("+7"), amount_of("x")
    (-1234500, 12500, 7000, None)
    >>> amount_of("-15..49"), amount_of("1.23,45"), amount_of("1,23,456.00")
    (None, None, 123456000)
    """
    bare = re.sub(r"[\s'’]", "", text)
    if _PARTED.search(bare) is None:
        return None
    if "," in bare and "." in bare:
        bare = bare.replace("." if bare.rfind(",") > bare.rfind(".") else ",", "")
    for sign in ",.":
        if bare.count(sign) > 1:  # what stands more than once parts thousands
            bare = bare.replace(sign, "")
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > _MOST:
        return None
    return int((value * THOUSANDTHS).to_integral_value())


_THREE_BEHIND = re.compile(r"\d[.,]\d{3}$")


def as_all_say(
    entries: Sequence[Entry], written: Sequence[str]
) -> tuple[list[Entry], tuple[Assumption, ...]]:
    """Return entries with the amounts that all of a file's amounts let one read.

    ``-1,650`` beside ``-15.49`` is no 1.65. What stays open is an assumption. Raises
    BadInput where an amount fits none of the others.
    """
    if not any(map(_THREE_BEHIND.search, written)):
        return list(entries), ()
    amounts = read_amounts(pl.Series(written, dtype=pl.String))
    values = amounts.values.to_list()
    if None in values:
        odd = written[values.index(None)]
        raise BadInput("file", f"the amount {odd!r} is written unlike the others")
    has_two = all(entry.currency not in THREE_DECIMALS for entry in entries)
    assumed = (amount_assumption(amounts, has_two=has_two),)
    return (
        [replace(e, amount=v) for e, v in zip(entries, values, strict=True)],
        assumed if amounts.sureness < 1 else (),
    )


def frame_of(entries: Sequence[Entry]) -> pl.DataFrame:
    """Return entries as columns, numbered; raises BadInput where a day is none."""
    days = [_day(entry.on) for entry in entries]
    return pl.DataFrame(
        {
            "row": [entry.row or number for number, entry in enumerate(entries, 1)],
            "on": days,
            "amount": [entry.amount for entry in entries],
            "currency": [entry.currency or None for entry in entries],
            "account": [entry.account or None for entry in entries],
            "text": [" ".join(entry.text.split()) for entry in entries],
            "kind": [entry.kind for entry in entries],
            "foreign": [entry.foreign for entry in entries],
            "foreign_currency": [entry.foreign_currency or None for entry in entries],
            "booked": [_day(e.booked) if e.booked else None for e in entries],
        },
        schema=ENTRIES,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("file", f"{text!r} is no day", ["2026-03-01"]) from error
