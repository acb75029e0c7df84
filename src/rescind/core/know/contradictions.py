"""Contradictions: facts that cannot all be so are named before anything is judged."""

from dataclasses import replace
from datetime import datetime

from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Lies
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.periods import EARLIEST_ZONE

_NAMES = {
    "purchased_at": "the purchase",
    "paid_at": "the payment",
    "cancelled_at": "the cancellation",
    "delivered_at": "the delivery",
    "withdrawn_at": "the withdrawal",
    "withdrawal_informed_at": "the information",
    "contract_copy_at": "the copy",
    "statement_at": "the statement",
    "erasure_requested_at": "the request",
    "complained_at": "the complaint",
}
_ORDER = (
    ("cancelled_at", "purchased_at", "it was cancelled before it was bought"),
    ("trial_ends_at", "purchased_at", "the trial ends before it starts"),
    ("paid_at", "purchased_at", "it was paid before it was bought"),
    ("renews_at", "purchased_at", "it renews before it was bought"),
    ("withdrawn_at", "purchased_at", "it was withdrawn from before it was bought"),
    ("term_ends_at", "purchased_at", "the term ends before it began"),
)


def localised(facts: Facts) -> Facts:
    """Return the facts with the moment asked about read where their days are.

    A consumer of several zones, or of none known, may live a day ahead of the offset
    that the moment came with: a purchase dated "today" there is not in the future.
    """
    as_of, zones = facts.as_of, facts.zones
    if not isinstance(as_of, datetime) or len(zones) == 1:
        return facts
    past = (facts.purchased_at, facts.paid_at, facts.cancelled_at)
    days = [day for day in past if day and not isinstance(day, datetime)]
    latest = max(days, default=as_of.date())
    for zone in zones or (EARLIEST_ZONE,):
        local = as_of.astimezone(zone)
        if as_of.date() < latest <= local.date():
            return replace(facts, as_of=local)
    return facts


def refuse_contradictions(facts: Facts) -> None:
    """Raise BadInput for the first pair of facts that exclude each other."""
    for fact in FACTS.values():
        if fact.lies is Lies.PAST:
            why = (
                f"{_NAMES.get(fact.name, 'it')} lies after the day asked about (as_of)"
            )
            _refuse_if_before(facts, "as_of", fact.name, why, named=fact.name)
    for later, earlier, why in _ORDER:
        _refuse_if_before(facts, later, earlier, f"{why} ({earlier})", named=later)
    if facts.trial_ends_at is not None and facts.had_trial is False:
        raise BadInput(
            "had_trial", "a trial that ends was had (trial_ends_at)", ["true"]
        )
    if facts.contract_copy_at is not None and facts.contract_copy_received is False:
        why = "a copy that came was received (contract_copy_at)"
        raise BadInput("contract_copy_received", why, ["true"])


def _refuse_if_before(
    facts: Facts, later: str, earlier: str, why: str, *, named: str
) -> None:
    after: When | None = getattr(facts, later)
    before: When | None = getattr(facts, earlier)
    if after is None or before is None:
        return
    if day_of(after, facts.zones) < day_of(before, facts.zones):
        given = getattr(facts, named)
        other = earlier if named == later else later
        limit = getattr(facts, other)
        raise BadInput(named, f"{given.isoformat()}: {why}", [limit.isoformat()])
