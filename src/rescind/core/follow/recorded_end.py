"""The end that was recorded last: whether they named it, and the person took it."""

from collections.abc import Sequence
from datetime import date

from rescind.core.model.case import Event, counting, happened, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    ChargedDetails,
    ConfirmedDetails,
    LetterWrittenDetails,
)

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


def is_money_settled(events: Sequence[Event]) -> bool:
    """Return whether all the money came, or none is to come by the person's word."""
    ends = payloads(counting(events), ConfirmedDetails)
    of_money = [end.outcome for end in ends if end.outcome in OF_MONEY]
    return bool(of_money) and of_money[-1] is not EndOutcome.REST_OPEN


def taken_end(events: Sequence[Event]) -> date | None:
    """Return the end that they named and the person took; ``None`` for none."""
    end = recorded_end(events)
    if end is None or end.instead_of is not None or end.outcome not in _NAMED:
        return None
    return end.ends_on


def paid_after(events: Sequence[Event]) -> date | None:
    """Return the day of a payment after the end that they named, while it is open.

    It is open until the payment is recorded, as owed or not, or a letter asks for it.
    """
    end = recorded_end(events)
    if end is None or end.paid_after is None:
        return None
    charges = payloads(counting(events), ChargedDetails)
    ended = [e.number for e, _ in happened(counting(events), ConfirmedDetails)]
    letters = happened(counting(events), LetterWrittenDetails)
    asks = any(e.number > ended[-1] and each.claims_money for e, each in letters)
    is_told = any(charge.on == end.paid_after for charge in charges)
    return None if is_told or asks else end.paid_after
