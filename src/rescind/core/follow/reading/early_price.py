"""The price of an earlier end: what is to be paid for it in place of a higher sum."""

from collections.abc import Sequence
from datetime import date

from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.fees import FeeWords, lowered_sum
from rescind.core.follow.reading.figures import FigureWords
from rescind.core.follow.reading.phrases import Finder, fold, sentences
from rescind.core.model.money import Money


def price_of_end(
    text: str,
    ends_on: date,
    fees: FeeWords,
    figures: Sequence[FigureWords],
    stays: Finder,
) -> Money | None:
    """Return the lower of the sums that one sentence names with the day of an end.

    "Only 50 instead of 120, and your contract ends on 31 December" asks 50 for that
    day, though it calls it no fee. ``stays`` are words to whoever stays or comes back:
    what they would pay is no price of an end.
    """
    for sentence in sentences(text):
        folded = fold(sentence)
        if stays.search(folded) or not _names(folded, ends_on, figures):
            continue
        money = lowered_sum(folded, fees, [each.sums for each in figures])
        if money is not None:
            return money
    return None


def _names(folded: str, day: date, figures: Sequence[FigureWords]) -> bool:
    told = (e for each in figures for e in find_days(folded, each.days, None))
    return any(each.on == day for each in told)
