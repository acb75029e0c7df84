"""Money that the company asks of the person, while nothing has followed."""

from collections.abc import Sequence

from rescind.core.follow.state import NO_ANSWER
from rescind.core.model.case import Event, EventKind, counting
from rescind.core.model.event_details import (
    AnsweredDetails,
    ChargedDetails,
    LetterWrittenDetails,
)

REPLY = "reply"
"""The letter that answers what they wrote."""


def open_demand(events: Sequence[Event]) -> Event | None:
    """Return the answer that asks for money; ``None`` where none is open.

    It is open until somebody writes back, says that it was owed and taken, or records
    something that they wrote since. To record the end settles when it ends, and not
    what is to be paid for it.
    """
    open_: Event | None = None
    for event in counting(events):
        answer, letter = event.read(AnsweredDetails), event.read(LetterWrittenDetails)
        charge = event.read(ChargedDetails)
        if answer is not None and answer.reads_as not in NO_ANSWER:
            open_ = event if answer.asks_fee else None
        is_back = letter is not None and letter.kind == REPLY
        is_paid = charge is not None and charge.rightful
        if is_back or is_paid or event.kind is EventKind.RESUMED:
            open_ = None
    return open_
