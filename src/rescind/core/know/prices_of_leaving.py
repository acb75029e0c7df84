"""Prices of leaving: what may be asked for an early end, and which end is free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rescind.core import periods
from rescind.core.know.charges import charges_to, kept_day
from rescind.core.know.minimum_term import running_term
from rescind.core.know.own_end import capped, contract_end
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.sooner import ON_ANY_DAY
from rescind.core.know.ways import WayOut
from rescind.core.model.money import Money
from rescind.core.model.verdict import Reason

LAW_EXIT_OWES = "law_exit_owes"
"""The reason that says what may be asked for an end by law."""
TOO_DEAR = "law_exit_too_dear"
"""The reason by which a way out that a law gives is left aside."""
CHANGES = frozenset({"price_raised_at", "terms_changed_at"})
"""What the merchant changes, before which whoever leaves for it wants to be out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceOfLeaving:
    """What may be asked for the end that is named, where a law leaves it open."""

    reasons: tuple[Reason, ...] = ()
    free_end: date | None = None
    """A later end for which nothing is owed; ``None``: none is known."""
    asks: tuple[str, ...] = ()


def price_of_leaving(
    purchase: JudgedPurchase,
    ways: tuple[WayOut, ...],
    ends_on: date | None,
    own_end: date | None,
) -> PriceOfLeaving:
    """Return what may be asked for an end by law, and the end that is free of it.

    That is the contract's own: what is owed is for leaving a term that still runs.
    """
    reasons = tuple(_reasons(ways, ends_on))
    priced = [way for way in ways if _is_priced(way) and _ends_it(way, ends_on)]
    if not priced or ends_on is None or _is_free_otherwise(ways, ends_on):
        return PriceOfLeaving(reasons=reasons)
    free_end = _free_end(purchase, priced, ends_on, own_end)
    if free_end is not None:
        reasons = (*reasons, Reason.of("law_exit_free", day=free_end))
    asks = tuple(_asks(purchase, priced, free_end))
    return PriceOfLeaving(reasons=reasons, free_end=free_end, asks=asks)


def too_dear(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], fee: Money | None
) -> Reason | None:
    """Return that leaving by a law costs no less than to stay until a free end.

    ``fee`` is what is asked for, less what the law takes off it; ``None``: not told.
    """
    price, priced = purchase.facts.price, [way for way in ways if _is_priced(way)]
    if fee is None or price is None or fee.currency != price.currency or not priced:
        return None
    first = min(way.ends_on for way in priced if way.ends_on is not None)
    if _is_free_otherwise(ways, first):
        return None
    own_end = contract_end(purchase, capped(purchase.facts.notice, ways))
    free_end = _free_end(purchase, priced, first, own_end)
    if free_end is None:
        return None
    charges = charges_to(purchase, free_end, bound=None)
    kept = kept_day(purchase, charges)
    due = sum(periods.paid_from(day, kept) <= free_end for day in charges)
    rest = price.of(price.amount * due)
    if not fee.amount or fee.amount < rest.amount:
        return None
    right = priced[0].right
    return Reason.of(
        TOO_DEAR, right.claims, right=right.name, fee=fee, rest=rest, day=free_end
    )


def worth_taking(
    ways: tuple[WayOut, ...], because: Iterable[Reason]
) -> tuple[WayOut, ...]:
    """Return the ways out without those that cost no less than to stay.

    Nor is one worth it that costs anything where a change lets one leave free, but for
    the end of what is paid for: nothing binds past it, and so nothing is owed for it.
    """
    if any(reason.code == TOO_DEAR for reason in because):
        return tuple(way for way in ways if not _is_priced(way))
    if not any(_is_free_by_change(way) for way in ways):
        return ways
    return tuple(
        way for way in ways if not (_is_priced(way) and way.exit.how in ON_ANY_DAY)
    )


def _is_free_by_change(way: WayOut) -> bool:
    """Return whether a change of price or terms ends it, free but for a device."""
    is_settled = way.is_open and not way.right.unsettled
    return way.exit.not_before in CHANGES and way.ends_on is not None and is_settled


def _is_priced(way: WayOut) -> bool:
    """Return whether leaving in a way costs something that staying does not.

    What happened, such as a higher price, lets one leave free but for a device.
    """
    is_settled = way.is_open and not way.right.unsettled
    by_event = any(condition.exceptional for condition in way.right.conditions)
    return bool(way.exit.owes and way.ends_on) and is_settled and not by_event


def _ends_it(way: WayOut, ends_on: date | None) -> bool:
    return way.ends_on is not None and way.ends_on == ends_on


def _reasons(ways: tuple[WayOut, ...], ends_on: date | None) -> Iterator[Reason]:
    for way in ways:
        if way.exit.owes and _ends_it(way, ends_on):
            yield Reason.of(LAW_EXIT_OWES, way.right.claims, owes=way.exit.owes)


def _is_free_otherwise(ways: tuple[WayOut, ...], ends_on: date) -> bool:
    """Return whether another way out ends it as soon, and nothing is owed for it."""
    return any(
        not way.exit.owes
        and way.is_open
        and not way.right.unsettled
        and way.exit.how in ON_ANY_DAY
        and _ends_it(way, ends_on)
        for way in ways
    )


def _free_end(
    purchase: JudgedPurchase, priced: list[WayOut], ends_on: date, own_end: date | None
) -> date | None:
    term = running_term(purchase.facts)
    if term.ends is None or term.renewed or own_end is None:
        return None
    start, benefit = purchase.facts.begun_on, purchase.facts.signing_benefit
    days = [own_end]
    for way in priced:
        until = way.exit.owes_until
        if until and start is not None and benefit is not None and not benefit.amount:
            days.append(periods.first_after(start, until))
    first = min(days)
    return first if first > ends_on else None


def _asks(
    purchase: JudgedPurchase, priced: list[WayOut], free_end: date | None
) -> Iterator[str]:
    """Yield the facts that say what leaving costs, and until when."""
    facts = purchase.facts
    if free_end is None:
        return
    if facts.early_termination_fee is None:
        yield "early_termination_fee"
    if facts.signing_benefit is None and any(w.exit.owes_until for w in priced):
        yield "signing_benefit"
