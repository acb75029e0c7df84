"""Billing: the first charge, the last payment, and the charge that comes next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from rescind.core import periods
from rescind.core.model.catalogue import Offer, SoldAs
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.period import Period

_ZONES = (periods.LATEST_ZONE, UTC, periods.EARLIEST_ZONE)
"""Three zones that between them see every calendar day a moment can fall on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Billing:
    """What was charged and what comes, as far as the facts tell."""

    anchor: When | None
    """The first charge; later ones keep its day of the month."""
    payment: When | None
    """The last payment; ``None`` while nothing was paid or the day is unknown."""
    is_renewal: bool | None
    in_trial: bool
    nothing_paid: bool
    """The trial runs, or was cancelled before it became a charge."""
    coming: tuple[When, ...]
    """The next charge under each reading of the zone; empty: none or not known."""
    paid_until: When | None
    """When what is paid for ends if nothing more is paid."""
    projected: bool
    """The days were counted from the anchor, not given."""
    assumed_trial: bool = False
    """The trial's end was counted from the length that the terms stated."""
    left_trial_at: When | None = None
    """The trial's end, where it was cancelled by then: the paid time never began."""

    @property
    def next_charge(self) -> When | None:
        """Return the next charge as the consumer would date it."""
        return self.coming[0] if self.coming else None


def billing(facts: Facts, offer: Offer, stated_trial: Period | None) -> Billing:
    """Return the billing of an offer, projected from its first charge to ``as_of``.

    ``stated_trial`` is the trial's length where the terms of the purchase day state
    one; it stands in for an unknown ``trial_ends_at``.
    """
    if offer.sold_as is SoldAs.SUBSCRIPTION:
        return _subscription(facts, offer, stated_trial)
    payment = facts.paid_at or facts.purchased_at
    return Billing(
        anchor=payment,
        payment=payment,
        is_renewal=False,
        in_trial=False,
        nothing_paid=False,
        coming=(),
        paid_until=_prepaid_until(payment, offer, facts.zones),
        projected=True,
    )


def _prepaid_until(
    payment: When | None, offer: Offer, zones: tuple[tzinfo, ...]
) -> When | None:
    if payment is None or offer.sold_as is not SoldAs.PREPAID or offer.period is None:
        return None
    return periods.add(day_of(payment, zones), offer.period)


def _subscription(facts: Facts, offer: Offer, stated_trial: Period | None) -> Billing:
    period = offer.period
    trial_end, assumed = _trial_end(facts, stated_trial)
    anchor = _anchor(facts, period, trial_end)
    in_trial = _is_free(facts, trial_end, facts.as_of)
    until = _until(facts)
    coming, projected = _coming(facts, period, anchor, facts.as_of)
    left_trial_at = _left_trial_at(facts, trial_end)
    is_free = in_trial or left_trial_at is not None
    payment = facts.paid_at or _last_payment(facts, period, anchor, in_trial=is_free)
    has_begun = payment is not None or facts.starts_on is None
    paid_until: When | None = coming[0] if coming and has_begun else None
    if facts.cancelled_at is not None:
        held, projected = _coming(facts, period, anchor, facts.cancelled_at)
        paid_until, coming = (held[0] if held else None), ()
    if left_trial_at is not None:
        # what was charged for the time after a trial that was left moves no end
        paid_until = left_trial_at
    return Billing(
        anchor=anchor,
        payment=payment,
        is_renewal=_is_renewal(payment, anchor, period, facts),
        in_trial=in_trial,
        nothing_paid=_is_free(facts, trial_end, until),
        coming=coming,
        paid_until=paid_until,
        projected=projected,
        assumed_trial=assumed,
        left_trial_at=left_trial_at,
    )


def _left_trial_at(facts: Facts, trial_end: When | None) -> When | None:
    """Return the trial's end, where it was cancelled by then; its last day counts."""
    told = facts.cancelled_at
    if told is None or trial_end is None or _is_after(told, trial_end, facts.zones):
        return None
    return trial_end


def _is_free(facts: Facts, trial_end: When | None, at: When) -> bool:
    if trial_end is None or facts.paid_at is not None:
        return False
    return not _is_after(at, trial_end, facts.zones)


def _trial_end(facts: Facts, stated: Period | None) -> tuple[When | None, bool]:
    if facts.trial_ends_at is not None:
        return facts.trial_ends_at, False
    if not facts.had_trial or stated is None or facts.purchased_at is None:
        return None, False
    start = facts.purchased_at
    end = periods.add(day_of(start, facts.zones), stated)
    if isinstance(start, datetime):
        return datetime.combine(end, start.timetz()), True
    return end, True


