"""Share: what comes back on withdrawal, and what may be kept for a service begun."""

from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from rescind.core import periods
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.facts import day_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.money import Money
from rescind.core.model.verdict import Reason

_SALES = frozenset({"goods", "box"})
"""Kinds of contract that are sales: what came is sent back, and no use is paid for."""


def owed_share(
    purchase: JudgedPurchase, law: WithdrawalLaw, *, only_untold: bool = False
) -> tuple[Money | None, Money | None]:
    """Return at least what comes back and at most what is owed, of all payments.

    Directive 2011/83/EU Arts. 7(3), 8(8), 13(1), 14(3): every payment comes back; the
    share is in proportion to the time (CJEU C-641/19), and nothing is owed without an
    express request to begin or without information on the right. Where a law has no
    such share, all comes back; so it does for goods, which are sent back (Arts. 13(1),
    14(1)). ``only_untold``: the right is open only for who was not told of it, and
    who was not told owes nothing (Art. 14(4)(a)(i)). ``None`` where the price or the
    paid period is not known.
    """
    price, bill = purchase.facts.price, purchase.billing
    is_ahead = purchase.facts.starts_on is not None and bill.payment is None
    if price is None or bill.nothing_paid or is_ahead:
        return None, None
    paid = price.amount * payments_made(purchase)
    is_untold = only_untold and not law.share_unasked
    if is_untold or comes_back_whole(purchase, law):
        return price.of(paid), price.of(Decimal(0))
    days = used_days(purchase)
    if days is None:
        return None, None
    used, total = days
    unused = price.amount * (1 - Decimal(used) / Decimal(total))
    back = unused.quantize(price.smallest, rounding=ROUND_DOWN)
    return price.of(back), price.of(paid - back)


def comes_back_whole(purchase: JudgedPurchase, law: WithdrawalLaw) -> bool:
    """Return whether nothing may be kept of what was paid, whatever the price is."""
    is_whole = not law.share_claims or purchase.kind in _SALES
    if is_whole or purchase.offer.digital_content:
        return True
    return not law.share_unasked and _is_excused(purchase)


def payments_made(purchase: JudgedPurchase) -> int:
    """Return how many payments were made until the withdrawal, as far as known."""
    facts, bill = purchase.facts, purchase.billing
    if bill.anchor is None or bill.payment is None or purchase.offer.period is None:
        return 1
    told = day_of(facts.withdrawn_at or facts.as_of, facts.zones)
    last = min(day_of(bill.payment, facts.zones), told)
    first = day_of(bill.anchor, facts.zones)
    return max(periods.charges(first, purchase.offer.period, after=last)[0], 1)


def _is_excused(purchase: JudgedPurchase) -> bool:
    facts = purchase.facts
    return facts.start_requested is False or facts.withdrawal_informed is False


def used_days(purchase: JudgedPurchase) -> tuple[int, int] | None:
    """Return the days used of those last paid for, and how many these are.

    The present day counts as used. ``None`` where the paid time is not known.
    """
    facts, bought = purchase.facts, bought_time(purchase)
    if bought is None:
        return None
    start, end = bought
    total = (end - start).days
    if total <= 0:
        return None
    today = day_of(facts.withdrawn_at or facts.as_of, facts.zones)
    return min(max((today - start).days + 1, 0), total), total


def bought_time(purchase: JudgedPurchase) -> tuple[date, date] | None:
    """Return the first day that the last payment is for, and the day after its last.

    The next charge mostly tells the end. One that comes well before the period is over,
    as at the end of a month on trial, does not: a year's price buys a year. A day that
    was told for the next charge stands, unless it leaves less than half the period.
    ``None`` where the paid time is not known.
    """
    facts, bill = purchase.facts, purchase.billing
    if bill.payment is None or bill.paid_until is None:
        return None
    start = day_of(bill.payment, facts.zones)
    if facts.is_paid_ahead and facts.starts_on is not None:
        start = facts.starts_on
    until, period = day_of(bill.paid_until, facts.zones), purchase.offer.period
    if period is None:
        return start, until
    end = periods.add(start, period)
    is_told = bill.paid_until == facts.renews_at
    least = (end - start) / 2 if is_told else end - start - _BOOKED_WITHIN
    is_short = facts.cancelled_at is None and until - start < least
    return start, end if is_short else until


_BOOKED_WITHIN = timedelta(days=7)
"""How far a charge may be booked from its day."""


def arithmetic(
    purchase: JudgedPurchase, law: WithdrawalLaw, owed: Money | None
) -> tuple[Reason, ...]:
    """Return how what may be kept is counted, where anything may be."""
    days = used_days(purchase)
    if owed is None or not owed.amount or days is None:
        return ()
    used, total = days
    payments = payments_made(purchase)
    code = "share_counted" if payments == 1 else "share_of_all_counted"
    if law.share_unasked:
        code = "share_kept_counted"
    price = purchase.facts.price
    reason = Reason.of(
        code,
        law.share_claims,
        price=price,
        payments=payments,
        used=used,
        total=total,
        owed=owed,
    )
    return (reason,)
