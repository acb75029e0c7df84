"""Refund: what the merchant's own terms give back, and until when to ask.

A first payment is judged by the terms of the purchase day. A renewal is judged by
those of the payment and of the purchase; where the results differ, it is disputed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rescind.core import periods
from rescind.core.know.clauses import (
    Scenario,
    Text,
    dissent,
    elsewhere,
    epoch,
    scenarios,
    speaking,
    text_on,
    value_of,
)
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.scenarios import Outcome, merged
from rescind.core.know.topics.answer import clause_deleted, text_elsewhere
from rescind.core.model.catalogue import Anchor, SoldAs, Term, Window
from rescind.core.model.facts import When, day_of
from rescind.core.model.money import in_all
from rescind.core.model.period import Period
from rescind.core.model.verdict import Answer, Reason, Topic

_OPEN = frozenset({Answer.YES, Answer.NO})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruling:
    """What one term comes to for this payment."""

    term: Term
    answer: Answer
    code: str
    length: Period | None = None
    until: date | None = None
    act_by: datetime | None = None
    latest: datetime | None = None


def refund(purchase: JudgedPurchase) -> Topic:
    """Decide whether the merchant's terms give the last payment back."""
    terms = speaking(purchase.service, "refund", purchase.facts)
    if not purchase.offer.paid_by_consumer:
        return _topic(purchase, _nothing("contract_not_yours", terms))
    if purchase.billing.nothing_paid:
        return _topic(purchase, _nothing("nothing_paid_yet", ()))
    if _is_after_the_end(purchase):
        topic = _topic(purchase, _wrongly_taken(purchase))
        charges = purchase.facts.further_charges or ()
        return replace(topic, amount=in_all(purchase.facts.price, charges))
    return _topic(purchase, _by_terms(purchase, terms))


def _by_terms(purchase: JudgedPurchase, terms: tuple[Term, ...]) -> Outcome:
    away = () if terms else elsewhere(purchase.service, "refund", purchase.facts)
    if away:
        return text_elsewhere(away)
    payment, bought = purchase.billing.payment, purchase.facts.purchased_at
    if payment is not None:
        return _on_payment(purchase, terms, payment)
    if bought is not None:
        return _on_unknown_charge(purchase, terms, bought)
    return _undated(purchase, terms)


