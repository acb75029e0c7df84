"""The state of a case, from its events and today."""

from collections.abc import Sequence
from datetime import date, timedelta

from rescind.core.model.case import CaseState, Event, EventKind, Standing
from rescind.core.model.message import Label

STATES = {
    EventKind.OPENED: CaseState.DRAFT,
    EventKind.DISPATCH_ORDERED: CaseState.ORDERED,
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
    EventKind.CHARGED: CaseState.CHARGED,
    EventKind.BUTTON_USED: CaseState.SENT,
    EventKind.CALLED: CaseState.SENT,
    EventKind.RESUMED: CaseState.RESUMED,
    EventKind.CLOSED: CaseState.CLOSED,
}
"""The state each kind of event leads to; a letter, handing over, keeping a file and
proof change nothing."""

OUT = frozenset(
    {
        EventKind.SAID_SENT,
        EventKind.DISPATCH_TAKEN,
        EventKind.BUTTON_USED,
        EventKind.CALLED,
    }
)
"""What tells that the merchant was told."""
WAITING = frozenset({CaseState.SENT, CaseState.DELIVERED})

NEXT_STEPS = {
    CaseState.DRAFT: "Look at the letter and send it.",
    CaseState.ORDERED: "It is sent when its moment comes, without more ado; it can be "
    "recalled until then.",
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
    CaseState.CHARGED: "Money was taken all the same: dispute the charge before its "
    "deadline.",
    CaseState.RESUMED: "The subscription goes on. Open a new case to end it.",
    CaseState.CLOSED: "Nothing more to do.",
}
VERY_LATE = "No confirmation came, and much time has passed: complain."
VERY_LATE_AFTER = timedelta(days=14)
"""How long after the letter's day an answer is very late; our own measure."""
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
    written: date | None = None
    by_word_only = has_receipt = False
    for event in events:
        if event.kind is EventKind.LETTER_WRITTEN:
            written = date.fromisoformat(event.details["confirm_by"])
            confirm_by = confirm_by or written
        if event.kind in OUT:
            named = event.details.get("confirm_by")
            confirm_by = date.fromisoformat(named) if named else written
            by_word_only = event.kind is not EventKind.DISPATCH_TAKEN
            has_receipt = False
        if event.details.get("reads_as") == Label.ACKNOWLEDGED:
            has_receipt = True
    state = _state(events)
    if state in WAITING and confirm_by is not None and today > confirm_by:
        state = CaseState.OVERDUE
    waits_on = has_receipt and state in WAITING
    lateness = _lateness(state, confirm_by, today)
    words = AFTER_A_RECEIPT if waits_on else NEXT_STEPS[state]
    return Standing(
        state=state,
        next_step=VERY_LATE if lateness == "very late" else words,
        confirm_by=confirm_by,
        by_word_only=by_word_only,
        lateness=lateness,
    )


def _lateness(state: CaseState, confirm_by: date | None, today: date) -> str:
    if state is not CaseState.OVERDUE or confirm_by is None:
        return ""
    return "very late" if today > confirm_by + VERY_LATE_AFTER else "late"


def _state(events: Sequence[Event]) -> CaseState:
    state = before_order = CaseState.DRAFT
    for event in events:
        if event.kind in NOTICES and state not in UNDER_WAY:
            continue
        if event.details.get("reads_as") in NO_ANSWER:
            continue
        if event.kind is EventKind.DISPATCH_ORDERED:
            before_order = state
        if event.kind is EventKind.DISPATCH_RECALLED:
            state = before_order
        elif event.kind is EventKind.DISPATCH_REFUSED and event.details.get("again"):
            state = CaseState.ORDERED
        else:
            state = STATES.get(event.kind, state)
    return state


def may_send(events: Sequence[Event]) -> bool:
    """Return whether a new dispatch can be begun without risking a second copy.

    Only a letter that certainly did not go out, that a server reports as not
    delivered, or that was written after the last one went out, may be sent.
    """
    state = _state(events)
    if state in (CaseState.DRAFT, CaseState.FAILED):
        return bool(events)
    return state not in _NEVER and _is_newer(events)


_NEVER = frozenset(
    {
        CaseState.ORDERED,
        CaseState.SENDING,
        CaseState.DOUBTFUL,
        CaseState.RESUMED,
        CaseState.CLOSED,
    }
)
_LEFT = frozenset(
    {EventKind.DISPATCH_BEGUN, EventKind.DISPATCH_TAKEN, EventKind.SAID_SENT}
)


def _is_newer(events: Sequence[Event]) -> bool:
    """Return whether the newest letter was written after one went out."""
    told = [e.kind for e in events if e.kind in _LEFT | {EventKind.LETTER_WRITTEN}]
    return bool(told) and told[-1] is EventKind.LETTER_WRITTEN


def ordered(events: Sequence[Event]) -> Event | None:
    """Return the order that a dispatch waits for, if the case waits for one."""
    if _state(events) is not CaseState.ORDERED:
        return None
    orders = [e for e in events if e.kind is EventKind.DISPATCH_ORDERED]
    return orders[-1]


def refusals(events: Sequence[Event], order: Event) -> tuple[Event, ...]:
    """Return how often a server put an ordered dispatch off (RFC 5321, 4yz)."""
    return tuple(
        event
        for event in events
        if event.kind is EventKind.DISPATCH_REFUSED and event.number > order.number
    )
