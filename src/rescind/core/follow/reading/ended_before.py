"""Whether an end had come before it was asked for, by the day that is told of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from rescind.core.follow.reading.meaning import Meaning
from rescind.core.model.message import Before, Label

LONG_BEFORE = timedelta(days=7)
"""An end that lies further back was no answer to a letter: of the answers that teach
177 told such a day, all of contracts that had ended before."""
FAR_AHEAD = timedelta(days=240)
"""A day without its year that would lie further ahead may be the last one."""
HEARD = 0.02
"""Of two kinds of ends: the share from which on the reader heard the earlier one. Where
it was confirmed and the day far ahead it heard .001 of it at most, else .04."""
DOUBTFUL = 0.59
"""A share at which no label is sure."""
_OTHER = {
    Label.CONFIRMED: Label.ALREADY_CANCELLED,
    Label.ALREADY_CANCELLED: Label.CONFIRMED,
}


def had_ended(
    ahead: str | None, behind: str | None, came_on: date | None
) -> Before | None:
    """Return whether an end had come before an answer to it; ``None``: not told.

    ``ahead`` and ``behind`` are the day that it tells, read as of an end to come and
    as of one that has come: they differ where the year is not told.
    """
    days = [each for each in (ahead, behind) if each and each[:1].isdigit()]
    if came_on is None or not days:
        return None
    first, last = (date.fromisoformat(each) for each in (min(days), max(days)))
    if first >= came_on:
        return Before.NO
    if first >= came_on - LONG_BEFORE:
        return None
    if last < came_on:
        return Before.YES if len(days) > 1 else Before.MAYBE
    return Before.MAYBE if last > came_on + FAR_AHEAD else None


def by_day(meaning: Meaning, before: Before | None) -> Meaning:
    """Return an end as one to come or one that had come, where its day tells which."""
    right = _RIGHT.get(before)
    if right is None or meaning.label not in _OTHER:
        return meaning
    return replace(meaning, label=right)


def pooled(shares: Mapping[Label, float], before: Before | None) -> dict[Label, float]:
    """Return shares with those of both ends on the one that its day tells.

    Where the day only may tell it, what the reader hardly heard is sure of nothing.
    """
    right, result = _RIGHT.get(before), dict(shares)
    earlier, later = (result.get(each, 0.0) for each in _RIGHT.values())
    both = earlier + later
    if before is Before.MAYBE and earlier >= HEARD * both > 0:
        right = Label.ALREADY_CANCELLED
        if earlier < later:
            both = min(both, DOUBTFUL)
    if right is not None and right in shares:
        result[_OTHER[right]] = earlier + later - both
        result[right] = both
    return result


_RIGHT: Mapping[Before | None, Label] = {
    Before.YES: Label.ALREADY_CANCELLED,
    Before.NO: Label.CONFIRMED,
}
