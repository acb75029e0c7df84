"""A fee that an answer asks for leaving: how much, and what the law leaves of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.phrasebooks import fee_words
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.values import read_money
from rescind.adapters.public.verdict import verdict_json
from rescind.app.act.telling import OF_FEE
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.follow.at_store import next_charge
from rescind.app.follow.charge_then import rhythm
from rescind.app.follow.days import today
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.wanted import stops_charging, waives_fee
from rescind.app.know import check
from rescind.core.act.letter_conditions import first_term_end
from rescind.core.errors import BadInput
from rescind.core.follow.due_day import Charges
from rescind.core.follow.open_demand import REPLY
from rescind.core.follow.reading.phrases import fold, sentences
from rescind.core.follow.shortfall import DAY, ENDS, LaterEnd, is_same_time
from rescind.core.model.case import Case, EventKind, counting, happened
from rescind.core.model.event_details import (
    AnsweredDetails,
    ChargedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence

_CROWNS = frozenset({"SEK", "DKK", "NOK"})
"""What is written ``kr``: of which country, the contract tells better than the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFee:
    """A fee that is asked for the leaving, and that nobody wrote back about."""

    amount: Money | None
    """``None`` where no sum was named, or one in other money than the contract's."""
    is_dues: bool = False
    """It is asked for time that has passed, and not for leaving."""
    is_earlier: bool = False
    """It was asked before the newest answer, which says nothing of it."""


def in_words(fee: OpenFee | None) -> str:
    """Return a fee as a sentence names it: its sum, else that it is one."""
    if fee is not None and fee.amount is not None:
        return money_on_page(fee.amount)
    is_dues = fee is not None and fee.is_dues
    return ENGLISH.say(_A_PAYMENT if is_dues else _A_FEE)


_A_FEE = Sentence.of("case_row", "a_fee")
_A_PAYMENT = Sentence.of("case_row", "a_payment")


def asked_for(case: Case, replies: Sequence[Reply]) -> OpenFee | None:
    """Return the money that an answer asks, or that the person told since.

    It is open until somebody writes back, whatever else they write meanwhile.
    """
    theirs = [reply for reply in replies if not reply.is_unverified]
    told_at, told = _told(case), case.facts.get("early_termination_fee")
    answer = case.newest(EventKind.ANSWERED)
    if theirs and answer is not None and theirs[-1].reading.asks_fee:
        return None if _is_settled(case, answer.number) else _of(case, theirs[-1])
    if theirs and answer is not None and (fee := _insisted_on(case, theirs)):
        return None if _is_settled(case, answer.number) else fee
    if told_at is not None and told and not _is_settled(case, told_at):
        return OpenFee(amount=read_money(told, "early_termination_fee"))
    return _asked_before(case, theirs)


def _of(case: Case, reply: Reply) -> OpenFee:
    reading = reply.reading
    return OpenFee(amount=fee_of(case, reading), is_dues=reading.is_dues)


def _asked_before(case: Case, theirs: Sequence[Reply]) -> OpenFee | None:
    """Return what an answer before the newest asked, while that is open."""
    numbers = numbers_of(case)
    for at, reply in reversed(list(enumerate(theirs[:-1]))):
        if any(waives_fee(each.reading) for each in theirs[at + 1 :]):
            return None
        if reply.reading.asks_fee and not _is_settled(case, numbers[reply.message]):
            return replace(_of(case, reply), is_earlier=True)
    return None


def numbers_of(case: Case) -> dict[str, int]:
    """Return the event of each message by its digest: the newest that tells of it."""
    told = happened(counting(case.events), AnsweredDetails)
    return {each.message: event.number for event, each in told}


EARLY_FEE = "answered_early_fee"
"""An earlier end that is offered for money."""


def early_code(fee: OpenFee | None, code: str) -> str:
    """Return what an earlier end is called; one that is to be paid for is an offer."""
    is_price = fee is not None and not (fee.is_dues or fee.is_earlier)
    return EARLY_FEE if is_price else code


