"""The state of a case, from its events and today."""

from collections.abc import Sequence
from datetime import date

from rescind.core.model.case import CaseState, Event, EventKind, Standing
from rescind.core.model.message import Label

STATES = {
    EventKind.OPENED: CaseState.DRAFT,
    EventKind.LETTER_WRITTEN: CaseState.DRAFT,
    EventKind.DISPATCH_BEGUN: CaseState.SENDING,
    EventKind.DISPATCH_TAKEN: CaseState.SENT,
    EventKind.DISPATCH_REFUSED: CaseState.FAILED,
    EventKind.DISPATCH_UNKNOWN: CaseState.DOUBTFUL,
    EventKind.SAID_SENT: CaseState.SENT,
    EventKind.SAID_NOT_SENT: CaseState.FAILED,
    EventKind.DELIVERED: CaseState.DELIVERED,
    EventKind.DELIVERY_FAILED: CaseState.FAILED,
    EventKind.ANSWERED: CaseState.ANSWERED,
    EventKind.CONFIRMED: CaseState.CONFIRMED,
    EventKind.CLOSED: CaseState.CLOSED,
}
"""The state each kind of event leads to; handing over, keeping a file and proof change
nothing."""

WAITING = frozenset({CaseState.SENT, CaseState.DELIVERED})

NEXT_STEPS = {
    CaseState.DRAFT: "Look at the letter and send it.",
    CaseState.SENDING: "Sending was begun and its outcome is not recorded: look into "
    "the sent folder before anything else.",
    CaseState.DOUBTFUL: "It may have been sent: look into the sent folder, then say "
    "whether it was.",
    CaseState.SENT: "Wait for the confirmation.",
    CaseState.DELIVERED: "Wait for the confirmation.",
    CaseState.FAILED: "It was not taken: mend what the answer says and send again.",
    CaseState.ANSWERED: "Read the answer: does it confirm the end and its day?",
    CaseState.CONFIRMED: "Keep the confirmation, and look at the statement after the "
    "end.",
    CaseState.OVERDUE: "No confirmation came in time: write again or complain.",
    CaseState.CLOSED: "Nothing more to do.",
}
AFTER_A_RECEIPT = (
    "A receipt came, and that is no answer yet: wait for the confirmation."
)
NO_ANSWER = frozenset({Label.ACKNOWLEDGED, Label.OUT_OF_OFFICE, Label.MARKETING})
"""What a message reads as that answers nothing: the case goes on waiting."""

UNDER_WAY = frozenset({CaseState.SENDING, CaseState.DOUBTFUL, *WAITING})
NOTICES = frozenset({EventKind.DELIVERED, EventKind.DELIVERY_FAILED})
"""What a server reports of a letter; it tells nothing once somebody has answered."""


def standing(events: Sequence[Event], today: date) -> Standing:
    """Return where a case stands.

    Overdue is computed, not stored: a letter was sent, the day named in it for the
    confirmation has passed, and nothing came.
    """
    confirm_by: date | None = None
    by_word_only = has_receipt = False
    for event in events:
        if event.kind is EventKind.LETTER_WRITTEN:
            confirm_by = date.fromisoformat(event.details["confirm_by"])
        if event.kind in (EventKind.SAID_SENT, EventKind.DISPATCH_TAKEN):
            by_word_only = event.kind is EventKind.SAID_SENT
            has_receipt = False
        if event.details.get("reads_as") == Label.ACKNOWLEDGED:
            has_receipt = True
    state = _state(events)
    if state in WAITING and confirm_by is not None and today > confirm_by:
        state = CaseState.OVERDUE
    waits_on = has_receipt and state in WAITING
    return Standing(
        state=state,
        next_step=AFTER_A_RECEIPT if waits_on else NEXT_STEPS[state],
        confirm_by=confirm_by,
        by_word_only=by_word_only,
    )


def _state(events: Sequence[Event]) -> CaseState:
    state = CaseState.DRAFT
    for event in events:
        if event.kind in NOTICES and state not in UNDER_WAY:
            continue
        if event.details.get("reads_as") in NO_ANSWER:
            continue
        state = STATES.get(event.kind, state)
    return state


def may_send(events: Sequence[Event]) -> bool:
    """Return whether a new dispatch can be begun without risking a second copy.

    Only a letter that certainly did not go out, or that a server reports as not
    delivered, may be sent (again).
    """
    return bool(events) and _state(events) in (CaseState.DRAFT, CaseState.FAILED)
