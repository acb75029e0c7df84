"""What is due in a case: the days that count, from its events and its verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from rescind.core.follow.at_store import asked_there, refused_there
from rescind.core.follow.due_company import days_of_company
from rescind.core.follow.due_day import AFTER_END, UNBOUND, Charges, Due, DueKind
from rescind.core.follow.due_ends import days_of_ends
from rescind.core.follow.due_others import code_of_complaint, days_of_others
from rescind.core.follow.escalation import (
    Step,
    StepState,
    escalation,
    is_answered,
)
from rescind.core.follow.letters import letters_of
from rescind.core.follow.letters_out import (
    Do,
    asked_bank,
    asked_merchant,
    claimed_by,
    complained,
    sent_letters,
)
from rescind.core.follow.other_day import other_day
from rescind.core.follow.outlook import TOLD_BEFORE, Outlook, outlook, steps_left
from rescind.core.follow.recorded_end import (
    is_money_settled,
    taken_end,
)
from rescind.core.follow.state import WAITING, wrongful_charges
from rescind.core.follow.third_party import open_word
from rescind.core.model.case import (
    CaseState,
    Event,
    EventKind,
    counting,
    is_by_letter,
    payloads,
)
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    ConfirmedDetails,
)
from rescind.core.model.event_text import BETWEEN
from rescind.core.model.message import Label
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import COVER_OPEN, unbound

DAY = timedelta(days=1)
_AFTER_THE_END = frozenset({DueKind.CHARGE, DueKind.DISPUTE_BY})
"""What an answer does not answer for: the bank is asked by a day of its own."""
_ASKED = frozenset({*WAITING, CaseState.ANSWERED})


def due(
    events: Sequence[Event],
    of_verdict: Sequence[Due],
    now: datetime,
    *,
    back: timedelta = timedelta(0),
) -> list[Due]:
    """Return what is due in a case, the first day first; nothing in a closed one.

    What is past for longer than ``back`` is left out, but for what stays.
    """
    every = days(events, of_verdict)
    return [day for day in every if day.stays or day.over >= now - back]


def days(events: Sequence[Event], of_verdict: Sequence[Due]) -> list[Due]:
    """Return the days that count until the next event, past or not, in their order.

    ``of_verdict`` are the days for what is still to do.
    """
    events = counting(events)
    ahead = outlook(events)
    if ahead.state in (CaseState.CLOSED, CaseState.RESUMED):
        return []
    is_over = ahead.is_settled or ahead.state is CaseState.CHARGED
    left = {_OF_ACTION[code] for code in steps_left(events) if code in _OF_ACTION}
    left |= _STILL_OPEN if asked_there(events) else set()
    every = [d for d in of_verdict if not is_over or d.what in left | _AFTER_THE_END]
    is_told = Do.DISPUTE in {letter.kind for letter in sent_letters(events)}
    if is_told or is_money_settled(events):
        every = [d for d in every if d.what is not DueKind.DISPUTE_BY]
    if ahead.is_settled:
        ends_on = payloads(events, ConfirmedDetails)[-1].ends_on
        is_named = ends_on is not None and ends_on == taken_end(events)
        every = [
            replace(each, why=Sentence.of("due_why", AFTER_END, day=ends_on))
            if is_named and each.what is DueKind.CHARGE
            else each
            for day in every
            for each in _past_end(day, ends_on)
        ]
    every += days_of_ends(events, is_settled=ahead.is_settled)
    every += _awaited(events, ahead)
    every += days_of_others(events)
    every += days_of_company(events)
    # which steps are ahead turns on what was done, and on no day
    for step in escalation(events, ahead.state, date.max):
        is_ahead = step.state in (StepState.DUE, StepState.LATER)
        # of money the day by which it is to come is the one that counts
        if is_ahead and not step.is_for_money:
            ahead_of_it = list(_days_of(step, events))
            # one charge, told before the case and recorded in it, has one day
            named = {(each.what, each.by) for each in ahead_of_it}
            every = [d for d in every if (d.what, d.by) not in named] + ahead_of_it
    return sorted(every, key=lambda d: (d.moment, d.what))


def _past_end(day: Due, ends_on: date | None) -> Iterator[Due]:
    """Yield a day, of charges the first after the end that was confirmed.

    What comes before that end is owed: it is named, where its day is known.
    """
    if day.what is not DueKind.CHARGE or ends_on is None:
        yield day
    elif day.charges is not None:
        yield from _rightful(day.charges, ends_on)
        yield replace(day, by=day.charges.after(ends_on))
    elif day.moment.date() < ends_on:
        yield replace(day, by=ends_on + DAY)
    else:
        yield day


def _rightful(charges: Charges, ends_on: date) -> Iterator[Due]:
    """Yield the charges that come before an end, and are owed."""
    why = Sentence.of("due_why", "before_end", day=ends_on)
    for day in charges.until(ends_on):
        yield Due(what=DueKind.RIGHTFUL, by=day, why=why)


def _awaited(events: Sequence[Event], ahead: Outlook) -> Iterator[Due]:
    """Yield the day by which the merchant is to answer, and that for the bank."""
    confirm_by = _asked_by(events, ahead)
    if bank := asked_bank(events):
        code = "bank" if open_word(events) is None else "bank_wrote"
        why = Sentence.of("due_why", code)
        yield Due(what=DueKind.BANK, by=bank.confirm_by, why=why, stays=True)
    claim = claimed_by(events)
    if claim is not None and claim.pay_by is not None and ahead.state in _ASKED:
        code = "claimed_sum" if claim.amount else "claimed_open"
        why = Sentence.of("due_why", code, money=claim.amount or "")
        yield Due(what=DueKind.MONEY, by=claim.pay_by, why=why, stays=True)
    other = other_day(events)
    if other is not None and other.asked is not None and ahead.is_settled:
        by, why = other.asked.confirm_by, Sentence.of("due_why", "letter")
        yield Due(what=DueKind.CONFIRMATION, by=by, why=why, stays=True)
    if confirm_by is None or ahead.state not in _ASKED or is_answered(events):
        return
    what, code = DueKind.PROOF, "steps"
    if complained(events) is not None:
        what, code = DueKind.BODY, code_of_complaint(events)
    elif is_by_letter(events):
        is_told = ahead.next_step == TOLD_BEFORE
        what, code = DueKind.CONFIRMATION, "told_before" if is_told else "letter"
    elif len(asked_there(events)) > 1:
        what, code = DueKind.MONEY, "money_there"
    yield Due(what=what, by=confirm_by, why=Sentence.of("due_why", code), stays=True)


def _asked_by(events: Sequence[Event], ahead: Outlook) -> date | None:
    """Return by when the company, or a body, is to answer; the bank has its own day."""
    if asked_bank(events) is None and open_word(events) is None:
        return ahead.confirm_by
    asked = asked_merchant(events)
    # a complaint that was turned down is no letter that waits for an answer
    is_over = asked is not None and asked.kind == Do.COMPLAINT
    if asked is None or (is_over and complained(events) is None):
        return None
    return asked.confirm_by


def _days_of(step: Step, events: Sequence[Event]) -> Iterator[Due]:
    """Yield a step's day and, of a dispute, the last day for it."""
    yield Due(what=DueKind(step.do), by=step.on, why=step.why, stays=True)
    if step.do is Do.DISPUTE:
        yield from _last_day(events)


