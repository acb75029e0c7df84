"""Own end: when a contract ends by its own term, notice and renewal, law aside."""

from dataclasses import replace
from datetime import date

from rescind.core import periods
from rescind.core.know.charges import charge_after_next
from rescind.core.know.contract_rules import country_decides
from rescind.core.know.minimum_term import RunningTerm, renewed_end, running_term
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.ways import WayOut
from rescind.core.model.catalogue import STORES
from rescind.core.model.facts import day_of
from rescind.core.model.period import Period

_MOST = 400
"""Terms that a projection goes through at most; more is a mistake of the facts."""


def contract_end(purchase: JudgedPurchase, notice: Period | None) -> date | None:
    """Return the contract's last day if notice is given at ``as_of``."""
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    term = running_term(purchase.facts)
    later = periods.shortest(p for p in (notice, purchase.renewal_notice) if p)
    if term.open_ended:
        return today if later is None else periods.add(today, later)
    if is_undated(purchase, term):
        return None
    end = term.ends or paid_end(purchase)
    for times in range(1, _MOST):
        if end is None or notice is None or periods.notice_day(notice, end) >= today:
            return end
        if purchase.facts.renews_open:
            return max(end, periods.add(today, later or notice))
        end = _later_end(purchase, term.ends, times)
    return None


def awaits_country(purchase: JudgedPurchase) -> bool:
    """Return whether what the texts of some countries say may bind for longer."""
    return country_decides(purchase.service, purchase.facts, purchase.judged_on)


def is_undated(purchase: JudgedPurchase, term: RunningTerm) -> bool:
    """Return whether a term binds past what is paid, from a day not known.

    What renews by a term has one now: of a renewal alone nobody knows since when.
    """
    facts, period = purchase.facts, purchase.offer.period
    longest = facts.term or facts.renewal_term
    if longest is None or period is None or term.ends or term.lapsed:
        return False
    return periods.shortest((longest, period)) != longest


def _later_end(
    purchase: JudgedPurchase, term_end: date | None, times: int
) -> date | None:
    """Return the last day some renewals after the running term or paid period."""
    if term_end is not None:
        return renewed_end(purchase.facts, after=term_end, times=times)
    charge = charge_after_next(purchase, times)
    return None if charge is None else charge - periods.DAY


def paid_end(purchase: JudgedPurchase) -> date | None:
    """Return the last day that is paid for; ``None`` while that is not known.

    What is paid for lasts to the next charge, on whichever day of a short month that
    is made: unlike a term, it is not counted from the day on which it began.
    """
    charge = purchase.billing.next_charge
    return (
        None if charge is None else day_of(charge, purchase.facts.zones) - periods.DAY
    )


def own_ended_on(purchase: JudgedPurchase) -> date | None:
    """Return the last day by its own terms of a contract that was cancelled.

    It counts from the day of the notice. ``None`` where the end of what was paid for
    is not known, or no proof of an end.
    """
    told, until = purchase.facts.cancelled_at, purchase.billing.paid_until
    assert told is not None  # noqa: S101 - the caller looks first
    held = () if until is None else (until,)
    then = replace(
        purchase,
        facts=replace(purchase.facts, as_of=told, cancelled_at=None),
        billing=replace(purchase.billing, coming=held),
    )
    # a newspaper that was told to stop comes for as long as it is paid for
    if then.may_bind and then.kind != "newspaper":
        return None
    return contract_end(then, purchase.facts.notice) if then.stated else paid_end(then)


def paid_end_by_law(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], first: date | None
) -> date | None:
    """Return the last day that is paid for, where it comes before any law's day.

    Nothing that is stated binds past it, and the longest notice that a law allows
    does not either; a notice that a law asks for does.
    """
    is_bound = purchase.stated or purchase.may_bind
    if is_bound or not purchase.renews or awaits_country(purchase):
        return None
    end = paid_end(purchase)
    if end is None or first is None:
        return end
    caps = all(way.exit.caps_notice for way in ways if way.ends_on == first)
    return end if end < first and (caps or purchase.service.terms) else None


def capped(notice: Period | None, ways: tuple[WayOut, ...]) -> Period | None:
    """Return the contract's notice, cut to the longest that a law allows."""
    lengths = (notice, longest_notice(ways))
    return None if notice is None else periods.shortest(n for n in lengths if n)


def longest_notice(ways: tuple[WayOut, ...]) -> Period | None:
    """Return the longest notice that a law allows; ``None``: none on file says.

    A law whose reach is not settled cuts nothing: who relied on it would be late.
    """
    return periods.shortest(
        way.exit.caps_notice
        for way in ways
        if way.exit.caps_notice and not way.right.unsettled
    )


def is_in_time_at_most(purchase: JudgedPurchase, longest: Period) -> bool:
    """Return whether even the longest lawful notice is in time for the running term.

    Not where that term's end is not known.
    """
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    end = running_term(purchase.facts).ends
    return end is not None and periods.notice_day(longest, end) >= today


def asks_of_stated(purchase: JudgedPurchase) -> tuple[str, ...]:
    """Return the facts not known of a contract of which something is stated."""
    facts, term = purchase.facts, running_term(purchase.facts)
    undated = is_undated(purchase, term)
    if undated or purchase.channel.slug in STORES:
        # a store ends it before the next charge: no contract's notice counts there
        return _asks_of_term(purchase) if undated else ()
    if term.lapsed and facts.renewal_term is None and facts.renews_open is None:
        return ("renewal_term",)
    if (term.ends or term.open_ended) and facts.notice is None:
        return ("notice",)
    return ()


def _asks_of_term(purchase: JudgedPurchase) -> tuple[str, ...]:
    """Return what dates a term that is stated and not dated."""
    facts = purchase.facts
    bought = () if facts.purchased_at is not None else ("purchased_at",)
    return bought if facts.term is not None else (*bought, "term")
