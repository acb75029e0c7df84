"""What a bank or a body wrote last, while nothing has come after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rescind.core.follow.reopening import standing_events
from rescind.core.follow.state import NO_ANSWER, OUT
from rescind.core.model.case import Event, EventKind, happened
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.third_party_details import ThirdPartyDetails, ThirdWord

WAITS = frozenset({ThirdWord.CREDITS, ThirdWord.ACCEPTED, ThirdWord.SENT})
"""After these something is waited for, until the day that stands with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWord:
    """A word of a bank or a body, with the sum that it is about."""

    by: str
    """``bank`` or ``body``."""
    says: ThirdWord
    who: str
    amount: str | None
    """As it names it, else as it named it before: what was proposed is accepted.

    Of what came it is what is missing of that.
    """
    until: date | None
    number: int
    came_on: date

    @property
    def waits(self) -> bool:
        """Whether nothing is to be done before its day."""
        return self.says in WAITS


def open_word(events: Sequence[Event]) -> OpenWord | None:
    """Return the newest word of a bank or a body that wants to be looked at.

    ``None`` once a letter went out since, the company wrote, or the end was recorded;
    that a body looks into it is no more than was waited for.
    """
    told = _words(events)
    if not told or told[-1].says is ThirdWord.LOOKS:
        return None
    since = (e for e in standing_events(events) if e.number > told[-1].number)
    return None if any(_replaces(event) for event in since) else told[-1]


def last_said(events: Sequence[Event], by: str) -> OpenWord | None:
    """Return what a bank, or a body, said last, or was answered."""
    told = [word for word in _words(events) if word.by == by]
    return told[-1] if told else None


def said_by(events: Sequence[Event], by: str, *, since: int) -> list[OpenWord]:
    """Return what a bank, or a body, said after an event, in order."""
    return [w for w in _words(events) if w.by == by and w.number > since]


def _words(events: Sequence[Event]) -> list[OpenWord]:
    words: list[OpenWord] = []
    for event, told in happened(standing_events(events), ThirdPartyDetails):
        if told.says is None:
            continue  # of a later release
        named = [each.amount for each in words if each.by == told.by and each.amount]
        words.append(
            OpenWord(
                by=told.by,
                says=told.says,
                who=told.who,
                amount=_left(told, next(reversed(named), None)),
                until=told.until,
                number=event.number,
                came_on=event.at.date(),
            )
        )
    return words


def _left(told: ThirdPartyDetails, before: str | None) -> str | None:
    """Return the sum of a word: of what came, what is left of the one before it."""
    if told.says is not ThirdWord.CAME:
        return told.amount or before
    if not told.amount or not before:
        return None
    (came, theirs), (wanted, ours) = told.amount.split(), before.split()
    rest = Decimal(wanted) - Decimal(came)
    return f"{rest} {ours}" if theirs == ours and rest > 0 else None


def _replaces(event: Event) -> bool:
    """Return whether what came after a word is what the case is about since."""
    answer = event.read(AnsweredDetails)
    if answer is not None:
        return answer.reads_as not in NO_ANSWER
    return event.kind in _REPLACE


_REPLACE = OUT | {
    *(EventKind.CONFIRMED, EventKind.CHARGED),
    *(EventKind.RESUMED, EventKind.CLOSED),
}
