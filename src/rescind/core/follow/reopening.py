"""What of a log stands: without what was taken back, or is nobody's word."""

from collections.abc import Sequence

from rescind.core.model.case import Event, EventKind, counting, happened
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.proof_details import (
    AuthenticatedDetails,
)

_ENDS = frozenset({EventKind.CLOSED, EventKind.RESUMED})
"""What a case is over by."""
_SETTLE_ANSWERS = _ENDS | {EventKind.CONFIRMED}


def standing_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events that stand: without a closing that a reopening took back.

    What was set aside does not stand either, as long as it is.
    What came in between counts as if the case had never been closed. A message stands
    only if something shows whose it is: that it names what a stranger does not know,
    a signature (DKIM), or the person's own word.
    """
    nobodys = unverified(events)
    events = [each for each in counting(events) if each.number not in nobodys]
    if all(event.kind is not EventKind.REOPENED for event in events):
        return tuple(events)
    taken_back: set[int] = set()
    ends: list[Event] = []
    for event in events:
        if event.kind in _ENDS:
            ends.append(event)
        if event.kind is EventKind.REOPENED:
            # earlier releases let a case be closed twice: one reopening undoes both
            last = ends[-1:]
            while ends and ends[-1].kind is last[0].kind:
                taken_back.add(ends.pop().number)
    return tuple(event for event in events if event.number not in taken_back)


def unverified(events: Sequence[Event]) -> frozenset[int]:
    """Return the numbers of the messages of which nothing shows whose they are."""
    claims = [
        (event.number, details.message)
        for event, details in happened(events, AnsweredDetails)
        if details.unverified
    ]
    if not claims:
        return frozenset()
    known = {
        details.message
        for _, details in happened(events, AuthenticatedDetails)
        if details.result == SIGNED
    }
    known |= {
        details.message
        for _, details in happened(counting(events), AnsweredDetails)
        if not details.unverified
    }
    return frozenset(number for number, message in claims if message not in known)


SIGNED = "signed"
"""The result of a look-up: the domain in From signed the message."""


def settled_by(events: Sequence[Event]) -> Event | None:
    """Return what came after the newest answer and settled what to do about it.

    A confirmation, a resumption or a closing; ``None`` while the answer is open.
    """
    stand = standing_events(events)
    since = max((e.number for e in stand if e.kind is EventKind.ANSWERED), default=0)
    settling = [e for e in stand if e.number > since and e.kind in _SETTLE_ANSWERS]
    return settling[-1] if settling else None
