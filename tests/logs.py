"""Logs of cases that lead to each state, as short as they can be."""

from datetime import UTC, datetime, timedelta

from rescind.core.model.case import CaseState, Event, EventKind

K, S = EventKind, CaseState
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
Row = tuple[EventKind, dict[str, str]]

OPENED: Row = (K.OPENED, {})
LETTER: Row = (K.LETTER_WRITTEN, {"confirm_by": "2026-11-15"})
ORDER: Row = (
    K.DISPATCH_ORDERED,
    {"dispatch": "d", "not_before": "2026-11-02T08:00:00+00:00"},
)
BEGUN: Row = (K.DISPATCH_BEGUN, {"dispatch": "d"})
TAKEN: Row = (K.DISPATCH_TAKEN, {"dispatch": "d", "said": "250 taken"})
REFUSED: Row = (K.DISPATCH_REFUSED, {"dispatch": "d", "said": "550 no"})
UNKNOWN: Row = (K.DISPATCH_UNKNOWN, {"dispatch": "d", "said": "it broke off"})
DELIVERED: Row = (K.DELIVERED, {"dispatch": "d"})
ANSWERED: Row = (K.ANSWERED, {"message": "sha256:0"})
CONFIRMED: Row = (K.CONFIRMED, {"ends_on": "2026-11-10", "note": ""})
CHARGED: Row = (K.CHARGED, {"on": "2026-11-20", "amount": "", "note": ""})
RESUMED: Row = (K.RESUMED, {"note": ""})
CLOSED: Row = (K.CLOSED, {"note": ""})
REOPENED: Row = (K.REOPENED, {"note": ""})
RESTORED: Row = (
    K.RESTORED,
    {"backup_at": "2026-11-05T12:00:00+00:00", "dispatch": "d", "in_doubt": "yes"},
)

DRAFT = (OPENED, LETTER)
SENDING = (*DRAFT, ORDER, BEGUN)
SENT = (*SENDING, TAKEN)
LOGS: dict[str, tuple[Row, ...]] = {
    "draft": DRAFT,
    "draft, and an answer came": (*DRAFT, ANSWERED),
    "ordered": (*DRAFT, ORDER),
    "sending": SENDING,
    "doubtful": (*SENDING, UNKNOWN),
    "ordered, and restored from a backup": (*DRAFT, ORDER, RESTORED),
    "failed": (*SENDING, REFUSED),
    "sent": SENT,
    "sent, and a second letter written": (*SENT, LETTER),
    "sent, and a second letter failed": (*SENT, LETTER, ORDER, BEGUN, REFUSED),
    "delivered": (*SENT, DELIVERED),
    "answered": (*SENT, ANSWERED),
    "confirmed": (*SENT, CONFIRMED),
    "charged": (*SENT, CONFIRMED, CHARGED),
    "resumed": (*SENT, RESUMED),
    "closed": (*SENT, CLOSED),
    "confirmed and closed": (*SENT, CONFIRMED, CLOSED),
    "confirmed, closed and reopened": (*SENT, CONFIRMED, CLOSED, REOPENED),
}
"""What happened, by what it comes to."""


def log(*rows: Row, at: datetime = START) -> tuple[Event, ...]:
    """Return a log, with a minute between its events."""
    return tuple(
        Event(
            number=number,
            kind=kind,
            at=at + timedelta(minutes=number),
            known_by="program",
            details=details,
        )
        for number, (kind, details) in enumerate(rows, 1)
    )
