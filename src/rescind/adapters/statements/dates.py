"""Columns of dates, in whatever order and language a bank writes them."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl
from babel import Locale

from rescind.adapters.statements.eras import our_year, plain_date
from rescind.core.model.statement import SURE

_NUMERIC = re.compile(
    r"\s*(\d{1,4})\s?[-–/.年년]\s?(\d{1,2})\s?[-–/.月월]\s?(\d{1,4})[日일]?"
    r"(?:\b|(?=T\d))"
)
_YEAR_FIRST = re.compile(r"\s*\d{2,4}\s?[年년]")
_COMPACT = re.compile(r"\s*(\d{8}|\d{6})\s*$")
_NAMED = re.compile(
    r"\s*(?:[^\W\d_]{2,10}[.,]\s*)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?:de\s+)?"
    r"(?P<month>[^\W\d_]{3,12})\.?"
    r"|(?P<first_month>[^\W\d_]{3,12})\.?\s*(?P<second_day>\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:[\s,\-./]*(?:de\s+)?(?P<year>\d{4}|\d{2}))?\b"
)
_TIME_FIRST = r"^\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?,?\s+"
"""A time of day before the date, as some exports write a moment."""
_TIME_FIRST_HERE = re.compile(_TIME_FIRST)
_MONTH_LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl", "cs", "sk",
    "hu", "ro", "hr", "sl", "lt", "lv", "et", "tr", "el", "ru", "uk", "bg",
)  # fmt: skip
_YYYYMMDD, _YYMMDD = 8, 6
"""Digits of a date written without anything between them."""
_SHORT, _WHOLE_YEAR = 2, 4
"""Digits of a day, a month, or a year without its century; of a year with it."""
_CENTURY, _FIRST_YEAR, _LAST_YEAR = 2000, 1970, 2049
"""The last year that a statement can have: what lies behind it is counted otherwise."""
_SEPTEMBER, _LEAP_YEAR = 9, 2024
_FEW_DIFFERENT = 4
"""Entries to a different date from which cells are days alone, without a time."""
_MUCH_LESS_SORTED = 60
"""Days by which an order may leave the entries less sorted than the other one and
still be taken because the headers' language or the bank writes it."""
_SURE_BY_WORDS, _SURE_SORTED, _SURE_OPEN = 0.95, 0.7, 0.5
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
    """Return whether a cell starts with a date, or with a time and then a date.

    Six digits alone may be one, but are more often a reference: they are not taken. A
    day whose year cannot be looks like one: it is a slip, or counted otherwise.

    >>> [looks_like_date(t) for t in ("12.03.2026", "3 Mar 2026", "1.234,50", "x")]
    [True, True, False, False]
    >>> looks_like_date("14:05 12/03/2026")
    True
    """
    text = plain_date(_TIME_FIRST_HERE.sub("", text))
    numeric = _NUMERIC.match(text)
    if numeric:
        is_day = any(_one(text, order) for order in ORDERS)
        return is_day or bool(impossible_year(text))
    compact = _COMPACT.match(text)
    if compact and len(compact[1]) == _YYYYMMDD:
        return _compact(compact[1], "YMD") is not None
    return _named(text) is not None or bool(impossible_year(text))


def impossible_year(text: str) -> str:
    """Return the year of a day that none can have, or nothing.

    >>> impossible_year("05/01/2206"), impossible_year("31/02/2026")
    ('2206', '')
    """
    span = _year_span(text)
    if span is None or any(_one(text, order) for order in ORDERS):
        return ""
    is_first, digits = not text[: span[0]].strip(), span[1] - span[0]
    if digits < _SHORT or (digits not in (_SHORT, _WHOLE_YEAR) and not is_first):
        return ""
    whole = f"{text[: span[0]]}{_LEAP_YEAR}{text[span[1] :]}"
    is_day = any(_one(whole, order) for order in ORDERS)
    return text[slice(*span)] if is_day else ""


def _year_span(text: str) -> tuple[int, int] | None:
    """Return where the year of a day stands."""
    numeric = _NUMERIC.match(text)
    if numeric:
        return numeric.span(1 if len(numeric[1]) > _SHORT else 3)
    named = _NAMED.match(text)
    return named.span("year") if named and named["year"] else None


def in_our_years(text: str, era: int, *, is_short: bool = False) -> str:
    """Return a day of another era with the year as we count it; empty if it is none.

    Of two digits a year can be ours as well: only ``is_short`` takes those.

    >>> from rescind.adapters.statements.eras import BUDDHIST, MINGUO
    >>> in_our_years("05/01/2569", BUDDHIST), in_our_years("115/1/5", MINGUO)
    ('05/01/2026', '2026/1/5')
    >>> in_our_years("05/01/69", BUDDHIST), in_our_years("31/02/2569", BUDDHIST)
    ('', '')
    >>> in_our_years("05/01/69", BUDDHIST, is_short=True)
    '05/01/2026'
    """
    start, end = _year_span(text) or (0, 0)
    year = our_year(text[start:end], era)
    if year is None or (end - start == _SHORT and not is_short):
        return ""
    whole = f"{text[:start]}{year}{text[end:]}"
    return whole if any(_one(whole, order) for order in ORDERS) else ""


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates as read."""

    values: pl.Series
    """Null where a cell is no date."""
    order: str
    sureness: float = 1.0
    because: str = "dates_only"
    """Why this order: a code of the words' table ``assumed``."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked which of two orders it is."""
        return self.sureness >= SURE


