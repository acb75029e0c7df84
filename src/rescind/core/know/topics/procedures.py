"""The procedures: topics that the texts alone decide, whatever the date."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rescind.core.know.billing import latest_before, safe_before
from rescind.core.know.clauses import Known, terms_about
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.topics.answer import answer_by, text_elsewhere
from rescind.core.model.catalogue import (
    BillingChannel,
    Offer,
    Service,
    Term,
    find_route,
)
from rescind.core.model.verdict import Answer, Topic

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


def procedures(purchase: JudgedPurchase) -> Mapping[str, Topic]:
    """Answer the topics that no date decides, by the texts of the purchase day."""
    topics = _procedures(
        purchase.service,
        purchase.offer,
        purchase.channel,
        purchase.epoch,
        purchase.known,
    )
    return {**topics, "resume": _in_time(topics["resume"], purchase)}


def _in_time(topic: Topic, purchase: JudgedPurchase) -> Topic:
    """Return whether a cancellation can be undone, with its last moments.

    That is the end of what is paid for: later only a new contract helps.
    """
    until = purchase.billing.paid_until
    is_open = purchase.facts.cancelled_at is not None and topic.answer is not Answer.NO
    if until is None or not is_open:
        return topic
    return replace(
        topic,
        act_by=safe_before((until,), purchase.channel.early_charge_hours),
        latest=latest_before(until, purchase.facts.zones),
    )


@lru_cache(maxsize=65536)
def _procedures(
    service: Service, offer: Offer, channel: BillingChannel, day: date, known: Known
) -> Mapping[str, Topic]:
    who = _Who(service, offer, channel)
    return {name: _procedure(who, name, day, known) for name in PROCEDURES}


def _procedure(who: "_Who", name: str, day: date, known: Known) -> Topic:
    terms, country = who.terms(name, known), who.country(known)
    away = () if terms or country is None else who.everywhere(name)
    outcome = text_elsewhere(away) if away else answer_by(terms, day, known)
    route = None
    if outcome.answer is not Answer.NO:
        slugs = (who.offer.slug, who.channel.slug)
        route = find_route(who.service, name, *slugs, country)
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
    channel: BillingChannel

    def terms(self, topic: str, known: Known) -> tuple[Term, ...]:
        """Return the terms about a topic, from all times and sources."""
        slugs = (self.offer.slug, self.channel.slug)
        return terms_about(self.service, topic, *slugs, self.country(known))

    def everywhere(self, topic: str) -> tuple[Term, ...]:
        """Return the terms about a topic of all countries."""
        slugs = (self.offer.slug, self.channel.slug)
        return terms_about(self.service, topic, *slugs, None)

    def country(self, known: Known) -> str | None:
        """Return the buyer's country, as far as it is known."""
        country = known["country"]
        return country if isinstance(country, str) else None

    def handles(self, topic: str) -> str:
        """Return who has to be asked about a topic."""
        if topic in _MERCHANTS_OWN:
            return self.service.name
        if topic in _BY_BILLER:
            return self.offer.handled_by or self.channel.handled_by
        return self.offer.handled_by or self.service.name
