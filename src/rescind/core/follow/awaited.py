"""Money still to come once an end was recorded: how much, by when, from whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rescind.core.follow.at_store import (
    AT_STORE,
    BY_LETTER,
    AskedThere,
    asked_there,
    read_after,
    refused_after,
)
from rescind.core.follow.letters_out import (
    OF_A_PART,
    Do,
    SentLetter,
    asked_bank,
    sent_letters,
)
from rescind.core.model.case import Event, counting, happened
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedMoney:
    """Money that is still to come after an end that was confirmed."""

    refund: str | None
    """``None``: it was claimed, and nobody knows how much it is."""
    promised_by: date
    """When to look for it, as recorded with the confirmation."""
    number: int
    """The event that recorded it."""
    asked: SentLetter | None
    """The last letter since then that asks for it: the merchant, the bank, a body."""
    refused_on: date | None
    """When the merchant said since then that it does not pay."""
    unread_on: date | None = None
    """When something came since then of which nobody has said what it is."""
    at_company: SentLetter | None = None
    """The last letter that asks the merchant again: no body's day is one of theirs."""
    company_refused_on: date | None = None
    """When the merchant refused what that letter asks for."""
    is_asked_first: bool = False
    """Whether only a letter asks for it that went out once the end was recorded."""

    @property
    def by(self) -> date:
        """Return the day by which it is to come: the last letter's, if it names one."""
        return self.asked.confirm_by if self.asked else self.promised_by

    @property
    def late_from(self) -> date:
        """Return the first day on which something is to be done about it."""
        return self.refused_on or self.by + DAY


def awaited_money(events: Sequence[Event]) -> AwaitedMoney | None:
    """Return the money that is waited for by the last confirmation, if there is any."""
    events = counting(events)
    confirmations = happened(events, ConfirmedDetails)
    if not confirmations:
        return None
    event, details = confirmations[-1]
    letters = sent_letters(events)
    since = [each for each in letters if each.number > event.number]
    if details.refund_by is None:
        later = [each for each in asked_there(events) if each.number > event.number]
        by_letter = _asked_for_first(events, since)
        by_company = by_letter or _asked_there_first(events, later)
        return by_company or _with_the_bank(events, event.number)
    asked = [each for each in since if each.kind in _ASKS_FOR_MONEY]
    before = list(_asked_before(confirmations, letters))
    asked += before
    there = asked_there(events)
    # what was asked for before money came is answered by that
    came = max((e.number for e, end in confirmations if end.is_money_come), default=0)
    asked += [_again(each) for each in there[1:] if each.number > came]
    asked.sort(key=lambda each: each.number)
    first = there[0].number if there else event.number
    after = asked[-1].number if asked else first
    since_then = max(after, event.number)
    refuses = AT_STORE if there else BY_LETTER
    company = _at_company(asked)
    return AwaitedMoney(
        refund=details.refund,
        promised_by=details.refund_by,
        # what was asked before a part came is among what was done for the rest
        number=before[0].number - 1 if before else event.number,
        asked=asked[-1] if asked else None,
        refused_on=refused_after(events, after, refuses),
        at_company=company,
        company_refused_on=_refused_since(events, company, refuses),
        unread_on=read_after(events, since_then, frozenset({None})),
    )


def _asked_for_first(
    events: Sequence[Event], since: Sequence[SentLetter]
) -> AwaitedMoney | None:
    """Return the money that a letter asks for first once an end was recorded."""
    firsts = [each for each in since if each.kind == Do.REFUND]
    if not firsts:
        return None
    first = firsts[0]
    later = [each for each in since if each.number > first.number]
    asked = [each for each in later if each.kind in _ASKS_FOR_MONEY]
    after = asked[-1].number if asked else first.number
    return AwaitedMoney(
        refund=first.amount,
        promised_by=first.confirm_by,
        number=first.number,
        asked=asked[-1] if asked else None,
        refused_on=refused_after(events, after, BY_LETTER),
        at_company=_at_company(asked),
        company_refused_on=_refused_since(events, _at_company(asked), BY_LETTER),
        unread_on=read_after(events, after, frozenset({None})),
        is_asked_first=True,
    )


def _asked_there_first(
    events: Sequence[Event], there: Sequence[AskedThere]
) -> AwaitedMoney | None:
    """Return the money that is asked for at a store first once an end was recorded."""
    if not there:
        return None
    again = [_again(each) for each in there[1:]]
    after = there[-1].number
    return AwaitedMoney(
        refund=None,
        promised_by=there[0].look_on,
        number=there[0].number,
        asked=again[-1] if again else None,
        refused_on=refused_after(events, after, AT_STORE),
        unread_on=read_after(events, after, frozenset({None})),
        is_asked_first=True,
    )


def _with_the_bank(events: Sequence[Event], told: int) -> AwaitedMoney | None:
    """Return the money that the bank was asked for before an end was ``told``.

    A company that says when it ends has not said what becomes of the dispute.
    """
    letter = asked_bank(events)
    if letter is None or letter.kind != Do.DISPUTE:
        return None
    return AwaitedMoney(
        refund=letter.amount,
        promised_by=letter.confirm_by,
        number=letter.number,
        asked=letter,
        refused_on=None,
        unread_on=read_after(events, told, frozenset({None})),
        is_asked_first=True,
    )


def _at_company(asked: Sequence[SentLetter]) -> SentLetter | None:
    return next((each for each in reversed(asked) if each.kind == Do.REFUND), None)


def _refused_since(
    events: Sequence[Event], letter: SentLetter | None, refuses: frozenset[Label]
) -> date | None:
    return refused_after(events, letter.number, refuses) if letter else None


def _asked_before(
    confirmations: Sequence[tuple[Event, ConfirmedDetails]],
    letters: Sequence[SentLetter],
) -> Iterator[SentLetter]:
    """Yield the letters from before a part came that the part does not answer.

    Who asked for no more than what is open still, or told others, has asked for it: a
    refusal of that stands, whatever came besides.
    """
    last, rest = confirmations[-1]
    begun = [each for each in confirmations if each[1].outcome not in OF_A_PART]
    if rest.outcome is not EndOutcome.REST_OPEN or not begun:
        return
    start, end = begun[-1]
    asked = [
        each
        for each in letters
        if start.number < each.number < last.number and each.kind in _ASKS_FOR_MONEY
    ]
    # of an end that brought no money the first letter asks for it, and not again
    asked = asked if end.refund_by is not None else asked[1:]
    rests = [e for e in letters[1:] if e.number < start.number and e.kind == Do.REFUND]
    for letter in (*rests, *asked):
        if letter.kind != Do.REFUND or _is_within(letter.amount, rest.refund):
            yield letter


def _is_within(asked: str | None, rest: str | None) -> bool:
    """Return whether no more was asked for than is open; unknown sums are not."""
    if not asked or not rest:
        return False
    (asked_sum, asked_in), (rest_sum, rest_in) = asked.split(), rest.split()
    return asked_in == rest_in and Decimal(asked_sum) <= Decimal(rest_sum)


def _again(asked: AskedThere) -> SentLetter:
    """Return that a store was asked once more, as a letter that asks again is."""
    return SentLetter(
        kind=Do.REFUND.value,
        confirm_by=asked.look_on,
        number=asked.number,
        dispatch="",
    )


_ASKS_FOR_MONEY = frozenset({Do.REFUND.value, Do.COMPLAINT.value, Do.DISPUTE.value})
