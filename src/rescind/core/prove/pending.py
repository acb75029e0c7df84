"""What of a case still waits to be proved: read off its events, stored nowhere."""

from collections.abc import Sequence

from rescind.core.model.case import Event, EventKind

PROOF = frozenset({EventKind.STAMPED, EventKind.ANCHORED})
"""Kinds of events that prove others and need no proof of their own."""
MESSAGES = frozenset({EventKind.ANSWERED, EventKind.COPY_KEPT, EventKind.NOTICE_KEPT})
"""Kinds of events that keep a message which somebody else may have signed."""
LOG, MESSAGE = "log", "message"
"""What a stamp is over: the log up to an event, or a message's bytes."""
PENDING, COMPLETE = "pending", "complete"
"""An anchor that waits for its block, and one that names it."""


def head_to_prove(events: Sequence[Event], by: EventKind) -> Event | None:
    """Return the event up to which the log lacks a stamp or an anchor.

    ``None`` where one covers all that happened; proofs themselves need none.
    """
    happened = [event.number for event in events if event.kind not in PROOF]
    covered = [
        int(event.details["number"])
        for event in events
        if event.kind is by and event.details["what"] == LOG
    ]
    if not happened or max(covered, default=0) >= happened[-1]:
        return None
    return events[-1]


def anchors_to_complete(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the anchors that wait for their block, the oldest first.

    A complete anchor covers all before it: those need no more.
    """
    anchors = [event for event in events if event.kind is EventKind.ANCHORED]
    done = [
        int(event.details["number"])
        for event in anchors
        if event.details["state"] == COMPLETE
    ]
    last = max(done, default=0)
    return tuple(
        event
        for event in anchors
        if event.details["state"] == PENDING and int(event.details["number"]) > last
    )


def messages_to_authenticate(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the messages whose signers were not looked up yet."""
    done = {
        event.details["message"]
        for event in events
        if event.kind is EventKind.AUTHENTICATED
    }
    return tuple(
        event
        for event in events
        if event.kind in MESSAGES and event.details["message"] not in done
    )
