"""The day of the charge that a letter to the bank is about."""

from datetime import timedelta

from rescind.core.act.matter import Matter
from rescind.core.model.facts import When, day_of
from rescind.core.periods import add

_NO_MONTH = timedelta(days=28)
"""So long after a purchase no contract, however often it is paid, charges again."""


def is_first_payment(matter: Matter) -> bool:
    """Return whether the purchase's own payment is the last one so far."""
    facts, offer = matter.checked.facts, matter.checked.offer
    period = offer.period if offer else None
    if facts.purchased_at is None:
        return False
    bought_on = day_of(facts.purchased_at, facts.zones)
    return period is None or add(bought_on, period) > matter.today


def charged_on(matter: Matter) -> When | None:
    """Return the day of the last charge as told, else of the purchase, if it was one.

    ``None`` where others may have come since, or where a trial put the first one off.
    """
    facts, offer = matter.checked.facts, matter.checked.offer
    if facts.paid_at is not None or facts.purchased_at is None:
        return facts.paid_at
    has_trial = facts.had_trial or facts.trial_ends_at is not None
    if has_trial or facts.price is None or not is_first_payment(matter):
        return None
    bought_on = day_of(facts.purchased_at, facts.zones)
    is_rhythm_known = offer is not None and offer.period is not None
    is_fresh = matter.today - bought_on < _NO_MONTH
    return facts.purchased_at if is_rhythm_known or is_fresh else None
