"""How languages write days and sums, and which of them a message is in."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.days import DayWords
from rescind.core.follow.reading.money_wait import WaitWords
from rescind.core.follow.reading.phrases import Finder, fold
from rescind.core.follow.reading.sums import SumWords

MOST_LETTERS = 4000
_WORD = re.compile(r"\w+")
_SHARE = 0.7
"""A language with so much of the most common words may be the one as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """How one language writes days and sums."""

    code: str
    common: frozenset[str]
    addressed: Finder
    """Words that speak to the reader: you, your."""
    ended: re.Pattern[str] | None
    """Phrases by which it is plainly over; ``None`` where its phrases have them."""
    not_ended: re.Pattern[str]
    """Words beside them by which nothing is over: negations and conditions."""
    denied: re.Pattern[str] | None
    """Words beside any of an end by which it is denied, or waits for something."""
    matter: re.Pattern[str]
    """Words of contracts, money and letters: what an answer is about."""
    days: DayWords
    wait: WaitWords
    sums: SumWords


def count_matters(text: str, languages: Sequence[FigureWords]) -> int:
    """Return how many different words of contracts and money folded text has."""
    return max(
        (len({found[0] for found in each.matter.finditer(text)}) for each in languages),
        default=0,
    )


def figures_in(text: str, languages: Sequence[FigureWords]) -> list[FigureWords]:
    """Return the languages that a text is likely in, the likeliest first, or all."""
    counts = Counter(_WORD.findall(fold(text[:MOST_LETTERS])))
    letters = Counter(text[:MOST_LETTERS].lower())
    points = {
        each.code: sum(counts[word] for word in each.common)
        - _FOREIGN * sum(map(letters.__getitem__, NEVER.get(each.code, "")))
        for each in languages
    }
    best = max(points.values())
    likely = [each for each in languages if points[each.code] >= _SHARE * best]
    return sorted(likely, key=lambda each: -points[each.code])


NEVER = {"da": "äö", "nb": "äö", "sv": "æø"}
"""Letters that a language lacks and those most like it have."""
_FOREIGN = 3
"""So many common words one such letter speaks against."""
