"""Money that was asked for twice and refused: the company is not asked a third time."""

from collections.abc import Sequence
from datetime import date

from rescind.core.follow.at_store import (
    AT_STORE,
    BY_LETTER,
    asked_there,
    refused_after,
)
from rescind.core.follow.letters_out import REPLY, TO_BANK, Do, sent_letters
from rescind.core.follow.reopening import standing_events
from rescind.core.follow.state import NO_ANSWER
from rescind.core.follow.third_party import last_said
from rescind.core.model.case import Event, happened
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.third_party_details import BODY, ThirdWord


def refused_again(events: Sequence[Event]) -> tuple[date, str] | None:
    """Return when money was refused last that was asked for again after an answer.

    A store that was asked first counts as well: it had the money. A body that took a
    complaint about the money no further leaves it as refused. Why is the code.
    """
    asked = [each.number for each in asked_there(events)]
    for letter in sent_letters(events):
        if letter.kind in TO_BANK or letter.kind == Do.COMPLAINT:
            continue
        # who answers a refusal of money asks for it again
        is_again = bool(asked) and letter.kind == REPLY
        if letter.pay_by is not None or letter.kind in _ASKS or is_again:
            asked.append(letter.number)
    body = last_said(events, BODY)
    if asked and body is not None and body.says in _ENDS_COMPLAINT:
        return body.came_on, "turned_down"
    if not asked or not _is_answered_between(events, min(asked), max(asked)):
        return None
    # who sends one back to a store, or on from it, pays nothing
    refuses = AT_STORE if asked_there(events) else BY_LETTER
    on = refused_after(events, max(asked), refuses)
    return (on, "refused_again") if on is not None else None


_ENDS_COMPLAINT = frozenset({ThirdWord.CLOSES, ThirdWord.DECLINED})
_ASKS = frozenset({Do.REFUND.value, "withdraw"})


def _is_answered_between(events: Sequence[Event], first: int, last: int) -> bool:
    told = happened(standing_events(events), AnsweredDetails)
    return any(
        first < event.number < last and answer.reads_as not in NO_ANSWER
        for event, answer in told
    )
