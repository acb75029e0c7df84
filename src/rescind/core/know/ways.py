"""Ways out: the exits that the law gives whatever the contract says.

A way is open, opens on a day that the law sets, or turns on a fact that is not known;
each of them says on which day the contract would end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rescind.core import periods
from rescind.core.know.exits import (
    exit_day,
    first_day,
    is_within_share,
    last_notice,
)
from rescind.core.know.law import Law
from rescind.core.know.minimum_term import running_term
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.rights import (
    Value,
    applies,
    conditions_met,
    given_as,
    holds,
    own_days,
    place_of,
    use_until,
)
from rescind.core.model.facts import day_of
from rescind.core.model.law import Exit, ExitHow, Right, TacitRenewal


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A statutory exit that is open, or may be."""

    right: Right
    exit: Exit
    is_open: bool
    """The exit itself; the cap on notice may hold without it."""
    ends_on: date | None = None
    """The contract's last day if it is taken as soon as can be."""
    notice_by: date | None = None
    """The last day for that end; ``None``: it moves on with the day of the notice."""
    opens_on: date | None = None
    """The first day for the notice, where that lies ahead."""
    ends_next: date | None = None
    """The end of a notice that comes a day too late for ``ends_on``, where it opens."""
    use_by: date | None = None
    """The last day that is safe, where the law sets one to use it at all."""
    use_latest: date | None = None
    """The last day by the kindest count."""
    asks: tuple[str, ...] = ()
    """The facts that it turns on; none: it is there."""


def all_ways(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> tuple[WayOut, ...]:
    """Return the exits that the law gives, open or not."""
    return tuple(_each_way(purchase, law, known))


def ways_out(ways: Iterable[WayOut]) -> tuple[WayOut, ...]:
    """Return the exits that are there, now or from a day on."""
    return tuple(
        way for way in ways if not way.asks and (way.is_open or _caps_notice(way))
    )


def _caps_notice(way: WayOut) -> bool:
    return way.exit.caps_notice is not None and not way.right.unsettled


def possible_ways(
    purchase: JudgedPurchase, ways: Iterable[WayOut]
) -> tuple[WayOut, ...]:
    """Return the exits that are there if a fact that is not known is so.

    Without the contract's own day nothing can be counted: that is asked for first.
    """
    return tuple(
        way
        for way in ways
        if way.is_open
        and not way.right.unsettled
        and way.asks
        and "purchased_at" not in way.asks
        and not any(getattr(purchase.facts, fact) for fact in way.asks)
    )


def _each_way(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> Iterator[WayOut]:
    for right in law.rights_for(purchase.facts.country, purchase.kind):
        if right.exit is None or not holds(purchase, right):
            continue
        is_met, missing = conditions_met(purchase, right, known)
        if is_met is False:
            continue
        way = _way(purchase, right, missing, known, law)
        yield way
        if way.asks and not missing and right.exit.caps_notice:
            # that it is the longest notice does not turn on what the exit turns on
            yield WayOut(right=right, exit=right.exit, is_open=False)


def _way(
    purchase: JudgedPurchase,
    right: Right,
    missing: tuple[str, ...],
    known: Mapping[str, Value],
    law: Law,
) -> WayOut:
    way = right.exit
    assert way is not None  # noqa: S101 - the caller looks first
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    allowed, open_facts = applies(way.conditions, known)
    renewal = _coming_renewal(purchase) if allowed is False else None
    if renewal is not None:
        # too late to stop the renewal: what it opens is open from that day on
        purchase = replace(purchase, facts=replace(purchase.facts, as_of=renewal))
        allowed, open_facts = applies(way.conditions, {**known, RENEWED: True})
    last = use_until(purchase, own_days(purchase, right, known, law))
    open_asks = (given_as(name, purchase) for name in open_facts)
    asks = tuple(dict.fromkeys((*missing, *open_asks)))
    if last.is_over and last.asks:
        asks = (*asks, *last.asks)
    is_exit = way.how is not ExitHow.CAP and allowed is not False
    is_open = is_exit and is_within_share(purchase, way) is True
    if not is_open or (last.is_over and not last.asks):
        return WayOut(right=right, exit=way, is_open=False, asks=missing)
    working = law.calendar(right.calendar, place_of(purchase, right))
    opens = first_day(purchase, way) or renewal
    notice_by = last_notice(purchase, way, working)
    late = None if opens is None else (notice_by or opens) + periods.DAY
    return WayOut(
        right=right,
        exit=way,
        is_open=way.after is None or opens is not None,
        ends_on=exit_day(purchase, way, working),
        ends_next=exit_day(purchase, way, working, told=late),
        notice_by=notice_by,
        opens_on=opens if opens is not None and opens > today else None,
        use_by=min(last.days, default=None),
        use_latest=max(last.days, default=None),
        asks=asks,
    )


RENEWED = "renewed"


def _coming_renewal(purchase: JudgedPurchase) -> date | None:
    """Return the day of a renewal that no notice can stop any more."""
    facts, term = purchase.facts, running_term(purchase.facts)
    if term.ends is None or facts.notice is None or facts.renewal_term is None:
        return None
    today = day_of(facts.as_of, facts.zones)
    if periods.notice_day(facts.notice, term.ends) >= today or facts.cancelled_at:
        return None
    return term.ends + periods.DAY


def tacit_renewal(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> tuple[Right, TacitRenewal] | None:
    """Return what the law leaves of a clause that renews by silence, and by what."""
    for right in law.rights_for(purchase.facts.country, purchase.kind):
        if right.renewal is None or right.unsettled or not holds(purchase, right):
            continue
        is_met = conditions_met(purchase, right, known)[0]
        if is_met and applies(right.renewal.conditions, known)[0] is True:
            return right, right.renewal
    return None


def first_term_cap(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> Right | None:
    """Return the right that lets the contract's first term bind the shortest."""
    caps = {
        right.exit.caps_first_term: right
        for right in law.rights_for(purchase.facts.country, purchase.kind)
        if right.exit is not None
        and right.exit.caps_first_term is not None
        and not right.unsettled
        and holds(purchase, right)
        and conditions_met(purchase, right, known)[0] is True
    }
    shortest = periods.shortest(caps)
    return None if shortest is None else caps[shortest]
