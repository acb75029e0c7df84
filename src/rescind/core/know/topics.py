"""The topics that no window decides: cancel, renewal, access, and the procedures.

What depends on texts and known facts alone is worked out once for all purchases
that share them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from rescind.core import periods
from rescind.core.know.billing import latest_before, safe_before
from rescind.core.know.ending import Ending
from rescind.core.know.situation import Situation
from rescind.core.know.terms import (
    Known,
    Text,
    World,
    dissent,
    speaking,
    terms_about,
    text_on,
    worlds,
)
from rescind.core.know.texts import say
from rescind.core.know.worlds import Outcome, merged
from rescind.core.model.catalogue import (
    Channel,
    Offer,
    Service,
    SoldAs,
    Term,
    find_route,
)
from rescind.core.model.facts import When, day_of
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason, Topic

PROCEDURES = (
    "pause",
    "resume",
    "unenroll",
    "remove_payment_method",
    "delete_account",
)
"""Topics that the texts alone decide."""
_MERCHANTS_OWN = frozenset({"delete_account"})
"""Topics that only the merchant can deal with, whoever bills."""
_BY_BILLER = frozenset({"cancel", "remove_payment_method", "resume", "pause"})
_ONCE = frozenset({SoldAs.ONE_TIME, SoldAs.PREPAID})
_NOTHING_OPEN: World = ()


def procedures(case: Situation) -> Mapping[str, Topic]:
    """Answer the topics that no date decides, by the texts of the purchase day."""
    return _procedures(case.service, case.offer, case.channel, case.epoch, case.known)


@lru_cache(maxsize=65536)
def _procedures(
    service: Service, offer: Offer, channel: Channel, day: date, known: Known
) -> Mapping[str, Topic]:
    who = _Who(service, offer, channel)
    return {name: _procedure(who, name, day, known) for name in PROCEDURES}


def _procedure(who: "_Who", name: str, day: date, known: Known) -> Topic:
    outcome = _said_by(who.terms(name, known), day, known)
    route = None
    if outcome.answer is not Answer.NO:
        route = find_route(who.service, name, who.offer.slug, who.channel.slug)
    return Topic(
        answer=outcome.answer,
        handled_by=who.handles(name),
        steps=route.steps if route else (),
        link=route.link if route else None,
        because=outcome.reasons,
        asks=outcome.asks,
    )


class _Who(NamedTuple):
    """Who sells what through whom."""

    service: Service
    offer: Offer
    channel: Channel

    def terms(self, topic: str, known: Known) -> tuple[Term, ...]:
        """Return the terms about a topic, from all times and sources."""
        country = known["country"]
        return terms_about(
            self.service,
            topic,
            self.offer.slug,
            self.channel.slug,
            country if isinstance(country, str) else None,
        )

    def handles(self, topic: str) -> str:
        """Return who has to be asked about a topic."""
        if topic in _MERCHANTS_OWN:
            return self.service.name
        if topic in _BY_BILLER:
            return self.offer.handled_by or self.channel.handled_by
        return self.offer.handled_by or self.service.name


def _said(case: Situation, topic: str) -> Outcome:
    terms = speaking(case.service, topic, case.facts)
    return _said_by(terms, case.epoch, case.known)


@lru_cache(maxsize=65536)
def _said_by(terms: tuple[Term, ...], day: date, known: Known) -> Outcome:
    found = worlds(terms, known)
    return merged({world: _outcome(terms, day, known, world) for world in found})


def _outcome(terms: tuple[Term, ...], day: date, known: Known, world: World) -> Outcome:
    text = text_on(terms, day, known, world)
    answers = {term.answer for term in text.terms} - {Answer.UNKNOWN}
    reason = _reason(text, terms, day, known)
    if len(answers) > 1:
        code = "official_texts_conflict" if text.is_official else "others_conflict"
        conflict = Reason(code=code, text=say(code), claims=text.claims)
        return Outcome(answer=Answer.DISPUTED, reasons=(conflict, reason))
    answer = next(iter(answers), Answer.UNKNOWN)
    return Outcome(answer=answer, reasons=(reason,))


def _reason(text: Text, terms: tuple[Term, ...], day: date, known: Known) -> Reason:
    if not text.terms:
        vague = tuple(term.claim for term in terms if term.vague)
        return Reason(code="silent", text=say("silent"), dissent=vague)
    return Reason(
        code=text.code,
        text=say(text.code),
        claims=text.claims,
        dissent=dissent(text.terms, terms, day, known),
    )


def cancel(case: Situation, way: Ending) -> Topic:
    """Decide whether it can be ended, and by when to avoid the next charge.

    A statutory exit makes it a yes, whatever the contract says.
    """
    outcome = _with_law(_said(case, "cancel"), way)
    route = None
    if outcome.answer is not Answer.NO and case.facts.cancelled_at is None:
        slugs = (case.offer.slug, case.channel.slug)
        route = find_route(case.service, "cancel", *slugs)
    act_by, latest = _moments(case, way)
    return Topic(
        answer=outcome.answer,
        handled_by=case.handled_by,
        act_by=act_by,
        latest=latest,
        ends_on=way.ends_on,
        steps=route.steps if route else (),
        link=route.link if route else None,
        because=outcome.reasons + basis(case),
        asks=outcome.asks + (way.asks if way.latest else way.asks or missing(case)),
    )


def _with_law(said: Outcome, way: Ending) -> Outcome:
    if not way.by_law or said.answer is Answer.YES:
        return replace(said, reasons=said.reasons + way.reasons)
    return Outcome(answer=Answer.YES, reasons=way.reasons)


def _moments(case: Situation, way: Ending) -> tuple[datetime | None, datetime | None]:
    """Return the safe and the last moment: of the notice, or before the charge."""
    if way.latest is not None:
        return way.act_by, way.latest
    coming = case.billing.coming
    if not coming:
        return None, None
    safe = safe_before(coming, case.channel.early_charge_hours)
    return safe, _latest(case, coming[0])


def _latest(case: Situation, charge: When) -> datetime:
    """Return the last moment before a charge; a trial's last day is still free."""
    trial_end = case.billing.anchor if case.billing.in_trial else None
    if trial_end is not None and not isinstance(trial_end, datetime):
        return periods.last_end(trial_end, case.facts.zones)
    return latest_before(charge, case.facts.zones)


