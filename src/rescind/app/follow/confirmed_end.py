"""The end that the company confirmed, which every letter of a case names as its own."""

from collections.abc import Sequence
from datetime import date

from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.follow.ends import names_day
from rescind.core.follow.recorded_end import taken_end
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case
from rescind.core.model.message import Label


def names_end(reply: Reply) -> bool:
    """Return whether an answer says that it ends: by itself, or beside the money."""
    label, is_named = reply.reading.label, reply.reading.effective_on is not None
    says = label in ENDS or (label is Label.REFUND_GRANTED and is_named)
    return says and not reply.is_unverified


def is_weaker(case: Case, day: date) -> bool:
    """Return whether an end that they confirmed gives away charges that are fought.

    That is a day after ours, where what was told before the case ended it.
    """
    if not case_letters.follow_up(case).ended_before:
        return False
    topics = case.verdict.get("topics", {})
    ours = str(topics.get("cancel", {}).get("ends_on") or "")
    return bool(ours) and day.isoformat() > ours


def end_confirmed(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return the end that they confirmed, and when they wrote so; empty: ours counts.

    It is the one that the person took; else what was surely read, where it is ours or
    earlier.
    """
    ends = [reply for reply in replies if names_end(reply)]
    day = taken_end(case.events) or _surely_read(case, ends)
    if not ends or day is None or is_weaker(case, day):
        return {}
    said = [reply for reply in ends if reply.ends_on == day] or ends
    return {
        "end_confirmed": day.isoformat(),
        "end_confirmed_on": said[-1].came_on.isoformat(),
    }


def _surely_read(case: Case, ends: Sequence[Reply]) -> date | None:
    """Return the end that the newest answer names, where nothing speaks against it.

    An end before ours is welcome only where what came after it is asked back.
    """
    sure = (
        reply.ends_on
        for reply in ends[-1:]
        if not reply.reading.needs_person and names_day(case, reply)
    )
    read, ours = next(sure, None), case.ends_on
    if read is None or ours is None or read > ours:
        return None
    is_asked_back = case_letters.follow_up(case).ended_before
    return read if read == ours or is_asked_back else None
