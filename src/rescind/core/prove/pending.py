"""What of a case still waits to be proved: read off its events, stored nowhere."""

from collections.abc import Sequence

from rescind.core.model.case import Event, EventKind, happened, payloads
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.proof_details import (
    AnchoredDetails,
    AuthenticatedDetails,
    StampedDetails,
)
from rescind.core.model.report_details import CopyKeptDetails, NoticeKeptDetails

PROOF = frozenset({EventKind.STAMPED, EventKind.ANCHORED})
"""Kinds of events that prove others and need no proof of their own."""
MESSAGES = frozenset({EventKind.ANSWERED, EventKind.COPY_KEPT, EventKind.NOTICE_KEPT})
"""Kinds of events that keep a message which somebody else may have signed."""
LOG, MESSAGE = "log", "message"
"""What a stamp is over: the log up to an event, or a message's bytes."""
PENDING, COMPLETE = "pending", "complete"
"""An anchor that waits for its block, and one that names it."""


def head_to_prove(
    events: Sequence[Event], by: type[StampedDetails] | type[AnchoredDetails]
) -> Event | None:
    """Return the event up to which the log lacks a stamp or an anchor.

    ``None`` where one covers all that happened; proofs themselves need none.
    """
    to_prove = [event.number for event in events if event.kind not in PROOF]
    covered = [each.number for each in payloads(events, by) if each.what == LOG]
    if not to_prove or max(covered, default=0) >= to_prove[-1]:
        return None
    return events[-1]


def anchors_to_complete(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the anchors that wait for their block, the oldest first.

    A complete anchor covers all before it: those need no more.
    """
    anchors = happened(events, AnchoredDetails)
    complete = [anchor.number for _, anchor in anchors if anchor.state == COMPLETE]
    last = max(complete, default=0)
    return tuple(
        event
        for event, anchor in anchors
        if anchor.state == PENDING and anchor.number > last
    )


def messages_to_authenticate(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the messages whose signers were not looked up yet."""
    done = {each.message for each in payloads(events, AuthenticatedDetails)}
    return tuple(
        event
        for event in events
        if event.kind in MESSAGES and message_of(event) not in done
    )


def message_of(event: Event) -> str:
    """Return the digest of the message that an event keeps; empty if it keeps none."""
    match event.payload:
        case (
            AnsweredDetails(message=name)
            | CopyKeptDetails(message=name)
            | NoticeKeptDetails(message=name)
        ):
            return name
        case _:
            return ""
