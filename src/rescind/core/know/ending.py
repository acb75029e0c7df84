"""Ending: when the contract ends if it is ended now, by the contract and by law.

The contract's own rule and every statutory way out are worked out side by side; the
one that ends it soonest is named first, and all are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from rescind.core import periods
from rescind.core.know.kept_days import BY_CONTRACT, kept_days
from rescind.core.know.last_moments import last_moments
from rescind.core.know.limits import limits
from rescind.core.know.minimum_term import running_term
from rescind.core.know.own_end import (
    asks_of_stated,
    awaits_country,
    capped,
    contract_end,
    is_in_time_at_most,
    longest_notice,
    paid_end,
    paid_end_by_law,
)
from rescind.core.know.prices_of_leaving import price_of_leaving
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.rest_of_payment import (
    Rest,
    is_ended_by,
    opened_by,
    rest_of_payment,
)
from rescind.core.know.rights import TAKEN
from rescind.core.know.sooner import ON_ANY_DAY, if_so, sooner_end
from rescind.core.know.ways import WayOut
from rescind.core.model.facts import day_of
from rescind.core.model.law import ExitHow
from rescind.core.model.money import Money
from rescind.core.model.source import OFFICIAL, SourceKind
from rescind.core.model.verdict import COVER_OPEN, PAID_UP_TO, Reason, Sooner


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The ways out, the better for the consumer first."""

    reasons: tuple[Reason, ...] = ()
    by_law: bool = False
    """A law gives a way out, or says how much notice is enough at most."""
    ends_on: date | None = None
    act_by: datetime | None = None
    latest: datetime | None = None
    any_day: bool = False
    """Notice can be given on any day: no last moment for it passes."""
    end_moves: bool = False
    """The end that is named is that of a notice today: each day moves it on."""
    opens_on: date | None = None
    """The first day for that notice, where it lies ahead."""
    sooner: Sooner | None = None
    """An earlier end, if an open fact is so."""
    fee_at_most: Money | None = None
    """What the law leaves of a fee for leaving early, where that can be counted."""
    free_end: date | None = None
    """A later end, for which nothing is owed of what may be asked for this one."""
    fee_asks: tuple[str, ...] = ()
    comes_back: Money | None = None
    """What was paid for the time after an end that a law gives."""
    open_lengths: tuple[str, ...] = ()
    """The term or the notice that nobody told, where one may make it end later."""
    asks: tuple[str, ...] = ()


def ending(
    purchase: JudgedPurchase,
    ways: tuple[WayOut, ...],
    possible: tuple[WayOut, ...] = (),
) -> Ending:
    """Return how the purchase ends if notice is given at ``as_of``.

    ``possible`` are the ways out that turn on a fact that is not known.
    """
    if not purchase.stated:
        # nothing binds for longer than what is paid for, so no exit is waited for
        ways = tuple(way for way in ways if way.opens_on is None)
    own_end, own_reason = _by_contract(purchase, ways)
    # a way out that ends it later than the contract itself does helps nobody
    useful = (w for w in ways if own_end is None or (w.ends_on or own_end) <= own_end)
    found = [(own_end, own_reason), *(_by_law(way) for way in useful)]
    # the law that opens a renewal is a way out as well, and is named once
    known = list(
        dict.fromkeys((d, reason) for d, reason in found if reason is not None)
    )
    known.sort(key=lambda pair: (pair[0] is None, pair[0] or date.max))
    first = min((day for day, _ in known if day is not None), default=None)
    end_of_paid = paid_end_by_law(purchase, ways, first)
    ends_on = _not_before_today(purchase, end_of_paid or first)
    best = _best_by_law(purchase, ways)
    if best is not None and best.ends_on != ends_on:
        best = None
    on, turning = _turns_on(purchase, ways, ends_on, own_end)
    on_cover = turning == TAKEN
    act_by, latest = (
        # of other cover it is the contract's own last day that must not pass
        last_moments(purchase, (), None)
        if on_cover
        else last_moments(purchase, ways, best)
    )
    # what ends it later than what is paid for helps nobody either
    reasons = [
        reason
        for day, reason in known
        if not (end_of_paid and day and day > end_of_paid)
    ]
    reasons[1:1] = _missed(purchase, ways, ends_on)
    reasons += limits(purchase, ways, ends_on)
    reasons[:0] = on
    asks = _asks(purchase, ways)
    if purchase.may_bind and asks:
        reasons.append(Reason.of("length_unknown"))
    price = price_of_leaving(purchase, ways, ends_on, own_end)
    rest = rest_of_payment(purchase, ways, ends_on, price.free_end)
    reasons += (*price.reasons, *rest.reasons)
    sooner = sooner_end(purchase, possible, ends_on)
    if sooner is not None:
        reasons.append(if_so(sooner, possible))
    return _kept(
        purchase,
        own_end,
        rest,
        Ending(
            reasons=tuple(reasons),
            by_law=_is_by_law(purchase, ways),
            ends_on=ends_on,
            act_by=act_by,
            latest=latest,
            any_day=not on_cover and _is_any_day(purchase, ways, best),
            end_moves=best is not None and _moves(best),
            opens_on=best.opens_on if best else None,
            sooner=sooner,
            comes_back=rest.comes_back,
            open_lengths=turning,
            free_end=price.free_end,
            fee_asks=price.asks,
            asks=asks,
        ),
    )


