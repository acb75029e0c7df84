"""The verdict: every topic for one purchase, and the questions still open."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias, TypeVar

from rescind.core.facts import in_order
from rescind.core.know.contradictions import localised, refuse_contradictions
from rescind.core.know.ending import Ending
from rescind.core.know.law import Law
from rescind.core.know.law_warnings import nothing_on_event, nothing_on_file
from rescind.core.know.open_lengths import with_open_lengths
from rescind.core.know.parts import ending_of, with_parts
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.renewal import lawful_purchase
from rescind.core.know.rights import TAKEN, entitlements, sheet
from rescind.core.know.topics.cancel import cancel
from rescind.core.know.topics.procedures import procedures
from rescind.core.know.topics.refund import refund
from rescind.core.know.topics.renewal_access import access, renewal
from rescind.core.know.topics.withdrawal import withdrawal
from rescind.core.know.warnings import warnings
from rescind.core.model.catalogue import Service, find_route
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.verdict import (
    COUNTED_BACK,
    OPEN_LENGTHS,
    TOPICS,
    Answer,
    Caution,
    Entitlement,
    Reason,
    Topic,
    Verdict,
)

_Pair: TypeAlias = tuple[str, str]
"""A channel and an offer that are tried together."""
_Same = TypeVar("_Same")
_AXES = ("channel", "offer")


def verdict(facts: Facts, service: Service, law: Law) -> Verdict:
    """Return all topics for a purchase.

    Raises BadInput when facts contradict each other. An offer or a channel that is
    not known is tried with every value the service has; only what all of them share
    is answered.
    """
    facts = localised(facts)
    refuse_contradictions(facts)
    offers = (facts.offer,) if facts.offer else tuple(service.offers)
    channels = (facts.channel,) if facts.channel else tuple(service.channels)
    tried = {
        (channel, offer): _judge(_with(facts, channel, offer), service, law)
        for channel in channels
        for offer in offers
    }
    if len(tried) == 1:
        return next(iter(tried.values()))
    return _shared(facts, tried)


def _with(facts: Facts, channel: str, offer: str) -> Facts:
    if facts.channel == channel and facts.offer == offer:
        return facts
    return replace(facts, channel=channel, offer=offer)


def _judge(facts: Facts, service: Service, law: Law) -> Verdict:
    assert facts.offer is not None  # noqa: S101 - filled in by the caller
    assert facts.channel is not None  # noqa: S101 - filled in by the caller
    offer, channel = service.offers[facts.offer], service.channels[facts.channel]
    purchase = lawful_purchase(facts, service, offer, channel, law)
    right = law.withdrawal_for(purchase.facts, purchase.kind)
    known = sheet(purchase)
    way = with_open_lengths(ending_of(purchase, law, known), facts, purchase, law)
    if facts.cancelled_at is not None:
        purchase = replace(purchase, ended_on=way.ends_on)
    topics = _if_withdrawn(purchase, _topics(purchase, right, law, way))
    asks = {fact for topic in topics.values() for fact in topic.asks}
    known["has_withdrawal"] = topics["withdrawal"].answer is Answer.YES
    known |= {name: getattr(facts, name) for name in TAKEN}
    rights = entitlements(purchase, law, known)
    return Verdict(
        service=service.slug,
        merchant=service.name,
        offer=facts.offer,
        as_of=facts.as_of,
        topics=topics,
        rights=rights,
        money_back=_money_back(topics),
        warnings=(
            *warnings(purchase, topics, right),
            *nothing_on_file(purchase, topics, law),
            *nothing_on_event(facts, rights),
        ),
        documents=tuple(item.label for item in service.identifiers),
        asks=in_order(asks),
    )


def _money_back(topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return the ways to money back, the better one for the consumer first.

    A sure one comes before a doubtful one, more money before less, and then the one
    that stays open longer.
    """
    found = [name for name in ("refund", "withdrawal") if _promises(topics[name])]
    if topics["cancel"].amount is not None:
        found.append("cancel")
    return tuple(sorted(found, key=lambda name: _rank(topics[name])))


def _promises(topic: Topic) -> bool:
    return topic.answer in _PROMISING


_PROMISING = (Answer.YES, Answer.DISPUTED, Answer.DEPENDS)


def _rank(topic: Topic) -> tuple[int, Decimal, float]:
    sureness = _PROMISING.index(topic.answer) if topic.answer else 0
    amount = topic.amount.amount if topic.amount else Decimal(0)
    until = topic.latest.timestamp() if topic.latest else 0.0
    return sureness, -amount, -until


def _topics(
    purchase: JudgedPurchase, right: WithdrawalLaw | None, law: Law, way: Ending
) -> dict[str, Topic]:
    return {
        "cancel": with_parts(cancel(purchase, way), purchase, law, way),
        "renewal": renewal(purchase),
        "access": access(purchase),
        "refund": _routed(purchase, "refund", refund(purchase)),
        "withdrawal": _routed(purchase, "withdrawal", withdrawal(purchase, right, law)),
        **procedures(purchase),
    }