def missing(case: Situation) -> tuple[str, ...]:
    """Return the fact to ask for when the next charge cannot be dated."""
    if not case.renews or case.billing.coming:
        return ()
    if case.offer.period is None:
        return ("renews_at",)
    return ("trial_ends_at",) if case.facts.had_trial else ("purchased_at",)


def basis(case: Situation) -> tuple[Reason, ...]:
    """Return why the next charge is on its day, or why there is none."""
    bill, zones = case.billing, case.facts.zones
    if case.facts.cancelled_at is not None:
        return (Reason(code="already_cancelled", text=say("already_cancelled")),)
    if case.offer.sold_as in _ONCE:
        return (Reason(code="nothing_renews", text=say("nothing_renews")),)
    if bill.next_charge is None:
        return ()
    reasons = []
    if bill.in_trial:
        claims = _claims_on(case, "trial")
        code = "trial_stated" if bill.assumed_trial else "trial_runs"
        reasons.append(Reason(code=code, text=say(code), claims=claims))
    if bill.projected:
        day = day_of(bill.next_charge, zones)
        reasons.append(Reason(code="anchored", text=say("anchored", day=day)))
    return tuple(reasons)


def _claims_on(case: Situation, topic: str) -> tuple[Claim, ...]:
    terms = speaking(case.service, topic, case.facts)
    return text_on(terms, case.epoch, case.known, _NOTHING_OPEN).claims


def renewal(case: Situation) -> Topic:
    """Return when the next charge comes, and how much; no day where none will."""
    charge = case.billing.next_charge
    return Topic(
        handled_by=case.channel.handled_by,
        at=charge,
        amount=case.facts.price if charge is not None else None,
        because=basis(case),
        asks=missing(case),
    )


def access(case: Situation) -> Topic:
    """Return when paid access ends if nothing more is paid, and what is left then."""
    terms = speaking(case.service, "access", case.facts)
    text = text_on(terms, case.epoch, case.known, _NOTHING_OPEN)
    until = case.billing.paid_until
    lasting = [term.window.length for term in text.terms if term.window]
    payment = case.billing.payment
    if until is None and lasting and payment is not None:
        until = periods.add(day_of(payment, case.facts.zones), lasting[0])
    reasons = (_reason(text, terms, case.epoch, case.known), *basis(case))
    return Topic(
        until=until,
        then=tuple(claim.value for claim in text.claims),
        because=reasons,
        asks=missing(case),
    )
