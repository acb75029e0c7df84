"""Share: what comes back on withdrawal, and what may be kept for a service begun."""

from decimal import ROUND_UP, Decimal

from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.facts import day_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.money import Money


def owed_share(
    purchase: JudgedPurchase, law: WithdrawalLaw
) -> tuple[Money | None, Money | None]:
    """Return at least what comes back and at most what is owed, of the last payment.

    Directive 2011/83/EU Arts. 7(3), 8(8), 14(3): the share is in proportion to the
    time (CJEU C-641/19), and nothing is owed without an express request to begin or
    without information on the right. Where a law has no such share, all comes back.
    ``None`` where the price or the paid period is not known.
    """
    price = purchase.facts.price
    if price is None or purchase.billing.nothing_paid:
        return None, None
    if not law.share_claims or purchase.offer.digital_content or _is_excused(purchase):
        return price, price.of(Decimal(0))
    used = _used(purchase)
    if used is None:
        return None, None
    owed = (price.amount * used).quantize(price.smallest, rounding=ROUND_UP)
    return price.of(price.amount - owed), price.of(owed)


def _is_excused(purchase: JudgedPurchase) -> bool:
    facts = purchase.facts
    return facts.start_requested is False or facts.withdrawal_informed is False


def _used(purchase: JudgedPurchase) -> Decimal | None:
    """Return the part of the paid time that has been used, the present day counted."""
    facts, bill = purchase.facts, purchase.billing
    if bill.payment is None or bill.paid_until is None:
        return None
    start = day_of(bill.payment, facts.zones)
    total = (day_of(bill.paid_until, facts.zones) - start).days
    if total <= 0:
        return None
    today = day_of(facts.withdrawn_at or facts.as_of, facts.zones)
    used = min(max((today - start).days + 1, 0), total)
    return Decimal(used) / Decimal(total)
