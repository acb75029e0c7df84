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

    A letter or a call back meets them. An end that they name does, but not for money
    that they ask for: that waits until a payment is told.
    """
    events, doubtful = counting(events), unverified(events)
    answers = happened(events, AnsweredDetails)
    came = {answer.message: event.number for event, answer in reversed(answers)}
    read = {a.message: a for event, a in answers if event.number not in doubtful}
    written, ended, paid = _written(events), _ended(events, ENDS), _paid(events)
    had = _ended(events, _HAVE_NOTICE)
    found = set[tuple[DueKind, date]]()
    for message, answer in read.items():
        met = max(written, paid if answer.asks_fee else ended)
        if answer.wants_by is not None and came[message] > met:
            found.add((DueKind.COMPANY_SETS, answer.wants_by))
        if answer.again_by is not None and came[message] > max(written, had):
            found.add((DueKind.NOTICE_AGAIN, answer.again_by))
    for what, by in sorted(found):
        yield Due(what=what, by=by, why=Sentence.of("due_why", what.value))


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


def _paid(events: Sequence[Event]) -> int:
    return max(
        (event.number for event, _ in happened(events, ChargedDetails)), default=0
    )
