"""Law: every right on file, by place, kind of service and way of selling."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from rescind.core.model.facts import Facts, day_of
from rescind.core.model.law import Body, Calendar, Right, Status, WithdrawalLaw
from rescind.core.model.verdict import Answer
from rescind.core.periods import IsWorkingDay

Calendars: TypeAlias = Callable[[Calendar, str], IsWorkingDay]
"""Returns the working days that a law counts with in a place."""
NOWHERE = "AQ"
"""Antarctica, for a place that no law on file is about."""
ONLINE = "online"
"""How a purchase was sold unless somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Law:
    """The statutory side: rights by place, and the calendars they need."""

    withdrawal: Mapping[str, tuple[WithdrawalLaw, ...]]
    """By place, the narrower records first."""
    calendar: Calendars
    rights: tuple[Right, ...] = ()
    bodies: tuple[Body, ...] = field(default=())

    def withdrawal_for(self, facts: Facts, kind: str) -> WithdrawalLaw | None:
        """Return the right to withdraw that a purchase falls under.

        A country's record covers subdivisions that have none of their own.
        """
        if facts.country is None:
            return None
        sold_by = facts.sold_by or ONLINE
        for place in dict.fromkeys((facts.country, facts.country[:2])):
            about = [
                record
                for record in self.withdrawal.get(place, ())
                if record.concerns(kind, sold_by)
            ]
            if about:
                # a narrower record that was not in force yet leaves the general one
                return next((r for r in about if _held(r, facts)), about[0])
        return None

    @property
    def places(self) -> tuple[str, ...]:
        """Return one place for each law on withdrawal, and one that has none on file.

        They stand for all places where it matters only which law there is.
        """
        return _places(self)

    def parts_of(self, country: str) -> tuple[str, ...]:
        """Return the states or provinces of a country that have law of their own."""
        return _parts_of(self, country)

    def parts_with_withdrawal(self, facts: Facts, kind: str) -> tuple[str, ...]:
        """Return the parts of the country that may give a right of their own.

        For a purchase whose country is known; ``withdrawal_for`` says of each part
        whether the right was in force.
        """
        assert facts.country is not None  # noqa: S101 - asked for before
        sold_by = facts.sold_by or ONLINE
        return _parts_with_withdrawal(self, facts.country, kind, sold_by)

    def rights_for(self, country: str | None, kind: str) -> tuple[Right, ...]:
        """Return the rights in force, now or once, that a place and kind may have."""
        return _rights_for(self, country, kind)

    def bodies_for(self, country: str, problem: str | None = None) -> tuple[Body, ...]:
        """Return who takes complaints from a place, the nearest first."""
        found = [body for body in self.bodies if body.serves(country, problem)]
        return tuple(sorted(found, key=lambda body: _distance(body, country)))


def _held(record: WithdrawalLaw, facts: Facts) -> bool:
    bought = facts.purchased_at or facts.as_of
    return record.in_force.holds(day_of(bought, facts.zones))


@lru_cache(maxsize=8)
def _places(law: Law) -> tuple[str, ...]:
    laws = {
        tuple(record.claims[-1].id for record in records): place
        for place, records in sorted(law.withdrawal.items(), reverse=True)
        if "-" not in place or _stands_alone(law, place, records)
    }
    return (*sorted(laws.values()), NOWHERE)


def _stands_alone(law: Law, place: str, records: tuple[WithdrawalLaw, ...]) -> bool:
    """Return whether a part has to be named at once: its country has no law at all.

    Where the country has one, the part is asked for afterwards, if it decides.
    """
    general = any(not r.kinds and r.concerns("", ONLINE) for r in records)
    return general and place[:2] not in law.withdrawal


@lru_cache(maxsize=512)
def _parts_of(law: Law, country: str) -> tuple[str, ...]:
    places = {*law.withdrawal, *(place for r in law.rights for place in r.regions)}
    return tuple(sorted(place for place in places if place.startswith(f"{country}-")))


@lru_cache(maxsize=4096)
def _parts_with_withdrawal(
    law: Law, country: str, kind: str, sold_by: str
) -> tuple[str, ...]:
    return tuple(
        part
        for part in law.parts_of(country)
        if any(
            record.answer is Answer.YES and record.concerns(kind, sold_by)
            for record in law.withdrawal.get(part, ())
        )
    )


@lru_cache(maxsize=8192)
def _rights_for(law: Law, country: str | None, kind: str) -> tuple[Right, ...]:
    return tuple(
        _of_place(right, country)
        for right in law.rights
        if right.status is Status.IN_FORCE
        and _is_here(right.regions, country)
        and (kind in right.kinds if right.kinds else kind not in right.kinds_not)
    )


def _of_place(right: Right, country: str | None) -> Right:
    """Return a right without the claims that are law elsewhere only."""
    claims = tuple(each for each in right.claims if _is_here(each.places, country))
    return right if claims == right.claims else replace(right, claims=claims)


def _is_here(regions: frozenset[str], country: str | None) -> bool:
    if not regions:
        return True
    return country is not None and bool({country, country[:2]} & regions)


def _distance(body: Body, country: str) -> int:
    if country in body.regions:
        return len(body.regions)
    return 1000 + len(body.regions) if body.regions else 10_000
