"""Money that was asked back in an account at a store: what is still open of it."""

from collections.abc import Sequence
from datetime import date

from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import asked_back, came_back, less, sum_asked
from rescind.app.follow.at_store import done_there
from rescind.app.follow.owed import promised
from rescind.core.follow.at_store import MONEY_BACK, asked_there
from rescind.core.model.case import Case
from rescind.core.model.money import Money


def is_asked_there(case: Case) -> bool:
    """Return whether money was asked back in an account, and by no letter since."""
    return not case.has_letter and bool(MONEY_BACK & done_there(case))


def open_there(case: Case, replies: Sequence[Reply]) -> Money | None:
    """Return what a store still owes of what it was asked for; ``None`` for nothing.

    That the renewal stops, whoever says it, settles nothing of this money.
    """
    owed = asked_back(case) if is_asked_there(case) else None
    if owed is None or promised(case, replies) is not None:
        return None
    # all of it was asked for, whatever of it may be kept
    left = less(sum_asked(case) or owed, came_back(case))
    return left if left.amount > 0 else None


def look_there_on(case: Case) -> date | None:
    """Return the day on which to look for it, as recorded with the steps."""
    asked = asked_there(case.events)
    return asked[-1].look_on if asked else None
