"""Ends: the day that a case names, by the way in which its notice went out."""

from datetime import date

from rescind.app.act.arrival import MOVES_AT_MOST
from rescind.app.follow.by_post import went_by_post
from rescind.app.follow.expected import expected_end
from rescind.core.act.routes import POST_TAKES
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