def _is_after_the_end(purchase: JudgedPurchase) -> bool:
    """Return whether the last payment was taken although it had been ended.

    A withdrawal ends a contract on its day, whatever its term is.
    A contract with a notice or a term may rightly charge while it still runs.
    """
    facts, bill = purchase.facts, purchase.billing
    if bill.left_trial_at is not None and facts.paid_at is not None:
        return _is_for_the_paid_time(purchase, bill.left_trial_at, facts.paid_at)
    ended_at = facts.cancelled_at or facts.withdrawn_at
    if ended_at is None or facts.paid_at is None:
        return False
    over = day_of(ended_at, facts.zones)
    if purchase.stated and facts.cancelled_at is not None:
        if purchase.ended_on is None:
            return False
        over = purchase.ended_on
    margin = timedelta(days=1 + purchase.channel.early_charge_hours // _HOURS)
    return day_of(facts.paid_at, facts.zones) > over + margin


_HOURS = 24


def _is_for_the_paid_time(
    purchase: JudgedPurchase, trial_end: When, paid_at: When
) -> bool:
    """Return whether a payment was taken for the time after a trial that was left.

    One of the trial's own days may be what the trial itself cost.
    """
    facts, early = purchase.facts, purchase.channel.early_charge_hours
    assert facts.cancelled_at is not None  # noqa: S101 - it was left
    paid_on, told = (day_of(day, facts.zones) for day in (paid_at, facts.cancelled_at))
    first = day_of(trial_end, facts.zones) - timedelta(days=-(-early // _HOURS))
    return paid_on > told or paid_on >= first


def _wrongly_taken(purchase: JudgedPurchase) -> Outcome:
    """Answer for a payment after the end: no clause about renewals covers it."""
    terms = speaking(purchase.service, "cancel", purchase.facts)
    text = text_on(terms, purchase.epoch, purchase.known, ())
    reason = Reason.of("charged_after_end", text.claims)
    answer = Answer.YES if text.claims else Answer.UNKNOWN
    return Outcome(answer=answer, reasons=(reason,))


def _on_payment(
    purchase: JudgedPurchase, terms: tuple[Term, ...], payment: When
) -> Outcome:
    outcome = _decided(purchase, terms, payment)
    if purchase.facts.paid_at is None and purchase.billing.is_renewal:
        anchored = Reason.of("anchored")
        return replace(outcome, reasons=(*outcome.reasons, anchored))
    return outcome


def _decided(
    purchase: JudgedPurchase, terms: tuple[Term, ...], payment: When
) -> Outcome:
    unsure = ("renewal",) if _may_be_renewal(purchase) else ()
    found = scenarios(terms, purchase.known, also=unsure)
    return merged({w: _outcome(purchase, terms, payment, w) for w in found})


def _on_unknown_charge(
    purchase: JudgedPurchase, terms: tuple[Term, ...], bought: When
) -> Outcome:
    """Answer where a trial of unknown length came first.

    The first charge lies between the purchase and now; what both ends say holds.
    """
    first = _decided(purchase, terms, bought)
    last = _decided(purchase, terms, purchase.facts.as_of)
    if first.answer is last.answer:
        return first
    claims = tuple(c for reason in first.reasons for c in reason.claims)
    reason = Reason.of("first_charge_decides", claims)
    return Outcome(answer=Answer.DEPENDS, reasons=(reason,), asks=("trial_ends_at",))


def _nothing(code: str, terms: tuple[Term, ...]) -> Outcome:
    claims = tuple(term.claim for term in terms)
    return Outcome(answer=Answer.NO, reasons=(Reason.of(code, claims),))


def _may_be_renewal(purchase: JudgedPurchase) -> bool:
    subscription = purchase.offer.sold_as is SoldAs.SUBSCRIPTION
    return subscription and purchase.billing.is_renewal is None


def _topic(purchase: JudgedPurchase, outcome: Outcome) -> Topic:
    can_come = outcome.answer is not Answer.NO
    return Topic(
        answer=outcome.answer,
        handled_by=purchase.handled_by,
        act_by=outcome.act_by,
        latest=outcome.latest,
        amount=purchase.facts.price if can_come else None,
        because=outcome.reasons,
        asks=outcome.asks,
    )


def _outcome(
    purchase: JudgedPurchase, terms: tuple[Term, ...], payment: When, scenario: Scenario
) -> Outcome:
    """Judge the payment by each text that governs it."""
    paid_on = day_of(payment, purchase.facts.zones)
    bought_on = purchase.bought_on or paid_on
    at_purchase = _judged(purchase, terms, bought_on, payment, scenario)
    if not value_of("renewal", purchase.known, scenario):
        return at_purchase
    at_payment = _judged(purchase, terms, paid_on, payment, scenario)
    return _both(at_purchase, at_payment, bought_on, paid_on)


def _both(
    at_purchase: Outcome, at_payment: Outcome, bought_on: date, paid_on: date
) -> Outcome:
    if at_purchase.answer is Answer.UNKNOWN:
        return at_payment
    if at_payment.answer in (at_purchase.answer, Answer.UNKNOWN):
        return _wider(at_purchase, at_payment)
    sides = (
        _side("terms_at_purchase", bought_on, at_purchase, at_payment),
        _side("terms_at_payment", paid_on, at_payment, at_purchase),
    )
    both = _wider(at_purchase, at_payment)
    return replace(both, answer=Answer.DISPUTED, reasons=sides + both.reasons)


def _side(code: str, day: date, side: Outcome, other: Outcome) -> Reason:
    return Reason.of(
        code,
        claims=tuple(c for reason in side.reasons for c in reason.claims),
        dissent=tuple(c for reason in other.reasons for c in reason.claims),
        day=day,
    )


def _wider(one: Outcome, other: Outcome) -> Outcome:
    """Return both outcomes as one: the earlier safe end, the later last moment."""
    return replace(
        one,
        reasons=tuple(dict.fromkeys(one.reasons + other.reasons)),
        act_by=_least(one.act_by, other.act_by),
        latest=_most(one.latest, other.latest),
    )


def _least(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _most(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def _judged(
    purchase: JudgedPurchase,
    terms: tuple[Term, ...],
    day: date,
    payment: When,
    scenario: Scenario,
) -> Outcome:
    day = epoch(purchase.service, day)
    text = text_on(terms, day, purchase.known, scenario)
    rulings = [_ruling(purchase, term, payment, scenario) for term in text.terms]
    answers = {ruling.answer for ruling in rulings}
    reasons = tuple(_reason(purchase, r, text, terms, day) for r in rulings)
    if not reasons and text.fallen:
        return Outcome(answer=Answer.UNKNOWN, reasons=(clause_deleted(text),))
    if not reasons:
        return _silent(terms)
    ends = Outcome(
        answer=_combined(answers),
        reasons=reasons,
        act_by=_least(*(ruling.act_by for ruling in rulings)),
        latest=_most(*(ruling.latest for ruling in rulings)),
    )
    if ends.answer is not Answer.DISPUTED:
        return ends
    return replace(ends, reasons=(_conflict(text, rulings), *reasons))


def _silent(terms: tuple[Term, ...]) -> Outcome:
    hints = tuple(term.claim for term in terms if term.vague)
    reason = Reason.of("silent", dissent=hints)
    return Outcome(answer=Answer.UNKNOWN, reasons=(reason,))


def _combined(answers: set[Answer]) -> Answer:
    spoken = answers & _OPEN
    if spoken == _OPEN:
        return Answer.DISPUTED
    return next(iter(spoken), Answer.UNKNOWN)


def _conflict(text: Text, rulings: Iterable[_Ruling]) -> Reason:
    code = "official_texts_conflict" if text.is_official else "others_conflict"
    yes = tuple(r.term.claim for r in rulings if r.answer is Answer.YES)
    no = tuple(r.term.claim for r in rulings if r.answer is Answer.NO)
    return Reason.of(code, yes, no)


def _ruling(
    purchase: JudgedPurchase, term: Term, payment: When, scenario: Scenario
) -> _Ruling:
    """Say what one term comes to; a window that is over needs no further facts."""
    if term.answer is not Answer.YES:
        return _Ruling(term=term, answer=term.answer, code="said")
    ruling = _Ruling(term=term, answer=Answer.YES, code="said")
    if term.window is not None:
        event = _event(purchase, term.window.counted_from, payment)
        ruling = _windowed(purchase, term, term.window, event)
    for fact in term.ends_with:
        if value_of(fact, purchase.known, scenario) and ruling.answer is Answer.YES:
            return _Ruling(term=term, answer=Answer.NO, code=f"ended_by_{fact}")
    return ruling


def _event(purchase: JudgedPurchase, anchor: Anchor, payment: When) -> When:
    starts = purchase.facts.course_starts_on
    if anchor is Anchor.CONTRACT:
        return purchase.facts.purchased_at or payment
    if anchor is Anchor.LAUNCH and starts is not None:
        return starts
    if anchor is Anchor.TRIAL_END:
        trial_end = purchase.billing.anchor if purchase.facts.had_trial else None
        return trial_end or purchase.facts.purchased_at or payment
    # of a renewal only terms speak that a renewal is a condition of
    return payment


def _windowed(
    purchase: JudgedPurchase, term: Term, window: Window, event: When
) -> _Ruling:
    length, zones = window.length, purchase.facts.zones
    event_day = day_of(event, zones)
    last = periods.add(event_day, length)
    if window.working_days:
        # which days are holidays is not known: strictly, every day counts
        last = periods.working_day_after(event_day, length.count, _is_weekday)
    latest = periods.last_end(last, zones)
    as_of = purchase.facts.as_of
    over = as_of > latest if isinstance(as_of, datetime) else as_of > last
    return _Ruling(
        term=term,
        answer=Answer.NO if over else Answer.YES,
        code=_CODES[window.working_days, over],
        length=length,
        until=last,
        act_by=periods.safe_end(length, event, event_day),
        latest=latest,
    )


_CODES = {
    (False, False): "window_open",
    (False, True): "window_over",
    (True, False): "window_open_working_days",
    (True, True): "window_over_working_days",
}
"""Reasons by whether business days are counted, and whether the window is over."""


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


_SATURDAY = 5


def _reason(
    purchase: JudgedPurchase,
    ruling: _Ruling,
    text: Text,
    terms: tuple[Term, ...],
    day: date,
) -> Reason:
    claims = (ruling.term.claim,)
    otherwise = dissent((ruling.term,), terms, day, purchase.known)
    if ruling.length is not None:
        length, until = ruling.length, ruling.until
        return Reason.of(ruling.code, claims, otherwise, length=length, until=until)
    code = text.code if ruling.code == "said" else ruling.code
    return Reason.of(code, claims, otherwise)


def _undated(purchase: JudgedPurchase, terms: tuple[Term, ...]) -> Outcome:
    """Answer for a payment whose day is not known: only what holds on every day."""
    texts = [
        text_on(terms, day, purchase.known, scenario)
        for day in _possible_days(purchase, terms)
        for scenario in scenarios(terms, purchase.known)
    ]
    said = {term.answer for text in texts for term in text.terms}
    if not said:
        return _silent(terms)
    if len(said) == 1 and Answer.YES not in said:
        now, day = texts[-1], purchase.epoch
        rulings = (_Ruling(term=t, answer=t.answer, code="said") for t in now.terms)
        reasons = tuple(_reason(purchase, r, now, terms, day) for r in rulings)
        return Outcome(answer=said.pop(), reasons=reasons)
    claims = tuple(dict.fromkeys(term.claim for t in texts for term in t.terms))
    reason = Reason.of("first_day_decides", claims)
    return Outcome(answer=Answer.DEPENDS, reasons=(reason,), asks=("purchased_at",))


def _possible_days(purchase: JudgedPurchase, terms: tuple[Term, ...]) -> list[date]:
    """Return a day of each text that may govern the payment, the latest last."""
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    days = {term.claim.in_force.first or today for term in terms} | {today}
    return sorted(day for day in days if day <= today)
