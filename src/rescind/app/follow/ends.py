"""Ends: the day that a case names, by the way in which its notice went out."""

from collections.abc import Sequence
from datetime import date

from rescind.app.act.arrival import MOVES_AT_MOST
from rescind.app.follow.answers import Reply
from rescind.app.follow.at_store import next_charge
from rescind.app.follow.by_post import went_by_post
from rescind.app.follow.expected import expected_end
from rescind.core.act.routes import POST_TAKES
from rescind.core.follow.shortfall import DAY, ENDS, PERIOD_END
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails


def end_by_way(case: Case) -> date | None:
    """Return when the contract ends; of a posted notice, counted from its arrival.

    Where a few days on the way would move the end by more than themselves, the day
    stays the one that was asked for: the letter may have been there in time.
    """
    ours = expected_end(case)
    if ours is None or not went_by_post(case) or case.last(ConfirmedDetails):
        return ours
    later = expected_end(case, travels=POST_TAKES)
    if later is None or not ours < later <= ours + MOVES_AT_MOST:
        return ours
    return later


def names_day(case: Case, reply: Reply) -> bool:
    """Return whether an answer tells when it ends: on a day, at once, or as ours does.

    "At the end of the contract" and "on the next possible day" are the end of what is
    paid, on which a charge is due that is known; where we count another day, they name
    none, and may mean any.
    """
    if reply.reading.effective_on != PERIOD_END:
        return reply.tells_end
    ours, charged_on = end_by_way(case), next_charge(case)
    if ours is None or charged_on is None:
        return False
    return charged_on - DAY <= ours <= charged_on


def is_undated(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether the newest answer ends it, and on no day that is known."""
    ends = (each for each in replies[-1:] if each.reading.label in ENDS)
    return any(not names_day(case, each) for each in ends)
