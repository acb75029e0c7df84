"""The day that a company sets in its answer: by then something is to be done."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rescind.core.follow.reading.days import DayWords, find_days
from rescind.core.follow.reading.meaning import MOST_SENTENCES
from rescind.core.follow.reading.phrases import fold, sentences


class Counted(StrEnum):
    """What is counted in "within 24 hours"."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingWords:
    """The words by which a day is set, in folded text."""

    asks: re.Pattern[str]
    """The reader is to do something."""
    tells: re.Pattern[str]
    """Nothing is to be done but to know it, or to wait."""
    by: re.Pattern[str]
    """What stands before a day."""
    within: re.Pattern[str]
    """What stands before a count, or behind it."""
    units: Mapping[Counted, re.Pattern[str]]


_NEAR = 24
"""Letters before a day, or around a count, in which such words stand."""
_BEHIND = 14
_HOURS, _WEEK = 24, 7
_WORD = re.compile(r"\w+")
_WORDS_BETWEEN = 2
"""A count stands at most so many words before its unit: "two full working days"."""


def day_set(
    text: str, words: SettingWords, languages: Sequence[DayWords], came_on: date
) -> date | None:
    """Return the first day by which an answer asks its reader for something.

    Days of work are counted as any days: nobody comes too late by that.
    """
    asked = [fold(each) for each in sentences(text)[:MOST_SENTENCES]]
    asked = [s for s in asked if words.asks.search(s) and not words.tells.search(s)]
    found = (
        day
        for sentence in asked
        for day in (
            *_named(sentence, words, languages, came_on),
            *_counted(sentence, words, languages, came_on),
        )
    )
    return min((day for day in found if day >= came_on), default=None)


def _named(
    folded: str, words: SettingWords, languages: Sequence[DayWords], came_on: date
) -> Iterator[date]:
    for spoken in languages:
        for day in find_days(folded, spoken, came_on):
            if words.by.search(folded[max(0, day.start - _NEAR) : day.start]):
                yield day.on


def _counted(
    folded: str, words: SettingWords, languages: Sequence[DayWords], came_on: date
) -> Iterator[date]:
    for unit, pattern in words.units.items():
        for found in pattern.finditer(folded):
            before = [*_WORD.finditer(folded, 0, found.start())]
            count = _count(before[-1 - _WORDS_BETWEEN :], languages)
            if count is None:
                continue
            number, start = count
            lead = folded[max(0, start - _NEAR) : start]
            behind = folded[found.end() : found.end() + _BEHIND]
            if words.within.search(lead) or words.within.search(behind):
                yield came_on + _length(number, unit)


def _count(
    before: Sequence[re.Match[str]], languages: Sequence[DayWords]
) -> tuple[int, int] | None:
    """Return the number nearest before a unit, and where it begins."""
    for word in reversed(before):
        text = word.group()
        if text.isdecimal() and len(text) <= len("999"):
            return int(text), word.start()
        for spoken in languages:
            if text in spoken.numbers:
                return spoken.numbers[text], word.start()
    return None


def _length(number: int, unit: Counted) -> timedelta:
    if unit is Counted.HOURS:
        return timedelta(days=number // _HOURS)
    return timedelta(days=number * (_WEEK if unit is Counted.WEEKS else 1))
