"""Months where a day is needed, and in Roman figures: ``June 2026``, ``3.IX.2027``."""

import re
from calendar import month_name, monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput
from rescind.core.periods import roman_month

FIRST_YEAR, LAST_YEAR = 1990, 2100
SHORTEST_MONTH = 28
_IN_NUMBERS = re.compile(
    r"(?P<month>\d{1,2})\s?[./-]\s?(?P<year>\d{4})"
    r"|(?P<year_first>\d{4})\s?[./-]\s?(?P<month_last>\d{1,2})"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMES = [name.casefold() for name in month_name]
_SHORTEST = 3
"""Letters by which a name of a month is known."""


def names_a_month(text: str) -> bool:
    """Return whether a text names a month, or a year, and no day of it.

    >>> [names_a_month(text) for text in ("June 2026", "06/2026", "in June")]
    [True, True, True]
    >>> [names_a_month(text) for text in ("3 June", "yesterday", "2026-06-03")]
    [False, False, False]
    """
    words = text.strip().casefold()
    if _IN_NUMBERS.fullmatch(words):
        return True
    rest, years = _YEAR.subn("", words)
    if any(character.isdigit() for character in rest):
        return False
    return bool(years) or not set(_NAMES[1:]).isdisjoint(re.findall(r"\w+", rest))


def first_of(text: str) -> date | None:
    """Return the first day of a month in numbers, or with its English name and year.

    >>> first_of("2026-08"), first_of("08/2026"), first_of("in Aug 2026")
    (datetime.date(2026, 8, 1), datetime.date(2026, 8, 1), datetime.date(2026, 8, 1))
    """
    words = text.strip().casefold()
    numbers, year = _IN_NUMBERS.fullmatch(words), _YEAR.search(words)
    if numbers is not None:
        told = numbers["year"] or numbers["year_first"]
        month = int(numbers["month"] or numbers["month_last"])
    elif year is not None:
        told, month = year[0], _month_named(words)
    else:
        return None
    return date(int(told), month, 1) if 0 < month < len(_NAMES) and int(told) else None


def month_of(name: str) -> int:
    """Return the number of the month with an English name; 0: none has it.

    >>> month_of("March"), month_of("Mar")
    (3, 0)
    """
    whole = name.casefold()
    return _NAMES.index(whole) if whole in _NAMES else 0


def _month_named(words: str) -> int:
    """Return the number of the month that some words name; 0: none."""
    every = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) >= _SHORTEST]
    return next(
        (
            number
            for number, name in enumerate(_NAMES)
            if any(name.startswith(word) for word in every)
        ),
        0,
    )


def refuse_month(text: str, field: str) -> None:
    """Raise BadInput naming the field where a text names a month, and no day of it."""
    if names_a_month(text):
        message = why_not("many_days", value=text.strip())
        raise BadInput(field, message, _days_of(text))


BY_MONTH = "by_month"
"""Beside the facts: which of them were told as a month, each with the day it became."""
_LASTING = frozenset({"cancelled_at", "withdrawn_at", "died_at"})
"""Days after which something counts: the last of the month promises least."""


def month_read(name: str, first: date, today: date) -> date:
    """Return the day that counts for a month, by its first day and what it is told for.

    An end counts from the month's last day, so that nothing is promised that may not
    hold; a time that runs out is counted from its first.

    >>> month_read("cancelled_at", date(2026, 8, 1), date(2026, 11, 30))
    datetime.date(2026, 8, 31)
    >>> month_read("price_raised_at", date(2027, 1, 1), date(2026, 11, 30))
    datetime.date(2027, 1, 1)
    """
    if name not in _LASTING:
        return first
    return min(last_of_month(first), max(first, today))


def last_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def as_months(days: Mapping[str, str]) -> str:
    """Return which facts were told as a month, as it is kept beside them.

    >>> as_months({"cancelled_at": "2026-08-31"})
    'cancelled_at 2026-08-31'
    """
    return "; ".join(f"{name} {day}" for name, day in days.items())


def months_among(facts: Mapping[str, Any]) -> frozenset[str]:
    """Return the facts that were told as a month, and are still the day it became.

    >>> told = {"by_month": "a 2026-08-31; b 2026-08-31", "a": "2026-08-31"}
    >>> sorted(months_among(told))
    ['a']
    """
    pairs = (each.split() for each in str(facts.get(BY_MONTH) or "").split(";"))
    told = {pair[0]: pair[-1] for pair in pairs if pair}
    return frozenset(name for name, day in told.items() if facts.get(name) == day)


def ask_for_the_day(text: str, field: str) -> None:
    """Raise BadInput where a text names the month alone of what may be left out."""
    if names_a_month(text):
        message = why_not("day_or_nothing", value=text.strip()[:40])
        raise BadInput(field, message, _days_of(text))


def _days_of(text: str) -> list[str]:
    """Return the first and the last day of a month that is named with its year."""
    first = first_of(text)
    if first is None:
        return []
    return [first.isoformat(), last_of_month(first).isoformat()]


def in_figures(text: str) -> str:
    """Return what was typed with single blanks, a month in Roman figures in our own.

    >>> in_figures("03.IX.2027"), in_figures("20 XII 26"), in_figures("3 March")
    ('03.9.2027', '20.12.26', '3 March')
    """
    words = " ".join(text.split())
    roman = _WITH_ROMAN.fullmatch(words)
    month = roman_month(roman[2]) if roman is not None else 0
    return f"{roman[1]}.{month}.{roman[3]}" if roman is not None and month else words


_WITH_ROMAN = re.compile(
    r"(\d{1,4})\.?[ ./-]? ?([IVXivx]{1,4})\.?[ ./-]? ?(\d{4}|\d{1,2}|)\.?"
)
"""Such as 3.IX.2027; with dots the day comes first, unless the year does."""


def nearest_days(text: str) -> list[str]:
    """Return days that a mistyped one may have meant, in ISO 8601; or none.

    >>> nearest_days("2026-02-31")
    ['2026-02-28']
    >>> nearest_days("15.XII.2025"), nearest_days("20260115")
    (['2025-12-15'], ['2026-01-15'])
    """
    if text.isascii() and text.isdecimal() and len(text) == len("20260131"):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    text = in_figures(text)
    digits = "".join(c if c.isascii() and c.isdigit() else " " for c in text[:10])
    numbers = [int(part) for part in digits.split()][:3]
    if len(numbers) != 3:  # noqa: PLR2004 - year, month and day
        return []
    first, second, third = numbers
    tries = ((first, second, third), (third, second, first), (third, first, second))
    days = {near for y, m, d in tries if (near := _clamped(y, m, d)) is not None}
    if not days:
        nearest = _clamped(first, min(max(second, 1), 12), max(third, 1))
        days = set() if nearest is None else {nearest}
    return sorted(days)


def _clamped(year: int, month: int, day: int) -> str | None:
    """Return a day, or its month's last; ``None`` where there is no such month."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    tries = range(min(day, 31), 27, -1) if day > SHORTEST_MONTH else (day,)
    for last in tries:
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    return None
