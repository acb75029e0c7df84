"""Exits: on which day a contract ends if a statutory way out is taken today."""

from bisect import bisect_right
from datetime import date, timedelta

from rescind.core import periods
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.facts import day_of
from rescind.core.model.law import Exit, ExitEnds, ExitHow
from rescind.core.model.period import Period
from rescind.core.periods import IsWorkingDay

_PERCENT = 100
_MOST_STEPS = 400
"""Steps of an exit that are looked at; more is a mistake of the facts."""


def is_simple(way: Exit) -> bool:
    """Return whether the day it ends on follows from the day of the notice alone."""
    dated = way.after or way.first or way.every or way.working_days or way.not_before
    return not dated and way.ends is ExitEnds.ANY_DAY


def is_within_share(purchase: JudgedPurchase, way: Exit) -> bool | None:
    """Return whether the part of the term in which it is open is not over yet.

    ``None`` where the term or its first day is not known.
    """
    if way.within_share is None:
        return True
    start, term = purchase.facts.begun_on, purchase.facts.term
    if start is None or term is None:
        return None
    days = (periods.first_after(start, term) - start).days
    return (_today(purchase) - start).days * _PERCENT <= days * way.within_share


def first_day(purchase: JudgedPurchase, way: Exit) -> date | None:
    """Return the first day on which notice can be given, as far as the law waits.

    ``None`` where it is counted from a day that is not known.
    """
    if way.after is None:
        return _today(purchase)
    start = purchase.bought_on
    return None if start is None else periods.first_after(start, way.after)


def _told(purchase: JudgedPurchase, way: Exit) -> date:
    """Return the first day from today on that a notice can be given on."""
    return max(_today(purchase), first_day(purchase, way) or _today(purchase))


def last_notice(
    purchase: JudgedPurchase, way: Exit, is_working_day: IsWorkingDay
) -> date | None:
    """Return the last day on which notice still ends the contract as soon as now.

    ``None`` where waiting a day makes the end no more than a day later: then no day
    for the notice passes.
    """
    today = _told(purchase, way)
    ends_on = exit_day(purchase, way, is_working_day)
    is_fixed = (
        way.first or way.every or way.not_before or way.ends is ExitEnds.MONTH_END
    )
    if ends_on is None or not is_fixed or way.how is ExitHow.PERIOD_END:
        return None
    if ends_on == _noticed(way, today, is_working_day) and not way.every:
        return today if way.ends is ExitEnds.MONTH_END else None
    days = range((ends_on - today).days + 1)
    late = bisect_right(
        days,
        ends_on,
        key=lambda ahead: (
            exit_day(purchase, way, is_working_day, told=today + timedelta(days=ahead))
            or date.max
        ),
    )
    return today + timedelta(days=late - 1)


def exit_day(
    purchase: JudgedPurchase,
    way: Exit,
    is_working_day: IsWorkingDay,
    *,
    told: date | None = None,
) -> date | None:
    """Return the contract's last day if a statutory way out is taken.

    It is taken now, or on the first day that the law has; ``told`` is another day. A
    way to stop the charges does not shorten a term or a notice that was stated, nor
    one that may be there.
    ``None`` where a day that it is counted from is not known.
    """
    if way.how is ExitHow.PERIOD_END:
        is_bound = purchase.stated or purchase.may_bind
        charge = None if is_bound else purchase.billing.next_charge
        if charge is None:
            return None
        return day_of(charge, purchase.facts.zones) - periods.DAY
    start = purchase.bought_on
    if start is None and (way.first or way.every or way.after):
        return None
    told = told or _told(purchase, way)
    if start is not None and way.first is not None and way.first_notice is not None:
        first = periods.last_of(start, way.first)
        if periods.add(told, way.first_notice) <= first:
            return first
    day = _noticed(way, told, is_working_day)
    change = getattr(purchase.facts, way.not_before) if way.not_before else None
    if change is not None:
        day = max(day, _until_change(way, day_of(change, purchase.facts.zones)))
    return _last_day(way, start, day)


def _until_change(way: Exit, day: date) -> date:
    """Return the last day before a change; a home that is left counts to its day."""
    return day if way.not_before == "moved_at" else day - periods.DAY


def _today(purchase: JudgedPurchase) -> date:
    return day_of(purchase.facts.as_of, purchase.facts.zones)


def _noticed(way: Exit, told: date, is_working_day: IsWorkingDay) -> date:
    """Return the day on which the notice has run."""
    if way.notice is None:
        return told
    if way.working_days:
        return periods.working_day_after(told, way.notice.count, is_working_day)
    return periods.add(told, way.notice)


def _last_day(way: Exit, start: date | None, day: date) -> date | None:
    """Return the first day from ``day`` on that the law lets a contract end on."""
    if start is not None and way.first is not None:
        day = max(day, periods.last_of(start, way.first))
    if start is not None and way.every is not None:
        return _whole_step(start, way.every, day)
    if way.ends is ExitEnds.MONTH_END:
        return periods.add_months(day.replace(day=1), 1) - periods.DAY
    return day


def _whole_step(start: date, every: Period, day: date) -> date | None:
    ends = (periods.last_of(start, every, count) for count in range(1, _MOST_STEPS))
    return next((end for end in ends if end >= day), None)
