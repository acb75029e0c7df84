"""An end that an answer confirmed, and that the newest one denies or puts off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rescind.app.follow.answers import Reply
from rescind.app.follow.confirmed_end import names_end
from rescind.app.follow.owed import if_so, sure_end
from rescind.app.follow.titles import READ_AS
from rescind.core.follow.other_day import other_day
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label

DENIED = "answered_denied"
"""What an answer is called that refuses an end which an earlier one confirmed."""

REFUSED = "answered_refused"
"""What an answer is called that the person read as a refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedFirst:
    """That they confirmed an end, on a day, before they wrote otherwise."""

    ends_on: date
    said_on: date


def confirmed_first(case: Case, replies: Sequence[Reply]) -> ConfirmedFirst | None:
    """Return the end that was surely confirmed before the newest answer contradicts it.

    ``None`` once an end was recorded, which then counts; and for a confirmed day that
    is later than ours, which holds nobody to anything.
    """
    theirs = [reply for reply in replies if not reply.is_unverified]
    if not theirs or case.last(ConfirmedDetails) is not None:
        return None
    newest, ours = theirs[-1], sure_end(case)[0]
    for reply in reversed(theirs[:-1]):
        day = reply.ends_on
        is_end = reply.reading.label in ENDS and not reply.reading.needs_person
        if not is_end or day is None or (ours is not None and day > ours):
            continue
        is_later = newest.reading.label in ENDS and (newest.ends_on or day) > day
        if is_later or newest.reading.label is Label.REFUSED:
            return ConfirmedFirst(ends_on=day, said_on=reply.came_on)
    return None


def code_as_read(case: Case, replies: Sequence[Reply]) -> str:
    """Return what the newest answer is called: a refusal by what came before it.

    One that the person called so was read, and is to be answered.
    """
    label = replies[-1].reading.label
    if label is Label.REFUSED and confirmed_first(case, replies) is not None:
        return DENIED
    if label is Label.REFUSED and replies[-1].is_read_by_person:
        return REFUSED
    return READ_AS.get(label, "answered")


def held_first(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return the day to which a letter holds them; empty for none."""
    first = confirmed_first(case, replies)
    return {} if first is None else {"held_to": first.ends_on.isoformat()}


def held_on_record(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return what a reminder or a complaint says of an end confirmed, and then denied.

    The end, when they confirmed it, when they wrote otherwise, and the day that they
    named in its place. Empty where nothing was taken back, or nobody knows when it was
    confirmed.
    """
    other = other_day(case.events)
    if other is not None:
        if not (other.is_sure and other.was_confirmed):
            return {}
        ends = [each for each in replies if names_end(each)]
        said = [each.came_on for each in ends if each.ends_on == other.before]
        named = None if other.denies else other.theirs
        return _held(other.before, said[-1:], other.came_on, named)
    told = if_so(replies)
    first = confirmed_first(case, told)
    if first is None:
        return {}
    newest = [each for each in told if not each.is_unverified][-1]
    named = newest.ends_on
    return _held(first.ends_on, [first.said_on], newest.came_on, named)


def _held(
    to: date, said: Sequence[date], denied_on: date, named: date | None
) -> dict[str, str]:
    if not said:
        return {}
    return {
        "held_to": to.isoformat(),
        "held_said_on": said[-1].isoformat(),
        "denied_on": denied_on.isoformat(),
        # not the day that they confirmed, which others are told elsewhere
        "their_end_on": named.isoformat() if named else "",
    }
