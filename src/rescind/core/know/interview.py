"""The interview: which question to put next, so that few have to be put.

A question is put only if its answer can change the verdict. Of those, the one is
chosen that leaves the fewest open in the worst case, then on average, then the one
whose answers tell most verdicts apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Fact, FactKind, Lies
from rescind.core.know.law import Law
from rescind.core.know.verdict import verdict
from rescind.core.model.catalogue import Service
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.period import Period
from rescind.core.model.verdict import Verdict

_FIRST = ("channel", "offer")
"""What decides which questions there are; while open, nothing else is weighed."""
_BACK = (0, 5, 10, 20, 40, 200, 400, 800)
_AHEAD = (1, 10, 40, 300)
"""Days from the day asked about that stand for the days a date can be."""
_LENGTHS = tuple(Period.parse(text) for text in ("P14D", "P1M", "P3M", "P1Y"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What asking for a fact may bring."""

    fact: str
    worst: int
    """Questions still open after the least helpful answer."""
    mean: float
    kinds: int
    """How many verdicts its answers tell apart."""

    @property
    def order(self) -> tuple[int, float, int]:
        """Return the key to sort by; the least comes first."""
        return self.worst, self.mean, -self.kinds


def next_question(
    facts: Facts, service: Service, law: Law, *, skipped: frozenset[str] = frozenset()
) -> str | None:
    """Return the fact to ask for, or ``None`` when no answer would change anything.

    ``skipped`` are the facts that the person does not know. Raises BadInput when the
    facts contradict each other.
    """
    asks = [f for f in verdict(facts, service, law).asks if f not in skipped]
    first = [fact for fact in asks if fact in _FIRST]
    weighed = [_weighed(fact, facts, service, law) for fact in first or asks]
    telling = [item for item in weighed if item.kinds > 1]
    # Of equals, min takes the first: the verdict has them in the order of asking.
    return min(telling, key=lambda item: item.order).fact if telling else None


def _weighed(fact: str, facts: Facts, service: Service, law: Law) -> Weighed:
    tried = list(_tried(fact, facts, service, law))
    left = [len(answer.asks) for answer in tried]
    return Weighed(
        fact=fact,
        worst=max(left, default=0),
        mean=sum(left) / max(len(left), 1),
        kinds=len({_signature(answer) for answer in tried}),
    )


def _tried(fact: str, facts: Facts, service: Service, law: Law) -> Iterator[Verdict]:
    """Yield the verdict for each answer that fits the other facts."""
    for value in answers(fact, facts, service, law):
        try:
            yield verdict(replace(facts, **{fact: value}), service, law)
        except BadInput:
            continue


def answers(name: str, facts: Facts, service: Service, law: Law) -> tuple[Any, ...]:
    """Return values that stand for all that may be answered; none for free text."""
    fact = FACTS[name]
    days = tuple(_days(fact, day_of(facts.as_of, facts.zones)))
    by_kind: Mapping[FactKind, tuple[Any, ...]] = {
        FactKind.CHANNEL: tuple(service.channels),
        FactKind.OFFER: tuple(service.offers),
        FactKind.COUNTRY: _places(facts, law),
        FactKind.DAY: days,
        FactKind.MOMENT: days,
        FactKind.LENGTH: _LENGTHS,
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
