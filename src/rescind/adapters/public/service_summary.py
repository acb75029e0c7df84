"""A service at a glance: one row for each kind of purchase, and the whole record."""

from dataclasses import dataclass
from typing import TypedDict

from rescind.adapters.data.audit import grade
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.verdict import (
    ClaimJson,
    MoneyJson,
    claim_json,
)
from rescind.core.model.catalogue import Offer, Service, Term, find_route
from rescind.core.model.source import OFFICIAL, RANK, Source, SourceKind
from rescind.core.model.verdict import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What holds for one offer through one channel today."""

    offer: str
    name: str
    channel: str
    billed_by: str
    how_to_cancel: str
    window: str
    refundable: str
    since: str
    source: str


def at_a_glance(service: Service) -> tuple[Row, ...]:
    """Return the table: each offer from whom it is usually bought, then from stores."""
    usual = next(iter(service.channels)) if "web" not in service.channels else "web"
    rows = [_row(service, offer, usual, usual) for offer in service.offers.values()]
    some = next(iter(service.offers.values()))
    stores = [s for s in ("apple", "google") if s in service.channels and s != usual]
    rows += [_row(service, some, slug, usual) for slug in stores]
    return tuple(rows)


def _row(service: Service, offer: Offer, channel: str, usual: str) -> Row:
    """Return one row; what somebody else paid for gives nothing back."""
    terms = _current(service, offer, channel)
    term = next((t for t in terms if t.window), next(iter(terms), None))
    route = find_route(service, "cancel", offer.slug, channel)
    bought_in_store = channel != usual
    handled_by = offer.handled_by or service.channels[channel].handled_by
    return Row(
        offer="any" if bought_in_store else offer.slug,
        name="Any purchase in the app" if bought_in_store else offer.name,
        channel=channel,
        billed_by=service.channels[channel].handled_by
        if bought_in_store
        else handled_by,
        how_to_cancel=" ".join(route.steps[:3]) if route else "not known",
        window=_window(term),
        refundable=_refundable(terms, handled_by)
        if offer.paid_by_consumer
        else "no: the learner paid nothing",
        since=str(term.claim.in_force.first or "not dated") if term else "not known",
        source=term.claim.source.title if term else "no source",
    )


def _current(service: Service, offer: Offer, channel: str) -> list[Term]:
    """Return the strongest unconditional refund terms that have not ended."""
    fitting = [
        term
        for term in service.terms
        if term.topic == "refund"
        and (not term.offers or offer.slug in term.offers)
        and (not term.channels or channel in term.channels)
        and not any(c.exceptional or c.equals is True for c in term.conditions)
        and term.claim.in_force.last is None
        and not term.vague
    ]
    best = min((RANK[term.claim.source.kind] for term in fitting), default=0)
    return [term for term in fitting if RANK[term.claim.source.kind] == best]


def _window(term: Term | None) -> str:
    if term is None:
        return "not known"
    if term.window is None:
        return "none" if term.answer is Answer.NO else "not stated"
    ends = ", or until the first certificate" if term.ends_with else ""
    length = ENGLISH.write(term.window.length)
    return f"{length} from {term.window.counted_from.value}{ends}"


def _refundable(terms: list[Term], handled_by: str) -> str:
    answers = {term.answer for term in terms}
    if len(answers) > 1 and len({term.regions for term in terms}) > 1:
        return "the country decides"
    if len(answers) > 1:
        return "disputed: the terms contradict each other"
    if not terms:
        return "not known"
    if terms[0].answer is Answer.UNKNOWN:
        return f"{handled_by} decides"
    if terms[0].claim.source.kind not in OFFICIAL:
        return f"{terms[0].answer.value} (a guide says so)"
    return terms[0].answer.value


class RowJson(TypedDict):
    """What holds for one offer through one channel today, in words."""

    offer: str
    name: str
    channel: str
    billed_by: str
    how_to_cancel: str
    window: str
    refundable: str
    since: str
    source: str


class OfferJson(TypedDict):
    """What is sold, how, and for how long."""

    name: str
    sold_as: str
    period: str | None


class VersionJson(TypedDict):
    """A version of the merchant's terms on file."""

    id: str
    title: str
    dated: str | None
    seen_on: str
    note: str