def _last_day(events: Sequence[Event]) -> Iterator[Due]:
    """Yield the last days to dispute what the bank was not told of, each once."""
    letters = [e.number for e in sent_letters(events) if e.kind == Do.DISPUTE]
    told, found = max(letters, default=0), set[date]()
    for event, charge in wrongful_charges(events):
        by = charge.dispute_by
        if event.number > told and by is not None and by not in found:
            found.add(by)
            why = Sentence.of("due_why", "right", right=charge.rests_on)
            yield Due(what=DueKind.DISPUTE_BY, by=by, why=why, stays=True)


def days_to_act(
    verdict: Mapping[str, Any], events: Sequence[Event], first_kind: str
) -> list[Due]:
    """Return the days of a kept answer, but those for letters that went out.

    There is no last safe day for what is done; a letter that came back is to do again.
    """
    letters = letters_of(events, first_kind)
    out = {each.kind for each in letters if each.state in _GONE}
    done = {what for kind in out for what in _DONE_BY.get(kind, ())}
    if first_kind in out - _DONE_BY.keys():
        # a letter for a cause of its own, such as a price that rose, ends it too
        done.add(DueKind.CANCEL)
    counted = counting(events)
    if any(event.kind is EventKind.CALLED for event in counted):
        done.add(DueKind.CANCEL)
    for report in payloads(counted, ButtonUsedDetails):
        codes = report.what.split(BETWEEN) if report.what else ["cancel"]
        done |= {_OF_ACTION[code] for code in codes if code in _OF_ACTION}
    # who was refused in the account has time to write until the same day
    opened = set(_open_there(verdict, counted)) & done
    return [
        replace(day, what=DueKind.TELL_COMPANY)
        if day.what in opened and day.what is DueKind.WITHDRAWAL
        else day
        for day in days_of(verdict)
        if day.what not in done - opened
    ]


