"""The interview: which question to put next, so that few have to be put.

A question is put only if its answer can change the verdict: every value that stands
for an answer is tried. Of a service on file, the one is chosen that leaves the fewest
questions open in the worst case, then on average, then the one whose answers tell
most verdicts apart. Of a contract that no entry describes, whatever a person can say
of a contract is tried, and what tells most apart comes first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import log2
from typing import Any, TypeAlias

from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, LIFE_EVENTS, Fact, FactKind, Lies
from rescind.core.know.law import Law
from rescind.core.know.minimum_term import running_term
from rescind.core.know.verdict import verdict
from rescind.core.model.catalogue import Service
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.law import RightKind
from rescind.core.model.period import Period
from rescind.core.model.verdict import Answer, Topic, Verdict

Describe: TypeAlias = Callable[[Facts], Service]
"""Returns the service that facts describe: what is said of a contract is part of it."""

_FIRST = ("channel", "offer")
"""What decides which questions there are; while open, nothing else is weighed."""
_OF_A_CONTRACT = (
    *("country", "kind", "purchased_at", "sold_by", "term", "notice", "renewal_term"),
    *("period", "cancelled_at", "paid_at", "withdrawal_informed", "delivered_at"),
    *("renewal_notice_given", "life_event"),
)
"""What is tried of a contract that no entry of the catalogue describes."""
_LAW = ("country", "kind", "channel")
"""What decides which law speaks and who has to be asked, and so all other questions."""
_LAST = ("early_termination_fee", "life_event", *LIFE_EVENTS.values())
_AFTER: Mapping[str, tuple[str, ...]] = {
    "kind": ("country",),
    "channel": ("kind",),
    "withdrawal_informed": ("sold_by",),
    "term": ("purchased_at",),
    "notice": ("purchased_at", "term"),
    "renewal_term": ("term",),
    "period": ("purchased_at", "term"),
    "renews_at": ("purchased_at", "period"),
    "early_termination_fee": ("life_event",),
}
"""Facts that wait for others, whose answers may spare them."""
_SOLD_ONLINE = frozenset({"software", "streaming", "dating", "digital_content"})
_MONTH = 31
_BACK = (0, 5, 10, 20, 40, 200, 400, 800)
_AHEAD = (1, 10, 40, 300)
"""Days from the day asked about that stand for the days a date can be."""
_LENGTHS = tuple(Period.parse(text) for text in ("P14D", "P1M", "P3M", "P1Y"))
_TWO_YEARS = Period.parse("P24M")
_FOR_TWO_YEARS = frozenset({"telecom", "gym", "energy"})
"""Kinds that are sold for two years: after one of them the first term still binds."""
_STANDING = (Answer.YES, Answer.DISPUTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What asking for a fact may bring."""

    fact: str
    worst: int
    """Questions still open after the least helpful answer."""
    mean: float
    kinds: int
    """How many verdicts its answers tell apart."""
    bits: float
    """How much its answers tell, each being as likely as the others."""

    @property
    def order(self) -> tuple[int, float, int]:
        """Return the key to sort by; the least comes first."""
        return self.worst, self.mean, -self.kinds


