"""What is due in a case: the days that count, from its events and its verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from rescind.core.follow.state import standing
from rescind.core.model.case import CaseState, Event, EventKind

TEXTS = {
    "cancel": "Last safe moment to cancel.",
    "withdrawal": "Last safe moment to withdraw.",
    "refund": "Last safe moment to ask for the money back.",
    "confirmation": "The letter asks for the confirmation by this day.",
    "charge": "The next charge is due, if it was not ended: look at the statement.",
    "end": "It ends, they say: look at the next statement.",
}
"""What each kind of day is, in words."""

_TO_ACT = frozenset({"cancel", "withdrawal", "refund"})
_OVER = frozenset({CaseState.CONFIRMED, CaseState.CLOSED})
_ASKED = frozenset(
    {CaseState.SENT, CaseState.DELIVERED, CaseState.OVERDUE, CaseState.ANSWERED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day, or a moment with its time zone, that counts."""

    what: str
    """One of ``TEXTS``."""
    by: date | datetime
    why: str

    @property
    def moment(self) -> datetime:
        """The moment itself, or the end of the day in UTC."""
        if isinstance(self.by, datetime):
            return self.by
        return datetime.combine(self.by, time.max, UTC)


def due(events: Sequence[Event], of_verdict: Sequence[Due], now: datetime) -> list[Due]:
    """Return what is due in a case, the first day first; nothing in a closed one.

    The days to act by stand after a letter went out, and after an answer: until
    somebody confirms, another way may be needed. What is past is left out, but for
    the confirmation that did not come.
    """
    state = standing(events, now.date())
    if state.state is CaseState.CLOSED:
        return []
    found = [d for d in of_verdict if state.state not in _OVER or d.what not in _TO_ACT]
    found = [d for d in found + list(_ends(events, state.state)) if d.moment >= now]
    if state.state in _ASKED and state.confirm_by is not None:
        why = "The letter names it."
        found.append(Due(what="confirmation", by=state.confirm_by, why=why))
    return sorted(found, key=lambda d: (d.moment, d.what))


def _ends(events: Sequence[Event], state: CaseState) -> Iterator[Due]:
    """Yield the end that was confirmed last."""
    told = [event for event in events if event.kind is EventKind.CONFIRMED]
    if state is CaseState.CONFIRMED:
        day = date.fromisoformat(told[-1].details["ends_on"])
        yield Due(what="end", by=day, why="The confirmation names it.")