def _open_there(
    verdict: Mapping[str, Any], events: Sequence[Event]
) -> Iterator[DueKind]:
    """Yield what was done at a store, and can be done by a letter until its day.

    The store refused the money; or the law wants the notice in writing, and the store
    grants none. Whoever was written to since has it.
    """
    if not asked_there(events) or sent_letters(events):
        return
    if refused_there(events) is not None:
        yield from _FOR_MONEY
    elif verdict.get(IN_WRITING) and not _is_granted(events):
        yield DueKind.WITHDRAWAL


def _is_granted(events: Sequence[Event]) -> bool:
    read = [each.reads_as for each in payloads(events, AnsweredDetails)]
    ends = payloads(events, ConfirmedDetails)
    is_promised = any(end.outcome is EndOutcome.PAYS_BACK for end in ends)
    return is_promised or Label.REFUND_GRANTED in read


_FOR_MONEY = frozenset({DueKind.WITHDRAWAL, DueKind.REFUND})
_STILL_OPEN = _FOR_MONEY | {DueKind.TELL_COMPANY}
_GONE = frozenset({CaseState.SENT, CaseState.DELIVERED, CaseState.ANSWERED})
_DONE_BY: Mapping[str, tuple[DueKind, ...]] = {
    "cancel": (DueKind.CANCEL,),
    "withdraw": (DueKind.WITHDRAWAL,),
    "refund": (DueKind.REFUND, DueKind.WITHDRAWAL),
    "erase": (),
    "dispute": (DueKind.DISPUTE_BY,),
}
"""Which days are over once a letter of a kind is out; any other kind ends it."""


def days_of(verdict: Mapping[str, Any]) -> list[Due]:
    """Return the days that a kept answer, in the public form, names.

    They are the decision's own, so that case, plan and letter name one day; cases of
    before kept only the verdict.
    """
    topics = verdict.get("topics", {})
    days = list(_days_to_act(verdict.get("do", ()), verdict))
    days += _later_disputes(days, verdict)
    for what, name, field in _DAYS[-1:] if "do" in verdict else _DAYS:
        topic = topics.get(name, {})
        text = topic.get(field)
        if text and topic.get("answer", "yes") == "yes":
            because = topic["because"][0]["text"] if topic["because"] else ""
            why = Sentence.of("due_why", "verdict", text=because)
            is_moment = "T" in text
            by = (datetime if is_moment else date).fromisoformat(text)
            if what is DueKind.CHARGE:
                days += _charge(by, verdict, why)
            else:
                days.append(Due(what=what, by=by, why=why))
    return days


