"""Fees: what the law leaves of a fee for leaving before the first term ends."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from rescind.core import periods
from rescind.core.know.law import Law
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.rights import Value, conditions_met, holds
from rescind.core.model.facts import day_of
from rescind.core.model.law import FeeCap, FeeOf, Right
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Reason

_PERCENT = 100
_MOST = 600
"""Payments of a term that are counted at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLimit:
    """What may be asked for leaving now, by the laws on file."""

    at_most: Money | None = None
    """``None``: no law on file has a formula, or what it needs is not known."""
    reasons: tuple[Reason, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """The payments and the months of a first term that runs."""

    price: Money
    payments: int
    left: int
    """Payments that come after today."""
    months: int
    gone: int
    """Months that have begun."""


def fee_limit(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> FeeLimit:
    """Return what the law leaves of the fee that is asked for, the least first.

    Only where a fee was named. It is counted on the day of the notice: that of the
    cancellation where the contract was ended.
    """
    facts = purchase.facts
    if facts.early_termination_fee is None:
        return FeeLimit()
    if facts.cancelled_at is not None:
        facts = replace(facts, as_of=facts.cancelled_at, cancelled_at=None)
        purchase = replace(purchase, facts=facts)
    term = _term(purchase)
    reasons, sums, asks = [], [], []
    for right in _rights(purchase, law, known):
        assert right.fee is not None  # noqa: S101 - these have a rule
        caps = [cap for cap in right.fee.caps if _counts(cap, purchase)]
        if facts.signing_benefit is None and any(_is_of_benefit(cap) for cap in caps):
            asks.append("signing_benefit")
        found = [(each, _sum(each, purchase, term)) for each in caps]
        least = min((s for _, s in found if s), key=_amount, default=None)
        reasons.append(_reason(right, least, found, term))
        sums += [] if least is None else [least]
    return FeeLimit(
        at_most=min(sums, key=_amount, default=None),
        reasons=tuple(reasons),
        asks=tuple(dict.fromkeys(asks)),
    )


def early_fee(purchase: JudgedPurchase) -> Sentence | None:
    """Return what the service's own text asks for leaving the first term today."""
    facts, start, rule = purchase.facts, purchase.facts.begun_on, purchase.rule
    if rule is None or rule.early_fee_share is None or facts.cancelled_at is not None:
        return None
    today = day_of(facts.as_of, facts.zones)
    if (
        start is None
        or facts.term is None
        or today >= periods.first_after(start, facts.term)
    ):
        return None
    term, share = _term(purchase), rule.early_fee_share
    if term is None:
        return Sentence.of("early_fee", "share", share=share)
    fee = _share(term.price, Decimal(term.left * share) / _PERCENT)
    return Sentence.of("early_fee", "sum", fee=fee)


def _rights(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> Iterator[Right]:
    for right in law.rights_for(purchase.facts.country, purchase.kind):
        if right.fee is None or not holds(purchase, right):
            continue
        if conditions_met(purchase, right, known)[0] is True:
            yield right


def _amount(money: Money) -> Decimal:
    return money.amount


def _is_of_benefit(cap: FeeCap) -> bool:
    return cap.of is FeeOf.BENEFIT or cap.with_benefit is not None


def _counts(cap: FeeCap, purchase: JudgedPurchase) -> bool:
    """Return whether a cap is one for today, and for what was had for signing."""
    benefit, start = purchase.facts.signing_benefit, purchase.facts.begun_on
    is_told = cap.with_benefit is not None and benefit is not None
    if is_told and cap.with_benefit is not bool(benefit and benefit.amount):
        return False
    if start is None:
        return cap.after is None and cap.until is None
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    if cap.after is not None and today < periods.first_after(start, cap.after):
        return False
    return cap.until is None or today < periods.first_after(start, cap.until)


def _sum(cap: FeeCap, purchase: JudgedPurchase, term: _Term | None) -> Money | None:
    """Return what a cap comes to; ``None`` where a fact for it is not known."""
    benefit = purchase.facts.signing_benefit
    if cap.with_benefit is not None and benefit is None:
        return None
    if cap.of is FeeOf.FIXED:
        return cap.amount
    if term is None:
        return None
    if cap.of is FeeOf.BENEFIT:
        return None if benefit is None else _left_of(benefit, cap, term)
    payments = term.left if cap.of is FeeOf.REST else term.payments
    return _share(term.price, Decimal(payments * cap.share) / _PERCENT)


def _left_of(benefit: Money, cap: FeeCap, term: _Term) -> Money:
    """Return what is left of a benefit that falls evenly with each month begun."""
    most = cap.over.months if cap.over is not None else None
    months = min(term.months, most or term.months)
    left = max(months - term.gone, 0)
    return _share(benefit, Decimal(left) / months)


def _share(money: Money, share: Decimal) -> Money:
    # a fraction of a cent is nobody's
    return money.of((money.amount * share).quantize(money.smallest, ROUND_DOWN))


def _term(purchase: JudgedPurchase) -> _Term | None:
    """Return the payments of a first term that still runs, as far as known."""
    facts, start = purchase.facts, purchase.facts.begun_on
    price, period = facts.price, purchase.offer.period
    if start is None or facts.term is None or price is None or period is None:
        return None
    end, today = periods.add(start, facts.term), day_of(facts.as_of, facts.zones)
    if today >= periods.first_after(start, facts.term):
        return None
    left, every = payments_of(start, term=facts.term, period=period, today=today)
    months = _until(start, end, lambda count: periods.add_months(start, count))
    return _Term(
        price=price,
        payments=every,
        left=left,
        months=len(months),
        gone=sum(day <= today for day in months),
    )


def payments_of(
    start: date, *, term: Period, period: Period, today: date
) -> tuple[int, int]:
    """Return how many payments of a first term come after today, and how many in all.

    >>> year, month = Period.parse("P12M"), Period.parse("P1M")
    >>> payments_of(date(2026, 6, 1), term=year, period=month, today=date(2026, 11, 28))
    (6, 12)
    """
    end = periods.add(start, term)
    days = _until(start, end, lambda count: periods.add(start, period, count))
    return sum(day > today for day in days), len(days)


def _until(start: date, end: date, step: Callable[[int], date]) -> list[date]:
    """Return a first day and its steps that come before an end."""
    days, count = [start], 1
    while count < _MOST and step(count) < end:
        days.append(step(count))
        count += 1
    return days


def _reason(
    right: Right,
    least: Money | None,
    found: list[tuple[FeeCap, Money | None]],
    term: _Term | None,
) -> Reason:
    assert right.fee is not None  # noqa: S101 - these have a rule
    says = right.fee.says
    if least is None:
        return Reason.of("law_fee_rule", right.claims, right=right.name, says=says)
    sums = tuple(_said(cap, money, term) for cap, money in found if money is not None)
    return Reason.of(
        "law_fee_cap",
        right.claims,
        right=right.name,
        says=says,
        amount=least,
        sums=sums,
    )


def _said(cap: FeeCap, money: Money, term: _Term | None) -> Sentence:
    """Return how a cap was worked out."""
    if term is None or cap.of is FeeOf.FIXED:
        return Sentence.of("fee_sum", "fixed", sum=money)
    if cap.of is FeeOf.BENEFIT:
        return Sentence.of(
            "fee_sum", "benefit", sum=money, gone=term.gone, months=term.months
        )
    payments = term.left if cap.of is FeeOf.REST else term.payments
    return Sentence.of(
        "fee_sum",
        cap.of.value,
        sum=money,
        share=cap.share,
        payments=payments,
        price=term.price,
    )