def _if_withdrawn(
    purchase: JudgedPurchase, topics: dict[str, Topic]
) -> dict[str, Topic]:
    """Return the topics of a contract that a withdrawal in time ended on its day."""
    sent = purchase.facts.withdrawn_at
    if sent is None or topics["withdrawal"].answer is not Answer.YES:
        return topics
    told, because = day_of(sent, purchase.facts.zones), (Reason.of("withdrawn"),)
    cancel, renewal = topics["cancel"], topics["renewal"]
    return topics | {
        "cancel": Topic(
            answer=Answer.UNKNOWN,
            handled_by=cancel.handled_by,
            because=because,
        ),
        "renewal": Topic(handled_by=renewal.handled_by, because=because),
        "access": replace(topics["access"], until=told, asks=()),
    }


def _routed(purchase: JudgedPurchase, name: str, topic: Topic) -> Topic:
    """Add the steps of the topic's route, where there is something to be done."""
    if topic.answer is Answer.NO:
        return topic
    slugs = (purchase.offer.slug, purchase.channel.slug)
    route = find_route(purchase.service, name, *slugs, purchase.facts.country)
    if route is None:
        return topic
    return replace(topic, steps=route.steps, link=route.link)


def _shared(facts: Facts, tried: Mapping[_Pair, Verdict]) -> Verdict:
    """Return what verdicts for different channels and offers have in common."""
    topics = {
        name: _common({pair: v.topics[name] for pair, v in tried.items()})
        for name in TOPICS
    }
    some = next(iter(tried.values()))
    asks = {fact for topic in topics.values() for fact in topic.asks}
    return Verdict(
        service=some.service,
        merchant=some.merchant,
        offer=facts.offer,
        as_of=facts.as_of,
        topics=topics,
        rights=_common_rights(list(tried.values())),
        money_back=_money_back(topics),
        warnings=(
            *_common_warnings(list(tried.values())),
            *_where_to_look(facts, topics["cancel"]),
        ),
        documents=some.documents,
        asks=in_order(asks),
    )


def _where_to_look(facts: Facts, cancel: Topic) -> Iterator[Caution]:
    """Yield how to find out who bills, where that is not known and decides."""
    if facts.channel is None and cancel.handled_by is None:
        yield Caution.of("biller_unknown")


def _common(topics: Mapping[_Pair, Topic]) -> Topic:
    """Return the topic that all pairs share, or ask for what tells them apart."""
    every = list(topics.values())
    if all(topic == every[0] for topic in every):
        return every[0]
    asks = [name for axis, name in enumerate(_AXES) if _varies(topics, axis)]
    shared = set.intersection(*(set(topic.asks) for topic in every))
    answers = {topic.answer for topic in every}
    code = "channel_decides" if "channel" in asks else "offer_decides"
    condition = _condition(every)
    lengths = ("term", "notice") if condition else ()
    return Topic(
        answer=answers.pop() if len(answers) == 1 else Answer.DEPENDS,
        handled_by=_same(topic.handled_by for topic in every),
        act_by=min((t.act_by for t in every if t.act_by), default=None),
        latest=max((t.latest for t in every if t.latest), default=None),
        ends_on=_same(topic.ends_on for topic in every),
        any_day=all(topic.any_day for topic in every),
        because=(*_earliest(topics), Reason.of(code), *condition)
        if asks
        else _agreed(every),
        asks=(*asks, *sorted({*shared, *lengths})),
    )


def _earliest(topics: Mapping[_Pair, Topic]) -> tuple[Reason, ...]:
    """Return that the day named is the earliest of what each biller wants."""
    offers = {offer for _, offer in topics}
    is_spread = any(
        len({t.act_by for (_, o), t in topics.items() if o == offer and t.act_by}) > 1
        for offer in offers
    )
    return (Reason.of("earliest_of_billers"),) if is_spread else ()


_OF_END = OPEN_LENGTHS | {COUNTED_BACK}


def _condition(every: list[Topic]) -> tuple[Reason, ...]:
    """Return what the end that they share turns on in some of them.

    A store ends what it bills on that day; whoever else bills may bind for longer.
    """
    if _same(topic.ends_on for topic in every) is None:
        return ()
    reasons = (reason for topic in every for reason in topic.because)
    return tuple(reason for reason in reasons if reason.code in _OF_END)[:1]


def _agreed(every: list[Topic]) -> tuple[Reason, ...]:
    return tuple(r for r in every[0].because if all(r in t.because for t in every))


def _varies(topics: Mapping[_Pair, Topic], axis: int) -> bool:
    """Return whether the result changes along one axis while the other is kept."""
    seen: dict[str, object] = {}
    for pair, topic in topics.items():
        result = _result(topic)
        if seen.setdefault(pair[1 - axis], result) != result:
            return True
    return False


def _result(topic: Topic) -> tuple[object, ...]:
    days = (topic.act_by, topic.at, topic.until, topic.ends_on)
    return (topic.answer, topic.handled_by, *days)


def _same(values: Iterable[_Same | None]) -> _Same | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _common_rights(tried: list[Verdict]) -> tuple[Entitlement, ...]:
    """Return the rights that stand the same way in every verdict."""
    return tuple(r for r in tried[0].rights if all(r in v.rights for v in tried[1:]))


def _common_warnings(tried: list[Verdict]) -> tuple[Caution, ...]:
    codes = set.intersection(*({w.code for w in v.warnings} for v in tried))
    return tuple(w for w in tried[0].warnings if w.code in codes)
