"""What a letter says of money in a case: promised, agreed to in part, or come."""

from collections.abc import Sequence
from datetime import date

from rescind.adapters.input.values import read_money
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import withdrew
from rescind.app.follow.confirmed_end import is_weaker, names_end
from rescind.app.follow.days import day_in, zone_of
from rescind.app.follow.owed import promised, shortfall
from rescind.app.follow.wrong_charges import charges_for
from rescind.core.follow.at_store import messages_of_company
from rescind.core.follow.awaited import AwaitedMoney, awaited_money
from rescind.core.follow.letters import letters_of
from rescind.core.follow.letters_out import Do, is_before, sent_letters
from rescind.core.follow.open_demand import open_demand
from rescind.core.follow.recorded_end import recorded_end
from rescind.core.follow.sendings import told_day
from rescind.core.follow.shortfall import PartPaid
from rescind.core.follow.state import NO_ANSWER, position, wrongful_charges
from rescind.core.model.case import TO_OTHERS, Case, CaseState, counting, happened
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    AnsweredDetails,
    ConfirmedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.core.model.third_party_details import STORE


def claims_money(case: Case, replies: Sequence[Reply], now: date) -> dict[str, str]:
    """Return what a letter says of money that was promised or agreed to.

    Empty where none was, or where a charge after the end is what it is about. Once a
    promise was not kept, all that is owed is asked for; before that, what is missing.
    """
    part, money = shortfall(case, replies).part, waited_for(case)
    is_told = part is not None and part.came is not None and part.promised is None
    is_told = is_told or _is_only_rest_refused(money, part, now)
    if money is not None and not is_told and (part is None or money.late_from <= now):
        return {
            **ended(case),
            **confirmed(case, replies),
            **_broken(case, replies, money, part),
        }
    return (
        {**ended(case), **about_rest(case, replies, part)} if part is not None else {}
    )


def claims_of(
    case: Case, replies: Sequence[Reply], kind: str, now: date
) -> dict[str, str]:
    """Return what a further letter of a kind says of money; empty where it says none.

    A bank and a body are told what is missing of a part, whether or not an end was
    recorded.
    """
    steps = [step.value for step in Do]
    if kind == Do.REFUND or (kind in steps and waited_for(case) is not None):
        return claims_money(case, replies, now)
    if kind not in _OF_A_PART or wrongful_charges(case.events):
        return {}
    part = shortfall(case, replies).part
    return {**ended(case), **about_rest(case, replies, part)} if part else {}


_OF_A_PART = (Do.COMPLAINT, Do.DISPUTE, "stop-charging")
"""Letters that say what came of a claim, whether or not an end was recorded."""


def _is_only_rest_refused(
    money: AwaitedMoney | None, part: PartPaid | None, now: date
) -> bool:
    """Return whether more than a part is refused, and the part is still to come."""
    if money is None or part is None or part.promised is None:
        return False
    return money.refused_on is not None and money.promised_by >= now


