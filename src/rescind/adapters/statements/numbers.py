"""Columns of dates and amounts, in whatever way a bank writes them."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl
from babel import Locale

from rescind.core.model.statement import THOUSANDTHS

_NUMERIC = re.compile(
    r"\s*(\d{1,4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{2,4})日?(?:\b|(?=T\d))"
)
_COMPACT = re.compile(r"\s*(\d{8}|\d{6})\s*$")
_NAMED = re.compile(
    r"\s*(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?:de\s+)?"
    r"(?P<month>[^\W\d_]{3,12})\.?"
    r"|(?P<first_month>[^\W\d_]{3,12})\.?\s*(?P<second_day>\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:[\s,\-./]*(?:de\s+)?(?P<year>\d{4}|\d{2}))?\b"
)
_MONTH_LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
]
_YYYYMMDD, _YYMMDD = 8, 6
"""Digits of a date written without anything between them."""
_SHORT = 2
"""Digits of a day, a month, or a year without its century."""
_CENTURY, _FIRST_YEAR, _LAST_YEAR = 2000, 1970, 2100
_SEPTEMBER = 9
_MOST = 9e9
"""Units up to which a float holds thousandths exactly."""
_FEW_DIFFERENT = 4
"""Entries to a different date from which cells are days alone, without a time."""
ORDERS = ("YMD", "DMY", "MDY")
Parts = tuple[int, int, int]


@cache
def month_names() -> Mapping[str, int]:
    """Return the names of months, whole and cut, of the languages that banks write."""
    months: dict[str, int] = {}
    for code in _MONTH_LANGUAGES:
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                names = Locale.parse(code).months[form][width]
                for number, name in names.items():
                    months.setdefault(str(name).lower().rstrip("."), int(number))
    months["sept"] = _SEPTEMBER  # as banks cut it, unlike CLDR
    return months


def looks_like_date(text: str) -> bool:
    """Return whether a cell starts with a date.

    Six digits alone may be one, but are more often a reference: they are not taken.

    >>> [looks_like_date(t) for t in ("12.03.2026", "3 Mar 2026", "1.234,50", "x")]
    [True, True, False, False]
    """
    numeric = _NUMERIC.match(text)
    if numeric:
        return any(_day(_ordered(numeric.groups(), order)) for order in ORDERS)
    compact = _COMPACT.match(text)
    if compact and len(compact[1]) == _YYYYMMDD:
        return _compact(compact[1], "YMD") is not None
    return _named(text) is not None


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates as read."""

    values: pl.Series
    """Null where a cell is no date."""
    order: str
    is_sure: bool
    """Whether some date in the file excludes the other order."""


def read_dates(column: pl.Series, order: str | None = None) -> Dates:
    """Return a column's dates; the order of day and month is told by what they allow.

    A file in which each order is possible is read by the order that keeps its entries
    sorted, else day first; ``is_sure`` tells that a person should look.
    """
    text = column.cast(pl.String).str.strip_chars()
    text = text.set(text == "", None)
    iso = text.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:[T\s]|$)")
    if iso.null_count() == text.null_count():
        return Dates(iso.str.to_date("%Y-%m-%d", strict=False), "YMD", is_sure=True)
    if column.n_unique() > len(column) // _FEW_DIFFERENT:  # moments differ, days do not
        text = text.str.replace(r"[\sT]+\d{1,2}[:.h]\d{2}.*$", "")
    different = text.drop_nulls().unique(maintain_order=True).to_list()
    orders = [order] if order else _possible(different)
    tables = [{cell: _one(cell, each) for cell in different} for each in orders]
    if len(orders) > 1 and tables[0] == tables[1]:
        orders, tables = orders[:1], tables[:1]
    turns = [_turns(different, table) for table in tables]
    best = turns.index(min(turns))
    values = text.replace_strict(tables[best], default=None, return_dtype=pl.Date)
    return Dates(values, orders[best], is_sure=len(orders) == 1)


def _possible(cells: Iterable[str]) -> list[str]:
    """Return the orders under which most cells are dates, day first before month."""
    cells = list(cells)
    dates = {order: sum(_one(c, order) is not None for c in cells) for order in ORDERS}
    most = max(dates["DMY"], dates["MDY"])
    years_first = all(c[:4].isdigit() for c in cells)
    if dates["YMD"] > most or (years_first and dates["YMD"] == most):
        return ["YMD"]
    return [order for order in ("DMY", "MDY") if dates[order] == most]


def _turns(cells: Iterable[str], table: Mapping[str, date | None]) -> int:
    """Return how far the dates are from being sorted, one way or the other."""
    days = [day for cell in cells if (day := table[cell]) is not None]
    steps = [(b - a).days for a, b in itertools.pairwise(days)]
    up = sum(abs(step) for step in steps if step < 0)
    down = sum(step for step in steps if step > 0)
    return min(up, down)


def _one(text: str, order: str) -> date | None:
    numeric = _NUMERIC.match(text)
    if numeric:
        return _day(_ordered(numeric.groups(), order))
    compact = _COMPACT.match(text)
    if compact:
        return _compact(compact[1], order)
    return _named(text)


