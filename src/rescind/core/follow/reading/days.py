"""The days that a text tells, as people write them.

A day may be whole, without a year, or told from the day when the text came: "today",
"at the end of next month", "three weeks from now", "Friday of next week".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from itertools import zip_longest

from rescind.core.periods import LAST, add_months, roman_month, weekday_of_month

LATE = 31
"""Days before the answer that a day without a year may lie and still be this year's, in
an answer that ends something."""
_LAST_MONTH = 12
_CENTURY = 2000


class DayRule(StrEnum):
    """How a day is told."""

    DAY = "day"
    """Day and month, with a year or without."""
    MONTH_END = "month_end"
    """The end of a month that is named."""
    THIS_MONTH_END = "this_month_end"
    NEXT_MONTH_END = "next_month_end"
    THIS_YEAR_END = "this_year_end"
    THIS_QUARTER_END = "this_quarter_end"
    THIS_MONTH_DAY = "this_month_day"
    NEXT_MONTH_DAY = "next_month_day"
    COMING_DAY = "coming_day"
    """The next day of the month with that number."""
    TODAY = "today"
    TOMORROW = "tomorrow"
    YESTERDAY = "yesterday"
    IN_DAYS = "in_days"
    IN_WEEKS = "in_weeks"
    IN_MONTHS = "in_months"
    WEEKDAY = "weekday"
    """The next day of that name after the answer."""
    NEXT_WEEK_WEEKDAY = "next_week_weekday"
    WEEKDAY_IN_WEEKS = "weekday_in_weeks"
    """The day of that name in the week that is some weeks on."""
    LAST_WEEKDAY = "last_weekday"
    """The last day of that name in the month of the answer."""
    NTH_WEEKDAY = "nth_weekday"
    """The first, third or last day of that name in a month."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayWords:
    """How a language writes days; all patterns run over folded text.

    Each is one of its own: what was found by it is remembered under it.
    """

    rules: Mapping[DayRule, re.Pattern[str]]
    months: tuple[re.Pattern[str], ...]
    weekdays: tuple[re.Pattern[str], ...]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    """-1 is the last."""
    effect: re.Pattern[str]
    """Words by which an end takes effect on a day: the day before is the last."""
    wished: re.Pattern[str]
    """What the reader wishes or wrote: no end, whatever ends in it."""
    with_day: re.Pattern[str]
    """Words by which it lasts to the end of a day."""
    ends: re.Pattern[str]
    """Words of an end, or of what lasts until then."""
    other: re.Pattern[str]
    """Words of money, letters and parcels, which have days of their own."""
    nothing: re.Pattern[str]
    """Words by which nothing more is taken or sent, which is an end as well."""
    joins: re.Pattern[str]
    """Words that begin a clause."""
    last_year: re.Pattern[str]
    coming: re.Pattern[str]
    past: re.Pattern[str]
    at_once: re.Pattern[str]
    period_end: re.Pattern[str]
    """The end of a period whose day is not told."""
    is_day_first: bool
    """03/04 is the third of April."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDay:
    """A day in a text, and how much ties it to the end of the contract."""

    on: date
    start: int
    stop: int
    rule: DayRule | None


@lru_cache(maxsize=1024)
def find_days(
    folded: str, words: DayWords, came_on: date | None, *, is_past: bool = False
) -> tuple[ToldDay, ...]:
    """Return the days that a folded sentence tells, in order, none inside another.

    A day without a year is the one that fits: in an answer that ends something the next
    one, or one of the last month; where it was over before, the last one.
    """
    found = [*_in_words(folded, words, came_on, is_past=is_past)]
    found += _in_figures(folded, words, came_on, is_past=is_past)
    # of "from the 3.IX.2027" the whole day counts, and not the third of a month
    found.sort(key=lambda day: (day.rule is not None, day.start - day.stop, day.start))
    kept: list[ToldDay] = []
    for day in found:
        if all(day.stop <= each.start or each.stop <= day.start for each in kept):
            kept.append(day)
    has_count = any(day.rule in _COUNTED for day in kept)
    kept = [day for day in kept if not (has_count and day.rule is DayRule.TODAY)]
    kept.sort(key=lambda day: day.start)
    # "Friday 27 February": the name says nothing more
    return tuple(
        day
        for day, following in zip_longest(kept, kept[1:])
        if following is None
        or day.rule is not DayRule.WEEKDAY
        or following.start - day.stop > _LONGEST_GAP
    )


_LONGEST_GAP = 6
"""Letters between a day's name and the day itself."""


_COUNTED = frozenset({DayRule.IN_DAYS, DayRule.IN_WEEKS, DayRule.IN_MONTHS})
"""Beside these "today" is the day from which they count."""


def _in_words(
    folded: str, words: DayWords, came_on: date | None, *, is_past: bool
) -> Iterator[ToldDay]:
    for rule, pattern in words.rules.items():
        for match in pattern.finditer(folded):
            day = _day_of(rule, match, words, came_on, is_past=is_past)
            if day is not None:
                yield ToldDay(on=day, start=match.start(), stop=match.end(), rule=rule)


