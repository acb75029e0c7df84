"""What is to be done in a case, and when: read off its events, stored nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rescind.core.follow.outlook import standing
from rescind.core.follow.reminders import Reminder
from rescind.core.follow.state import ordered, refusals
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.event_details import DispatchOrderedDetails

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=4)
"""How long a letter that is put off is tried (RFC 5321 section 4.5.4.1)."""
DOUBT_AFTER = timedelta(hours=1)
"""After so long nobody is sending any more: each step of it ends sooner."""
IN_PERSON = timedelta(minutes=2)
"""How long an order is left to who gave it, before the worker takes it."""


class WorkKind(StrEnum):
    """What a worker does for a case."""

    SEND = "send"
    """Hand over the letter that a person said yes to."""
    DOUBT = "doubt"
    """Say of a sending that nobody recorded the end of that it is in doubt."""
    TELL = "tell"
    """Tell the person what is due, or what happened."""
    PROVE = "prove"
    """Have stamped, anchored and looked up what waits for it."""
    PLAN = "plan"
    """Plan a case that an earlier release left."""
    SYNC = "sync"
    """Look into the inbox; belongs to no case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One thing to do; the same key never comes twice in a case."""

    action: WorkKind
    key: str
    at: datetime


def agenda(events: Sequence[Event], reminders: Sequence[Reminder]) -> list[Work]:
    """Return what is to be done in a case, at most one thing of each kind.

    ``reminders`` are those that nobody was told of yet.
    """
    works = []
    order = ordered(events)
    if order is not None:
        works.append(_sending(events, order))
    if standing(events, events[-1].at.date()).state is CaseState.SENDING:
        begun = [e for e in events if e.kind is EventKind.DISPATCH_BEGUN][-1]
        at = begun.at + DOUBT_AFTER
        works.append(Work(action=WorkKind.DOUBT, key=str(begun.number), at=at))
    if reminders:
        first = min(reminders, key=lambda each: (each.at, each.key))
        works.append(Work(action=WorkKind.TELL, key=first.key, at=first.at))
    return works


def _sending(events: Sequence[Event], order: Event) -> Work:
    put_off = refusals(events, order)
    details = order.read(DispatchOrderedDetails)
    at = details.not_before if details and details.not_before else order.at
    if put_off:
        wait = min(FIRST_WAIT * 2 ** min(len(put_off) - 1, 12), LONGEST_WAIT)
        at = put_off[-1].at + wait
    key = f"{order.number}-{len(put_off)}"
    return Work(action=WorkKind.SEND, key=key, at=at)


def is_tried_again(order: Event, now: datetime) -> bool:
    """Return whether a letter that is put off now will be tried again."""
    return now - order.at < GIVE_UP_AFTER