def _anchor(facts: Facts, period: Period | None, trial_end: When | None) -> When | None:
    """Return the first charge: the one that was told, else the day it is due.

    After a trial it may come on the trial's last day or on the day after.
    """
    start = facts.starts_on or facts.purchased_at
    if trial_end is not None:
        is_told = period is not None and is_paid_after_trial(facts, trial_end, period)
        return facts.paid_at if is_told else trial_end
    if start is None:
        return None
    if facts.paid_at is not None and period is not None and not facts.is_paid_ahead:
        first_renewal = periods.add(day_of(start, facts.zones), period)
        if day_of(facts.paid_at, facts.zones) < first_renewal:
            return facts.paid_at
    return None if facts.had_trial else start


def is_paid_after_trial(facts: Facts, trial_end: When, period: Period) -> bool:
    """Return whether the charge that was told is the first one after a trial.

    Not one of the trial's own days, nor one that was taken after it was left.
    """
    if facts.paid_at is None:
        return False
    paid_on, last = day_of(facts.paid_at, facts.zones), day_of(trial_end, facts.zones)
    is_left = _is_after(facts.paid_at, _until(facts), facts.zones)
    return last < paid_on < periods.add(last, period) and not is_left


def _until(facts: Facts) -> When:
    """Return the moment up to which charges count: the cancellation's, or today's."""
    return facts.cancelled_at or facts.as_of


def _is_after(value: When, limit: When, zones: tuple[tzinfo, ...]) -> bool:
    if isinstance(value, datetime) and isinstance(limit, datetime):
        return value > limit
    return day_of(value, zones) > day_of(limit, zones)


def _coming(
    facts: Facts, period: Period | None, anchor: When | None, after: When
) -> tuple[tuple[When, ...], bool]:
    """Return the first charge after a moment under each reading of the zone."""
    given = facts.renews_at
    if facts.is_paid_ahead and facts.starts_on is not None:
        # the first period is paid: the next charge comes after it has begun
        after = max(day_of(after, facts.zones), facts.starts_on)
    after_day = day_of(after, facts.zones)
    if given is not None and day_of(given, facts.zones) >= after_day:
        trial_end = facts.trial_ends_at
        if trial_end is None or _is_after(after, trial_end, facts.zones):
            return (given,), False
        return (given, trial_end), False
    start = given or _counted_from(facts, period, anchor, after)
    if start is None or period is None:
        return (), True
    if start == facts.paid_at and facts.purchased_at is None:
        start = _before(start, period, after, facts.zones)
    still_free = facts.paid_at is None and not _is_after(after, start, facts.zones)
    if facts.trial_ends_at is not None and start == anchor and still_free:
        return (start,), False
    return _projected(start, period, after, facts.zones), True


def _counted_from(
    facts: Facts, period: Period | None, anchor: When | None, after: When
) -> When | None:
    """Return the charge from which later ones are counted.

    The first one, but for a last one that came well before, or long after, every day
    counted from it: a plan that was changed begins a rhythm of its own.
    """
    paid, zones = facts.paid_at, facts.zones
    if anchor is None or paid is None or period is None:
        return anchor or paid
    first, on = day_of(anchor, zones), day_of(paid, zones)
    if _is_after(paid, after, zones):
        return anchor
    is_trial_end = anchor not in (paid, facts.starts_on, facts.purchased_at)
    if is_trial_end and _is_off(first, period, on):
        # a trial's end is no charge: the one that was told says on which day they come
        return paid
    return paid if begins_anew(first, period, on) else anchor


def begins_anew(first: date, period: Period, on: date) -> bool:
    """Return whether a charge lies far from every day counted from the first one.

    >>> month = Period.parse("P1M")
    >>> begins_anew(date(2026, 6, 1), month, date(2026, 11, 15))
    True
    >>> begins_anew(date(2026, 6, 1), month, date(2026, 11, 3))
    False
    >>> begins_anew(date(2026, 6, 20), month, date(2026, 11, 14))
    True
    """
    if on <= first:
        return False
    number, following = periods.charges(first, period, after=on)
    before = periods.add(first, period, number - 1)
    late, early = on - before, following - on
    return late > _late_at_most(period, on) and early > _EARLY_AT_MOST


