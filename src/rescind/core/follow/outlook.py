"""Where a case stands: what its events decide, and what the day adds to that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rescind.core.follow.at_store import asked_there, left_after, left_there
from rescind.core.follow.awaited import AwaitedMoney, awaited_money
from rescind.core.follow.closing import is_closed_open
from rescind.core.follow.escalation import is_reminded
from rescind.core.follow.letters_out import (
    Do,
    asked_bank,
    asked_merchant,
    complained,
    is_before,
)
from rescind.core.follow.open_demand import open_demand
from rescind.core.follow.other_day import OtherDay, other_day
from rescind.core.follow.recorded_end import is_by_money_alone, paid_after
from rescind.core.follow.reopening import standing_events, unverified
from rescind.core.follow.rest_left import is_rest_left
from rescind.core.follow.sendings import is_put_in_doubt, own_confirm_by
from rescind.core.follow.state import OUT, WAITING, Position, calls_once_told, position
from rescind.core.follow.third_party import WAITS, OpenWord, open_word
from rescind.core.model.case import (
    CaseState,
    Event,
    EventKind,
    Lateness,
    Standing,
    counting,
    is_by_letter,
    payloads,
)
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    CalledDetails,
    ConfirmedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.message import Label
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import ThirdPartyDetails, ThirdWord

DAY = timedelta(days=1)
VERY_LATE_AFTER = timedelta(days=14)
"""How long after the letter's day an answer is very late; our own measure."""
UNVERIFIED = Sentence.of("next_step_instead", "unverified")
AFTER_A_RECEIPT = Sentence.of("next_step_instead", "after_a_receipt")
AFTER_A_RESTORE = Sentence.of("next_step_instead", "after_a_restore")
STEPS_TO_DO = Sentence.of("next_step_instead", "steps")
AT_STORE = Sentence.of("next_step_instead", "at_store")
TOLD_BEFORE = Sentence.of("next_step_instead", "told_before")
PAID_AFTER = Sentence.of("next_step_instead", "paid_after")
STEPS_LEFT = Sentence.of("next_step_instead", "steps_left")
ASKED_TO_PAY = Sentence.of("next_step_instead", "asked_to_pay")
_WHATEVER_THE_DAY = (UNVERIFIED, AT_STORE, TOLD_BEFORE, STEPS_LEFT)
"""What is next however late it is."""
_BY_STEPS = {CaseState.DRAFT: STEPS_TO_DO, CaseState.SENT: AT_STORE}
"""Where no letter was written: it is ended by steps in an account."""
VERY_LATE = Sentence.of("next_step_instead", "very_late")
MONEY = Sentence.of("next_step_instead", "money")
REST_LEFT = Sentence.of("next_step_instead", "rest_left")
"""Less was granted, or came, than is owed, and nobody has asked for the rest."""
MONEY_AGAIN = Sentence.of("next_step_instead", "money_again")
MONEY_UNPAID = Sentence.of("next_step_instead", "money_unpaid")
MONEY_COMPLAINED = Sentence.of("next_step_instead", "money_complained")
MONEY_UNREAD = Sentence.of("next_step_instead", "money_unread")
AT_STORE_AGAIN = Sentence.of("next_step_instead", "at_store_again")
COMPLAINED = Sentence.of("next_step_instead", "complained")
COMPLAINT_LATE = Sentence.of("next_step_instead", "complaint_late")
END_OPEN = Sentence.of("next_step_instead", "end_open")
"""Money came, or none is to come, and nobody has said that it ends."""
CLOSED_OPEN = Sentence.of("next_step_instead", "closed_open")
REMINDED = Sentence.of("next_step_instead", "reminded")
REMINDED_LATE = Sentence.of("next_step_instead", "reminded_late")
NO_DAY_NAMED = Sentence.of("next_step_instead", "no_day_named")
OTHER_DAY = Sentence.of("next_step_instead", "other_day")
DENIED = Sentence.of("next_step_instead", "denied")
"""They refuse an end that they confirmed, and name no other."""
OTHER_DAY_ASKED = Sentence.of("next_step_instead", "other_day_asked")
MONEY_LATE = Sentence.of("next_step_instead", "money_late")
_LATE_MONEY = {
    OTHER_DAY: OTHER_DAY,
    DENIED: DENIED,
    OTHER_DAY_ASKED: Sentence.of("next_step_instead", "other_day_late"),
    MONEY: MONEY_LATE,
    REST_LEFT: MONEY_LATE,
    MONEY_AGAIN: MONEY_UNPAID,
    MONEY_COMPLAINED: COMPLAINT_LATE,
    MONEY_UNREAD: MONEY_UNREAD,
}
"""Once what is waited for after an end is late: it is asked for, or others are told."""
_THIRD: Mapping[ThirdWord, Sentence] = {
    says: Sentence.of("next_step_instead", f"third_{says.value}")
    for says in ThirdWord
    if says is not ThirdWord.LOOKS
}
_LATE_THIRD: Mapping[Sentence, Sentence] = {
    _THIRD[says]: Sentence.of("next_step_instead", f"third_{says.value}_late")
    for says in WAITS
}
THIRD_PARTY = frozenset({*_THIRD.values(), *_LATE_THIRD.values()})
"""What is next once a bank or a body wrote, or was answered."""
WAITS_FOR_MONEY = frozenset({*_LATE_MONEY, *_LATE_THIRD}) - {REST_LEFT}
"""What is next while money, or a word on another end, is to come after an end."""
_FURTHER = {COMPLAINED: COMPLAINT_LATE, AT_STORE_AGAIN: MONEY_UNPAID}
_LATE_OTHERWISE = {**_FURTHER, REMINDED: REMINDED_LATE}
ASKED_FURTHER = frozenset({*_FURTHER, *_FURTHER.values()})
"""What is next once money was asked for again in an account, or a body has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where a case stands until the next event, whatever the day.

    It can be kept; the state of a day cannot.
    """

    state: CaseState
    """Never overdue: that is for the day to say."""
    next_step: Sentence
    """While nothing is overdue."""
    confirm_by: date | None
    by_word_only: bool
    is_settled: bool
    may_send: bool
    money_late_from: date | None = None
    """The first day on which money is late that was to come after the end.

    Where they name another end since, it is the first day to do something about that.
    """

    @property
    def late_from(self) -> date | None:
        """The first day on which the confirmation is overdue, if nothing comes.

        Of a confirmed end it is the money that is waited for.
        """
        if self.money_late_from is not None:
            return self.money_late_from
        is_awaited = self.state in WAITING and self.confirm_by is not None
        return self.confirm_by + DAY if is_awaited and self.confirm_by else None

    @property
    def very_late_from(self) -> date | None:
        """The first day on which much time has passed since then."""
        return self.late_from + VERY_LATE_AFTER if self.late_from else None

    def lateness_on(self, today: date) -> Lateness | None:
        """Return how long the confirmation, or the money, is overdue on a day."""
        late, very_late = self.late_from, self.very_late_from
        if late is None or very_late is None or today < late:
            return None
        return Lateness.LATE if today < very_late else Lateness.VERY_LATE

    def after(self, lateness: Lateness | None) -> Standing:
        """Return where the case stands once it is as late as that."""
        # a confirmed end stays one, however late its money is
        is_awaited = self.state is not CaseState.CONFIRMED
        return Standing(
            state=CaseState.OVERDUE if lateness and is_awaited else self.state,
            next_step=self._next_step(lateness),
            confirm_by=self.confirm_by,
            by_word_only=self.by_word_only,
            is_settled=self.is_settled,
            lateness=lateness,
        )

    def _next_step(self, lateness: Lateness | None) -> Sentence:
        # whose message it is decides whether there is anything to wait for
        if lateness is None or self.next_step in _WHATEVER_THE_DAY:
            return self.next_step
        if self.next_step in THIRD_PARTY:
            return _LATE_THIRD.get(self.next_step, self.next_step)
        if self.state is CaseState.CONFIRMED:
            return _LATE_MONEY[self.next_step]
        if self.next_step in _LATE_OTHERWISE:
            return _LATE_OTHERWISE[self.next_step]
        if lateness is Lateness.VERY_LATE:
            return VERY_LATE
        return Sentence.of("next_step", CaseState.OVERDUE.value)


