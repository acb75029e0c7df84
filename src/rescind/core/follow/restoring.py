"""What a restored case has to say: that a letter may have gone out after the backup."""

from collections.abc import Sequence
from datetime import datetime

from rescind.core.follow.state import ordered, position
from rescind.core.model.case import CaseState, Event
from rescind.core.model.correction_details import RestoredDetails
from rescind.core.model.event_details import DispatchOrderedDetails


def restored_details(
    events: Sequence[Event], backup_at: datetime, *, nothing_since: bool
) -> RestoredDetails:
    """Return what is recorded of a case that was brought back from a backup.

    A letter that was ordered or being sent then may be out, whatever anybody says: a
    worker sends it by itself. One that merely lay there may have been ordered since,
    unless the person says that nothing was (``nothing_since``). Where the end is
    confirmed nobody sends it any more.
    """
    here = position(events)
    order = ordered(events)
    details = order.read(DispatchOrderedDetails) if order else None
    lies_there = not here.is_letter_out and not here.is_settled
    is_under_way = here.is_attempted or here.state is CaseState.ORDERED
    return RestoredDetails(
        backup_at=backup_at,
        dispatch=details.dispatch if details else here.dispatch,
        in_doubt=is_under_way or (lies_there and not nothing_since),
    )
