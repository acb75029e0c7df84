"""Charges: those that come if nothing is done, on the days of the first one."""

from collections.abc import Callable
from datetime import date

from rescind.core import periods
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.facts import day_of
from rescind.core.model.period import Period

MOST = 1000
"""Charges that are played at most."""


def charges_to(
    purchase: JudgedPurchase, through: date, *, bound: date | None
) -> tuple[date, ...]:
    """Return the charges that come if nothing is done: to a day, and one more.

    ``bound`` is the last day of the term that follows where nobody gives notice: all
    of its payments are owed.
    """
    coming = [day_of(day, purchase.facts.zones) for day in purchase.billing.coming]
    if not coming:
        return ()
    first, period = min(coming), purchase.offer.period
    if period is None:
        return (first,)
    day = _series(purchase, first, period)
    count = 1
    while day(count - 1) <= through:
        count += 1
    while bound is not None and day(count) <= bound:
        count += 1
    if count > MOST:
        return ()
    return tuple(map(day, range(count)))


def _series(
    purchase: JudgedPurchase, first: date, period: Period
) -> Callable[[int], date]:
    """Return what gives the n-th charge from the next one on.

    They are counted from the first charge of all, where the next one is of its series:
    begun on the 31st, they come back to it wherever a month has one.
    """
    start, before = _begun(purchase, first, period)
    months = period.months

    def day(number: int) -> date:
        if months is None:
            return periods.add(first, period, number)
        return periods.add_months(start, before + months * number)

    return day


def _begun(purchase: JudgedPurchase, first: date, period: Period) -> tuple[date, int]:
    """Return the first charge of the next one's series, and the months since."""
    facts, anchor = purchase.facts, purchase.billing.anchor
    known = (
        None if day is None else day_of(day, facts.zones)
        for day in (anchor, facts.begun_on, facts.paid_at)
    )
    return periods.series_of(first, period, known)


def kept_day(purchase: JudgedPurchase, charges: tuple[date, ...]) -> int:
    """Return the day of the month that charges keep; 0 where they keep none."""
    period = purchase.offer.period
    if not charges or period is None or period.months is None:
        return 0
    return _begun(purchase, charges[0], period)[0].day


def charge_after_next(purchase: JudgedPurchase, number: int) -> date | None:
    """Return the n-th charge after the next one; ``None`` where none is known."""
    charge, period = purchase.billing.next_charge, purchase.offer.period
    if charge is None or period is None:
        return None
    return _series(purchase, day_of(charge, purchase.facts.zones), period)(number)


def paid_on_to(purchase: JudgedPurchase, charges: tuple[date, ...]) -> date | None:
    """Return the day to which the last of some coming charges pays; ``None``: none."""
    period = purchase.offer.period
    if not charges or period is None:
        return None
    return _series(purchase, charges[0], period)(len(charges))
