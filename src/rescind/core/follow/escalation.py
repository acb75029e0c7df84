"""The ladder: what comes next where no answer comes, or money is taken all the same.

The days are those that the letters themselves name; where none is named, a fortnight,
which is this program's own measure and no law's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rescind.core.follow.at_store import asked_there, refused_there
from rescind.core.follow.awaited import AwaitedMoney, awaited_money
from rescind.core.follow.bank_credit import is_credited
from rescind.core.follow.letters_out import (
    TO_BANK,
    Do,
    SentLetter,
    is_before,
    sent_letters,
)
from rescind.core.follow.refused_money import refused_again
from rescind.core.follow.reopening import standing_events
from rescind.core.follow.state import NO_ANSWER, wrongful_charges
from rescind.core.follow.third_party import last_said
from rescind.core.model.case import (
    CaseState,
    Event,
    EventKind,
    counting,
    happened,
    is_by_letter,
)
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    StepSkippedDetails,
)
from rescind.core.model.message import Label
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, ThirdWord

FORTNIGHT = timedelta(days=14)
DAY = timedelta(days=1)
_TWICE = 2


class StepState(StrEnum):
    """How far a step is."""

    LATER = "later"
    DUE = "due"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: when it is time, why then, and whether it moved."""

    do: Do
    on: date
    why: Sentence
    state: StepState
    moved: Sentence | None = None
    """Why it is not on the day that it was on before; ``None`` if it never moved."""
    is_for_money: bool = False
    """Whether it is about money that was to come after the end was confirmed."""


def escalation(
    events: Sequence[Event], state: CaseState, today: date
) -> tuple[Step, ...]:
    """Return the steps that a case has before it or behind it, in order.

    A confirmed case has only the steps for money that was to come back, and the
    dispute of money that was taken after it; a case that was closed, or in which
    nothing was sent, has none. Where a store refused money twice, the bank and a body
    are next, whatever it says of the renewal. Once a bank refused, a body is next.
    Nobody is asked for what the bank gave back.
    """
    events = counting(events)
    steps, sooner = _steps(events, state, today), tuple(_after_bank(events, today))
    if is_credited(events):
        return tuple(s for s in steps if s.do is Do.DISPUTE or s.state in _BEHIND)
    if not sooner or state in _OVER:
        return steps
    return (*(s for s in steps if s.do is not Do.COMPLAINT), *sooner)


def _steps(events: Sequence[Event], state: CaseState, today: date) -> tuple[Step, ...]:
    letters = sent_letters(events)
    is_ended_by_letter = is_by_letter(events)
    if state in _OVER or (is_ended_by_letter and not letters):
        return ()
    steps: list[Step] = []
    if not is_ended_by_letter:
        return (*_at_store(events, today), *_charged(events, today))
    if letters and state not in (CaseState.CONFIRMED, CaseState.CHARGED):
        ladder = _unanswered(events, letters, today)
        is_met = is_answered(events)
        steps += [step for step in ladder if not is_met or step.state in _BEHIND]
        refused = tuple(_refused(events, today))
        # the complaint is left to what makes it due sooner
        steps = [s for s in steps if not refused or s.do is not Do.COMPLAINT]
        steps += refused
    awaited = awaited_money(events) if state is CaseState.CONFIRMED else None
    if letters and awaited is not None:
        steps += _for_money(events, awaited, today)
    steps += _charged(events, today)
    return tuple(steps)


def _at_store(events: Sequence[Event], today: date) -> Iterator[Step]:
    """Yield what is done once a store that was asked again refused the money."""
    on, asked = refused_there(events), asked_there(events)
    if on is None or len(asked) < _TWICE or wrongful_charges(events):
        return
    since = [event for event in events if event.number > asked[-1].number]
    kinds = {e.kind for e in sent_letters(events) if e.number > asked[-1].number}
    for do in (Do.DISPUTE, Do.COMPLAINT):
        yield Step(
            do=do,
            on=on,
            why=Sentence.of("step_why", "store_refused", day=on),
            state=_state(do, on, kinds, since, today),
            is_for_money=True,
        )


