"""What the person is to be told, and when: ahead of a day, or when things happen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rescind.core.follow.due_day import Due
from rescind.core.follow.outlook import standing
from rescind.core.follow.state import NO_ANSWER
from rescind.core.model.case import CaseState, Event, EventKind, counting, happened
from rescind.core.model.event_details import AnsweredDetails, DispatchRefusedDetails
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import (
    BY_PERSON,
    ThirdPartyDetails,
    ThirdWord,
)

AHEAD = (timedelta(days=7), timedelta(days=1))
"""How long before a day to act by the person is told."""
CAUGHT_UP = timedelta(days=30)
"""For how long a day that nobody was told of is still told, as past."""
PUT_OFF_OFTEN = 4
"""After so many tries that were put off, the person is told."""
MOST_SAID = 200
"""Characters of what a server said that a reminder quotes."""
AFTER_THE_CONFIRMATION = Sentence.of("reminder", "after_the_confirmation")
FAILED = Sentence.of("next_step", CaseState.FAILED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to tell, once: what to do, and by when."""

    key: str
    at: datetime
    text: Sentence
    by: date | datetime | None = None
    """The day, or the moment, to act by; ``None`` for what only happened."""
    is_ahead: bool = False
    """Whether it is told before that day."""


def reminders(events: Sequence[Event], days: Sequence[Due]) -> list[Reminder]:
    """Return all there is to tell of a case, told or not.

    ``days`` are those that count now; what was moot when the case began is left out.
    """
    result = [*_of_days(days, events[0].at), *_of_events(events)]
    return sorted(result, key=lambda each: (each.at, each.key))


def _of_days(days: Sequence[Due], opened_at: datetime) -> Iterator[Reminder]:
    for due in days:
        name = f"{due.what}:{due.by.isoformat()}"
        if due.is_late and due.moment >= opened_at:
            yield Reminder(key=name, at=due.moment, text=due.text, by=due.by)
        for ahead in () if due.is_late else AHEAD:
            if due.moment - ahead >= opened_at:
                key = f"{name}:{ahead.days}d"
                at = due.moment - ahead
                yield Reminder(key=key, at=at, text=due.text, by=due.by, is_ahead=True)


def _of_events(events: Sequence[Event]) -> Iterator[Reminder]:
    events = counting(events)
    state = standing(events, events[-1].at.date())
    if state.state in (CaseState.DOUBTFUL, CaseState.FAILED):
        about = [e for e in events if e.kind in _SENDING][-1]
        key = f"{state.state.value}:{about.number}"
        yield Reminder(key=key, at=about.at, text=state.next_step)
    if state.is_settled:
        yield from _of_settled(events)
    refusals = happened(events, DispatchRefusedDetails)
    put_off = [(event, refusal) for event, refusal in refusals if refusal.again]
    if state.state is CaseState.ORDERED and len(put_off) >= PUT_OFF_OFTEN:
        about, refusal = put_off[PUT_OFF_OFTEN - 1]
        words = refusal.said[:MOST_SAID]
        text = Sentence.of("reminder", "put_off", said=words)
        yield Reminder(key=f"put-off:{about.number}", at=about.at, text=text)
    if state.state is CaseState.ANSWERED:
        about = [e for e in events if _tells(e)][-1]
        key = f"answered:{about.number}"
        yield Reminder(key=key, at=about.at, text=state.next_step)


def _of_settled(events: Sequence[Event]) -> Iterator[Reminder]:
    """Yield what came after a confirmation: it changes no state, and is told."""
    last = [e.number for e in events if e.kind is EventKind.CONFIRMED][-1]
    later = [event for event in events if event.number > last]
    answers = [e for e in later if _tells(e)]
    if answers:
        key, at = f"answered:{answers[-1].number}", answers[-1].at
        yield Reminder(key=key, at=at, text=AFTER_THE_CONFIRMATION)
    tries = [e for e in later if e.kind in _ENDS_TRY]
    refusal = tries[-1].read(DispatchRefusedDetails) if tries else None
    if refusal is not None and not refusal.again:
        key, at = f"failed:{tries[-1].number}", tries[-1].at
        yield Reminder(key=key, at=at, text=FAILED)


_ENDS_TRY = frozenset(
    {
        EventKind.LETTER_WRITTEN,
        EventKind.DISPATCH_TAKEN,
        EventKind.DISPATCH_REFUSED,
        EventKind.SAID_SENT,
    }
)
"""After these, an earlier refusal of a letter is past."""
_SENDING = frozenset(
    {
        EventKind.DISPATCH_REFUSED,
        EventKind.DISPATCH_UNKNOWN,
        EventKind.DELIVERY_FAILED,
        EventKind.SAID_NOT_SENT,
        EventKind.RESTORED,
    }
)


def _tells(event: Event) -> bool:
    """Return whether somebody wrote what is to be read: the company, a bank, a body."""
    answer, word = event.read(AnsweredDetails), event.read(ThirdPartyDetails)
    if word is not None:
        return word.says not in (None, ThirdWord.LOOKS, *BY_PERSON)
    return answer is not None and answer.reads_as not in NO_ANSWER