def _day_of(
    rule: DayRule,
    match: re.Match[str],
    words: DayWords,
    came_on: date | None,
    *,
    is_past: bool,
) -> date | None:
    parts = {name[0]: text for name, text in match.groupdict().items() if text}
    if "m" in parts:
        text = match.string
        around = text[: match.start()][-_BESIDE:], text[match.end() :][:_BESIDE]
        year = _whole_year(int(parts["y"])) if "y" in parts else None
        in_year = partial(_of_named_month, parts=parts, words=words)
        return _in_year(in_year, year, around, words, came_on, is_past=is_past)
    if came_on is None or (is_past and rule in _NEVER_PAST):
        return None
    day = _from(came_on, rule, parts, words)
    if day is not None and is_past and day > came_on and rule is DayRule.THIS_YEAR_END:
        return day.replace(year=day.year - 1)
    return day


_NEVER_PAST = frozenset({DayRule.WEEKDAY, DayRule.TODAY})
"""What was over before the answer ended neither on its day nor on a coming one."""


def _of_named_month(
    year: int, parts: Mapping[str, str], words: DayWords
) -> date | None:
    """Return the day of a year whose month is named: 3 May, the end, or a Friday."""
    month = _place(parts["m"], words.months) + 1
    if "o" in parts:
        weekday = _place(parts["w"], words.weekdays)
        return weekday_of_month(year, month, weekday, words.ordinals[parts["o"]])
    return _date(year, month, int(parts["d"]) if "d" in parts else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a day is told by: the day of the answer, and the numbers in its words."""

    came_on: date
    day: int
    """Of the month; -1 is its last."""
    ordinal: int
    """Which of several."""
    count: int
    weekday: int
    """0 is Monday."""

    @property
    def this_month(self) -> date:
        """Return its first day."""
        return self.came_on.replace(day=1)

    @property
    def next_month(self) -> date:
        """Return its first day."""
        return add_months(self.this_month, 1)

    @property
    def monday(self) -> date:
        """Return the first day of the week of the answer."""
        return self.came_on - timedelta(days=self.came_on.weekday())


def _from(
    came_on: date, rule: DayRule, parts: Mapping[str, str], words: DayWords
) -> date | None:
    """Return a day that is told from the day of the answer."""
    count = parts.get("n", "1")
    ordinal = words.ordinals.get(parts.get("o", ""), 1)
    told = _Told(
        came_on=came_on,
        day=int(parts.get("d", ordinal)),
        ordinal=ordinal,
        count=int(count) if count.isdigit() else words.numbers.get(count, 1),
        weekday=_place(parts.get("w", ""), words.weekdays),
    )
    return _TOLD[rule](told)


def _of_month(month: date, day: int) -> date | None:
    return _date(month.year, month.month, None if day == LAST else day)


def _next_weekday(told: _Told) -> date:
    ahead = (told.weekday - told.came_on.weekday() - 1) % 7 + 1
    return told.came_on + timedelta(days=ahead)


_TOLD: Mapping[DayRule, Callable[[_Told], date | None]] = {
    DayRule.THIS_MONTH_END: lambda told: month_end(told.came_on),
    DayRule.NEXT_MONTH_END: lambda told: month_end(told.next_month),
    DayRule.THIS_YEAR_END: lambda told: date(told.came_on.year, _LAST_MONTH, 31),
    DayRule.THIS_QUARTER_END: lambda told: month_end(
        told.this_month.replace(month=(told.came_on.month + 2) // 3 * 3)
    ),
    DayRule.THIS_MONTH_DAY: lambda told: _of_month(told.this_month, told.day),
    DayRule.NEXT_MONTH_DAY: lambda told: _of_month(told.next_month, told.day),
    DayRule.COMING_DAY: lambda told: _of_month(
        told.this_month if told.day >= told.came_on.day else told.next_month, told.day
    ),
    DayRule.TODAY: lambda told: told.came_on,
    DayRule.TOMORROW: lambda told: told.came_on + timedelta(days=1),
    DayRule.YESTERDAY: lambda told: told.came_on - timedelta(days=1),
    DayRule.IN_DAYS: lambda told: told.came_on + timedelta(days=told.count),
    DayRule.IN_WEEKS: lambda told: told.came_on + timedelta(weeks=told.count),
    DayRule.IN_MONTHS: lambda told: add_months(told.came_on, told.count),
    DayRule.WEEKDAY: _next_weekday,
    DayRule.NEXT_WEEK_WEEKDAY: lambda told: (
        told.monday + timedelta(weeks=1, days=told.weekday)
    ),
    DayRule.WEEKDAY_IN_WEEKS: lambda told: (
        told.monday + timedelta(weeks=told.count, days=told.weekday)
    ),
    DayRule.LAST_WEEKDAY: lambda told: weekday_of_month(
        told.came_on.year, told.came_on.month, told.weekday, LAST
    ),
    DayRule.NTH_WEEKDAY: lambda told: weekday_of_month(
        told.next_month.year, told.next_month.month, told.weekday, told.ordinal
    ),
}


def _in_year(  # noqa: PLR0913 - a day of any year, and where it stands
    in_year: Callable[[int], date | None],
    year: int | None,
    around: tuple[str, str],
    words: DayWords,
    came_on: date | None,
    *,
    is_past: bool,
) -> date | None:
    """Return a day in its year or in the one that fits."""
    if year is not None:
        return in_year(year)
    if came_on is None:
        return None
    before, after = around
    if words.last_year.search(after):
        return in_year(came_on.year - 1)
    years = range(came_on.year - 1, came_on.year + 2)
    days = [day for each in years if (day := in_year(each)) is not None]
    late = timedelta(days=LATE)
    if is_past or _is_beside(words.past, before, after):
        return max((day for day in days if day <= came_on + late), default=None)
    is_ahead = _is_beside(words.coming, before, after)
    start = came_on if is_ahead else came_on - late
    return min((day for day in days if day >= start), default=None)


_BESIDE = 22
"""Letters before and after a day in which a word says which year it is in."""


def _is_beside(pattern: re.Pattern[str], before: str, after: str) -> bool:
    """Return whether a word stands right before or right after a day."""
    follows = pattern.search(after)
    leads = [match.end() for match in pattern.finditer(before)]
    return bool(
        (follows and not after[: follows.start()].strip(" ,"))
        or (leads and not before[leads[-1] :].strip(" ,"))
    )


def _in_figures(
    folded: str, words: DayWords, came_on: date | None, *, is_past: bool
) -> Iterator[ToldDay]:
    for match in _FIGURES.finditer(folded):
        day = _figures(match, words, came_on, is_past=is_past)
        if day is not None:
            yield ToldDay(on=day, start=match.start(), stop=match.end(), rule=None)
    for match in _ROMAN.finditer(folded):
        day = _roman(match)
        if day is not None:
            yield ToldDay(on=day, start=match.start(), stop=match.end(), rule=None)


_FIGURES = re.compile(
    r"(?<![\d.,/-])(?:(?P<iso>20\d\d(?P<sign>[-/.])\d\d(?P=sign)\d\d)"
    r"|(?P<one>\d{1,2})(?P<dot>[./-])\s?(?P<two>\d{1,2})"
    r"(?:(?:(?P=dot)|-)\s?(?P<year>20\d\d|\d\d)|(?P<cut>\.)?))(?![\d/]|[.,-]\d|\s?(?:€|%|kr|eur|usd))"
)


_ROMAN = re.compile(
    r"(?<![\w.,/-])(?:(?P<day>\d{1,2})(?:\s?[./-]\s?(?P<month>[ivx]{1,4})\s?[./-]\s?"
    r"(?P<year>20\d\d|\d\d)|\s(?P<apart>[ivx]{1,4})\.?\s(?P<whole>20\d\d))"
    r"|(?P<first>20\d\d)\s?[./-]\s?(?P<middle>[ivx]{1,4})\s?[./-]\s?(?P<last>\d{1,2}))"
    r"(?![\w/]|[.,-]\d)"
)
"""A month in Roman figures: 3.IX.2027, 3 IX 2027, 2027. IX. 3."""


def _roman(match: re.Match[str]) -> date | None:
    if match["first"]:
        number, month, year = match["last"], match["middle"], match["first"]
    else:
        number, month = match["day"], match["month"] or match["apart"]
        year = match["year"] or match["whole"]
    return _date(_whole_year(int(year)), roman_month(month), int(number))


def _figures(
    match: re.Match[str], words: DayWords, came_on: date | None, *, is_past: bool
) -> date | None:
    if match["iso"]:
        return _date(*map(int, match["iso"].split(match["sign"])))
    one, two, dot = int(match["one"]), int(match["two"]), match["dot"]
    year = _whole_year(int(match["year"])) if match["year"] else None
    if year is None and (dot == "-" or (dot == "." and not match["cut"])):
        return None
    if dot == "." or words.is_day_first or one > _LAST_MONTH or one == two:
        number, month = one, two
    elif two > _LAST_MONTH:
        number, month = two, one
    else:
        return None
    in_year = partial(_date, month=month, number=number)
    return _in_year(in_year, year, ("", ""), words, came_on, is_past=is_past)


def _whole_year(year: int) -> int:
    """Return a year with its century: 27 is 2027."""
    return year if year >= _CENTURY else year + _CENTURY


def _date(year: int, month: int, number: int | None = None) -> date | None:
    """Return a day, without a number the month's last; ``None`` where there is none."""
    if not 1 <= month <= _LAST_MONTH:
        return None
    if number is None:
        return month_end(date(year, month, 1))
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def _place(text: str, names: Sequence[re.Pattern[str]]) -> int:
    """Return which of some names a text is; 0 where it is none."""
    return next((n for n, name in enumerate(names) if name.fullmatch(text)), 0)