def _kept(
    purchase: JudgedPurchase, own_end: date | None, rest: Rest, found: Ending
) -> Ending:
    """Return an end with what is paid for, where the one found wins nothing.

    What has a last day of its own is used by then; and a notice after what is paid for
    is over pays once more.
    """
    is_dated = found.latest is not None or found.free_end is not None
    kept = None if is_dated else kept_days(purchase, found.ends_on, own_end, rest)
    if kept is None:
        return found
    return replace(
        found,
        reasons=(*kept.own_day_in(found.reasons), kept.reason),
        ends_on=kept.until,
        act_by=kept.act_by,
        latest=kept.latest,
        any_day=False,
        end_moves=False,
    )


def _not_before_today(purchase: JudgedPurchase, ends_on: date | None) -> date | None:
    """Return the end, which is today's where the next charge comes today.

    What was paid for, or free, ended yesterday then; who leaves now was in until now.
    """
    facts, charge = purchase.facts, purchase.billing.next_charge
    today = day_of(facts.as_of, facts.zones)
    if ends_on is None or charge is None or facts.cancelled_at is not None:
        return ends_on
    is_today = day_of(charge, facts.zones) == today == ends_on + periods.DAY
    return today if is_today else ends_on


def _is_by_law(purchase: JudgedPurchase, ways: tuple[WayOut, ...]) -> bool:
    """Return whether it can be ended by a law.

    Where no text is on file, a law that limits the notice says that one is enough.
    """
    if not purchase.service.is_on_file:
        return bool(ways)
    return any(way.is_open for way in ways)


def _is_taken_to_end(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], ends_on: date
) -> bool:
    """Return whether it is taken to end with what is paid for, and no law says so.

    A way to stop the charges sets no day of its own.
    """
    if not purchase.length_open or ends_on != paid_end(purchase):
        return False
    return not any(is_ended_by(way, ends_on) for way in ways)


