"""Which letters went out in a case, to whom, and what has answered them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from rescind.core.follow.reopening import standing_events
from rescind.core.follow.sendings import dispatch_of, own_confirm_by
from rescind.core.follow.state import NO_ANSWER, OUT, calls_once_told
from rescind.core.model.case import Event, EventKind, counting, happened
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    CalledDetails,
    ConfirmedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.third_party_details import (
    BANK,
    BODY,
    ThirdPartyDetails,
    ThirdWord,
)

REPLY = "reply"
FIRST = "first"
"""What a letter is called that was written when the case was opened."""


class Do(StrEnum):
    """The steps, in the order in which they come; each names a kind of letter."""

    SECOND_NOTICE = "second-notice"
    REFUND = "refund"
    """Money that was promised, and did not come, is asked for again."""
    COMPLAINT = "complaint"
    DISPUTE = "dispute"


TO_BANK = frozenset({Do.DISPUTE.value, "stop-payment"})
"""The kinds of letters that the bank answers, and not the merchant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter that went out, of which kind, and the day that it names."""

    kind: str
    confirm_by: date
    number: int
    dispatch: str
    """Which sending it was; empty for what the person sent."""
    amount: str | None = None
    """The sum that it asks for, where it names one."""
    pay_by: date | None = None
    """The day by which it claims money; ``None`` where it claims none."""
    for_money_alone: bool = False
    """It asks for money, and ends nothing."""

    @property
    def late_from(self) -> date:
        """The first day on which its answer is late."""
        return self.confirm_by + timedelta(days=1)


def sent_letters(events: Sequence[Event]) -> list[SentLetter]:
    """Return the letters that went out and did not come back, in order.

    A call after them tells the merchant nothing new: their days stay.
    """
    letters: list[SentLetter] = []
    no_tellings = calls_once_told(events)
    newest: LetterWrittenDetails | None = None
    for event in events:
        newest = event.read(LetterWrittenDetails) or newest
        if event.kind is EventKind.DELIVERY_FAILED:
            lost = dispatch_of(event)
            letters = [each for each in letters if not lost or each.dispatch != lost]
        word = event.read(ThirdPartyDetails)
        if word is not None and word.until is not None and word.says in _PUTS_OFF:
            letters = list(_put_off(letters, word.by, word.until))
        is_telling = event.kind in OUT and event.number not in no_tellings
        if is_telling and (newest or is_before(event)):
            letters += _sending(event, newest or LetterWrittenDetails())
    return letters


def is_before(event: Event) -> bool:
    """Return whether an event tells what the person did before the case began."""
    done = event.read(ButtonUsedDetails)
    return done is not None and done.before


_PUTS_OFF = frozenset({ThirdWord.LOOKS, ThirdWord.CREDITS, ThirdWord.SENT})
"""What a bank or a body says, or was sent, that makes its answer due later."""


def _put_off(
    letters: Sequence[SentLetter], by: str, until: date
) -> Iterator[SentLetter]:
    """Yield the letters, the last one to a bank or a body due on another day."""
    kinds = TO_BANK if by == BANK else {Do.COMPLAINT.value}
    last = max((e.number for e in letters if e.kind in kinds), default=0)
    for letter in letters:
        is_meant = letter.number == last
        yield replace(letter, confirm_by=until) if is_meant else letter


def _sending(event: Event, newest: LetterWrittenDetails) -> Iterator[SentLetter]:
    """Yield what went out, if it names a day: the newest letter, a button or a call."""
    # a button or a call tells the merchant too, and by no letter
    otherwise = event.read(ButtonUsedDetails) or event.read(CalledDetails)
    own = own_confirm_by(event)
    confirm_by = own if otherwise else own or newest.confirm_by
    if confirm_by is not None:
        yield SentLetter(
            kind=FIRST if otherwise else newest.kind or FIRST,
            confirm_by=confirm_by,
            number=event.number,
            dispatch=dispatch_of(event),
            amount=None if otherwise else newest.amount,
            pay_by=None if otherwise else newest.pay_by,
            for_money_alone=not otherwise and newest.for_money_alone,
        )


def claimed_by(events: Sequence[Event]) -> SentLetter | None:
    """Return the last letter to the merchant that claims money; ``None`` for none."""
    letters = sent_letters(counting(events))
    claims = [e for e in letters if e.pay_by is not None and e.kind not in TO_BANK]
    return claims[-1] if claims else None


def asked_bank(events: Sequence[Event]) -> SentLetter | None:
    """Return the last letter to the bank, while nothing shows how it went."""
    events = counting(events)
    letters = [each for each in sent_letters(events) if each.kind in TO_BANK]
    if not letters or _is_shown(events, letters[-1]):
        return None
    return None if _is_settled(events, letters[-1], BANK) else letters[-1]


def asked_merchant(events: Sequence[Event]) -> SentLetter | None:
    """Return the last letter to the merchant, if one to the bank has not replaced it.

    A letter to the bank replaces it once the merchant answered, or charged again.
    """
    events = counting(events)
    letters = sent_letters(events)
    told = [each for each in letters if each.kind not in TO_BANK]
    if not told or (letters[-1] != told[-1] and _has_later(events, told[-1], _REPLIED)):
        return None
    return told[-1]


def complained(events: Sequence[Event]) -> SentLetter | None:
    """Return the complaint that went out last, while nothing has answered it."""
    events = counting(events)
    last = sent_letters(events)[-1:]
    if not last or last[0].kind != Do.COMPLAINT:
        return None
    letter = last[0]
    told = happened(standing_events(events), AnsweredDetails)
    is_answered_since = any(
        event.number > letter.number and answer.reads_as not in NO_ANSWER
        for event, answer in told
    )
    is_settled = _is_shown(events, letter)
    is_settled |= _is_settled(events, letter, BODY)
    return None if is_answered_since or is_settled else letter


def _is_settled(events: Sequence[Event], letter: SentLetter, by: str) -> bool:
    """Return whether a bank, or a body, said last what becomes of a letter."""
    said = [
        word.says
        for event, word in happened(standing_events(events), ThirdPartyDetails)
        if event.number > letter.number and word.by == by
    ]
    telling = [each for each in said if each not in (None, ThirdWord.ASKS)]
    return bool(telling) and telling[-1] not in _PUTS_OFF


_SHOWS_HOW_IT_WENT = frozenset(
    {EventKind.CONFIRMED, EventKind.CHARGED, EventKind.BANK_BLOCKED}
)


def _is_shown(events: Sequence[Event], letter: SentLetter) -> bool:
    """Return whether something shows how a letter went.

    Money that is promised does not, nor does a part that came; of a dispute no end
    does that a company tells, which says nothing of what the bank does.
    """
    later = [e for e in events if e.number > letter.number]
    shows = [e for e in later if e.kind in _SHOWS_HOW_IT_WENT]
    ends = [e.read(ConfirmedDetails) for e in shows]
    if letter.kind == Do.DISPUTE:
        ends = [each for each in ends if each is None or not _is_beside(each)]
    told = [end.outcome if end is not None else None for end in ends]
    outcomes = [each for each in told if each is not EndOutcome.PAYS_BACK]
    is_part = outcomes[-1:] == [EndOutcome.REST_OPEN]
    return bool(outcomes) and not (is_part and set(outcomes) <= OF_A_PART)


def _is_beside(end: ConfirmedDetails) -> bool:
    """Return whether an end says nothing of money, or that some is to come after it."""
    if end.refund_by is not None:
        return end.outcome not in OF_A_PART
    return end.refund is None and end.outcome in _OF_AN_END


_OF_AN_END = frozenset(
    {
        EndOutcome.CONFIRMED,
        EndOutcome.NO_DAY_NAMED,
        EndOutcome.RENEWAL_STOPS,
        EndOutcome.RENEWAL_UNDATED,
    }
)
"""What a company says of an end; money that a bank was asked for stays open."""
OF_A_PART = frozenset({EndOutcome.MONEY_CAME, EndOutcome.REST_OPEN})
"""What is recorded of money that came in part."""
_REPLIED = frozenset({EventKind.ANSWERED, EventKind.CONFIRMED, EventKind.CHARGED})


def _has_later(
    events: Sequence[Event], letter: SentLetter, kinds: frozenset[EventKind]
) -> bool:
    return any(e.number > letter.number and e.kind in kinds for e in events)
