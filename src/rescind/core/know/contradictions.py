"""Contradictions: facts that cannot all be so are named before anything is judged."""

from dataclasses import replace
from datetime import datetime

from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Lies
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.sentence import Sentence, Value
from rescind.core.periods import EARLIEST_ZONE

_ORDER = (
    ("cancelled_at", "purchased_at", "cancelled_before_bought"),
    ("trial_ends_at", "purchased_at", "trial_ends_before_start"),
    ("paid_at", "purchased_at", "paid_before_bought"),
    ("renews_at", "purchased_at", "renews_before_bought"),
    ("withdrawn_at", "purchased_at", "withdrawn_before_bought"),
    ("term_ends_at", "purchased_at", "term_ends_before_start"),
)
"""Facts of which the first never lies before the second, and what is wrong if so."""


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
        if fact.lies is Lies.PAST and _is_before(facts, "as_of", fact.name):
            event = Sentence.of("fact_in_sentence", fact.name)
            raise _misplaced(facts, fact.name, "as_of", "after_as_of", event=event)
    for later, earlier, code in _ORDER:
        if _is_before(facts, later, earlier):
            raise _misplaced(facts, later, earlier, code)
    if facts.trial_ends_at is not None and facts.had_trial is False:
        message = Sentence.of("contradiction", "trial_ends_but_not_had")
        raise BadInput("had_trial", message, ["true"])
    if facts.contract_copy_at is not None and facts.contract_copy_received is False:
        message = Sentence.of("contradiction", "copy_came_but_not_received")
        raise BadInput("contract_copy_received", message, ["true"])


def _is_before(facts: Facts, later: str, earlier: str) -> bool:
    """Return whether what has to come later lies on a day before the other."""
    after: When | None = getattr(facts, later)
    before: When | None = getattr(facts, earlier)
    if after is None or before is None:
        return False
    return day_of(after, facts.zones) < day_of(before, facts.zones)


def _misplaced(
    facts: Facts, name: str, other: str, code: str, **values: Value
) -> BadInput:
    """Return the error for a day; the one that it has to fit is suggested."""
    day: When = getattr(facts, name)
    limit: When = getattr(facts, other)
    message = Sentence.of("contradiction", code, day=day, **values)
    return BadInput(name, message, [limit.isoformat()])
