"""The deal behind a purchase: what the simulator plays, out of terms, law and facts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from rescind.core import periods
from rescind.core.know.charges import charges_to, kept_day, paid_on_to
from rescind.core.know.clauses import speaking
from rescind.core.know.contract_exits import (
    exits_of,
    is_at_once,
    lead_of,
    rolling,
    settled,
)
from rescind.core.know.contradictions import localised
from rescind.core.know.law import Law
from rescind.core.know.minimum_term import renewed_end, running_term
from rescind.core.know.prices_of_leaving import LAW_EXIT_OWES, worth_taking
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.renewal import lawful_purchase
from rescind.core.know.rest_of_payment import gives_back
from rescind.core.know.rights import sheet
from rescind.core.know.topics.withdrawal_share import (
    bought_time,
    comes_back_whole,
    payments_made,
)
from rescind.core.know.verdict import verdict
from rescind.core.know.ways import WayOut, all_ways, ways_out
from rescind.core.model.catalogue import Service, SoldAs, Term
from rescind.core.model.contract import Contract, ContractReading, Upgrade
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import (
    AFTER_THE_END,
    KEPT_TO_PAID,
    Answer,
    Topic,
    Verdict,
)

_DOUBTFUL = frozenset({Answer.DISPUTED, Answer.DEPENDS})
_NO_PRICE = Decimal("1.000000")
"""Each payment where its price is not known, finely enough for shares of it."""


class _Way(NamedTuple):
    """One way to read all that is open."""

    refund: bool
    withdraw: bool
    share: bool
    strict: bool


def contract(
    facts: Facts,
    service: Service,
    law: Law,
    found: Verdict,
    *,
    through: date | None = None,
) -> Contract | None:
    """Return the contract as charges, exits and ways to money back.

    ``through`` is a day that has to be played. ``None`` where it is not known what
    was bought, who bills, when the next charge comes, or how long it may bind.
    """
    facts = localised(facts)
    if facts.offer is None or facts.channel is None:
        return None
    offer, channel = service.offers[facts.offer], service.channels[facts.channel]
    purchase = lawful_purchase(facts, service, offer, channel, law)
    if purchase.may_bind and found.topics["cancel"].ends_on is None:
        return None
    today = day_of(facts.as_of, facts.zones)
    ways = ways_out(all_ways(purchase, law, sheet(purchase)))
    ways = worth_taking(ways, found.topics["cancel"].because)
    cancel = found.topics["cancel"]
    needed = max(_ends_in_reach(purchase, ways, today), default=today)
    needed = max(needed, cancel.free_end or today)
    still = today + lead_of(purchase, strict=True)
    over = found.is_withdrawn
    bound = _renewed_after(purchase, ways, today)
    one_past = max(still, through or today, needed)
    charges = () if over else charges_to(purchase, one_past, bound=bound)
    if purchase.renews and not charges and not over:
        return None
    readings = tuple(_readings(purchase, law, found, charges, ways))
    bought = bought_time(purchase)
    paid, until = purchase.billing.payment, found.topics["access"].until
    return Contract(
        today=today,
        price=facts.price.of(facts.price.amount).amount if facts.price else _NO_PRICE,
        paid_on=None if paid is None else day_of(paid, facts.zones),
        paid_from=facts.starts_on if facts.is_paid_ahead else None,
        paid_until=None if until is None else day_of(until, facts.zones),
        bought_to=None if bought is None else bought[1],
        charges=charges,
        free_end=cancel.free_end,
        leaving_fee=_leaving_fee(facts, cancel),
        may_cost=_may_cost(facts, cancel),
        opens_on=cancel.opens_on,
        keeps_paid=any(reason.code == KEPT_TO_PAID for reason in cancel.because),
        kept_day=kept_day(purchase, charges),
        paid_on_to=paid_on_to(purchase, charges),
        horizon=_horizon(today, charges, readings, through),
        readings=readings,
        earlier_payments=0 if paid is None else payments_made(purchase) - 1,
        in_trial=purchase.billing.in_trial,
        gives_certificate=service.kind == "course",
        certificate_from=_certificate_from(purchase, found, charges),
        upgrade=_upgrade(purchase),
    )


def _leaving_fee(facts: Facts, cancel: Topic) -> Decimal | None:
    """Return what is asked for leaving early, cut to what the law leaves of it."""
    fee, price, cap = facts.early_termination_fee, facts.price, cancel.fee_at_most
    if fee is None or price is None or cancel.free_end is None:
        return None
    is_less = cap is not None and cap.currency == fee.currency
    return min(fee.amount, cap.amount) if is_less and cap else fee.amount


def _may_cost(facts: Facts, cancel: Topic) -> bool:
    """Return whether a law lets something be asked for the end, and no fee is told."""
    owes = any(reason.code == LAW_EXIT_OWES for reason in cancel.because)
    is_open = cancel.free_end is None and facts.early_termination_fee is None
    return owes and is_open


def _horizon(
    today: date,
    charges: tuple[date, ...],
    readings: tuple[ContractReading, ...],
    through: date | None,
) -> date:
    days = [today, *charges[-1:], *([through] if through else [])]
    for reading in readings:
        ends = (reading.refund_until, reading.withdraw_until)
        days += [day for day in ends if day is not None]
        days += [item.ends for item in reading.exits]
    return max(days)


def _readings(
    purchase: JudgedPurchase,
    law: Law,
    found: Verdict,
    charges: tuple[date, ...],
    ways: tuple[WayOut, ...],
) -> Iterator[ContractReading]:
    """Yield every way to read what is open, the worst for the person first."""
    refund, withdrawal = found.topics["refund"], found.topics["withdrawal"]
    coming = _coming_refund(purchase, law, charges)
    # what was taken after the end is claimed, and no contract is left to withdraw from
    is_claimed = any(each.code == AFTER_THE_END for each in refund.because)
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    options = (
        _doubts(refund, coming),
        _doubts(withdrawal),
        _share_options(purchase, withdrawal, law),
        (True, False),
    )
    for chosen in product(*options):
        way = _Way(*chosen)
        yield ContractReading(
            name=_name(way, options),
            exits=tuple(exits_of(purchase, charges, ways, strict=way.strict)),
            notice=rolling(purchase, ways, strict=way.strict),
            at_once=is_at_once(ways, strict=way.strict),
            unused_comes_back=_comes_back(found.topics["cancel"], ways, way),
            end_is_settled=settled(ways, strict=way.strict)
            == settled(ways, strict=True),
            refund_until=_last(refund, today, way, granted=way.refund),
            refund_days=_days_back(coming, charges, way),
            certificate_ends_refund=_certificate_ends(purchase),
            withdraw_until=None
            if purchase.facts.withdrawn_at or is_claimed
            else _last(withdrawal, today, way, granted=way.withdraw),
            share_kept=way.share,
        )


def _comes_back(cancel: Topic, ways: tuple[WayOut, ...], way: _Way) -> bool:
    """Return whether what is paid past the end comes back, of a charge to come too."""
    if gives_back(settled(ways, strict=True), cancel.ends_on):
        return True
    return cancel.amount is not None and not (way.strict and cancel.is_asked_back)


def _doubts(*topics: Topic | None) -> tuple[bool, ...]:
    """Return whether what is doubtful is granted: both ways, where there is doubt."""
    doubtful = any(topic and topic.answer in _DOUBTFUL for topic in topics)
    return (False, True) if doubtful else (True,)


def _share_options(
    purchase: JudgedPurchase, withdrawal: Topic, law: Law
) -> tuple[bool, ...]:
    """Return whether a share may be kept, which the law says without a price too."""
    right = law.withdrawal_for(purchase.facts, purchase.kind)
    if right is None or (withdrawal.owed is None and purchase.facts.price is not None):
        return (True,)
    is_whole = withdrawal.owed is not None and not withdrawal.owed.amount
    if is_whole or comes_back_whole(purchase, right):
        return (False,)
    return (True,) if purchase.facts.owes_share else (True, False)


def _name(way: _Way, options: tuple[tuple[bool, ...], ...]) -> Sentence:
    """Return what is assumed, as far as there is a choice."""
    codes = []
    if len(options[0]) > 1:
        codes.append("refund_granted" if way.refund else "refund_refused")
    if len(options[1]) > 1:
        codes.append("withdrawal_holds" if way.withdraw else "withdrawal_refused")
    if len(options[2]) > 1:
        codes.append("share_kept" if way.share else "no_share_kept")
    codes.append("counted_strictly" if way.strict else "counted_kindly")
    parts = tuple(Sentence.of("assumption", code) for code in codes)
    return Sentence.of("assumption", "all", parts=parts)


def _last(topic: Topic, today: date, way: _Way, *, granted: bool) -> date | None:
    """Return the last day to ask; what has no end is open today, no more is known."""
    if topic.answer is not Answer.YES and not (topic.answer in _DOUBTFUL and granted):
        return None
    moment = topic.act_by if way.strict else topic.latest
    return today if moment is None else moment.date()


def _ends_in_reach(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], today: date
) -> Iterator[date]:
    """Yield the first end to give notice for, a term's own, and a notice's from today.

    A law may end it before the term does: who does nothing pays to the term's end.
    """
    exits = exits_of(purchase, (), ways, strict=True)
    in_time = [item for item in exits if item.until >= today]
    yield from [item.ends for item in in_time][:1]
    yield from [item.ends for item in in_time if item.by is not None][:1]
    notice = rolling(purchase, ways, strict=True)
    if notice is not None:
        yield periods.add(today, notice)


def _renewed_after(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], today: date
) -> date | None:
    """Return the last day of the term after the first that notice is in time for.

    ``None`` where no term follows, or notice ends it on any day anyway.
    """
    exits = exits_of(purchase, (), ways, strict=True)
    ends = [item.ends for item in exits if item.until >= today]
    notice = rolling(purchase, ways, strict=True)
    if not ends or notice is not None or running_term(purchase.facts).ends is None:
        return None
    return renewed_end(purchase.facts, after=ends[0], times=1)


def _coming_refund(
    purchase: JudgedPurchase, law: Law, charges: tuple[date, ...]
) -> Topic | None:
    """Return what the terms give back of the next charge, once it is made."""
    if not charges or purchase.facts.purchased_at is None:
        return None
    charge = charges[0]
    later = replace(
        purchase.facts,
        as_of=charge,
        paid_at=charge,
        renews_at=None,
        term_ends_at=None,
    )
    return verdict(later, purchase.service, law).topics["refund"]


def _days_back(
    coming: Topic | None, charges: tuple[date, ...], way: _Way
) -> int | None:
    """Return the days after a coming charge in which it can be asked back."""
    if coming is None:
        return None
    last = _last(coming, charges[0], way, granted=way.refund)
    return None if last is None else max((last - charges[0]).days, 0)


def _refund_terms(purchase: JudgedPurchase) -> Iterator[Term]:
    for term in speaking(purchase.service, "refund", purchase.facts):
        if term.answer is Answer.YES and term.claim.in_force.holds(purchase.judged_on):
            yield term


def _certificate_ends(purchase: JudgedPurchase) -> bool:
    return any(
        "certificate_earned" in term.ends_with for term in _refund_terms(purchase)
    )


def _certificate_from(
    purchase: JudgedPurchase, found: Verdict, charges: tuple[date, ...]
) -> date | None:
    """Return the first day for a certificate where the running trial gives none."""
    codes = {warning.code for warning in found.warnings}
    barred = purchase.billing.in_trial and "no_certificate_in_trial" in codes
    return charges[0] if charges and barred else None


def _upgrade(purchase: JudgedPurchase) -> Upgrade | None:
    """Return a dearer offer that the terms in force let one back out of."""
    facts = purchase.facts
    is_impossible = (
        facts.cancelled_at is not None
        or facts.died_at is not None
        or facts.minor is True
        or purchase.handled_by != purchase.service.name
    )
    if purchase.offer.sold_as is not SoldAs.SUBSCRIPTION or is_impossible:
        return None
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    for term in purchase.service.terms:
        if term.topic != "refund" or term.window is None:
            continue
        if not term.claim.in_force.holds(today):
            continue
        for condition in term.conditions:
            froms = condition.equals if isinstance(condition.equals, tuple) else ()
            if condition.fact == "upgraded_from" and purchase.offer.slug in froms:
                first = min(term.offers - {purchase.offer.slug})
                length = term.window.length
                days = (periods.add(today, length) - today).days
                return Upgrade(name=purchase.service.offers[first].name, days=days)
    return None
