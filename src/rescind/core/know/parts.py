"""Parts: whether the state or province decides how a contract can be ended."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from rescind.core import periods
from rescind.core.know.ending import Ending, ending
from rescind.core.know.fees import FeeLimit, fee_limit
from rescind.core.know.law import Law
from rescind.core.know.own_end import own_ended_on
from rescind.core.know.prices_of_leaving import too_dear, worth_taking
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.renewal import lawful_purchase
from rescind.core.know.rights import Value, sheet
from rescind.core.know.ways import all_ways, possible_ways, ways_out
from rescind.core.model.facts import When, day_of
from rescind.core.model.law import ExitHow, Right
from rescind.core.model.money import Money
from rescind.core.model.verdict import COUNTED_BACK, Answer, Reason, Topic

_UNDECIDED = {None: Answer.DEPENDS, Answer.NO: Answer.DEPENDS}
"""What an answer becomes that a part of the country may turn round."""


def ending_of(purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]) -> Ending:
    """Return how the purchase ends by its contract and by the law of its place."""
    left_trial_at = purchase.billing.left_trial_at
    limit = fee_limit(purchase, law, known)
    if left_trial_at is not None:
        way = _ended_with_trial(purchase, left_trial_at)
    elif purchase.facts.cancelled_at is not None:
        way = _ended(purchase, law)
    else:
        way = _ended_now(purchase, law, known, limit)
    if not limit.reasons:
        return way
    return replace(
        way,
        reasons=(*way.reasons, *limit.reasons),
        fee_at_most=limit.at_most,
        fee_asks=(*way.fee_asks, *limit.asks),
    )


def _ended_now(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value], limit: FeeLimit
) -> Ending:
    """Return how it ends, without the ways out that cost no less than to stay."""
    ways = all_ways(purchase, law, known)
    there, possible = worth_taking(ways_out(ways), ()), possible_ways(purchase, ways)
    dear = too_dear(purchase, there, _owed(purchase, limit))
    if dear is None:
        return ending(purchase, there, possible)
    way = ending(purchase, worth_taking(there, (dear,)), possible)
    return replace(way, by_law=True, reasons=(*way.reasons, dear))


def _owed(purchase: JudgedPurchase, limit: FeeLimit) -> Money | None:
    """Return the fee that is asked for, cut to what the law leaves of it."""
    fee, cap = purchase.facts.early_termination_fee, limit.at_most
    if fee is None or cap is None or cap.currency != fee.currency:
        return fee
    return min(fee, cap, key=lambda money: money.amount)


def _ended_with_trial(purchase: JudgedPurchase, trial_end: When) -> Ending:
    """Return that a contract that was left in its free trial ended with the trial."""
    facts = purchase.facts
    assert facts.cancelled_at is not None  # noqa: S101 - the trial was left
    last = day_of(trial_end, facts.zones) - periods.DAY
    last = max(last, day_of(facts.cancelled_at, facts.zones))
    return Ending(ends_on=last, reasons=(Reason.of("left_in_trial", day=last),))


def _ended(purchase: JudgedPurchase, law: Law) -> Ending:
    """Return how a contract ended that was cancelled, by the law of the notice's day.

    What was paid later does not count: a charge after the end moves no end.
    """
    facts, own = purchase.facts, own_ended_on(purchase)
    told = facts.cancelled_at
    assert told is not None  # noqa: S101 - the caller looks first
    is_later = facts.paid_at is not None and day_of(
        facts.paid_at, facts.zones
    ) > day_of(told, facts.zones)
    facts = replace(
        facts,
        as_of=told,
        cancelled_at=None,
        paid_at=None if is_later else facts.paid_at,
    )
    then = lawful_purchase(
        facts, purchase.service, purchase.offer, purchase.channel, law
    )
    way = ending(then, worth_taking(ways_out(all_ways(then, law, sheet(then))), ()))
    if way.ends_on is None or (own is not None and own < way.ends_on):
        is_told = facts.purchased_at or facts.starts_on or facts.term_ends_at
        if own is None or not is_later or is_told or facts.renews_at is not None:
            return Ending(ends_on=own)
        return Ending(ends_on=own, reasons=(Reason.of(COUNTED_BACK, day=own),))
    return Ending(ends_on=way.ends_on, reasons=tuple(_ended_by(way)))


_DATED = frozenset({"law_exit_on", "law_exit_by", "law_exit_within", "law_exit_from"})
"""Reasons of ways out by law that end it on a day."""


def _ended_by(way: Ending) -> Iterator[Reason]:
    """Yield the law that ends it on its day, once notice was given."""
    for reason in way.reasons:
        values = dict(reason.says.values)
        if reason.code in _DATED and values["day"] == way.ends_on:
            yield Reason.of(
                "law_ended_on", reason.claims, right=values["right"], day=values["day"]
            )


def with_parts(topic: Topic, purchase: JudgedPurchase, law: Law, way: Ending) -> Topic:
    """Return whether it can be ended, the part of the country asked for if it decides.

    ``way`` is how it ends by the law of the whole country. Only rights that shorten a
    contract are tried: a simple way to stop the charges changes no day.
    """
    country = purchase.facts.country
    if country is None or purchase.facts.cancelled_at is not None:
        return topic
    others = [
        _ending_in(purchase, law, part)
        for part in _parts_with_exits(law, country, purchase.kind)
    ]
    deciding = [
        other
        for other in others
        if (other.by_law, other.ends_on) != (way.by_law, way.ends_on)
    ]
    if not deciding:
        return topic
    answer = _UNDECIDED.get(topic.answer, topic.answer)
    because = (*topic.because, Reason.of("part_may_end_sooner"))
    asked = replace(
        topic, answer=answer, because=because, asks=("country", *topic.asks)
    )
    return _soonest(asked, deciding)


def _soonest(topic: Topic, deciding: list[Ending]) -> Topic:
    """Return the topic with a last moment that is in time in each of the parts."""
    moments = [other.act_by for other in deciding if other.act_by is not None]
    if topic.act_by is not None:
        moments.append(topic.act_by)
    first = min(moments, default=None)
    if first == topic.act_by:
        return topic
    return replace(topic, act_by=first, any_day=False)


def _ending_in(purchase: JudgedPurchase, law: Law, part: str) -> Ending:
    facts = replace(purchase.facts, country=part)
    there = lawful_purchase(
        facts, purchase.service, purchase.offer, purchase.channel, law
    )
    return ending_of(there, law, sheet(there))


@lru_cache(maxsize=512)
def _parts_with_exits(law: Law, country: str, kind: str) -> tuple[str, ...]:
    """Return the parts of a country whose own rights may move a contract's end."""
    return tuple(
        part
        for part in law.parts_of(country)
        if any(
            part in right.regions and _moves_end(right)
            for right in law.rights_for(part, kind)
        )
    )


def _moves_end(right: Right) -> bool:
    if right.renewal is not None:
        return True
    return right.exit is not None and right.exit.how is not ExitHow.PERIOD_END