_OF_A_FEE = Weighed(fact="early_termination_fee", worst=0, mean=0, kinds=2, bits=1)
"""A fee is weighed by the plan: it changes what leaving costs, and no right."""
_OF_AN_END = ("cancelled_at", "paid_at")
"""A contract that was ended needs no end, and no payment after it is owed: that changes
what to do, whatever rights there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """What is known before a question, and how its answers are judged."""

    facts: Facts
    service: Service
    law: Law
    describe: Describe | None = None

    def weighed(self, fact: str) -> Weighed:
        """Return what asking for a fact may bring."""
        tried = list(self._tried(fact))
        left = [len(answer.asks) for answer in tried]
        signature = _signature if self.describe is None else _full_signature
        verdicts = Counter(map(signature, tried))
        return Weighed(
            fact=fact,
            worst=max(left, default=0),
            mean=sum(left) / max(len(left), 1),
            kinds=len(verdicts),
            bits=_bits(tuple(verdicts.values())),
        )

    def verdict(self, facts: Facts) -> Verdict:
        """Return the verdict on facts; raises BadInput for contradictions."""
        service = self.service if self.describe is None else self.describe(facts)
        return verdict(facts, service, self.law)

    def _tried(self, fact: str) -> Iterator[Verdict]:
        """Yield the verdict for each answer that fits the other facts."""
        for changes in _changes(fact, self.facts, self.service, self.law):
            try:
                yield self.verdict(replace(self.facts, **changes))
            except BadInput:
                continue


def next_question(
    facts: Facts,
    service: Service,
    law: Law,
    *,
    skipped: frozenset[str] = frozenset(),
    describe: Describe | None = None,
) -> str | None:
    """Return the fact to ask for, or ``None`` when no answer would change anything.

    ``skipped`` are the facts that the person does not know; ``describe`` is given for
    a contract that no entry describes. Raises BadInput when the facts contradict each
    other.
    """
    known = Interview(facts=facts, service=service, law=law, describe=describe)
    asks = [f for f in known.verdict(facts).asks if f not in skipped]
    if describe is not None:
        return _next_of_contract(known, asks, skipped)
    first = [fact for fact in asks if fact in _FIRST]
    weighed = [known.weighed(fact) for fact in first or asks]
    telling = [item for item in weighed if item.kinds > 1]
    # Of equals, min takes the first: the verdict has them in the order of asking.
    return min(telling, key=lambda item: item.order).fact if telling else None


def _next_of_contract(
    known: Interview, asks: list[str], skipped: frozenset[str]
) -> str | None:
    """Return what tells most of a contract that no entry describes.

    What opens a way out early is asked last: it seldom happens, and what it opens
    depends on all the rest.
    """
    facts, now = known.facts, known.verdict(known.facts)
    tried = [
        known.weighed(fact)
        for fact in dict.fromkeys((*_open_facts(facts, skipped), *asks))
        if fact not in skipped
    ]
    telling = {
        item.fact: item for item in tried if item.kinds > 1 or item.fact == "kind"
    }
    for fact in _OF_AN_END:
        if fact in _open_facts(facts, skipped) and fact not in skipped:
            telling[fact] = Weighed(fact=fact, worst=0, mean=0, kinds=2, bits=2)
    if "early_termination_fee" not in skipped and _may_cost_a_fee(facts, now):
        telling["early_termination_fee"] = _OF_A_FEE
    ready = [
        item
        for item in telling.values()
        if not any(before in telling for before in _waits_for(item.fact, facts))
    ]
    for tier in (_LAW, telling.keys() - {*_LAST}, _LAST):
        some = [item for item in ready if item.fact in tier]
        if some:
            return max(some, key=lambda item: item.bits).fact
    return None


def _waits_for(fact: str, facts: Facts) -> tuple[str, ...]:
    """Return the facts that come before one, as long as they are to be asked for."""
    if facts.country is not None and fact in _LAW[:2]:
        # Which part of a country it is matters to some kinds only.
        return ("kind",) if fact == "country" else ()
    return _AFTER.get(fact, ())


def _open_facts(facts: Facts, skipped: frozenset[str]) -> Iterator[str]:
    """Yield what is not known of a contract and can be asked for."""
    told = LIFE_EVENTS.get(facts.life_event or "")
    for fact in (*_OF_A_CONTRACT, *([told] if told else [])):
        happened = any(getattr(facts, event) for event in LIFE_EVENTS.values())
        is_known = getattr(facts, fact) is not None
        if fact == "renewal_term":
            # Who does not know the term does not know how it renews.
            is_known = is_known or facts.renews_open is not None or "term" in skipped
        if fact == "life_event":
            is_known = is_known or happened
        if fact == "sold_by":
            # Unknown is taken to be online, as these are in all but rare cases.
            is_known = is_known or facts.kind in _SOLD_ONLINE
        if fact == "paid_at":
            # Else the next charge follows from the purchase.
            is_known = is_known or facts.cancelled_at is None
        if not is_known:
            yield fact


def _may_cost_a_fee(facts: Facts, now: Verdict) -> bool:
    """Return whether the first term still binds for longer than most notices run.

    Only then can a fee for leaving early be worth its sum, or be asked at all.
    """
    if facts.early_termination_fee is not None or facts.cancelled_at is not None:
        return False
    if now.topics["withdrawal"].answer is Answer.YES:
        return False
    term = running_term(facts)
    if term.ends is None or term.lapsed:
        return False
    return (term.ends - day_of(facts.as_of, facts.zones)).days > _MONTH


def _bits(counts: tuple[int, ...]) -> float:
    total = sum(counts)
    return -sum(count / total * log2(count / total) for count in counts)


def _changes(
    name: str, facts: Facts, service: Service, law: Law
) -> Iterator[Mapping[str, Any]]:
    """Yield what each answer to a question says, by the facts that it settles."""
    if name == "life_event":
        # that a child signed up is too rare to ask everybody for
        for told in (event for event in LIFE_EVENTS.values() if event != "minor"):
            for value in answers(told, facts, service, law):
                yield {told: value}
    for value in answers(name, facts, service, law):
        yield {name: value}
    if name == "renewal_term":
        yield {"renews_open": True}


def answers(name: str, facts: Facts, service: Service, law: Law) -> tuple[Any, ...]:
    """Return values that stand for all that may be answered; none for free text."""
    fact = FACTS[name]
    is_long = name == "term" and facts.kind in _FOR_TWO_YEARS
    days = tuple(_days(fact, day_of(facts.as_of, facts.zones)))
    by_kind: Mapping[FactKind, tuple[Any, ...]] = {
        FactKind.CHANNEL: tuple(service.channels),
        FactKind.OFFER: tuple(service.offers),
        FactKind.COUNTRY: _places(facts, law),
        FactKind.DAY: days,
        FactKind.MOMENT: days,
        FactKind.LENGTH: (*_LENGTHS, *([_TWO_YEARS] if is_long else [])),
        FactKind.YES_NO: (True, False),
    }
    return by_kind.get(fact.kind, fact.choices)


def _places(facts: Facts, law: Law) -> tuple[str, ...]:
    """Return a place for each law; of a country that is known, its parts."""
    if facts.country is None:
        return law.places
    elsewhere = f"{facts.country}-{NO_PART}"
    return (*law.parts_of(facts.country), elsewhere)


NO_PART = "XX"
"""A part of a country that no law on file is about."""


def _days(fact: Fact, today: date) -> Iterator[date]:
    if fact.lies is not Lies.AHEAD:
        yield from (today - timedelta(days=days) for days in _BACK)
    if fact.lies is not Lies.PAST:
        yield from (today + timedelta(days=days) for days in _AHEAD)


def _signature(answer: Verdict) -> tuple[object, ...]:
    topics = (
        (t.answer, t.handled_by, t.act_by, t.latest, t.at, t.until, t.ends_on)
        for t in answer.topics.values()
    )
    return (answer.asks, *topics)


def _full_signature(answer: Verdict) -> tuple[object, ...]:
    """Return all that a verdict lets a person do."""
    rights = tuple(
        (item.right.id, item.answer, item.act_by, item.ends_on)
        for item in answer.rights
        if item.right.kind is not RightKind.NOTE and item.answer in _STANDING
    )
    today = day_of(answer.as_of)
    topics = tuple(
        (t.answer, t.handled_by, t.ends_on, t.at, t.until, *_days_to_act(t, today))
        for t in answer.topics.values()
    )
    return topics, rights


def _days_to_act(topic: Topic, today: date) -> tuple[datetime | None, datetime | None]:
    """Return by when to act, where a day still decides something.

    A day that is over does not, nor does one for whoever can leave sooner.
    """
    if topic.answer is Answer.NO:
        return None, None
    if topic.ends_on is not None and topic.act_by is not None:
        last = topic.act_by.date()
        if last < today or topic.ends_on < last:
            return None, None
    return topic.act_by, topic.latest
