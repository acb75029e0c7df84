"""Terms: which claims speak on a day, and what they say where facts are missing.

A missing fact is tried both ways: each way is a *world*. What holds in every world
is the answer; where worlds differ, the facts that make the difference are asked.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from rescind.core.model.catalogue import Condition, Service, Term, is_in
from rescind.core.model.facts import Facts
from rescind.core.model.source import OFFICIAL, RANK, SECONDHAND, Claim, SourceKind
from rescind.core.model.verdict import Answer

Scenario: TypeAlias = tuple[tuple[str, bool], ...]
"""Facts tried out; a name is a fact, or ``country`` and the regions it may lie in."""


class Known:
    """Facts and what follows from them, by the names that conditions use.

    Equal facts are equal keys, so that what follows from them is worked out once.
    """

    __slots__ = ("_hash", "_values")

    def __init__(self, values: Mapping[str, bool | str | None]) -> None:
        """Keep the values; they are not changed afterwards."""
        self._values = values
        self._hash = hash(tuple(values.values()))

    def __getitem__(self, name: str) -> bool | str | None:
        """Return what is known of a fact; ``None`` if nothing is."""
        return self._values.get(name)

    def __eq__(self, other: object) -> bool:
        """Return whether the same is known."""
        return isinstance(other, Known) and self._values == other._values

    def __hash__(self) -> int:
        """Return the hash of what is known."""
        return self._hash


def value_of(fact: str, known: Known, scenario: Scenario) -> bool | str | None:
    """Return a fact as known, or else as tried out in a world."""
    value = known[fact]
    return dict(scenario).get(fact) if value is None else value


def epoch(service: Service, day: date) -> date:
    """Return the day since when the same texts have spoken as on this one.

    Between two changes of a service's texts every day gives the same result.
    """
    changes = _changes(service)
    index = bisect_right(changes, day)
    return changes[index - 1] if index else date.min


@lru_cache(maxsize=4096)
def _changes(service: Service) -> tuple[date, ...]:
    spans = [term.claim.in_force for term in service.terms]
    firsts = {span.first for span in spans if span.first}
    ends = {span.last + timedelta(days=1) for span in spans if span.last}
    return tuple(sorted(firsts | ends))


def speaking(service: Service, topic: str, facts: Facts) -> tuple[Term, ...]:
    """Return the terms about a topic for a purchase, from all times and sources."""
    return terms_about(service, topic, facts.offer, facts.channel, facts.country)


@lru_cache(maxsize=8192)
def terms_about(
    service: Service,
    topic: str,
    offer: str | None,
    channel: str | None,
    country: str | None,
) -> tuple[Term, ...]:
    """Return the terms about a topic for an offer, a channel and a country."""
    return tuple(
        term
        for term in service.terms
        if term.topic == topic
        and _concerns(term.offers, offer)
        and _concerns(term.channels, channel)
        and (country is None or is_in(country, term.regions))
    )


def elsewhere(service: Service, topic: str, facts: Facts) -> tuple[Term, ...]:
    """Return the terms about a topic that are for other countries than the buyer's."""
    if facts.country is None:
        return ()
    everywhere = terms_about(service, topic, facts.offer, facts.channel, None)
    return tuple(term for term in everywhere if not is_in(facts.country, term.regions))


def _concerns(named: frozenset[str], value: str | None) -> bool:
    return not named or value in named


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The strongest claims that apply together on one day in one world."""

    terms: tuple[Term, ...]
    fallen: tuple[Term, ...] = ()
    """A clause that the merchant has deleted, and the guides that still repeat it."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of the text's terms."""
        return tuple(term.claim for term in self.terms)

    @property
    def is_official(self) -> bool:
        """Return whether the merchant itself speaks."""
        return any(term.claim.source.kind in OFFICIAL for term in self.terms)

    @property
    def code(self) -> str:
        """Return the reason's code: whose word it is."""
        if any(t.claim.source.kind is SourceKind.USER for t in self.terms):
            return "said_by_you"
        return "said" if self.is_official else "said_by_guides"


@lru_cache(maxsize=65536)
def text_on(
    terms: tuple[Term, ...], day: date, known: Known, scenario: Scenario
) -> Text:
    """Return what speaks on a day: the highest authority alone, exceptions applied.

    The merchant's official text in force beats guides; a term that is an exception
    to others silences them where it applies.
    """
    applying = [
        term
        for term in terms
        if not term.vague
        and term.claim.in_force.holds(day)
        and _applies(term, known, scenario)
    ]
    if not applying:
        return Text(terms=())
    best = min(RANK[term.claim.source.kind] for term in applying)
    strongest = [term for term in applying if RANK[term.claim.source.kind] == best]
    silenced = {name for term in strongest for name in term.exception_to}
    speaking = [term for term in strongest if term.claim.id not in silenced]
    deleted = _deleted(terms, day)
    fallen = [term for term in speaking if _repeats(term, deleted)]
    return Text(
        terms=tuple(term for term in speaking if term not in fallen),
        fallen=(*(c for c in deleted if _repeated(c, fallen)), *fallen),
    )


