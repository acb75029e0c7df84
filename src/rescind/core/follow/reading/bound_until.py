"""What sounds like a refusal, and names the very end that was asked for."""

import re
from collections.abc import Sequence
from datetime import date

from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.figures import FigureWords
from rescind.core.follow.reading.phrases import fold, sentences

_NEAR = 24
"""Letters before a day in which a word still speaks of it: "until Friday the ..."."""


def binds_until(
    text: str, day: date, until: re.Pattern[str], figures: Sequence[FigureWords]
) -> bool:
    """Return whether a sentence says, and denies nothing, that it lasts until a day.

    >>> until = re.compile("until|bis")
    >>> binds_until("You are bound for now.", date(2027, 2, 13), until, ())
    False
    """
    return any(_lasts(fold(each), day, until, figures) for each in sentences(text))


def _lasts(
    folded: str, day: date, until: re.Pattern[str], figures: Sequence[FigureWords]
) -> bool:
    if folded.endswith("?") or any(e.sums.nothing.search(folded) for e in figures):
        return False
    return any(
        told.on == day and until.search(folded[max(0, told.start - _NEAR) : told.stop])
        for words in figures
        for told in find_days(folded, words.days, None)
    )