def _later_disputes(days: Sequence[Due], verdict: Mapping[str, Any]) -> Iterator[Due]:
    """Yield the days to dispute what of the charges is not over by the first one."""
    firsts = [day for day in days if day.what is DueKind.DISPUTE_BY]
    every = map(date.fromisoformat, verdict.get(DISPUTE_DAYS, ()))
    for first in firsts[:1]:
        for by in every:
            if by > first.moment.date():
                why = Sentence.of("due_why", "dispute_later")
                yield Due(what=DueKind.DISPUTE_BY, by=by, why=why)


def _charge(
    by: date | datetime, verdict: Mapping[str, Any], why: Sentence
) -> Iterator[Due]:
    """Yield the first charge that may not come, as the plan has it, else the next."""
    first = by.date() if isinstance(by, datetime) else by
    ends_on, every = verdict.get("ends_on"), verdict.get(CHARGED_EVERY)
    charges = Charges(first=first, every=Period.parse(every)) if every else None
    if ends_on is None or first.isoformat() > ends_on:
        yield Due(what=DueKind.CHARGE, by=by, why=why, charges=charges)
        return
    if charges is not None:
        yield from _rightful(charges, date.fromisoformat(ends_on))
    for action in verdict.get("do", ()):
        if action["do"] == "watch_statement" and action["by"] is not None:
            last = _last_day_by(action["by"])
            yield Due(what=DueKind.CHARGE, by=last, why=why, charges=charges)


IN_WRITING = "in_writing"
"""Where a kept answer has that a withdrawal has to reach the seller in writing."""
DISPUTE_DAYS = "dispute_days"
"""Where a kept answer has the last days of all charges and rights, the first first."""
CHARGED_EVERY = "charged_every"
"""Where a kept answer has how often is charged, as an ISO 8601 duration."""


def kept_unbound(verdict: Mapping[str, Any]) -> Sentence | None:
    """Return what has to be so for a kept answer's end to hold."""
    return unbound(_codes(verdict.get("topics", {}).get("cancel", {})))


def _days_to_act(
    actions: Sequence[Mapping[str, Any]], verdict: Mapping[str, Any]
) -> Iterator[Due]:
    """Yield the last day of each action that somebody is asked for."""
    cancel = verdict.get("topics", {}).get("cancel", {})
    condition = kept_unbound(verdict)
    codes = {which: code for code, which in UNBOUND.items()}
    for action in actions:
        what, by, code = _OF_ACTION.get(action["do"]), action["by"], "verdict"
        if by is None and action["do"] == "cancel" and _IF & _codes(cancel):
            # today is the day for an end that is not certain; this one never passes
            by = cancel["act_by"]
        elif condition is not None:
            code = codes[condition.code]
        if what is None or by is None:
            continue
        day = _last_day_by(by)
        if action["do"] == "cancel" and cancel.get("opens_on") == day.isoformat():
            code = "verdict_from"
        why = Sentence.of("due_why", code, text=" ".join(action["because"]))
        yield Due(what=what, by=day, why=why, stays=code == "verdict_from")


_IF = frozenset({"law_exit_if", COVER_OPEN})
"""Reasons by which it ends sooner, and later where a fact is not so."""


def _codes(topic: Mapping[str, Any]) -> frozenset[str]:
    because = topic.get("because", ())
    return frozenset(reason["code"] for reason in because if "code" in reason)


def _last_day_by(by: str) -> date:
    """Return the last day by a day, or by a moment in the zone it was counted in."""
    if "T" not in by:
        return date.fromisoformat(by)
    return (datetime.fromisoformat(by) - timedelta.resolution).date()


_OF_ACTION = {
    "cancel": DueKind.CANCEL,
    "at_store": DueKind.CANCEL,
    "tell": DueKind.CANCEL,
    "withdraw": DueKind.WITHDRAWAL,
    "refund": DueKind.REFUND,
    "dispute": DueKind.DISPUTE_BY,
}
"""What is due by the last day of an action."""
_DAYS = (
    (DueKind.CANCEL, "cancel", "act_by"),
    (DueKind.WITHDRAWAL, "withdrawal", "act_by"),
    (DueKind.REFUND, "refund", "act_by"),
    (DueKind.CHARGE, "renewal", "at"),
)
"""What is due, and where a verdict names its day."""
