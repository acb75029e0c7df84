"""By when a notice has to arrive to stop the next term: safely, and at the latest."""

from datetime import datetime

from rescind.core import periods
from rescind.core.know.billing import safe_before
from rescind.core.know.minimum_term import running_term
from rescind.core.know.own_end import (
    capped,
    contract_end,
    is_in_time_at_most,
    is_undated,
    longest_notice,
    paid_end,
)
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.ways import WayOut
from rescind.core.model.facts import day_of


def last_moments(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], best: WayOut | None
) -> tuple[datetime | None, datetime | None]:
    """Return the safe and the last moment for a notice that stops the next term.

    The safe one follows the contract's own notice, with a day's margin; the last one
    the law's, where that is shorter.
    """
    early = purchase.channel.early_charge_hours
    if best is not None:
        return _moments_of(purchase, best)
    term, notice = running_term(purchase.facts), purchase.facts.notice
    if term.open_ended or is_undated(purchase, term):
        return None, None
    if notice is None:
        return _moments_at_most(purchase, ways)
    end = term.ends or paid_end(purchase)
    if not purchase.facts.renews_open:
        # too late for the running term, it is the next one that can be stopped
        end = contract_end(purchase, capped(notice, ways)) or end
    if end is None:
        return None, None
    shorter = capped(notice, ways) or notice
    if purchase.facts.renews_open and purchase.renewal_notice is not None:
        # a notice too late for the term still ends it with the law's own notice
        shorter = periods.shortest((shorter, purchase.renewal_notice)) or shorter
    strict = periods.notice_day(notice, end)
    lenient = max(strict, periods.notice_day(shorter, end))
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    if strict < today <= lenient:
        # a longer notice than the law allows binds nobody
        strict = lenient
    safe = safe_before((strict + periods.DAY,), early)
    return safe, periods.last_end(lenient, purchase.facts.zones)


def _moments_at_most(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...]
) -> tuple[datetime | None, datetime | None]:
    """Return the moments of a notice not known, by the longest that a law allows.

    Only for a term whose end is known: of any other nobody knows what it is in time
    for, and each day of waiting may move the end on.
    """
    longest, end = longest_notice(ways), running_term(purchase.facts).ends
    if longest is None or end is None or not is_in_time_at_most(purchase, longest):
        return None, None
    last = periods.notice_day(longest, end)
    safe = safe_before((last + periods.DAY,), purchase.channel.early_charge_hours)
    return safe, periods.last_end(end, purchase.facts.zones)


def _moments_of(
    purchase: JudgedPurchase, way: WayOut
) -> tuple[datetime | None, datetime | None]:
    """Return by when a way out by law has to be used, safely and at the latest."""
    notice_by = way.notice_by or way.opens_on
    safe = [day for day in (notice_by, way.use_by) if day is not None]
    if not safe:
        return None, None
    latest = [day for day in (notice_by, way.use_latest) if day is not None]
    last = periods.last_end(min(latest), purchase.facts.zones)
    if way.opens_on is not None and min(safe) <= way.opens_on:
        # the day before is too early: before the first day there is no margin
        return last, last
    early = purchase.channel.early_charge_hours
    return safe_before((min(safe) + periods.DAY,), early), last
