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
    """Return the newest answer that asks for money; ``None`` where none is open.

    It is open until somebody writes back, says that it was owed and taken, or they say
    that it is asked no more. Neither what else they write since nor the recording of
    the end settles what is to be paid.
    """
    open_ = dict[str, Event]()
    for event in counting(events):
        answer, letter = event.read(AnsweredDetails), event.read(LetterWrittenDetails)
        charge = event.read(ChargedDetails)
        is_read = answer is not None and (
            answer.by_person or answer.reads_as not in NO_ANSWER
        )
        if answer is not None and is_read:
            # what the person says of a message takes the place of how it was read
            open_.pop(answer.message, None)
            open_ |= {answer.message: event} if answer.asks_fee else {}
        is_back = letter is not None and letter.kind == REPLY
        is_paid = charge is not None and charge.rightful
        is_dropped = answer is not None and answer.waives_fee
        if is_back or is_paid or is_dropped or event.kind is EventKind.RESUMED:
            open_.clear()
    return next(reversed(open_.values()), None)