def standing(events: Sequence[Event], today: date) -> Standing:
    """Return where a case stands.

    Overdue is computed, not stored: a letter was sent, the day named in it for the
    confirmation has passed, and nothing came.
    """
    ahead = outlook(events)
    return ahead.after(ahead.lateness_on(today))


def outlook(events: Sequence[Event]) -> Outlook:
    """Return where a case stands until the next event, and from when on it is late."""
    confirm_by, by_word_only, has_receipt = _notice(standing_events(events))
    here, money = position(events), awaited_money(events)
    word = open_word(events) if here.state in _HEARS else None
    is_with_bank = here.state in WAITING and asked_bank(events) is not None
    if is_with_bank and word is None:
        # the bank has a day of its own: the company is reminded by its own
        told = asked_merchant(events)
        confirm_by = told.confirm_by if told is not None else confirm_by
    is_confirmed = here.state is CaseState.CONFIRMED
    other = other_day(events) if is_confirmed else None
    next_step = _THIRD[word.says] if word is not None else None
    if next_step is None:
        next_step = _of_state(events, here, has_receipt=has_receipt)
    if word is None and is_confirmed:
        next_step = _after_end(events, other, money) or next_step
    return Outlook(
        state=here.state,
        next_step=next_step,
        confirm_by=confirm_by,
        by_word_only=by_word_only,
        is_settled=here.is_settled,
        may_send=bool(events) and here.may_send,
        money_late_from=_late_from(word, other, money) if is_confirmed else None,
    )


