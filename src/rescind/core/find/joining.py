"""Series put together: prices that follow each other, and charges that join in."""

import math
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from itertools import combinations
from operator import itemgetter

from rescind.core.find import thresholds
from rescind.core.find.rhythm import PAIR, Rhythm, rhythm
from rescind.core.find.series import Charge, Series, fits, near


def joined(series: Sequence[Series]) -> list[Series]:
    """Return series with prices that follow each other put together."""
    result: list[Series] = []
    for after in sorted(series, key=lambda each: each.first):
        for place in reversed(range(len(result))):
            before = result[place]
            ratio = _most_ratio(before, after)
            both = follows(before, after, pauses=thresholds.PAUSE, ratio=ratio)
            if both:
                result[place] = both
                break
        else:
            result.append(after)
    return result


def _most_ratio(before: Series, after: Series) -> float:
    """Return by how much a price may change: far more where a short one began it."""
    gap = thresholds.FIRST_PRICE_GAP * before.rhythm.days
    is_next = after.first - before.last <= gap
    is_short = len(before.charges) <= thresholds.FIRST_PRICE_CHARGES
    if is_next and is_short and before.cost < after.charges[0].cost:
        return thresholds.FIRST_PRICE_RATIO
    return thresholds.NEXT_PRICE_RATIO


def follows(
    before: Series, after: Series, *, pauses: float, ratio: float
) -> Series | None:
    """Return two series as one where the second goes on with the first's rhythm.

    ``pauses``: how many periods of the first may lie between. ``ratio``: how many times
    the lower price the higher one may be.
    """
    if not 0 < after.first - before.last <= before.rhythm.days * pauses:
        return None
    if not near(before.cost, after.charges[0].cost, ratio):
        return None
    longer = max(before, after, key=lambda each: len(each.charges))
    fewest = min(len(before.charges), len(after.charges))
    is_other = before.rhythm.period != after.rhythm.period
    if is_other and fewest > thresholds.SHORT_SERIES:
        return None
    charges = [*before.charges, *after.charges]
    best = rhythm([charge.day for charge in charges])
    if best is None or best.period != longer.rhythm.period:
        return None
    if best.fit < thresholds.GOOD_FIT or best.cover < thresholds.LONG_COVER:
        return None
    return Series(charges, best, before.trial)


def split_bundles(series: Sequence[Series], rest: Sequence[Charge]) -> list[Charge]:
    """Take charges that are two series' amounts together into both; return the others.

    A biller for many, such as Apple, puts what is due about the same day into one.
    """
    if len(series) < PAIR or not rest:
        return list(rest)
    wanted = {charge.day for charge in rest}
    on_day: dict[int, list[_FreeDays]] = {}
    for each in series:
        free = _FreeDays(each, thresholds.BUNDLE_ROOM)
        for day in free.days(wanted):
            on_day.setdefault(day, []).append(free)
    pairs = {day: _pairs(day, free) for day, free in on_day.items()}
    others: list[Charge] = []
    for charge in rest:
        pair = _pair_in(charge, pairs.get(charge.day, ()))
        for free in pair:
            free.take(charge._replace(cost=free.series.cost_at(charge.day)))
        if not pair:
            others.append(charge)
    return others


def dissolved(series: Sequence[Series]) -> tuple[list[Series], list[Charge]]:
    """Return series without those that are but two others' bundles, and their charges.

    Every second or third month two plans are booked as one, and the sum of both looks
    like a plan. The two get the rhythm that they have with it.
    """
    if not PAIR < len(series) <= thresholds.BUNDLED_TRIED:
        return list(series), []
    for each in series:
        others = [other for other in series if other is not each]
        for one, other in combinations(others, PAIR):
            rhythms = _with_bundle(each, one), _with_bundle(each, other)
            total = one.cost_at(each.last) + other.cost_at(each.last)
            if all(rhythms) and near(each.cost, total, thresholds.BUNDLE_RATIO):
                one.rhythm, other.rhythm = rhythms  # type: ignore[assignment] # all
                return others, each.charges
    return list(series), []


