"""Warnings: what to mind that does not change the answer; their codes are fixed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import lru_cache

from rescind.core.know.clauses import speaking
from rescind.core.know.law_warnings import about_law
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.catalogue import Note, Service, Term, is_in
from rescind.core.model.facts import day_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import OFFICIAL, Claim
from rescind.core.model.verdict import Answer, Caution, Topic
from rescind.core.periods import EARLIEST_ZONE

_HOPEFUL = frozenset({Answer.YES, Answer.DEPENDS, Answer.DISPUTED})

_GIVEN_AS = {"pre_enrolled": "course_starts_on", "upgraded": "upgraded_from"}
"""Facts that follow from others, by what a person would give."""


def warnings(
    purchase: JudgedPurchase, topics: Mapping[str, Topic], right: WithdrawalLaw | None
) -> tuple[Caution, ...]:
    """Return the warnings for a purchase, those of the catalogue first."""
    return (
        *_noted(purchase, topics),
        *_computed(purchase, topics),
        *_owed(topics, right),
        *about_law(purchase, topics, right),
    )


def _owed(
    topics: Mapping[str, Topic], right: WithdrawalLaw | None
) -> Iterator[Caution]:
    claims, withdrawal = right.share_claims if right else (), topics["withdrawal"]
    is_whole = withdrawal.owed is not None and not withdrawal.owed.amount
    if claims and withdrawal.answer in _HOPEFUL and not is_whole:
        yield Caution.of("share_due", claims)


def _noted(purchase: JudgedPurchase, topics: Mapping[str, Topic]) -> Iterator[Caution]:
    for note in _notes(purchase.service, purchase.offer.slug, purchase.channel.slug):
        if is_in(purchase.facts.country, note.regions) and _is_shown(
            note, purchase, topics
        ):
            yield _caution(note)


@lru_cache(maxsize=4096)
def _caution(note: Note) -> Caution:
    return Caution(code=note.code, says=note.text, claims=note.claims)


@lru_cache(maxsize=4096)
def _notes(service: Service, offer: str, channel: str) -> tuple[Note, ...]:
    return tuple(
        note
        for note in service.notes
        if (not note.offers or offer in note.offers)
        and (not note.channels or channel in note.channels)
    )


def _is_shown(
    note: Note, purchase: JudgedPurchase, topics: Mapping[str, Topic]
) -> bool:
    if note.shown == "refund_open":
        return topics["refund"].answer in _HOPEFUL
    if note.shown == "renewing":
        return purchase.renews
    if note.shown == "trial":
        return bool(purchase.facts.had_trial)
    return note.shown == "always"


def _computed(
    purchase: JudgedPurchase, topics: Mapping[str, Topic]
) -> Iterator[Caution]:
    guided = tuple(n for n, topic in topics.items() if topic.rests_on_guides)
    if guided:
        yield Caution.of("guides_only", topics=_named(guided))
    if topics["refund"].answer in _HOPEFUL:
        yield from _about_refund(purchase)
    late = tuple(
        n for n in ("cancel", "refund", "withdrawal") if _is_late(purchase, topics[n])
    )
    if late:
        still = _in_time([topics[name] for name in late], purchase)
        yield Caution.of("safe_moment_passed", topics=_named(late), in_time=still)
    seen = purchase.service.terms_last_seen_on
    if seen is not None and purchase.judged_on > seen:
        yield Caution.of("terms_last_seen", day=seen)
    read, today = purchase.service.checked_on, purchase.facts.as_of
    if read and (day_of(today, purchase.facts.zones) - read).days > _ENTRY_OLD:
        yield Caution.of("entry_old", day=read)


def _in_time(late: list[Topic], purchase: JudgedPurchase) -> Sentence:
    """Return that it may be in time; the very last day, where that lies ahead."""
    topic, zones = late[0], purchase.facts.zones
    is_sure = topic.answer is Answer.YES and not topic.asks and len(late) == 1
    if is_sure and topic.latest is not None and len(zones) == 1:
        last = day_of(topic.latest, zones)
        if last > day_of(purchase.facts.as_of, zones):
            return Sentence.of("in_time", "by", day=last)
    return Sentence.of("in_time", "perhaps")


_ENTRY_OLD = 365
"""Days after which what was read of a service is in doubt, as the audit counts."""


@lru_cache(maxsize=1024)
def _named(topics: tuple[str, ...]) -> tuple[Sentence, ...]:
    return tuple(Sentence.of("topic_in_sentence", name) for name in topics)


def _about_refund(purchase: JudgedPurchase) -> Iterator[Caution]:
    terms = [
        t
        for t in speaking(purchase.service, "refund", purchase.facts)
        if _is_now(t, purchase)
    ]
    if any("certificate_earned" in term.ends_with for term in terms):
        yield Caution.of("certificate_ends_refund", _with_certificate(terms))
    if purchase.billing.is_renewal and not any(_names_renewals(term) for term in terms):
        yield Caution.of("renewal_not_mentioned")
    facts = tuple(_exceptional(terms, purchase))
    if facts:
        yield Caution.of("exceptional_fact", facts=facts)


def _with_certificate(terms: list[Term]) -> tuple[Claim, ...]:
    return tuple(t.claim for t in terms if "certificate_earned" in t.ends_with)


def _is_now(term: Term, purchase: JudgedPurchase) -> bool:
    kind = term.claim.source.kind
    return kind in OFFICIAL and term.claim.in_force.holds(purchase.judged_on)


def _names_renewals(term: Term) -> bool:
    return any(condition.fact == "renewal" for condition in term.conditions)


def _exceptional(terms: list[Term], purchase: JudgedPurchase) -> Iterator[str]:
    facts = dict.fromkeys(
        _GIVEN_AS.get(c.fact, c.fact)
        for term in terms
        for c in term.conditions
        if c.exceptional and purchase.known[c.fact] is None
    )
    yield from facts


def _is_late(purchase: JudgedPurchase, topic: Topic) -> bool:
    if topic.act_by is None or topic.answer not in _HOPEFUL:
        return False
    if topic.refund_due_by is not None:
        # it was withdrawn from already
        return False
    as_of = purchase.facts.as_of
    if isinstance(as_of, datetime):
        return as_of > topic.act_by
    zone = purchase.facts.zones[0] if purchase.facts.zones else EARLIEST_ZONE
    return datetime.combine(as_of, time(0), zone) > topic.act_by
