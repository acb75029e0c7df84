"""*Know*: raw facts in, a verdict out; no database, no network."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.billed_names import channel_of_mark, without_mark
from rescind.adapters.data.catalogue import (
    Catalogue,
    other_service,
    with_lengths_of_person,
)
from rescind.adapters.data.law import read_law
from rescind.adapters.data.line_names import Seller, name_in_line, seller_of, with_star
from rescind.adapters.data.named_channels import with_named_channel
from rescind.adapters.data.working_days import post_days
from rescind.adapters.input.facts import PAYPAL, read_facts, read_lengths, taken_as
from rescind.adapters.input.statement_line import WrittenLine, read_line
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.text import clean_line
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, FactKind, facts_of
from rescind.core.know.law import Law
from rescind.core.know.verdict import verdict
from rescind.core.model.catalogue import UNNAMED, Offer, Service, SoldAs
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts
from rescind.core.model.law import Body, Right, WithdrawalLaw
from rescind.core.model.period import Period
from rescind.core.model.verdict import Caution
from rescind.settings import data_folder


@cache
def catalogue(overlay: Path | None = None) -> Catalogue:
    """Return the catalogue, with the user's own folder laid over it if there is one."""
    own = overlay or data_folder() / "catalogue-overlay"
    return Catalogue(own if own.is_dir() else None)


@cache
def law() -> Law:
    """Return the statutory rights on file."""
    return read_law()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawOfPlace:
    """The law on file for a place."""

    withdrawal: tuple[WithdrawalLaw, ...]
    rights: tuple[Right, ...]
    bodies: tuple[Body, ...]
    """Who takes complaints."""


def law_of(place: str) -> LawOfPlace:
    """Return the law on file for a place (ISO 3166), and for its whole country."""
    books = law()
    places = dict.fromkeys((place, place[:2]))
    return LawOfPlace(
        withdrawal=tuple(r for p in places for r in books.withdrawal.get(p, ())),
        rights=tuple(
            right
            for right in books.rights
            if not right.regions or right.regions & places.keys()
        ),
        bodies=tuple(books.bodies_for(place)),
    )


def check(raw: Mapping[str, Any]) -> Checked:
    """Return the verdict on facts as a person or a program wrote them.

    Raises BadInput for facts that cannot be used or that contradict each other.
    """
    raw = named(raw)
    input_facts = read_facts(
        raw, now=clock.now(), find=lambda slug: find_service(slug, raw)
    )
    facts, not_used = input_facts.facts, input_facts.not_used
    if facts.payment_method is None and _is_paid_by_paypal(raw):
        # who is charged by PayPal pays by it, while nothing else is told
        facts = replace(facts, payment_method=PAYPAL)
    service = find_service(facts.service, raw)
    if facts.service != OTHER:
        own = _own_lengths(catalogue().service(facts.service), raw)
        only_other = [
            fact.name
            for fact in FACTS.values()
            if fact.only_other and fact.name not in own
        ]
        told = [name for name in only_other if raw.get(name) is not None]
        if told:
            also = () if own else ("renews_open",)
            nothing: Mapping[str, Any] = dict.fromkeys((*only_other, *also))
            is_used = _is_paid_so(service, facts)
            in_vain = (n for n in told if not (is_used and FACTS[n].tells_offer))
            facts, not_used = replace(facts, **nothing), (*not_used, *in_vain)
    answer = verdict(facts, service, law())
    if facts.channel != PAYPAL and _is_paid_by_paypal(raw):
        note = Caution.of("paid_by_paypal")
        answer = replace(answer, warnings=(*answer.warnings, note))
    if facts.by_month:
        note = Caution.of("told_by_month")
        answer = replace(answer, warnings=(*answer.warnings, note))
    if not_used:
        note = Caution.of("fact_not_used", facts=not_used)
        answer = replace(answer, warnings=(*answer.warnings, note))
    return Checked(
        facts=facts,
        service=service,
        verdict=answer,
        takes_post=post_days(facts.country or ""),
    )


