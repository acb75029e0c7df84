"""The letters of a case, each by itself: which went out, and which was answered.

A case has one state, that of what happened last. A refund and a cancellation that are
both under way are answered separately, and this says of each how it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rescind.core.follow.reopening import standing_events
from rescind.core.follow.sendings import dispatch_of, is_put_in_doubt, own_confirm_by
from rescind.core.follow.state import NO_ANSWER
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.event_details import (
    AnsweredDetails,
    LetterWrittenDetails,
    SaidSentDetails,
)

_STATES: Mapping[EventKind, CaseState] = {
    EventKind.DISPATCH_ORDERED: CaseState.ORDERED,
    EventKind.DISPATCH_RECALLED: CaseState.DRAFT,
    EventKind.DISPATCH_BEGUN: CaseState.SENDING,
    EventKind.DISPATCH_TAKEN: CaseState.SENT,
    EventKind.DISPATCH_REFUSED: CaseState.FAILED,
    EventKind.DISPATCH_UNKNOWN: CaseState.DOUBTFUL,
    EventKind.SAID_SENT: CaseState.SENT,
    EventKind.SAID_NOT_SENT: CaseState.FAILED,
}
"""What a sending does to the newest letter: no other can be sent."""
_NOTICES: Mapping[EventKind, CaseState] = {
    EventKind.DELIVERED: CaseState.DELIVERED,
    EventKind.DELIVERY_FAILED: CaseState.FAILED,
}
_DRAFT = CaseState.DRAFT
_DONE = (CaseState.SENT, CaseState.DELIVERED, CaseState.ANSWERED)
_OUT = frozenset({CaseState.SENT, CaseState.DELIVERED, CaseState.DOUBTFUL})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStanding:
    """Where one letter of a case stands."""

    kind: str
    subject: str
    confirm_by: date | None
    number: int = 0
    """The event that wrote it; the last one where it was taken up again."""
    pdf: str = ""
    state: CaseState = CaseState.DRAFT
    """Draft to sent, delivered or failed, and answered; never a state of the end."""
    dispatch: str = ""
    sent_on: date | None = None
    is_own: bool = False
    """What went out was one of the person's own, from before this was written here."""


def letters_of(events: Sequence[Event], first_kind: str) -> tuple[LetterStanding, ...]:
    """Return the letters of a case in the order in which they were written.

    An answer counts for the letter that it names, else for the only one that waits for
    one; where two wait and it names none, it is nobody's until a person has read it.
    """
    letters: list[LetterStanding] = []
    for event in standing_events(events):
        written = event.read(LetterWrittenDetails)
        if written is not None:
            kind = written.kind or first_kind
            # a draft that waited is recorded anew to be sent, or was written anew
            letters = [e for e in letters if (e.kind, e.state) != (kind, _DRAFT)]
            letters.append(
                LetterStanding(
                    kind=kind,
                    subject=written.subject,
                    confirm_by=written.confirm_by,
                    number=event.number,
                    pdf=written.pdf,
                )
            )
        elif letters:
            letters = _after(letters, event)
    return tuple(letters)


def next_to_send(letters: Sequence[LetterStanding]) -> LetterStanding | None:
    """Return the letter that a sending is of: the first that waits, in their order.

    The newest one where its sending is under way or failed, or where none waits.
    """
    newest = letters[-1] if letters else None
    if newest is None or newest.state not in (CaseState.DRAFT, *_DONE):
        return newest
    return next((each for each in letters if each.state is CaseState.DRAFT), newest)


def _after(letters: list[LetterStanding], event: Event) -> list[LetterStanding]:
    if event.kind in _STATES:
        return [*letters[:-1], _sent(letters[-1], event)]
    if is_put_in_doubt(event):
        return [*letters[:-1], _doubted(letters[-1], event)]
    if event.kind in _NOTICES:
        named = dispatch_of(event)
        state = _NOTICES[event.kind]
        return [
            replace(each, state=state)
            if each.state in _OUT and each.dispatch == named
            else each
            for each in letters
        ]
    answer = event.read(AnsweredDetails)
    if answer is None or answer.reads_as in NO_ANSWER:
        return letters
    waiting = [each for each in letters if each.state in _OUT]
    meant = [each for each in waiting if answer.to and each.dispatch == answer.to]
    meant = meant or (waiting if len(waiting) == 1 else [])
    return [
        replace(each, state=CaseState.ANSWERED) if each in meant else each
        for each in letters
    ]


def _doubted(letter: LetterStanding, event: Event) -> LetterStanding:
    named = dispatch_of(event) or letter.dispatch
    return replace(letter, state=CaseState.DOUBTFUL, dispatch=named)


def _sent(letter: LetterStanding, event: Event) -> LetterStanding:
    state = _STATES[event.kind]
    said = event.read(SaidSentDetails)
    is_out = state in (CaseState.SENT, CaseState.DOUBTFUL)
    sent_on = (said.on if said else None) or event.at.date() if is_out else None
    return replace(
        letter,
        state=state,
        dispatch=dispatch_of(event) or letter.dispatch,
        sent_on=sent_on or letter.sent_on,
        is_own=own_confirm_by(event) is not None,
    )
