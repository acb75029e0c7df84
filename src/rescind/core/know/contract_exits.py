"""Contract exits: the days on which a contract can be ended, as it is played."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from rescind.core import periods
from rescind.core.know.billing import safe_before
from rescind.core.know.exits import is_simple
from rescind.core.know.minimum_term import renewed_end, running_term
from rescind.core.know.own_end import (
    capped,
    contract_end,
    longest_notice,
    paid_end_by_law,
)
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.ways import WayOut
from rescind.core.model.contract import ContractExit
from rescind.core.model.facts import day_of
from rescind.core.model.law import ExitHow
from rescind.core.model.period import Period

_HOURS = 24
_TERMS = 3
"""Terms of a contract that are looked at."""


def exits_of(
    purchase: JudgedPurchase,
    charges: tuple[date, ...],
    ways: tuple[WayOut, ...],
    *,
    strict: bool,
) -> Iterator[ContractExit]:
    """Yield the contract's own exits: before each charge, or each term's end."""
    lead = lead_of(purchase, strict=strict)
    notice = capped(purchase.facts.notice, settled(ways, strict=strict))
    ends = list(_term_ends(purchase))
    if notice is None and strict and ends:
        notice = longest_notice(ways)
    soonest = _soonest(settled(ways, strict=strict))
    if not ends and not purchase.may_bind:
        # where the law's own day comes after what is paid for, its notice counts
        is_later = soonest is not None and _outlasts_paid(purchase, ways, soonest)
        ends = [] if is_later else [charge - periods.DAY for charge in charges]
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    own = [(end, periods.notice_day(notice, end) if notice else end) for end in ends]
    # an end that notice comes too late for is not one that a law's has to be before
    in_time = (end for end, last in own if last - lead >= today)
    if soonest is not None and _end_of(soonest) < min(in_time, default=date.max):
        opens = soonest.opens_on
        until = today if opens is None else soonest.notice_by or opens
        ends_on = _end_of(soonest)
        early = soonest.ends_next if strict else ends_on
        yield ContractExit(until=until, ends=ends_on, since=opens, if_early=early)
    if purchase.facts.renews_open and all(last - lead < today for _, last in own):
        # too late for the term, a notice ends what it goes on as
        late = contract_end(purchase, notice) if own else None
        if late is not None:
            yield ContractExit(until=today, ends=late)
    for end, last in own:
        by = safe_before((last + periods.DAY,), purchase.channel.early_charge_hours)
        yield ContractExit(until=last - lead, ends=end, by=by)


def rolling(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], *, strict: bool
) -> Period | None:
    """Return the shortest notice that ends the contract on any day."""
    notices = [
        way.exit.notice
        for way in settled(ways, strict=strict)
        if way.is_open and way.exit.how is ExitHow.NOTICE and _is_simple(way)
    ]
    if running_term(purchase.facts).open_ended:
        notices += [purchase.facts.notice, purchase.renewal_notice]
    return periods.shortest(notice for notice in notices if notice is not None)


def is_at_once(ways: tuple[WayOut, ...], *, strict: bool) -> bool:
    """Return whether a law ends the contract on the day of the notice, any day."""
    return any(
        way.is_open and way.exit.how is ExitHow.AT_ONCE and _is_simple(way)
        for way in settled(ways, strict=strict)
    )


def settled(ways: tuple[WayOut, ...], *, strict: bool) -> tuple[WayOut, ...]:
    """Return the ways out by law; read strictly, only those whose reach is settled."""
    return tuple(way for way in ways if not (strict and way.right.unsettled))


def lead_of(purchase: JudgedPurchase, *, strict: bool) -> timedelta:
    """Return the whole days that have to lie between cancelling and a charge."""
    early = -(-purchase.channel.early_charge_hours // _HOURS)
    # what a biller wants holds the day's margin, as for the safe moment
    return timedelta(days=max(1, early)) if strict else timedelta(0)


def _outlasts_paid(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], soonest: WayOut
) -> bool:
    """Return whether it ends on a law's day, as the verdict has it, and no sooner."""
    dated = (way.ends_on for way in ways if way.ends_on and not way.right.unsettled)
    first = min(dated, default=None)
    is_first = soonest.ends_on == first and soonest.opens_on is None
    return is_first and paid_end_by_law(purchase, ways, first) is None


def _soonest(ways: tuple[WayOut, ...]) -> WayOut | None:
    """Return the way out that ends it first of those whose day the law itself sets."""
    dated = [way for way in ways if way.ends_on and not _is_simple(way)]
    return min(dated, key=_end_of, default=None)


def _end_of(way: WayOut) -> date:
    assert way.ends_on is not None  # noqa: S101 - the caller leaves the others out
    return way.ends_on


def _is_simple(way: WayOut) -> bool:
    """Return whether the day of the notice alone says on which day it ends.

    A day from which on it is open does not matter any more once it is there.
    """
    is_there = way.opens_on is None
    return is_simple(replace(way.exit, after=None) if is_there else way.exit)


def _term_ends(purchase: JudgedPurchase) -> Iterator[date]:
    """Yield the running term's last day and those of the next ones, if there is one."""
    end = running_term(purchase.facts).ends
    for _ in range(_TERMS):
        if end is None:
            return
        yield end
        end = renewed_end(purchase.facts, after=end, times=1)