class TermJson(ClaimJson):
    """A term, what it answers, and where it holds; empty: everywhere."""

    topic: str
    answer: str
    offers: list[str]
    channels: list[str]
    regions: list[str]


class ContactJson(ClaimJson):
    """An address of the merchant, what it is for, and whether it works."""

    kind: str
    use: str
    in_use: bool
    worked_on: str | None


class IdentifierJson(TypedDict):
    """By what the merchant finds a contract."""

    fact: str
    label: str
    required: bool


class PriceOnFileJson(ClaimJson):
    """What was asked for an offer in some countries, and when that was last seen."""

    offer: str
    channels: list[str]
    regions: list[str]
    amount: MoneyJson
    period: str | None
    """What it is asked for; ``None``: once."""
    seen_on: str
    without_tax: bool
    promotional: bool


class ServiceJson(TypedDict):
    """The whole record of a service."""

    service: str
    name: str
    website: str | None
    grade: str
    """What it rests on: ``archived``, ``official`` or ``guides``."""
    checked_on: str
    terms_last_seen_on: str
    official_domains: list[str]
    at_a_glance: list[RowJson]
    offers: dict[str, OfferJson]
    channels: dict[str, str]
    """Who bills, by the channel."""
    versions: list[VersionJson]
    terms: list[TermJson]
    prices: list[PriceOnFileJson]
    contacts: list[ContactJson]
    identifiers: list[IdentifierJson]
    descriptors: list[ClaimJson]
    facts: list[ClaimJson]


def service_json(service: Service) -> ServiceJson:
    """Return the whole record of a service."""
    return {
        "service": service.slug,
        "name": service.name,
        "website": service.website,
        "grade": grade(service),
        "checked_on": str(service.checked_on),
        "terms_last_seen_on": str(service.terms_last_seen_on),
        "official_domains": list(service.official_domains),
        "at_a_glance": [_row_json(row) for row in at_a_glance(service)],
        "offers": {
            o.slug: {
                "name": o.name,
                "sold_as": o.sold_as.value,
                "period": o.period.iso() if o.period else None,
            }
            for o in service.offers.values()
        },
        "channels": {c.slug: c.handled_by for c in service.channels.values()},
        "versions": [
            {
                "id": s.id,
                "title": s.title,
                "dated": s.dated,
                "seen_on": str(s.seen_on),
                "note": s.note,
            }
            for s in versions(service)
        ],
        "terms": [
            {
                "topic": t.topic,
                "answer": t.answer.value,
                "offers": sorted(t.offers),
                "channels": sorted(t.channels),
                "regions": sorted(t.regions),
                **claim_json(t.claim),
            }
            for t in service.terms
        ],
        "prices": [
            {
                "offer": p.offer,
                "channels": sorted(p.channels),
                "regions": sorted(p.regions),
                "amount": {
                    "amount": str(p.amount.amount),
                    "currency": p.amount.currency,
                },
                "period": p.period.iso() if p.period else None,
                "seen_on": p.seen_on.isoformat(),
                "without_tax": p.without_tax,
                "promotional": p.promotional,
                **claim_json(p.claim),
            }
            for p in service.prices
        ],
        "contacts": [
            {
                "id": c.claim.id,
                "kind": c.kind,
                "use": c.use,
                "value": c.claim.value,
                "in_use": c.in_use,
                "worked_on": c.worked_on.isoformat() if c.worked_on else None,
                **claim_json(c.claim),
            }
            for c in service.contacts
        ],
        "identifiers": [
            {"fact": i.fact, "label": i.label, "required": i.required}
            for i in service.identifiers
        ],
        "descriptors": [claim_json(c) for c in service.descriptors],
        "facts": [claim_json(c) for c in service.facts],
    }


def _row_json(row: Row) -> RowJson:
    return {
        "offer": row.offer,
        "name": row.name,
        "channel": row.channel,
        "billed_by": row.billed_by,
        "how_to_cancel": row.how_to_cancel,
        "window": row.window,
        "refundable": row.refundable,
        "since": row.since,
        "source": row.source,
    }


def versions(service: Service) -> list[Source]:
    """Return the versions of the merchant's terms on file, oldest first."""
    return [
        s
        for s in service.sources.values()
        if s.kind is SourceKind.OFFICIAL_TERMS and s.seen_on is not None
    ]
