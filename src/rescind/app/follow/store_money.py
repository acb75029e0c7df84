"""Money that was asked back in an account at a store: what is still open of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.asked_money import Claimed, came_back, claimed, less, sum_asked
from rescind.app.follow.at_store import StepsToDo, done_there
from rescind.app.follow.owed import promises, shortfall
from rescind.core.follow.at_store import (
    MONEY_BACK,
    asked_there,
    left_there,
    refused_there,
)
from rescind.core.model.case import Case
from rescind.core.model.money import Money


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """What is asked for once more at a store."""

    rest: Money | None
    """What is missing, where a part was granted; ``None``: all that was asked for."""
    refused_on: date | None
    """When it was refused last; ``None``: it was not, or was granted in part since."""


def ask_again(case: Case) -> AskAgain | None:
    """Return what is asked for once more; ``None`` while nothing was asked for."""
    if not asked_there(case.events):
        return None
    part = shortfall(case, answers(case)).part
    rest = part.rest if part is not None else None
    return AskAgain(rest=rest, refused_on=refused_there(case.events))


def steps_left(case: Case, to_do: StepsToDo) -> StepsToDo:
    """Return the steps without those that are done; money can be asked for again.

    It is asked for again once every other step is done.
    """
    open_, done = left_there(case.events), done_there(case) - MONEY_BACK
    left = tuple(
        act
        for act in to_do.actions
        if act.do not in done and (not open_ or act.do in open_)
    )
    return replace(to_do, actions=left) if left else to_do


def look_there_on(case: Case) -> date | None:
    """Return the day on which to look for it, as recorded with the steps."""
    asked = asked_there(case.events)
    return asked[-1].look_on if asked else None