def _is_paid_by_paypal(raw: Mapping[str, Any]) -> bool:
    return str(raw.get("channel")).strip().lower() == PAYPAL


def named(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the facts with the service by its slug, and its contract's kind by ours.

    A service that is not on file is ``other``, with what it was called as the
    merchant. A line of a statement also tells who took the money, and how much. Raises
    BadInput for a name that is close to one on file.
    """
    facts = with_contract_kind(raw)
    name = facts.get("service")
    if name is None:
        name = facts.get("merchant")
    if not isinstance(name, str) or not name.strip() or name.strip().lower() == OTHER:
        return facts
    name = with_star(name)
    line = read_line(name, today=clock.today())
    if line.is_of_statement:
        facts = {**facts, **_sum_in(line, facts), "merchant": None}
        name = line.name
    is_line = line.is_of_statement or seller_of(name) is not None
    bare = name_in_line(name).name if seller_of(name) is not None else name
    slug = catalogue().slug_of(bare)
    if facts.get("channel") is None:
        facts = {**facts, **channel_in(name, slug)}
    if slug is not None:
        return {**facts, "service": slug}
    called = name_in_line(name).name if is_line else without_mark(bare)
    merchant = facts.get("merchant") or called
    return {**facts, "service": OTHER, "merchant": merchant}


def _sum_in(line: WrittenLine, facts: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the price that a line of a statement tells, unless another was told."""
    if not line.price or facts.get("price") is not None:
        return {}
    country = facts.get("country")
    place = country if isinstance(country, str) else None
    try:
        return {"price": str(read_written_money(line.price, "price", country=place))}
    except BadInput:
        # which money it is nobody can tell: the price is asked for
        return {}


def channel_in(name: str, slug: str | None) -> Mapping[str, str]:
    """Return through whom a service is billed, where a line of a statement tells.

    Nothing where the one on file is not billed so: then the line was misread.
    """
    channel, sold = channel_of_mark(name), seller_of(name)
    if sold is not None:
        return sold_by(sold[0], slug)
    if channel is None:
        return {}
    known = channel if slug is None else taken_as(channel, catalogue().service(slug))
    return {"channel": channel} if known else {}


def sold_by(seller: Seller, slug: str | None) -> Mapping[str, str]:
    """Return who billed, where a line names one that sells for the maker.

    Who has no channel on file, or none of this service, is a partner with a name.
    """
    channels = {} if slug is None else catalogue().service(slug).channels
    if seller.channel and (slug is None or seller.channel in channels):
        return {"channel": seller.channel}
    if slug is not None and PARTNER not in channels:
        return {}
    return {"channel": PARTNER, "billed_by": seller.name}


PARTNER = "partner"
"""The channel of somebody else that bills: who it is, the person says."""


def with_contract_kind(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the facts with ``contract_kind`` under the name it has among them.

    Where ``kind`` is a letter's, the contract's has this name to be told apart.
    """
    facts = dict(raw)
    kind = facts.pop("contract_kind", None)
    return facts if kind is None else facts | {"kind": kind}


OTHER = "other"
"""The service that no entry of the catalogue describes."""


def find_service(slug: str, raw: Mapping[str, Any]) -> Service:
    """Return a service of the catalogue, or the one that the facts describe.

    Who billed in the merchant's stead is called as the person says. Raises BadInput
    when there is none of that name, or no merchant is given.
    """
    service, name = _found(slug, raw), raw.get("billed_by")
    channel = service.channels.get(str(raw.get("channel")).strip().lower())
    is_named = isinstance(name, str) and bool(name.strip())
    if channel is None or channel.slug not in UNNAMED or not is_named:
        return service
    named = replace(channel, handled_by=clean_line(str(name), "billed_by"))
    return replace(service, channels={**service.channels, channel.slug: named})


def _found(slug: str, raw: Mapping[str, Any]) -> Service:
    if slug != OTHER:
        service, stated = catalogue().service(slug), read_lengths(raw)
        own = _own_lengths(service, raw)
        lengths = tuple(
            (name, length)
            for name, length in stated.items()
            if name in own and isinstance(length, Period)
        )
        often = stated.get("period")
        if isinstance(often, Period) and not raw.get("offer"):
            service = _paid_as_often(service, often)
        day = clock.now().date()
        return with_lengths_of_person(service, lengths, day) if lengths else service
    merchant, kind = raw.get("merchant"), raw.get("kind")
    if not isinstance(merchant, str) or not merchant.strip():
        raise BadInput("merchant", "a service not in the catalogue needs its merchant")
    kinds = FACTS["kind"].choices
    if kind is not None and kind not in kinds:
        raise BadInput.unknown_value("kind", str(kind), kinds)
    stated = read_lengths(raw)
    lengths = tuple((n, p) for n, p in stated.items() if isinstance(p, Period))
    is_bound = bool(raw.get("term_ends_at"))
    name = clean_line(merchant, "merchant")
    other = _other(name, kind, lengths, is_bound=is_bound)
    return _with_channel(other, str(raw.get("channel")).strip().lower())


@cache
def _paid_as_often(service: Service, often: Period) -> Service:
    """Return a service with the offers that are paid for so often; all if none is."""
    fitting = {
        slug: offer
        for slug, offer in service.offers.items()
        if _can_be_paid_so(offer, often)
    }
    return replace(service, offers=fitting) if fitting else service


def _can_be_paid_so(offer: Offer, often: Period) -> bool:
    """Return whether an offer is paid for so often, as far as that is known."""
    if offer.sold_as not in {SoldAs.SUBSCRIPTION, SoldAs.PREPAID}:
        return False
    return offer.period is None or offer.period.is_as_long_as(often)


def _is_paid_so(service: Service, facts: Facts) -> bool:
    """Return whether what was bought can be paid for as often as the person says."""
    chosen, often = service.offers.get(facts.offer or ""), facts.period
    bought = [chosen] if chosen is not None else list(service.offers.values())
    return often is not None and all(_can_be_paid_so(each, often) for each in bought)


_OWN_LENGTHS = frozenset({"term", "notice", "renewal_term"})
"""What a person may say of their own contract where a service's contracts differ."""


def _own_lengths(service: Service, raw: Mapping[str, Any]) -> frozenset[str]:
    """Return the lengths that the person's own contract decides, and no entry.

    Where what was bought is sold in several lengths, so is the period that is paid for.
    """
    chosen = service.offers.get(str(raw.get("offer") or ""))
    sold = (chosen,) if chosen is not None else tuple(service.offers.values())
    renewing = [offer for offer in sold if offer.sold_as is SoldAs.SUBSCRIPTION]
    if renewing and all(offer.period is None for offer in renewing):
        return _OWN_LENGTHS | {"period"}
    return _OWN_LENGTHS if service.contracts else frozenset()


def described(merchant: str, facts: Facts) -> Service:
    """Return the service that facts describe, of a merchant that is not on file."""
    stated = ((f.name, getattr(facts, f.name)) for f in facts_of(FactKind.LENGTH))
    lengths = tuple((name, length) for name, length in stated if length is not None)
    is_bound = facts.term_ends_at is not None
    other = _other(merchant, facts.kind, lengths, is_bound=is_bound)
    return _with_channel(other, facts.channel or "")


def _other(
    merchant: str,
    kind: str | None,
    lengths: tuple[tuple[str, Period], ...],
    *,
    is_bound: bool,
) -> Service:
    today = clock.today()
    return other_service(merchant, kind or "service", lengths, today, is_bound=is_bound)


@cache
def _with_channel(service: Service, channel: str) -> Service:
    return with_named_channel(service, channel)
