"""The days that answers of the company set, until somebody met them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from rescind.core.follow.due_day import Due, DueKind
from rescind.core.follow.letters_out import sent_letters
from rescind.core.follow.reopening import unverified
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import TO_OTHERS, Event, counting, happened
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    ChargedDetails,
    ConfirmedDetails,
)
from rescind.core.model.message import Label
from rescind.core.model.sentence import Sentence

_HAVE_NOTICE = frozenset({*ENDS, Label.ACKNOWLEDGED})
"""What an answer reads as by which the notice came after all."""


def days_of_company(events: Sequence[Event]) -> Iterator[Due]:
    """Yield the days that answers set, each once; what was read anew counts so.

    A letter or a call back meets them, and an end that they name. Money that they ask
    for waits until a payment is told, or they ask for it no more.
    """
    events = counting(events)
    came, read = _answers(events)
    met, had = _ended(events, ENDS), _ended(events, _HAVE_NOTICE)
    written = _written(events)
    found = {(DueKind.COMPANY_SETS, day) for _, day in unpaid_demands(events)}
    for message, answer in read.items():
        is_open = not answer.asks_fee and came[message] > max(written, met)
        if answer.wants_by is not None and is_open:
            found.add((DueKind.COMPANY_SETS, answer.wants_by))
        if answer.again_by is not None and came[message] > max(written, had):
            found.add((DueKind.NOTICE_AGAIN, answer.again_by))
    for what, by in sorted(found):
        yield Due(what=what, by=by, why=Sentence.of("due_why", what.value))


def unpaid_demands(events: Sequence[Event]) -> tuple[tuple[str, date], ...]:
    """Return which answers ask for money by a day, in order: their digests, the days.

    Who writes back pays nothing, and takes no day away.
    """
    events = counting(events)
    (came, read), settled = _answers(events), _paid_or_dropped(events)
    return tuple(
        (message, answer.wants_by)
        for message, answer in read.items()
        if answer.asks_fee and answer.wants_by and came[message] > settled
    )


def _answers(
    events: Sequence[Event],
) -> tuple[dict[str, int], dict[str, AnsweredDetails]]:
    """Return when each answer came, and how it was read last."""
    answers, doubtful = happened(events, AnsweredDetails), unverified(events)
    came = {answer.message: event.number for event, answer in reversed(answers)}
    return came, {a.message: a for event, a in answers if event.number not in doubtful}


def _written(events: Sequence[Event]) -> int:
    """Return when the company was last written to, or its page was used."""
    letters = [e.number for e in sent_letters(events) if e.kind not in TO_OTHERS]
    used = [event.number for event, _ in happened(events, ButtonUsedDetails)]
    return max([*letters, *used], default=0)


def _ended(events: Sequence[Event], labels: Collection[Label]) -> int:
    """Return when an end was last recorded, or an answer came that reads as these."""
    ends = [event.number for event, _ in happened(events, ConfirmedDetails)]
    answers = happened(events, AnsweredDetails)
    named = [event.number for event, each in answers if each.reads_as in labels]
    return max([*ends, *named], default=0)


def _paid_or_dropped(events: Sequence[Event]) -> int:
    """Return when a payment was last told, or an answer came that waives one."""
    paid = [event.number for event, _ in happened(events, ChargedDetails)]
    answers = happened(events, AnsweredDetails)
    dropped = [event.number for event, each in answers if each.waives_fee]
    return max([*paid, *dropped], default=0)