def _of_state(
    events: Sequence[Event], here: Position, *, has_receipt: bool
) -> Sentence:
    """Return what is next in a state, by what was sent and came."""
    if here.state in WAITING and (asked := _while_waiting(events)) is not None:
        return asked
    if not here.has_letter and here.state in _BY_STEPS:
        return _BY_STEPS[here.state]
    if here.state in WAITING and has_receipt:
        return AFTER_A_RECEIPT
    if here.state is CaseState.CLOSED and is_closed_open(events):
        return CLOSED_OPEN
    if here.state is CaseState.DOUBTFUL and _is_by_a_restore(events):
        return AFTER_A_RESTORE
    return Sentence.of("next_step", here.state.value)


_HEARS = frozenset(
    {*WAITING, CaseState.ANSWERED, CaseState.CONFIRMED, CaseState.CHARGED}
)
"""Where the newest word of a bank or a body says what is next."""


def _while_waiting(events: Sequence[Event]) -> Sentence | None:
    """Return what is next beside waiting for a letter's, or a store's, first answer."""
    if unverified(counting(events)):
        return UNVERIFIED
    if complained(events) is not None:
        return COMPLAINED
    if left_there(events) and not is_by_letter(events):
        return STEPS_LEFT
    if _is_asked_again(events):
        return AT_STORE_AGAIN
    if _was_told_before(events):
        return TOLD_BEFORE
    return REMINDED if is_reminded(events) else None


def _was_told_before(events: Sequence[Event]) -> bool:
    """Return whether the merchant was told before the case, and not since."""
    told = [event for event in standing_events(events) if event.kind in OUT]
    return bool(told) and is_before(told[-1])


def _is_asked_again(events: Sequence[Event]) -> bool:
    """Return whether money was asked for more than once in an account."""
    return not is_by_letter(events) and len(asked_there(events)) > 1


