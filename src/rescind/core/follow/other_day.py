"""Another end than the one that counts: named once an end was recorded, or with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.letters_out import REPLY, SentLetter, sent_letters
from rescind.core.follow.recorded_end import OF_MONEY, was_named
from rescind.core.follow.reopening import standing_events
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Event, counting, happened
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import AnsweredDetails, ConfirmedDetails
from rescind.core.model.message import Label

_MAY_NAME_AN_END = frozenset({None, *ENDS, Label.REFUSED})
"""What a message reads as whose day may be that of an end; ``None``: nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """Another end that they name, while nobody took it, with the one before it."""

    theirs: date
    before: date
    was_confirmed: bool
    """Whether they confirmed the day before; else it is that of contract and law."""
    message: str
    """The digest of the answer that names it; empty where the person told of it."""
    is_sure: bool
    """Whether it is known that the answer is about an end."""
    came_on: date
    asked: SentLetter | None
    """The letter that went out since then and holds them to the day before."""
    denies: bool = False
    """They refuse what they confirmed, and name no other day: ``theirs`` is ours."""

    @property
    def is_later(self) -> bool:
        """Whether it is later than the one before."""
        return self.theirs > self.before

    @property
    def late_from(self) -> date:
        """The first day on which something is to be done about it."""
        return self.came_on if self.asked is None else self.asked.late_from


def other_day(events: Sequence[Event]) -> OtherDay | None:
    """Return the other end that was named last; ``None`` where none is open.

    An answer names one once it was read so, whenever an end was recorded before it;
    the end that was recorded last, or a new record, settles those that came before it.
    """
    ends = happened(counting(events), ConfirmedDetails)
    dated = [
        (event, end, end.ends_on)
        for event, end in ends
        if end.ends_on is not None and end.outcome not in OF_MONEY
    ]
    if not dated:
        return None
    event, last, ours = dated[-1]
    # who withdrew ended it alone: they confirmed nothing before
    is_theirs = last.outcome is not EndOutcome.WITHDREW
    # a refusal while money is waited for is one of the money
    may_deny = was_named(events) and awaited_money(events) is None
    named = _named_since(
        events, event.number, ours, was_confirmed=is_theirs, may_deny=may_deny
    )
    if named is not None or last.instead_of is None:
        return named
    return OtherDay(
        theirs=ours,
        before=last.instead_of,
        was_confirmed=last.instead_of in [day for _, _, day in dated[:-1]],
        message="",
        is_sure=True,
        came_on=event.at.date(),
        asked=_asked_since(events, event.number),
    )


def _named_since(
    events: Sequence[Event],
    number: int,
    ours: date,
    *,
    was_confirmed: bool,
    may_deny: bool,
) -> OtherDay | None:
    """Return the other end that answers name after an event, the newest of them."""
    told = happened(standing_events(events), AnsweredDetails)
    newest = {each.message: each for _, each in told}
    first = {each.message: event for event, each in reversed(told)}
    since = [
        (first[message], each, each.ends_on or ours)
        for message, each in newest.items()
        if first[message].number > number
        and ((each.ends_on and each.reads_as in _MAY_NAME_AN_END) or _denies(each))
    ]
    if not since:
        return None
    event, answer, theirs = max(since, key=lambda each: each[0].number)
    denies = _denies(answer)
    if theirs == ours and not (denies and may_deny):
        return None
    return OtherDay(
        theirs=theirs,
        before=ours,
        was_confirmed=was_confirmed,
        message=answer.message,
        is_sure=answer.reads_as is not None,
        came_on=event.at.date(),
        asked=_asked_since(events, event.number),
        denies=denies,
    )


def _denies(answer: AnsweredDetails) -> bool:
    """Return whether an answer refuses an end, or seems to, and names no other day."""
    if answer.ends_on is not None:
        return False
    seems = answer.may_refuse and answer.reads_as is None
    return seems or answer.reads_as is Label.REFUSED


def _asked_since(events: Sequence[Event], number: int) -> SentLetter | None:
    letters = sent_letters(counting(events))
    asked = [e for e in letters if e.number > number and e.kind == REPLY]
    return asked[-1] if asked else None
