"""Terms: which claims speak on a day, and what they say where facts are missing.

A missing fact is tried both ways: each way is a *world*. What holds in every world
is the answer; where worlds differ, the facts that make the difference are asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from rescind.core.model.catalogue import Condition, Service, Term
from rescind.core.model.facts import Facts
from rescind.core.model.source import OFFICIAL, RANK, Claim
from rescind.core.model.verdict import Answer

World: TypeAlias = Mapping[str, bool]
"""Facts tried out; a key is a fact, or ``country`` and the regions it may lie in."""

Pairs: TypeAlias = tuple[tuple[str, bool], ...]
"""A world that can be a key."""

Known: TypeAlias = Mapping[str, bool | str | None]
"""Facts and what follows from them, by the names that conditions use."""


def speaking(service: Service, topic: str, facts: Facts) -> tuple[Term, ...]:
    """Return the terms about a topic for a purchase, from all times and sources."""
    return _speaking(service, topic, facts.offer, facts.channel, facts.country)


@lru_cache(maxsize=8192)
def _speaking(
    service: Service,
    topic: str,
    offer: str | None,
    channel: str | None,
    country: str | None,
) -> tuple[Term, ...]:
    return tuple(
        term
        for term in service.terms
        if term.topic == topic
        and _concerns(term.offers, offer)
        and _concerns(term.channels, channel)
        and (country is None or _in_region(term.regions, country))
    )


def _concerns(named: frozenset[str], value: str | None) -> bool:
    return not named or value in named


def _in_region(regions: frozenset[str], country: str) -> bool:
    return not regions or country in regions or country[:2] in regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The strongest claims that apply together on one day in one world."""

    terms: tuple[Term, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of the text's terms."""
        return tuple(term.claim for term in self.terms)

    @property
    def is_official(self) -> bool:
        """Return whether the merchant itself speaks."""
        return any(term.claim.source.kind in OFFICIAL for term in self.terms)


def text_on(terms: Iterable[Term], day: date, known: Known, world: World) -> Text:
    """Return what speaks on a day: the highest authority alone, exceptions applied.

    The merchant's official text in force beats guides; a term that is an exception
    to others silences them where it applies.
    """
    applying = [
        term
        for term in terms
        if not term.vague
        and term.claim.in_force.holds(day)
        and _applies(term, known, world)
    ]
    if not applying:
        return Text(terms=())
    best = min(RANK[term.claim.source.kind] for term in applying)
    strongest = [term for term in applying if RANK[term.claim.source.kind] == best]
    silenced = {name for term in strongest for name in term.exception_to}
    return Text(terms=tuple(t for t in strongest if t.claim.id not in silenced))


def _applies(term: Term, known: Known, world: World) -> bool:
    if term.regions and not _located(term.regions, known, world):
        return False
    return all(_is_so(condition, known, world) for condition in term.conditions)


def _located(regions: frozenset[str], known: Known, world: World) -> bool:
    if known.get("country") is None:
        return world[region_key(regions)]
    return True


def region_key(regions: frozenset[str]) -> str:
    """Return the name under which worlds try whether the buyer lives in regions."""
    return "country:" + ",".join(sorted(regions))


def _is_so(condition: Condition, known: Known, world: World) -> bool:
    value = known.get(condition.fact)
    if isinstance(condition.equals, tuple):
        return value in condition.equals
    if value is None:
        value = False if condition.exceptional else world[condition.fact]
    return value == condition.equals


def worlds(
    terms: Iterable[Term], known: Known, *, also: Iterable[str] = ()
) -> Iterator[World]:
    """Yield each way the missing facts can be that terms turn on, or ``also`` names.

    >>> list(worlds((), {}, also=["renewal"]))
    [{'renewal': False}, {'renewal': True}]
    """
    open_facts: dict[str, None] = dict.fromkeys(also)
    for term in terms:
        if term.regions and known.get("country") is None:
            open_facts[region_key(term.regions)] = None
        for condition in term.conditions:
            if _is_open(condition, known):
                open_facts[condition.fact] = None
        for fact in term.ends_with:
            if known.get(fact) is None:
                open_facts[fact] = None
    names = tuple(open_facts)
    for values in product((False, True), repeat=len(names)):
        yield dict(zip(names, values, strict=True))


def _is_open(condition: Condition, known: Known) -> bool:
    return (
        not condition.exceptional
        and isinstance(condition.equals, bool)
        and known.get(condition.fact) is None
    )


def deciding(answers: Mapping[Pairs, Answer]) -> tuple[str, ...]:
    """Return the facts that change the answer when they alone change.

    >>> deciding({(("a", False),): Answer.NO, (("a", True),): Answer.YES})
    ('a',)
    """
    facts = [name for name, _ in next(iter(answers))]
    return tuple(name for name in facts if _matters(name, answers))


def _matters(name: str, answers: Mapping[Pairs, Answer]) -> bool:
    for world, answer in answers.items():
        other = tuple((n, not v if n == name else v) for n, v in world)
        if answers[other] is not answer:
            return True
    return False


def asked(name: str) -> str:
    """Return the fact to ask for a world's key.

    >>> asked("country:IN"), asked("renewal")
    ('country', 'purchased_at')
    """
    return "purchased_at" if name == "renewal" else name.partition(":")[0]


def dissent(
    said: Iterable[Term], terms: Iterable[Term], day: date, known: Known
) -> tuple[Claim, ...]:
    """Return the claims that say otherwise than the terms that decided.

    A merchant's own text that was not in force on the day is history, not dissent.
    """
    said = tuple(said)
    chosen = {term.claim.id for term in said}
    return tuple(
        term.claim
        for term in terms
        if term.claim.id not in chosen
        and _still_speaks(term, day)
        and not any(_is_excluded(condition, known) for condition in term.conditions)
        and any(_differs(term, other) for other in said)
    )


def _still_speaks(term: Term, day: date) -> bool:
    if term.claim.source.kind in OFFICIAL:
        return not term.conditions and term.claim.in_force.holds(day)
    return True


def _is_excluded(condition: Condition, known: Known) -> bool:
    """Return whether what is known rules a condition out; rare ones need proof."""
    value = known.get(condition.fact)
    if isinstance(condition.equals, tuple):
        return value not in condition.equals
    if value is None:
        return condition.exceptional
    return value != condition.equals


def _differs(one: Term, other: Term) -> bool:
    if one.answer is not other.answer or one.vague:
        return True
    if one.window is None or other.window is None:
        return False
    return one.window.length != other.window.length or one.ends_with != other.ends_with