def read_dates(column: pl.Series, order: str | None = None, likely: str = "") -> Dates:
    """Return a column's dates; the order of day and month is told by what they allow.

    ``order`` is a person's word and is kept to; ``likely``, what the bank or the
    headers' language lets expect, only decides where the cells allow either order. Else
    the order that keeps the entries sorted is taken, at last day first.
    """
    text = column.cast(pl.String).str.strip_chars()
    text = text.set(text == "", None)
    iso = text.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:[T\s]|$)")
    if iso.null_count() == text.null_count():
        days = iso.str.to_date("%Y-%m-%d", strict=False)
        is_near = days.dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)
        return Dates(days.set(~is_near, None), "YMD")
    text = text.str.replace(_TIME_FIRST, "")
    if column.n_unique() > len(column) // _FEW_DIFFERENT:  # moments differ, days do not
        text = text.str.replace(r"[\sT]+\d{1,2}[:.h]\d{2}.*$", "")
    different = text.drop_nulls().unique(maintain_order=True).to_list()
    orders = [order] if order else _possible(different)
    tables = [{cell: _one(cell, each) for cell in different} for each in orders]
    if len(orders) > 1 and tables[0] == tables[1]:
        orders, tables = orders[:1], tables[:1]
    best, sureness, because = _best(orders, tables, likely)
    if order:
        because = "you_said_so"
    values = text.replace_strict(tables[best], default=None, return_dtype=pl.Date)
    return Dates(values, orders[best], sureness, because)


def _best(
    orders: Sequence[str], tables: Sequence[Mapping[str, date | None]], likely: str
) -> tuple[int, float, str]:
    """Return the place of the order to read by, how sure it is, and why."""
    if len(orders) == 1:
        return 0, 1.0, "dates_only"
    turns = [_turns(table.values()) for table in tables]
    best = turns.index(min(turns))
    if likely in orders:
        expected = orders.index(likely)
        if turns[expected] <= turns[best] + _MUCH_LESS_SORTED:
            return expected, _SURE_BY_WORDS, "dates_by_words"
    if turns[0] != turns[1]:
        return best, _SURE_SORTED, "dates_sorted"
    return best, _SURE_OPEN, "dates_open"


def _possible(cells: Iterable[str]) -> list[str]:
    """Return the orders under which most cells are dates, day first before month."""
    cells = list(cells)
    dates = {order: sum(_one(c, order) is not None for c in cells) for order in ORDERS}
    most = max(dates["DMY"], dates["MDY"])
    years_first = all(c[:4].isdigit() for c in cells)
    if dates["YMD"] > most or (years_first and dates["YMD"] == most):
        return ["YMD"]
    if dates["YMD"] == most and _years(cells, "YMD") < min(
        _years(cells, order) for order in ("DMY", "MDY") if dates[order] == most
    ):
        return ["YMD"]  # two digits each: days that stand for years lie far apart
    return [order for order in ("DMY", "MDY") if dates[order] == most]


def _years(cells: Iterable[str], order: str) -> int:
    """Return over how many years the dates lie that cells are in an order."""
    years = [day.year for cell in cells if (day := _one(cell, order)) is not None]
    return max(years, default=0) - min(years, default=0)


def _turns(dates: Iterable[date | None]) -> int:
    """Return how far the dates are from being sorted, one way or the other."""
    days = [day for day in dates if day is not None]
    steps = [(b - a).days for a, b in itertools.pairwise(days)]
    up = sum(abs(step) for step in steps if step < 0)
    down = sum(step for step in steps if step > 0)
    return min(up, down)


def _one(text: str, order: str) -> date | None:
    numeric = _NUMERIC.match(text)
    if numeric:
        order = "YMD" if _YEAR_FIRST.match(text) else order
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
        if len(third) > _SHORT or len(first) < _SHORT:
            return None
        return _year(first), int(second), int(third)
    if len(third) < _SHORT:
        return None  # no year has one digit
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


PARTS = tuple(
    re.compile(pattern)
    for pattern in (r"(?:19|20)\d\d", r"0?[1-9]|1[0-2]", r"0?[1-9]|[12]\d|3[01]")
)
"""A year, a month and a day, each in a cell of its own."""


_ORDERS = ((0, 1, 2), (2, 1, 0), (1, 2, 0))
"""Year, month, day; day, month, year; month, day, year."""


def parted_date(row: Sequence[str]) -> bool:
    """Return whether three cells beside each other are year, month and day.

    >>> parted_date(["2026", "1", "31", "Lumen"]), parted_date(["2026", "31", "1"])
    (True, False)
    >>> parted_date(["31", "Jan", "2026"])
    True
    """
    cells = [cell.strip().lower() for cell in row]
    return any(
        _are_parts([cells[start + order.index(part)] for part in range(len(PARTS))])
        for order in _ORDERS
        for start in range(len(row) - len(PARTS) + 1)
    )


def _are_parts(cells: Sequence[str]) -> bool:
    """Return whether cells are a year, a month and a day; names are looked up last."""
    year, month, day = PARTS
    if not year.fullmatch(cells[0]) or not day.fullmatch(cells[2]):
        return False
    return bool(month.fullmatch(cells[1])) or cells[1].rstrip(".") in month_names()
