"""What an answer names for what it refuses or asks: nobody asks for it again."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from rescind.core.follow.reading.days import DayWords, find_days
from rescind.core.follow.reading.meaning import MOST_SENTENCES
from rescind.core.follow.reading.phrases import fold, sentences


class NamedThing(StrEnum):
    """What is named."""

    REMINDER = "reminder"
    """That a reminder before a renewal was sent."""
    CLAUSE = "clause"
    """The company's terms, or a place in them."""
    TERM = "term"
    """A term, or a notice, that is said to bind."""
    PERIOD = "period"
    """The months that a sum is for."""
    UNPAID = "unpaid"
    """Nothing ends before a payment."""


_SUM = re.compile(
    r"\d[.,]\d\d(?!\d)|[€$£¥₹]|(?<!\w)(?:eur|usd|kr|sek|nok|dkk|zł|chf)\b"
)
"""A sum of money in a folded sentence: a month beside it is what it is for."""


def find_named(
    text: str, patterns: Mapping[NamedThing, re.Pattern[str]]
) -> tuple[NamedThing, ...]:
    """Return what the new words of a message name, each once.

    A month counts beside a sum alone: "79.80 for September and October".
    """
    said = [fold(sentence) for sentence in sentences(text)[:MOST_SENTENCES]]
    sums = [each for each in said if _SUM.search(each)]
    period = NamedThing.PERIOD
    return tuple(
        named
        for named, pattern in patterns.items()
        if any(pattern.search(each) for each in (sums if named is period else said))
    )


_BEFORE = 24
"""Letters before a day in which words say that something is wanted by it."""


def wanted_by(
    text: str, by: re.Pattern[str], languages: Sequence[DayWords], came_on: date
) -> date | None:
    """Return the first day to come by which a message wants something."""
    for sentence in sentences(text)[:MOST_SENTENCES]:
        folded = fold(sentence)
        for words in languages:
            for day in find_days(folded, words, came_on):
                before = folded[max(0, day.start - _BEFORE) : day.start]
                if day.on > came_on and by.search(before):
                    return day.on
    return None
