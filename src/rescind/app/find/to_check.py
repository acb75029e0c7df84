"""From a line of a statement to its verdict: what the line tells of the purchase."""

from collections.abc import Mapping
from datetime import date

from rescind.core.model.recurring_charge import RecurringCharge

_BILLED = {
    "direct": "web",
    "apple": "apple",
    "google": "google",
    "paypal": "paypal",
    "reseller": "partner",
}
_SELLS = {
    "video": "streaming",
    "audio": "streaming",
    "news": "newspaper",
    "software": "software",
    "learning": "course",
    "goods": "goods",
    "membership": "membership",
    "telecom": "telecom",
    "energy": "energy",
    "insurance": "insurance",
}
"""What a merchant on file sells, as the facts of a purchase call it."""
NO_CURRENCY = "XXX"
"""ISO 4217 for a statement that names no currency."""


def facts_to_check(charge: RecurringCharge, today: date) -> Mapping[str, str]:
    """Return the facts of a purchase that a finding tells, in standard form.

    Where a charge was due since the statement ended, neither the last payment nor the
    next one is known any longer: both are left to be asked for.
    """
    facts = {
        "service": charge.service or "other",
        "channel": _BILLED[charge.channel.value],
        "price": f"{charge.amount.amount} {charge.amount.currency}",
        "paid_at": charge.transactions[-1].on.isoformat(),
        "renews_at": charge.next_on.isoformat() if charge.next_on else "",
        "had_trial": "true" if charge.trial else "",
    }
    if charge.next_on is None or charge.next_on < today:
        facts |= {"paid_at": "", "renews_at": ""}
    if charge.amount.currency == NO_CURRENCY:
        facts["price"] = ""
    if not charge.service:
        facts |= {
            "merchant": charge.merchant[:80],
            "kind": _SELLS.get(charge.sells, "service"),
            "period": charge.period or "",
        }
    return {name: text for name, text in facts.items() if text}