def _is_undated(events: Sequence[Event]) -> bool:
    """Return whether they confirmed an end last and named no day for it."""
    ends = payloads(counting(events), ConfirmedDetails)
    return bool(ends) and ends[-1].outcome is EndOutcome.NO_DAY_NAMED


def _for_money(money: AwaitedMoney) -> Sentence:
    if money.unread_on is not None:
        return MONEY_UNREAD
    if money.asked is None:
        return MONEY
    return MONEY_COMPLAINED if money.asked.kind == Do.COMPLAINT else MONEY_AGAIN


def _after_end(
    events: Sequence[Event], other: OtherDay | None, money: AwaitedMoney | None
) -> Sentence | None:
    """Return what is next after an end: its day, money for them, money of theirs."""
    if other is not None:
        named = DENIED if other.denies else OTHER_DAY
        return named if other.asked is None else OTHER_DAY_ASKED
    if steps_left(events) and not is_by_letter(events):
        return STEPS_LEFT
    if money is not None:
        return REST_LEFT if is_rest_left(events) else _for_money(money)
    is_open = {
        ASKED_TO_PAY: open_demand(events) is not None,
        PAID_AFTER: paid_after(events) is not None,
        END_OPEN: is_by_money_alone(events),
        NO_DAY_NAMED: _is_undated(events),
    }
    return next((step for step, is_it in is_open.items() if is_it), None)


def steps_left(events: Sequence[Event]) -> tuple[str, ...]:
    """Return the codes of the steps in an account that are still to be done.

    What is confirmed to end need not be cancelled; where money alone came, that is
    not asked for again.
    """
    if position(events).state is not CaseState.CONFIRMED:
        return left_there(events)
    return left_after(events, has_ended=not is_by_money_alone(events))


def _late_from(
    word: OpenWord | None, other: OtherDay | None, money: AwaitedMoney | None
) -> date | None:
    """Return from when something is to be done: what they wrote is read at once."""
    if word is not None:
        waited = word.until if word.waits else None
        return waited + DAY if waited is not None else word.came_on
    if other is not None:
        return other.late_from
    if money is None:
        return None
    return min(filter(None, [money.unread_on, money.late_from]))


def _is_by_a_restore(events: Sequence[Event]) -> bool:
    """Return whether it was a restoring that put the newest letter in doubt."""
    unknown = EventKind.DISPATCH_UNKNOWN
    doubts = [e for e in events if e.kind is unknown or is_put_in_doubt(e)]
    return bool(doubts) and is_put_in_doubt(doubts[-1])


def _notice(events: Sequence[Event]) -> tuple[date | None, bool, bool]:
    """Return how the merchant was told last.

    By when an answer is due; whether only the person says so; whether a receipt came.
    """
    confirm_by: date | None = None
    letter_by: date | None = None
    by_word_only = has_receipt = False
    no_tellings = calls_once_told(events)
    for event in events:
        letter, answer = event.read(LetterWrittenDetails), event.read(AnsweredDetails)
        if letter is not None:
            letter_by = letter.confirm_by
            confirm_by = confirm_by or letter_by
        if event.kind in OUT and event.number not in no_tellings:
            otherwise = event.read(ButtonUsedDetails) or event.read(CalledDetails)
            own = own_confirm_by(event)
            confirm_by = own if otherwise else own or letter_by
            by_word_only = event.kind is not EventKind.DISPATCH_TAKEN
            has_receipt = False
        word = event.read(ThirdPartyDetails)
        if word is not None and word.until is not None and word.says in _PUTS_OFF:
            confirm_by = word.until
        if answer is not None and answer.reads_as is Label.ACKNOWLEDGED:
            has_receipt = True
    return confirm_by, by_word_only, has_receipt


_PUTS_OFF = WAITS | {ThirdWord.LOOKS}
"""After these something is waited for until the day that stands with them."""