def _is_off(first: date, period: Period, on: date) -> bool:
    """Return whether a later charge lies on no day that is counted from the first."""
    return (
        on > first and periods.charges(first, period, after=on - periods.DAY)[1] != on
    )


def _late_at_most(period: Period, on: date) -> timedelta:
    """Return how far a charge may lie from its day: a fifth of its period, or a week.

    Banks book on working days, and cards are tried again.
    """
    return min((periods.add(on, period) - on) / 5, timedelta(days=7))


_EARLY_AT_MOST = timedelta(days=3)
"""How far a charge may come before its day: some collect before the month begins. One
that came sooner tells that later ones do, too."""


def _before(
    payment: When, period: Period, limit: When, zones: tuple[tzinfo, ...]
) -> When:
    """Return the last payment not after a day, counted back from one that is known.

    Of a contract that was ended in August and charged in November, it says until when
    August was paid for.
    """
    times = 0
    while _is_after(earlier := _step(payment, period, -times, zones), limit, zones):
        times += 1
    return earlier


def _step(value: When, period: Period, times: int, zones: tuple[tzinfo, ...]) -> When:
    day = periods.add(day_of(value, zones), period, times)
    if isinstance(value, datetime):
        return datetime.combine(day, value.timetz())
    return day


def _projected(
    start: When, period: Period, after: When, zones: tuple[tzinfo, ...]
) -> tuple[When, ...]:
    if not isinstance(start, datetime):
        after_day = day_of(after, zones)
        return (periods.charges(start, period, after=after_day)[1],)
    own = zones[0] if len(zones) == 1 else start.tzinfo or UTC
    readings = (_in_zone(start, period, after, zone) for zone in (own, *_ZONES))
    return tuple(dict.fromkeys(readings))


def _in_zone(start: datetime, period: Period, after: When, zone: tzinfo) -> datetime:
    first = start.astimezone(zone).date()
    limit = day_of(after, (zone,))
    if isinstance(after, datetime):
        limit -= timedelta(days=1)
    number, day = periods.charges(first, period, after=limit)
    charge = periods.shift(start, day, zone=zone)
    if isinstance(after, datetime) and charge <= after:
        day = periods.add(first, period, number + 1)
        charge = periods.shift(start, day, zone=zone)
    return charge


def _last_payment(
    facts: Facts, period: Period | None, anchor: When | None, *, in_trial: bool
) -> When | None:
    if in_trial:
        return None
    if anchor is None or period is None:
        return _before_renewal(facts, period)
    until = _until(facts)
    first: date = day_of(anchor, facts.zones)
    if first > day_of(until, facts.zones):
        return None
    number, _ = periods.charges(first, period, after=day_of(until, facts.zones))
    return _step(anchor, period, max(number - 1, 0), facts.zones)


def _before_renewal(facts: Facts, period: Period | None) -> When | None:
    """Return the payment one period before a known renewal, if nothing better is."""
    if facts.renews_at is None or period is None or facts.had_trial:
        return None
    before = _step(facts.renews_at, period, -1, facts.zones)
    return None if _is_after(before, facts.as_of, facts.zones) else before


def _is_renewal(
    payment: When | None, anchor: When | None, period: Period | None, facts: Facts
) -> bool | None:
    if payment is None or anchor is None or period is None:
        return None
    first_renewal = periods.add(day_of(anchor, facts.zones), period)
    return day_of(payment, facts.zones) >= first_renewal


def safe_before(charges: tuple[When, ...], early_hours: int) -> datetime:
    """Return the last moment with a day's margin before the earliest charge.

    A charge known by its day may run as soon as that day begins anywhere, at
    UTC+14. The hours that a biller wants hold the margin already: the larger counts.

    >>> safe_before((date(2026, 7, 31),), 0).isoformat()
    '2026-07-30T00:00:00+14:00'
    >>> safe_before((date(2026, 7, 31),), 48).isoformat()
    '2026-07-29T00:00:00+14:00'
    """
    earliest = min(_start(charge) for charge in charges)
    return earliest - max(periods.MARGIN, timedelta(hours=early_hours))


def _start(charge: When) -> datetime:
    if isinstance(charge, datetime):
        return charge
    return datetime.combine(charge, datetime.min.time(), periods.EARLIEST_ZONE)


def latest_before(charge: When, zones: tuple[tzinfo, ...]) -> datetime:
    """Return the last moment before a charge in the most favourable reading."""
    if isinstance(charge, datetime):
        return charge
    return periods.last_end(charge - periods.DAY, zones)
