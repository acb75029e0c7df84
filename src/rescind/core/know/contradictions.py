"""Contradictions: facts that cannot all be so are named before anything is judged."""

from dataclasses import replace
from datetime import date, datetime

from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, LIFE_EVENTS, Lies
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.sentence import Sentence, Value
from rescind.core.periods import EARLIEST_ZONE

_ORDER = (
    ("cancelled_at", "purchased_at", "cancelled_before_bought"),
    ("trial_ends_at", "purchased_at", "trial_ends_before_start"),
    ("paid_at", "purchased_at", "paid_before_bought"),
    ("charged_since", "purchased_at", "paid_before_bought"),
    ("renews_at", "purchased_at", "renews_before_bought"),
    ("withdrawn_at", "purchased_at", "withdrawn_before_bought"),
    ("starts_on", "purchased_at", "starts_before_bought"),
    ("term_ends_at", "purchased_at", "term_ends_before_start"),
    ("term_ends_at", "starts_on", "term_ends_before_begin"),
    ("died_at", "purchased_at", "died_before_bought"),
    ("certificate_earned_at", "purchased_at", "certificate_before_bought"),
    ("price_raised_at", "purchased_at", "price_raised_before_bought"),
    ("terms_changed_at", "purchased_at", "terms_changed_before_bought"),
)
"""Facts of which the first never lies before the second, and what is wrong if so."""
_DENIED = (
    ("trial_ends_at", "had_trial", "trial_ends_but_not_had"),
    ("contract_copy_at", "contract_copy_received", "copy_came_but_not_received"),
    ("certificate_earned_at", "certificate_earned", "certificate_came_but_not_earned"),
)
"""Days of what is said not to have happened, and what is wrong with that."""


def localised(facts: Facts) -> Facts:
    """Return the facts with the moment asked about read where their days are.

    A consumer of several zones, or of none known, may live a day ahead of the offset
    that the moment came with: a purchase dated "today" there is not in the future.
    """
    as_of, zones = facts.as_of, facts.zones
    if not isinstance(as_of, datetime) or len(zones) == 1:
        return facts
    past = (
        facts.purchased_at,
        facts.paid_at,
        facts.cancelled_at,
        facts.withdrawn_at,
    )
    days = [day for day in past if day and not isinstance(day, datetime)]
    latest = max(days, default=as_of.date())
    for zone in zones or (EARLIEST_ZONE,):
        local = as_of.astimezone(zone)
        if as_of.date() < latest <= local.date():
            return replace(facts, as_of=local)
    return facts


_PAST = tuple(fact.name for fact in FACTS.values() if fact.lies is Lies.PAST)
"""Facts whose day never lies after the day asked about."""


def refuse_contradictions(facts: Facts) -> None:
    """Raise BadInput for the first pair of facts that exclude each other."""
    for name in _PAST:
        if _is_before(facts, "as_of", name):
            event = Sentence.of("fact_in_sentence", name)
            raise _misplaced(facts, name, "as_of", "after_as_of", event=event)
    for later, earlier, code in _ORDER:
        if _is_before(facts, later, earlier):
            raise _misplaced(facts, later, earlier, code)
    for day, denied, code in _DENIED:
        if getattr(facts, day) is not None and getattr(facts, denied) is False:
            raise BadInput(denied, Sentence.of("contradiction", code), ["true"])
    _refuse_life_event(facts)
    _refuse_fee(facts)
    _refuse_charges(facts)


def _refuse_life_event(facts: Facts) -> None:
    for event, fact in LIFE_EVENTS.items():
        if facts.life_event == "none" and getattr(facts, fact):
            message = Sentence.of("contradiction", "something_happened", fact=fact)
            raise BadInput("life_event", message, [event])


def _refuse_fee(facts: Facts) -> None:
    fee, price = facts.early_termination_fee, facts.price
    if fee is None or price is None or fee.currency == price.currency:
        return
    currency = price.currency
    message = Sentence.of("contradiction", "fee_in_another_currency", currency=currency)
    suggestion = f"{fee.amount} {currency}"
    raise BadInput("early_termination_fee", message, [suggestion])


def _refuse_charges(facts: Facts) -> None:
    """Refuse charges that were no wrong ones, and the newest told again.

    Of an end in a month nobody knows whether it came before a charge of that month.
    """
    ended = facts.cancelled_at or facts.withdrawn_at
    by = "cancelled_at" if facts.cancelled_at else "withdrawn_at"
    told = {facts.paid_at and day_of(facts.paid_at, facts.zones)}
    for charge in facts.further_charges or ():
        code = "charged_twice" if charge.on in told else ""
        told.add(charge.on)
        if ended is not None and charge.on <= day_of(ended, facts.zones):
            code = "charged_before_told"
            if by in facts.by_month and _is_of_month(charge.on, ended):
                message = Sentence.of(
                    "contradiction", "charged_in_month", day=charge.on
                )
                raise BadInput(by, message, [])
        if charge.on > day_of(facts.as_of, facts.zones):
            code = "charged_ahead"
        if code:
            message = Sentence.of("contradiction", code, day=charge.on)
            rest = (c for c in facts.further_charges or () if c is not charge)
            right = "; ".join(f"{each.on.isoformat()} {each.sum}" for each in rest)
            raise BadInput("further_charges", message, [right] if right else [])


def _is_of_month(day: date, ended: When) -> bool:
    return (day.year, day.month) == (ended.year, ended.month)


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