def _compact(digits: str, order: str) -> date | None:
    if len(digits) == _YYMMDD or order != "YMD":
        return _day(_ordered((digits[:2], digits[2:4], digits[4:]), order))
    return _day(_ordered((digits[:4], digits[4:6], digits[6:]), order))


def _ordered(parts: Iterable[str | None], order: str) -> Parts | None:
    """Return year, month and day of three numbers in an order."""
    first, second, third = (str(part) for part in parts)
    if order == "YMD" or len(first) > _SHORT:
        if len(third) > _SHORT:
            return None
        return _year(first), int(second), int(third)
    if order == "DMY":
        return _year(third), int(second), int(first)
    return _year(third), int(first), int(second)


def _year(digits: str) -> int:
    return int(digits) if len(digits) > _SHORT else _CENTURY + int(digits)


def _day(parts: Parts | None) -> date | None:
    if parts is None or not _FIRST_YEAR <= parts[0] <= _LAST_YEAR:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _named(text: str) -> date | None:
    match = _NAMED.match(text)
    if not match or match["year"] is None:
        return None
    month = month_names().get((match["month"] or match["first_month"]).lower())
    if month is None:
        return None
    return _day((_year(match["year"]), month, int(match["day"] or match["second_day"])))


_PLAIN = r"^[-+]?\d+(?:\.\d{1,2})?$"
_AMOUNT = re.compile(
    r"[(\-+−–]{0,2}\s?(?:[A-Z]{1,3}\s?|[^\w\s.,'’()+-]{1,3}\s?|[Kk]r\.?\s?|zł\s?)?"
    r"[(\-+−–]?\s?\d[\d.,'’\s\u00a0\u202f]*\d?\)?\s?[-+−–]?"
    r"(?:\s?(?:[A-Z]{2,3}|[^\w\s]{1,3}|kr\.?|zł|Kč|Ft|DR|CR|Dr|Cr|[DCHS]))?\)?"
)
_NEGATIVE = (
    r"^\s*[\p{Sc}\w]{0,3}\s?[(\-−–]|[-−–]\s*[\p{Sc}A-Za-z]{0,3}\s*$"
    r"|(?i:\d\s*(?:dr|db|d|s|soll)\.?\s*$)"
)


def looks_like_amount(text: str) -> bool:
    """Return whether a cell is an amount, whatever its signs.

    >>> cells = ("-1.234,50 €", "(12.00)", "12.00 DR", "R$ 9,90", "", "a 3", "12.03.26")
    >>> [looks_like_amount(cell) for cell in cells]
    [True, True, True, True, False, False, False]
    """
    cell = text.strip()
    return bool(_AMOUNT.fullmatch(cell)) and not looks_like_date(cell)


def is_entry(row: Sequence[str]) -> bool:
    """Return whether a row of cells has a date and an amount."""
    cells = [cell for cell in row if cell.strip()]
    return any(map(looks_like_date, cells)) and any(map(looks_like_amount, cells))


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of amounts as read, in thousandths."""

    values: pl.Series
    """Null where a cell is no number."""
    decimal: str


def read_amounts(column: pl.Series, decimal: str | None = None) -> Amounts:
    """Return a column's amounts; which sign parts the decimals is told by all of them.

    >>> read_amounts(pl.Series(["1.234,50-", "(7,00)"])).values.to_list()
    [-1234500, -7000]
    """
    text = column.cast(pl.String).str.strip_chars()
    text = text.set(text == "", None)
    if decimal in (None, ".") and bool(text.str.contains(_PLAIN).all()):
        return Amounts(_scaled(text), ".")
    negative = text.str.contains(_NEGATIVE)
    digits = text.str.replace_all(r"[^\d.,]", "").str.strip_chars(".,")
    digits = digits.set(digits == "", None)
    point = decimal or _decimal(digits)
    other = "." if point == "," else ","
    bare = digits.str.replace_all(other, "", literal=True)
    if point == ",":
        bare = bare.str.replace_all(",", ".", literal=True)
    values = _scaled(bare)
    return Amounts(
        pl.select(pl.when(negative).then(-values).otherwise(values)).to_series(), point
    )


def _scaled(text: pl.Series) -> pl.Series:
    """Return whole thousandths; null where a cell is no number below nine billion."""
    units = text.cast(pl.Float64, strict=False)
    units = units.set(~(units.abs() < _MOST), None)
    return (units * THOUSANDTHS).round().cast(pl.Int64)


def _decimal(digits: pl.Series) -> str:
    """Return the sign before the decimals: the one that cannot part thousands."""
    both = digits.filter(digits.str.contains(r"\..*,|,.*\."))
    if len(both):
        commas = both.str.contains(r"\..*,\d*$").sum()
        return "," if 2 * commas > len(both) else "."
    for sign in (",", "."):
        escaped = re.escape(sign)
        if digits.str.contains(rf"{escaped}\d{{1,2}}$").any():
            return sign
    for sign in (",", "."):
        if digits.str.contains(rf"^0{re.escape(sign)}\d+$").any():
            return sign
    return "." if not digits.str.contains(r"\.\d{3}$").any() else ","
