"""Money that was asked back in an account at a store: what is still open of it."""

from collections.abc import Sequence
from datetime import date

from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import Claimed, came_back, claimed, less, sum_asked
from rescind.app.follow.at_store import done_there
from rescind.app.follow.owed import promises
from rescind.core.follow.at_store import MONEY_BACK, asked_there
from rescind.core.model.case import Case


def is_asked_there(case: Case) -> bool:
    """Return whether money was asked back in an account, and by no letter since."""
    return not case.has_letter and bool(MONEY_BACK & done_there(case))


def open_there(case: Case, replies: Sequence[Reply]) -> Claimed | None:
    """Return what a store still owes of what it was asked for; ``None`` for nothing.

    That the renewal stops, whoever says it, settles nothing of this money.
    """
    owed = claimed(case) if is_asked_there(case) else None
    if owed is None or promises(case, replies) is not None:
        return None
    asked = sum_asked(case)
    if owed.sum is None or asked is None:
        return owed
    # all of it was asked for, whatever of it may be kept
    return Claimed(sum=less(asked, came_back(case)))


def look_there_on(case: Case) -> date | None:
    """Return the day on which to look for it, as recorded with the steps."""
    asked = asked_there(case.events)
    return asked[-1].look_on if asked else None