def _with_bundle(bundle: Series, each: Series) -> Rhythm | None:
    """Return the rhythm by months of a series with a bundle's days, if they make one.

    Two plans that are apart make one by half a month.
    """
    days = sorted({charge.day for charge in [*bundle.charges, *each.charges]})
    best = rhythm(days)
    is_made = fits(best, len(days)) and len(bundle.charges) <= len(each.charges)
    return best if is_made and best is not None and best.unit == "M" else None


class _FreeDays:
    """The due days of a series that have no charge yet.

    Kept beside the series: to look through its charges for each other one of a payee's
    would take the square of their number.
    """

    def __init__(self, series: Series, room: int) -> None:
        self.series, self.room = series, room
        self.periods = series.periods()
        self.first, self.last = min(self.periods), max(self.periods)

    def days(self, wanted: Container[int]) -> Iterator[int]:
        """Yield the wanted days about free due ones, from the one before the first on.

        A charge that is taken meanwhile moves the end.
        """
        rhythm = self.series.rhythm
        index = self.first - rhythm.step
        while index <= self.last + rhythm.step:
            due = rhythm.expected(index) + rhythm.lag
            for day in range(due - self.room, due + self.room + 1):
                if day in wanted and index not in self.periods and self.has(day):
                    yield day
            index += rhythm.step

    def has(self, day: int) -> bool:
        """Return whether a day is a due one, between others or next, without charge."""
        index, off = self.series.rhythm.index(day)
        step = self.series.rhythm.step
        within = self.first - step <= index <= self.last + step
        is_due = abs(off - self.series.rhythm.lag) <= self.room
        return within and index not in self.periods and is_due

    def take(self, charge: Charge) -> None:
        """Take a charge into the series, on its due day."""
        index, _ = self.series.rhythm.index(charge.day)
        self.periods.add(index)
        self.first, self.last = min(self.first, index), max(self.last, index)
        self.series.add(charge)


_Pair = tuple[int, _FreeDays, _FreeDays]
"""What two series cost together, and both."""


def _pairs(day: int, free: Sequence[_FreeDays]) -> list[_Pair]:
    """Return the pairs among series that lack a day, by what they cost together."""
    tried = free[: thresholds.BUNDLED_TRIED]
    costs = [each.series.cost_at(day) for each in tried]
    pairs = [
        (costs[one] + costs[other], tried[one], tried[other])
        for one, other in combinations(range(len(tried)), 2)
    ]
    return sorted(pairs, key=itemgetter(0))


def _pair_in(charge: Charge, pairs: Sequence[_Pair]) -> tuple[_FreeDays, ...]:
    """Return two series that still lack the day, and whose amounts a charge is."""
    least = charge.cost / thresholds.BUNDLE_RATIO
    for total, one, other in pairs[bisect_left(pairs, least, key=itemgetter(0)) :]:
        if not near(charge.cost, total, thresholds.BUNDLE_RATIO):
            return ()
        if one.has(charge.day) and other.has(charge.day):
            return one, other
    return ()


def fill(every: Sequence[Series], rest: Sequence[Charge]) -> list[Charge]:
    """Take what stands on free due days at another price in; return the others."""
    if not every or not rest:
        return list(rest)
    on_day: dict[int, list[tuple[int, Charge]]] = {}
    for charge in sorted(rest):
        on_day.setdefault(charge.day, []).append((charge.cost, charge))
    taken: set[Charge] = set()
    for series in every:
        room = thresholds.FREE_DAY_ROOM
        if series.rhythm.days < thresholds.WEEKLY_BELOW:
            room = thresholds.FREE_DAY_ROOM_WEEKLY
        free = _FreeDays(series, room)
        for day in free.days(on_day):
            charge_near = _near_on(on_day[day], series.cost_at(day))
            if charge_near is not None:
                free.take(charge_near)
                taken.add(charge_near)
    return [charge for charge in rest if charge not in taken]


def _near_on(charges: list[tuple[int, Charge]], cost: int) -> Charge | None:
    """Take the cheapest charge that is near a price out of a day's, sorted by cost."""
    place = bisect_left(charges, (math.ceil(cost / thresholds.FREE_DAY_RATIO),))
    if place == len(charges):
        return None
    if not near(charges[place][0], cost, thresholds.FREE_DAY_RATIO):
        return None
    return charges.pop(place)[1]