def is_insisted(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether they keep to a fee that somebody wrote back about."""
    return asked_for(case, replies) is not None and _is_contested_before(case)


def _is_contested_before(case: Case) -> bool:
    """Return whether a reply went out before the newest answer came."""
    answer, letters = case.newest(EventKind.ANSWERED), _replies(case)
    return answer is not None and any(each < answer.number for each in letters)


def _replies(case: Case) -> list[int]:
    """Return the events by which replies were written."""
    letters = happened(case.events, LetterWrittenDetails)
    return [event.number for event, each in letters if each.kind == REPLY]


def _insisted_on(case: Case, theirs: Sequence[Reply]) -> OpenFee | None:
    """Return the fee that the newest answer insists on, though it asks for none anew.

    "The fee is agreed in our terms and stands" is about the one that was asked before,
    or that the person told of.
    """
    reading, told = theirs[-1].reading, case.facts.get("early_termination_fee")
    words = fee_words()
    said = [fold(each) for each in sentences(reading.new_text)]
    names = any(
        (words.named.search(each) or words.asked.search(each))
        and not words.denied.search(each)
        for each in said
    )
    if reading.label not in _MAY_INSIST or not names:
        return None
    before = [e.reading for e in theirs[:-1] if e.reading.asks_fee]
    if before and not before[-1].is_dues:
        return OpenFee(amount=fee_of(case, before[-1]))
    amount = read_money(told, "early_termination_fee") if told else None
    return OpenFee(amount=amount) if amount is not None else None


_MAY_INSIST = frozenset({Label.REFUSED, Label.INVOICE, Label.OTHER, Label.REDIRECTED})
"""What an answer reads as that keeps to a fee."""


def _told(case: Case) -> int | None:
    """Return the event by which the person told facts anew; ``None`` for none."""
    told = case.newest(EventKind.FACTS_TOLD)
    return told.number if told is not None else None


def _is_settled(case: Case, since: int) -> bool:
    """Return whether somebody wrote back, or called a charge rightful."""
    charges = happened(counting(case.events), ChargedDetails)
    after = [*_replies(case), *(e.number for e, each in charges if each.rightful)]
    return any(number > since for number in after)


def fee_of(case: Case, reading: Reading) -> Money | None:
    """Return the sum that an answer asks for leaving, in the money of the contract.

    ``None`` where it names none, or one in other money: that cannot be compared.
    """
    fee, price = reading.fee, price_of(case)
    if fee is None or price is None or fee.currency == price.currency:
        return fee
    return price.of(fee.amount) if {fee.currency, price.currency} <= _CROWNS else None


def price_of(case: Case) -> Money | None:
    """Return what is paid by the contract of a case; ``None`` where it is not told."""
    price = case.facts.get("price")
    try:
        return read_money(price, "price") if price else None
    except BadInput:
        return None


def cost_of_later(case: Case, ours: date | None, theirs: date | None) -> Money | None:
    """Return the charges that come if it ends on their later day, and else would not.

    ``None`` where nobody knows how often is charged, or how much. What is paid already
    is no charge more, though it is for days until theirs.
    """
    price = price_of(case)
    if price is None or ours is None or theirs is None:
        return None
    charges = _charges(case, ours)
    if charges is None:
        return None
    # what was taken already is asked back: it costs nothing more
    days = (day for day in charges.between(ours, theirs) if day >= today(case))
    sums = [_price_on(case, day, price).amount for day in days]
    return price.of(sum(sums, Decimal(0)))


def _charges(case: Case, ours: date) -> Charges | None:
    """Return the charges from the next one on; ``None``: nobody knows how often.

    Where the day of none is known, each time that begins after our end is charged.
    """
    every = rhythm(case)
    if every is None:
        return None
    return Charges(first=next_charge(case) or ours + DAY, every=every)


def _price_on(case: Case, day: date, price: Money) -> Money:
    """Return what is charged on a day: the new price, once an announced one applies."""
    told, from_day = case.facts.get("new_price"), str(case.facts.get("change_on") or "")
    new = read_money(told, "new_price") if told else None
    if new is None or new.currency != price.currency:
        return price
    return price if day.isoformat() < from_day[:DAY_LENGTH] else new


def day_without_charge(case: Case, replies: Sequence[Reply]) -> date | None:
    """Return the day of a charge by which the newest answer names our end.

    ``None`` where no charge comes that day, or they say that none does.
    """
    theirs = [reply for reply in replies if not reply.is_unverified]
    ours = end_by_way(case)
    day = theirs[-1].ends_on if theirs else None
    if day is None or ours is None or theirs[-1].reading.label not in ENDS:
        return None
    end = LaterEnd(theirs=day, ours=ours)
    is_same = is_same_time(end, theirs[-1].reading)
    is_open = is_same and not stops_charging(theirs[-1].reading)
    return day if is_open and _may_be_charged(case, end) else None


def _may_be_charged(case: Case, end: LaterEnd) -> bool:
    """Return whether a charge may come by the day after ours."""
    charges = _charges(case, end.ours)
    if charges is not None:
        return any(charges.between(end.ours, end.theirs + DAY))
    charge = next_charge(case)
    return charge is not None and charge <= end.theirs


def about_fee(
    case: Case, fee: Money | None
) -> Iterator[tuple[Sentence, Mapping[str, Any]]]:
    """Yield what to say of a fee, and the topic that it rests on: its law, if any."""
    if (day := _regular_end(case)) is not None:
        # what was on file of fees is of those for leaving early
        named = money_on_page(fee) if fee else ENGLISH.say(_A_FEE)
        yield Sentence.of("difference", "fee_regular", fee=named, day=day), {}
        return
    reasons = _limits(case, fee)
    sum_ = money_on_page(fee) if fee else ""
    for reason in reasons[:1]:
        code = "fee_sum" if fee else "fee"
        says = Sentence.of("difference", code, rule=reason["text"], fee=sum_)
        yield says, {"because": [reason]}
    if not reasons:
        code = "fee_sum_open" if fee else "fee_open"
        yield Sentence.of("difference", code, fee=sum_), {}


def _regular_end(case: Case) -> date | None:
    """Return the day on which it ends in the regular way; ``None``: it ends early.

    Nothing is left early then, and no fee for that is owed.
    """
    ends_on = end_by_way(case)
    try:
        checked = check.check(case_letters.follow_up(case).facts)
    except BadInput:
        return None
    term_end = first_term_end(checked.facts)
    is_regular = ends_on is not None and term_end is not None and ends_on >= term_end
    return ends_on if is_regular else None


def _limits(case: Case, fee: Money | None) -> list[Mapping[str, Any]]:
    """Return the reasons by which the law limits a fee, counted for its sum if known.

    They are worked out as of the day on which the merchant was told of the end.
    """
    cancel = case.verdict.get("topics", {}).get("cancel", {})
    if fee is not None:
        start = case_letters.follow_up(case)
        told = {"early_termination_fee": str(fee)}
        if start.first_sent_on and not start.ended_before:
            told["cancelled_at"] = start.first_sent_on
        try:
            checked = check.check(start.facts | told)
        except BadInput:
            return []
        cancel = verdict_json(checked.verdict)["topics"]["cancel"]
    return [each for each in cancel.get("because", ()) if each["code"] in OF_FEE]
