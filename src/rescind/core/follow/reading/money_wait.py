"""How long money takes to come, as an answer says it: up to 30 days, 5 to 7 weeks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.sums import PROMISED_WITHIN, names_sum
from rescind.core.model.money import Money

_WEEK, _WORKING_WEEK = 7, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitWords:
    """How a language says how long something takes; patterns run over folded text."""

    days: re.Pattern[str]
    working_days: re.Pattern[str]
    weeks: re.Pattern[str]
    numbers: Mapping[str, int]


def money_after(
    sentences: Sequence[str],
    money: Money | None,
    languages: Sequence[WaitWords],
    on: date,
) -> date | None:
    """Return the day by which a sum is there that takes some time; ``None``: not told.

    It stands beside the sum or in the sentence after it: "We refund 39.99. It may take
    up to 30 days." Of money without a sum any sentence may say it. Working days are
    counted with the days between weeks, and ``on`` is the day of the answer.
    """
    told = (
        on + timedelta(days=days)
        for sentence in _near(sentences, money)
        for words in languages
        for days in _days_in(fold(sentence), words)
    )
    return max((day for day in told if day <= on + PROMISED_WITHIN), default=None)


def _near(sentences: Sequence[str], money: Money | None) -> Iterator[str]:
    for sentence, following in pairwise((*sentences, "")):
        if money is None:
            yield sentence
        elif names_sum(sentence, money):
            yield from (sentence, following)


def _days_in(folded: str, words: WaitWords) -> Iterator[int]:
    for count in _counts(words.days, folded, words):
        yield count
    for count in _counts(words.working_days, folded, words):
        weeks = -(-count // _WORKING_WEEK)
        yield count + weeks * (_WEEK - _WORKING_WEEK)
    for count in _counts(words.weeks, folded, words):
        yield count * _WEEK


def _counts(pattern: re.Pattern[str], folded: str, words: WaitWords) -> Iterator[int]:
    for match in pattern.finditer(folded):
        count = next(text for text in match.groupdict().values() if text)
        yield int(count) if count.isdigit() else words.numbers[count]
