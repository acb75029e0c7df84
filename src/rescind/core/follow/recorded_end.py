"""The end that was recorded last: whether they named it, and the person took it."""

from collections.abc import Sequence
from datetime import date

from rescind.core.model.case import Event, counting, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails

OF_MONEY = frozenset(
    {EndOutcome.MONEY_CAME, EndOutcome.REST_OPEN, EndOutcome.NOTHING_OWED}
)
"""What is recorded beside an end, and says nothing of its day."""
_WITHOUT_THEM = frozenset({EndOutcome.WITHDREW, EndOutcome.NO_CHARGE})
"""What is recorded of an end that they never spoke of."""
_NAMED = frozenset({None, EndOutcome.CONFIRMED, EndOutcome.RENEWAL_STOPS})
"""What tells of a day that they named; early releases recorded nothing of it."""


def recorded_end(events: Sequence[Event]) -> ConfirmedDetails | None:
    """Return what was recorded last of an end; of its money alone, not."""
    ends = payloads(counting(events), ConfirmedDetails)
    of_ends = [end for end in ends if end.outcome not in OF_MONEY]
    return of_ends[-1] if of_ends else None


def was_named(events: Sequence[Event]) -> bool:
    """Return whether an end was recorded by what they said, and not without them."""
    end = recorded_end(events)
    return end is not None and end.outcome not in _WITHOUT_THEM


def is_by_money_alone(events: Sequence[Event]) -> bool:
    """Return whether only money was recorded: nobody has said that it ends."""
    end = recorded_end(events)
    if end is None:
        return bool(payloads(counting(events), ConfirmedDetails))
    return end.outcome is EndOutcome.PAYS_BACK


def taken_end(events: Sequence[Event]) -> date | None:
    """Return the end that they named and the person took; ``None`` for none."""
    end = recorded_end(events)
    if end is None or end.instead_of is not None or end.outcome not in _NAMED:
        return None
    return end.ends_on