def _deleted(terms: tuple[Term, ...], day: date) -> tuple[Term, ...]:
    """Return the merchant's own clauses that ended before a day, with none after."""
    official = [term for term in terms if term.claim.source.kind in OFFICIAL]
    alive = {term.claim.rule for term in official if term.claim.in_force.holds(day)}
    return tuple(
        term
        for term in official
        if term.claim.in_force.last is not None
        and term.claim.in_force.last < day
        and term.claim.rule not in alive
    )


def _repeats(term: Term, deleted: tuple[Term, ...]) -> bool:
    """Return whether a guide says what a clause said that is deleted."""
    is_guide = term.claim.source.kind in SECONDHAND
    return is_guide and any(_is_same_rule(term, clause) for clause in deleted)


def _repeated(clause: Term, guides: list[Term]) -> bool:
    return any(_is_same_rule(clause, guide) for guide in guides)


def _is_same_rule(one: Term, other: Term) -> bool:
    return one.claim.rule == other.claim.rule and one.answer is other.answer


def _applies(term: Term, known: Known, scenario: Scenario) -> bool:
    if term.regions and not _located(term.regions, known, scenario):
        return False
    return all(_is_so(condition, known, scenario) for condition in term.conditions)


def _located(regions: frozenset[str], known: Known, scenario: Scenario) -> bool:
    if known["country"] is None:
        # where no country is tried out, a text of some countries is used for nobody
        return dict(scenario).get(region_key(regions), False)
    return True


def region_key(regions: frozenset[str]) -> str:
    """Return the name under which worlds try whether the buyer lives in regions."""
    return "country:" + ",".join(sorted(regions))


def _is_so(condition: Condition, known: Known, scenario: Scenario) -> bool:
    if isinstance(condition.equals, tuple):
        return known[condition.fact] in condition.equals
    if condition.exceptional and known[condition.fact] is None:
        return not condition.equals
    return value_of(condition.fact, known, scenario) == condition.equals


def scenarios(
    terms: tuple[Term, ...], known: Known, *, also: tuple[str, ...] = ()
) -> tuple[Scenario, ...]:
    """Return each way the missing facts can be that terms turn on, or ``also`` names.

    >>> scenarios((), Known({}), also=("renewal",))
    ((('renewal', False),), (('renewal', True),))
    """
    return _worlds(terms, known, also)


@lru_cache(maxsize=65536)
def _worlds(
    terms: tuple[Term, ...], known: Known, also: tuple[str, ...]
) -> tuple[Scenario, ...]:
    open_facts: dict[str, None] = dict.fromkeys(also)
    for term in terms:
        if term.regions and known["country"] is None:
            open_facts[region_key(term.regions)] = None
        for condition in term.conditions:
            if _is_open(condition, known):
                open_facts[condition.fact] = None
        for fact in term.ends_with:
            if known[fact] is None:
                open_facts[fact] = None
    names = tuple(open_facts)
    return tuple(
        tuple(zip(names, values, strict=True))
        for values in product((False, True), repeat=len(names))
    )


def _is_open(condition: Condition, known: Known) -> bool:
    return (
        not condition.exceptional
        and isinstance(condition.equals, bool)
        and known[condition.fact] is None
    )


def deciding(answers: Mapping[Scenario, Answer]) -> tuple[str, ...]:
    """Return the facts that change the answer when they alone change.

    >>> deciding({(("a", False),): Answer.NO, (("a", True),): Answer.YES})
    ('a',)
    """
    facts = [name for name, _ in next(iter(answers))]
    return tuple(name for name in facts if _matters(name, answers))


def _matters(name: str, answers: Mapping[Scenario, Answer]) -> bool:
    for scenario, answer in answers.items():
        other = tuple((n, not v if n == name else v) for n, v in scenario)
        if answers[other] is not answer:
            return True
    return False


def asked(name: str) -> str:
    """Return the fact to ask for a world's key.

    >>> asked("country:IN"), asked("renewal")
    ('country', 'purchased_at')
    """
    return "purchased_at" if name == "renewal" else name.partition(":")[0]


@lru_cache(maxsize=65536)
def dissent(
    said: tuple[Term, ...], terms: tuple[Term, ...], day: date, known: Known
) -> tuple[Claim, ...]:
    """Return the claims that say otherwise than the terms that decided.

    A merchant's own text that was not in force on the day is history, not dissent.
    """
    return tuple(
        term.claim
        for term in terms
        if term not in said
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
    value = known[condition.fact]
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