def _turns_on(
    purchase: JudgedPurchase,
    ways: tuple[WayOut, ...],
    ends_on: date | None,
    own_end: date | None,
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Return why an end holds only if a fact is so that nobody told, and the facts."""
    if ends_on is None:
        return (), ()
    if _is_taken_to_end(purchase, ways, ends_on):
        return (Reason.of(PAID_UP_TO, day=ends_on),), ("term", "notice")
    if _turns_on_cover(purchase, ways, ends_on, own_end):
        return (Reason.of(COVER_OPEN, day=ends_on),), TAKEN
    return (), ()


def _turns_on_cover(
    purchase: JudgedPurchase,
    ways: tuple[WayOut, ...],
    ends_on: date,
    own_end: date | None,
) -> bool:
    """Return whether only a law on cover of some kinds ends it then, and none is told.

    Most contracts of the kind are such ones, so the end is named, with its if.
    """
    by_law = [way for way in ways if is_ended_by(way, ends_on)]
    if not by_law or own_end == ends_on:
        return False
    return all(
        any(
            condition.fact in TAKEN and getattr(purchase.facts, condition.fact) is None
            for condition in way.right.conditions
        )
        for way in by_law
    )


def _missed(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], ends_on: date | None
) -> Iterator[Reason]:
    """Yield that a notice comes too late for the term that runs, where it does."""
    end, notice = running_term(purchase.facts).ends, purchase.facts.notice
    own = capped(notice, ways)
    if own is None or end is None or ends_on is None or ends_on <= end:
        return
    last = periods.notice_day(own, end)
    yield Reason.of("notice_missed", purchase.stated, last=last, end=end)


def _best_by_law(purchase: JudgedPurchase, ways: tuple[WayOut, ...]) -> WayOut | None:
    """Return the settled way out by law that ends it sooner than the contract does.

    Where terms of the merchant are on file that state no end of their own, what is paid
    for comes first.
    """
    if purchase.service.checked_on is not None and not purchase.stated:
        return None
    notice = capped(purchase.facts.notice, ways)
    own = contract_end(purchase, notice) if purchase.stated else None
    sooner = [
        way
        for way in ways
        if way.is_open
        and not way.right.unsettled
        and way.exit.how in ON_ANY_DAY
        and way.ends_on is not None
        and (own is None or way.ends_on < own)
    ]
    return min(sooner, key=_end_of, default=None)


def _is_any_day(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], best: WayOut | None
) -> bool:
    """Return whether notice can be given on any day, each like the other.

    A way out because of a change has a last day of its own, which is not known.
    """
    if best is not None:
        return _is_free(best)
    term = running_term(purchase.facts)
    if term.open_ended:
        return True
    if term.ends is None or not purchase.facts.renews_open:
        return False
    end = contract_end(purchase, capped(purchase.facts.notice, ways))
    return end is not None and end > term.ends


def _is_free(way: WayOut) -> bool:
    """Return whether a way out is open today and no last day for it is set."""
    dated = way.opens_on or way.use_by or way.notice_by
    return dated is None


def _moves(way: WayOut) -> bool:
    """Return whether a way out with a last day ends it later with each day."""
    return way.use_by is not None and way.notice_by is None and way.opens_on is None


def _end_of(way: WayOut) -> date:
    assert way.ends_on is not None  # noqa: S101 - the caller leaves the others out
    return way.ends_on


def _by_law(way: WayOut) -> tuple[date | None, Reason | None]:
    name, claims = way.right.name, way.right.claims
    if not way.is_open:
        length = way.exit.caps_notice
        return None, Reason.of("law_caps_notice", claims, right=name, length=length)
    day = way.ends_on
    if way.right.unsettled:
        return None, Reason.of("law_exit_unsettled", claims, right=name)
    if way.exit.how is ExitHow.PERIOD_END:
        return day, Reason.of("law_stops_charges", claims, right=name)
    if day is None:
        return None, Reason.of("law_exit", claims, right=name)
    return day, _dated(way, day)


def _dated(way: WayOut, day: date) -> Reason:
    """Return the reason of a way out by law that ends it on a day."""
    name, claims = way.right.name, way.right.claims
    if way.opens_on is not None:
        start = way.opens_on
        return Reason.of("law_exit_from", claims, right=name, start=start, day=day)
    if way.use_latest is not None:
        last, safe = way.use_latest, way.use_by
        if safe is not None and safe < last:
            code = "law_exit_within"
            return Reason.of(code, claims, right=name, day=day, safe=safe, last=last)
        return Reason.of("law_exit_by", claims, right=name, day=day, last=last)
    return Reason.of("law_exit_on", claims, right=name, day=day)


def _by_contract(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...]
) -> tuple[date | None, Reason | None]:
    """Return the last day by the contract, its notice capped where a law does so."""
    facts = purchase.facts
    if not purchase.stated:
        return None, None
    day = contract_end(purchase, capped(facts.notice, ways))
    if day is None or _may_be_late(purchase, ways):
        return None, Reason.of(_said_by(purchase, _UNDATED), purchase.stated)
    right = opened_by(purchase, day)
    if right is not None:
        return day, Reason.of("law_exit_on", right.claims, right=right.name, day=day)
    return day, Reason.of(_said_by(purchase, BY_CONTRACT), purchase.stated, day=day)


def _may_be_late(purchase: JudgedPurchase, ways: tuple[WayOut, ...]) -> bool:
    """Return whether a notice not known may be over for the term that runs.

    Only where a law says how long it is at most: else it is taken to be in time.
    """
    longest = longest_notice(ways)
    if purchase.facts.notice or longest is None:
        return False
    has_end = running_term(purchase.facts).ends is not None
    return has_end and not is_in_time_at_most(purchase, longest)


_UNDATED = ("contract_end_unknown", "terms_end_unknown", "guides_end_unknown")
"""Reasons by whose word no day of the end is known, in the order of the others."""


def _said_by(purchase: JudgedPurchase, codes: tuple[str, str, str]) -> str:
    kind = purchase.stated[0].source.kind
    if kind is SourceKind.USER:
        return codes[0]
    return codes[1] if kind in OFFICIAL else codes[2]


def _asks(purchase: JudgedPurchase, ways: tuple[WayOut, ...]) -> tuple[str, ...]:
    """Return what the contract's end turns on, where no law ends it at once."""
    if awaits_country(purchase):
        return ("country",)
    if any(way.exit.how is ExitHow.AT_ONCE for way in ways):
        return ()
    if purchase.may_bind:
        best = _best_by_law(purchase, ways)
        return () if best is not None and _is_free(best) else ("term", "notice")
    signing = ("purchased_at",) if purchase.signing_open else ()
    return (*asks_of_stated(purchase), *signing) if purchase.stated else ()