def _refused(events: Sequence[Event], today: date) -> Iterator[Step]:
    """Yield what is left once money was asked for again, and refused."""
    refused = refused_again(events)
    if refused is not None:
        yield from _beyond(events, (Do.DISPUTE, Do.COMPLAINT), refused, today)


def _after_bank(events: Sequence[Event], today: date) -> Iterator[Step]:
    """Yield the complaint that follows at once where the bank refused."""
    bank = last_said(events, BANK)
    if bank is not None and bank.says is ThirdWord.REFUSES:
        refused = (bank.came_on, "bank_refused")
        yield from _beyond(events, (Do.COMPLAINT,), refused, today)


def _beyond(
    events: Sequence[Event], dos: Sequence[Do], refused: tuple[date, str], today: date
) -> Iterator[Step]:
    kinds, (on, code) = {each.kind for each in sent_letters(events)}, refused
    for do in dos:
        why = Sentence.of("step_why", code, day=on)
        state = _state(do, on, kinds, events, today)
        yield Step(do=do, on=on, why=why, state=state, is_for_money=True)


def _for_money(
    events: Sequence[Event], awaited: AwaitedMoney, today: date
) -> Iterator[Step]:
    """Yield what is done for money that does not come, each about a day of its own.

    It is asked for again; where that does not help, the bank and a body are next.
    """
    since = [event for event in events if event.number > awaited.number]
    kinds = {each.kind for each in sent_letters(events) if each.number > awaited.number}
    promised, missed = awaited.promised_by, awaited.promised_by + DAY
    again = missed if awaited.asked else awaited.late_from
    asked = awaited.at_company
    yield Step(
        do=Do.REFUND,
        on=again,
        why=Sentence.of("step_why", "money", day=promised),
        state=_state(Do.REFUND, again, kinds, since, today),
        is_for_money=True,
    )
    on, code, day = again + FORTNIGHT, "money_first", again
    if asked is not None:
        on = awaited.company_refused_on or asked.late_from
        code, day = "money_again", asked.confirm_by
    for do in (Do.DISPUTE, Do.COMPLAINT):
        yield Step(
            do=do,
            on=on,
            why=Sentence.of("step_why", code, day=day),
            state=_state(do, on, kinds, since, today),
            is_for_money=True,
        )


def _unanswered(
    events: Sequence[Event], letters: Sequence[SentLetter], today: date
) -> Iterator[Step]:
    # several letters of one plan are reminded of together, after the last one's day
    firsts = [letter for letter in letters if letter.kind not in _NO_FIRSTS]
    if not firsts:
        return
    first = firsts[-1]
    confirmations = [e.number for e in events if e.kind is EventKind.CONFIRMED]
    if confirmations and confirmations[-1] > first.number:
        return
    kinds = {letter.kind for letter in letters}
    moved: Sentence | None = None
    told = [e for e in events if e.number == first.number and is_before(e)]
    code = "told_before" if told else "letter"
    if len(firsts) > 1 and firsts[0].confirm_by != first.confirm_by:
        before = firsts[0].confirm_by + DAY
        moved = Sentence.of("step_moved", "later_letter", day=before)
    notice = Step(
        do=Do.SECOND_NOTICE,
        on=first.confirm_by + DAY,
        why=Sentence.of("step_why", code, day=first.confirm_by),
        state=_state(Do.SECOND_NOTICE, first.confirm_by + DAY, kinds, events, today),
        moved=moved,
    )
    # who complained reminds nobody any more
    if Do.COMPLAINT not in kinds or notice.state in _BEHIND:
        yield notice
    on, why, moved = _after(notice, letters, events)
    yield Step(
        do=Do.COMPLAINT,
        on=on,
        why=why,
        state=_state(Do.COMPLAINT, on, kinds, events, today),
        moved=moved,
    )


