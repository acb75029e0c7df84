"""Whether less was granted, or came, than is owed, and the rest is to be asked for."""

from collections.abc import Sequence

from rescind.core.follow.awaited import awaited_money
from rescind.core.model.case import Event, counting, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails


def is_rest_left(events: Sequence[Event]) -> bool:
    """Return whether the rest of a sum is still to be asked for: the person is next."""
    money = awaited_money(events)
    if money is None or money.asked is not None:
        return False
    last = payloads(counting(events), ConfirmedDetails)[-1]
    return last.is_part or last.outcome is EndOutcome.REST_OPEN
