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
    anchor, months = purchase.billing.anchor, period.months
    start, before = first, 0
    if anchor is not None and months is not None:
        begun = day_of(anchor, purchase.facts.zones)
        apart = (first.year - begun.year) * 12 + first.month - begun.month
        if apart >= 0 and periods.add_months(begun, apart) == first:
            start, before = begun, apart

    def day(number: int) -> date:
        if months is None:
            return periods.add(first, period, number)
        return periods.add_months(start, before + months * number)

    return day


def paid_on_to(purchase: JudgedPurchase, charges: tuple[date, ...]) -> date | None:
    """Return the day to which the last of some coming charges pays; ``None``: none."""
    period = purchase.offer.period
    if not charges or period is None:
        return None
    return _series(purchase, charges[0], period)(len(charges))