_NO_FIRSTS = frozenset({Do.SECOND_NOTICE.value, Do.COMPLAINT.value, *TO_BANK})


def is_answered(events: Sequence[Event]) -> bool:
    """Return whether the merchant said, since it was told last, what becomes of it.

    Nobody is reminded who said that it ends, or that it does not: what is left open of
    that, such as a later day, is asked for by the letter that answers them. What nobody
    understood answers nothing.
    """
    told = [e.number for e in sent_letters(events) if e.kind not in TO_BANK]
    if not is_by_letter(events):
        # in an account it is told by no letter
        told += [event.number for event, _ in happened(events, ButtonUsedDetails)]
    since = max(told, default=0)
    replies = happened(standing_events(events), AnsweredDetails)
    read = [answer.reads_as for event, answer in replies if event.number > since]
    said = [label for label in read if label not in NO_ANSWER]
    return bool(said) and said[-1] not in _SAYS_NOTHING


_TO_OTHERS = frozenset({Do.COMPLAINT.value, *TO_BANK})
_OVER = (CaseState.CLOSED, CaseState.RESUMED)
_BEHIND = frozenset({StepState.DONE, StepState.SKIPPED})
_SAYS_NOTHING = frozenset({None, Label.OTHER})


def is_reminded(events: Sequence[Event]) -> bool:
    """Return whether they were reminded, or the person does without: a body is next."""
    events = counting(events)
    kinds = {letter.kind for letter in sent_letters(events)}
    return Do.SECOND_NOTICE.value in kinds | _skips(events).keys()


def _after(
    notice: Step, letters: Sequence[SentLetter], events: Sequence[Event]
) -> tuple[date, Sentence, Sentence | None]:
    """Return when a complaint follows the second notice, why, and why it moved."""
    planned = notice.on + FORTNIGHT
    second = [letter for letter in letters if letter.kind == Do.SECOND_NOTICE]
    if second:
        # what they are written since may give them longer than the reminder
        told = [e for e in letters if e.kind not in _TO_OTHERS]
        last = max([second[-1], *told[-1:]], key=lambda each: each.confirm_by)
        on = last.confirm_by + DAY
        code = "second_notice" if last.kind == Do.SECOND_NOTICE else "letter"
        why = Sentence.of("step_why", code, day=last.confirm_by)
        moved = Sentence.of("step_moved", "second_notice", day=planned)
        return on, why, moved if on != planned else None
    skipped = _skips(events).get(Do.SECOND_NOTICE)
    if skipped is not None:
        on = max(notice.on, skipped)
        why = Sentence.of("step_why", "skipped")
        return on, why, Sentence.of("step_moved", "skipped", day=planned)
    return planned, Sentence.of("step_why", "fortnight", day=notice.on), None


def _charged(events: Sequence[Event], today: date) -> Iterator[Step]:
    charges = wrongful_charges(events)
    if not charges:
        return
    event, charge = charges[-1]
    on = charge.on or event.at.date()
    later = [e for e in events if e.number > event.number]
    letters = [e for e in sent_letters(events) if later and e.number >= later[0].number]
    kinds = {letter.kind for letter in letters}
    yield Step(
        do=Do.DISPUTE,
        on=on,
        why=Sentence.of("step_why", "charge", day=on),
        state=_state(Do.DISPUTE, on, kinds, later, today),
    )


def _skips(events: Sequence[Event]) -> dict[str, date]:
    return {s.step: e.at.date() for e, s in happened(events, StepSkippedDetails)}


def _state(
    do: Do, on: date, kinds: set[str], events: Sequence[Event], today: date
) -> StepState:
    if do.value in kinds:
        return StepState.DONE
    if do.value in _skips(events):
        return StepState.SKIPPED
    return StepState.DUE if today >= on else StepState.LATER