def is_of_store(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether a store promised money last, and letters go to the company."""
    granted = [each for each in replies if each.reading.refund is not None]
    return case.has_letter and bool(granted) and granted[-1].by == STORE


def waited_for(case: Case) -> AwaitedMoney | None:
    """Return the money that is waited for; ``None`` too where a charge came since."""
    if position(case.events).state is not CaseState.CONFIRMED:
        return None
    return None if wrongful_charges(case.events) else awaited_money(case.events)


def sum_waited_for(case: Case, replies: Sequence[Reply]) -> Money | None:
    """Return how much is waited for; ``None`` where nobody knows, or nothing is.

    Once a letter asked for what was missing of a part, it is all that did not come.
    """
    money, part = awaited_money(case.events), shortfall(case, replies).part
    if money is None:
        return None
    if part is not None and money.asked is not None:
        return part.unpaid
    return read_money(money.refund, "refund")


def sum_named(case: Case, replies: Sequence[Reply], code: str) -> Money | None:
    """Return the sum that a title of this code names: what is waited for, or asked.

    A letter that asks for what is missing of a part says nothing of the part.
    """
    money = awaited_money(case.events)
    asked = money.asked if money is not None else None
    if asked is not None and asked.amount and code in _OF_LETTER:
        return read_money(asked.amount, "amount")
    return sum_waited_for(case, replies)


_OF_LETTER = frozenset({"confirmed_money_asked", "confirmed_money_refused_again"})
"""Titles of money that a letter asked for again."""


def ended(case: Case) -> dict[str, str]:
    """Return how and when the merchant was first told of the end.

    The right to the money follows from a withdrawal, and from no cancellation.
    """
    if case_letters.follow_up(case).ended_before:
        return {}
    told_on = position(case.events).told_on(zone_of(case))
    day = told_on.isoformat() if told_on is not None else ""
    if withdrew(case):
        return {"withdrawn_at": day, "cancelled_at": ""}
    return {"cancelled_at": "" if case.kind == "refund" else day}


def confirmed(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return when they confirmed the end, and for which day; empty: they did not.

    The day is the one that the person recorded, who read what a program only guessed.
    """
    ends = [reply for reply in replies if names_end(reply)]
    last = case.last(ConfirmedDetails)
    if not ends or last is None:
        return {}
    # a letter names no day that they did not, and none that gives away what it asks
    end = recorded_end(case.events)
    is_theirs = end is None or end.outcome is not EndOutcome.NO_DAY_NAMED
    day = last.ends_on if is_theirs else None
    day = None if day is not None and is_weaker(case, day) else day
    about = {"confirmed_on": ends[-1].came_on.isoformat()}
    return about | ({"their_end_on": day.isoformat()} if day is not None else {})


def confirmed_before(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return the end that they confirmed, where money is asked for since."""
    if open_demand(case.events) is None or not position(case.events).is_settled:
        return {}
    return confirmed(case, replies)


def on_record(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return what a letter to others says of the answers, and of a fee they announced.

    Nobody is told that no answer came where one did.
    """
    theirs = [reply for reply in replies if not reply.is_unverified]
    if not case.opened_by_letter and case.has_letter:
        # who complains of the company tells how that answered, and of the store apart
        company = messages_of_company(case.events)
        theirs = [reply for reply in theirs if reply.message in company]
    about: dict[str, str] = {}
    if told := [reply for reply in theirs if _answers(reply.reading)]:
        about = {"answered_on": told[-1].came_on.isoformat()}
    about |= confirmed(case, replies)
    charges = wrongful_charges(case.events)
    if not charges:
        return about
    if not case_letters.follow_up(case).ended_before:
        told_on = position(case.events).told_on(zone_of(case))
        about |= {"cancelled_at": told_on.isoformat()} if told_on else {}
    newest = next(iter(charges_for(case)), None)
    amount = newest.sum if newest is not None else None
    is_fee = amount is not None and any(_asks_fee(r.reading, amount) for r in theirs)
    return about | ({"early_termination_fee": str(amount)} if is_fee else {})


def which_is_answered(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return which letter the company answered, and the one since that it did not.

    Empty where it answered the last one; no answer that came before every letter is
    one to them.
    """
    theirs = [r for r in replies if not r.is_unverified and _answers(r.reading)]
    events = {event.number: event for event in counting(case.events)}
    told = [e for e in sent_letters(list(events.values())) if e.kind not in TO_OTHERS]
    letters = [each for each in told if not is_before(events[each.number])]
    if not theirs or not letters:
        return {}
    came = {
        answer.message: event.number
        for event, answer in reversed(happened(case.events, AnsweredDetails))
    }
    answered_at = came[theirs[-1].message]
    days = {
        each.number: told_day(event) or day_in(case, event.at)
        for each in letters
        for event in (events[each.number],)
    }
    before = [days[number] for number in days if number < answered_at]
    since = [days[number] for number in days if number > answered_at]
    if not since:
        return {}
    if not before:
        return {"answered_on": ""}
    return {
        "first_sent_on": before[-1].isoformat(),
        "wrote_again_on": since[-1].isoformat(),
    }


def _answers(reading: Reading) -> bool:
    """Return whether something was answered; what is only guessed may be that."""
    return reading.needs_person or reading.label not in NO_ANSWER


def _asks_fee(reading: Reading, amount: Money) -> bool:
    """Return whether an answer asks a sum as a fee for leaving."""
    is_fee = reading.fee is not None and not reading.is_dues
    return is_fee and reading.fee is not None and reading.fee.amount == amount.amount


def _broken(
    case: Case, replies: Sequence[Reply], money: AwaitedMoney, part: PartPaid | None
) -> dict[str, str]:
    """Return the sum that did not come, and of a promise what it was and when."""
    claimed = part.unpaid if part else read_money(money.refund, "refund")
    about = {"amount": str(claimed)} if claimed is not None else {}
    about |= {"promised_for": money.by.isoformat()}
    # what they said since counts: nobody is reminded of a promise that is no more
    told, given = promised(case, replies), [r for r in replies[-1:] if _promises(r)]
    if told is not None and given:
        promised_on = given[-1].came_on.isoformat()
        about |= {"promised": str(told), "promised_on": promised_on}
    elif money.refused_on is not None and part is not None:
        # the rest is refused, and of what was promised nothing came either
        about |= promised_of(replies, part)
    return about


def _promises(reply: Reply) -> bool:
    reading = reply.reading
    is_grant = reading.refund is not None or reading.label is Label.REFUND_GRANTED
    return is_grant and not reply.is_unverified


def about_rest(case: Case, replies: Sequence[Reply], part: PartPaid) -> dict[str, str]:
    """Return what a claim says of what is left of an earlier one.

    The company has not agreed to what a store promised.
    """
    agreed = None if is_of_store(case, replies) else part.promised
    sums = {"amount": part.rest, "repaid": part.came, "agreed": agreed}
    return {name: str(money) for name, money in sums.items() if money is not None}


def promised_of(replies: Sequence[Reply], part: PartPaid) -> dict[str, str]:
    """Return what the company promised of a sum, and when it wrote of it last."""
    named = [r for r in replies if r.reading.refund and not r.is_unverified]
    if part.promised is None or not named or named[-1].by == STORE:
        return {}
    on = named[-1].came_on.isoformat()
    return {"promised": str(part.promised), "promised_on": on}


def claimed_on(case: Case) -> date | None:
    """Return when a letter first claimed the money back from the merchant."""
    written = happened(case.events, LetterWrittenDetails)
    claims = {event.number for event, each in written if each.claims_money}
    out = (e for e in letters_of(case.events, case.kind) if e.state not in _UNSENT)
    told = (e for e in out if e.number in claims and e.kind not in TO_OTHERS)
    return next((each.sent_on for each in told if each.sent_on), None)


_UNSENT = (CaseState.DRAFT, CaseState.FAILED)
