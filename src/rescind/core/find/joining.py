"""Series put together: prices that follow each other, and charges that join in."""

from collections.abc import Sequence
from itertools import combinations

from rescind.core.find import thresholds
from rescind.core.find.rhythm import rhythm
from rescind.core.find.series import Charge, Series, near


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
    others: list[Charge] = []
    for charge in rest:
        pair = next(
            (pair for pair in combinations(series, 2) if _are_both_in(charge, pair)),
            (),
        )
        for each in pair:
            each.add(charge._replace(cost=each.cost_at(charge.day)))
        if not pair:
            others.append(charge)
    return others


def _are_both_in(charge: Charge, pair: tuple[Series, Series]) -> bool:
    """Return whether a charge is two series' amounts, due on a day that both lack."""
    total = sum(series.cost_at(charge.day) for series in pair)
    is_sum = near(charge.cost, total, thresholds.BUNDLE_RATIO)
    return is_sum and all(_is_free(series, charge) for series in pair)


def _is_free(series: Series, charge: Charge) -> bool:
    """Return whether a charge stands on a due day, between others, that has none."""
    index, off = series.rhythm.index(charge.day)
    periods, step = series.periods(), series.rhythm.step
    within = min(periods) - step <= index <= max(periods) + step
    is_due = abs(off - series.rhythm.lag) <= thresholds.BUNDLE_ROOM
    return within and index not in periods and is_due


def fill(series: Series, rest: Sequence[Charge]) -> list[Charge]:
    """Take what stands on free due days at another price in; return the others."""
    room = thresholds.FREE_DAY_ROOM
    if series.rhythm.days < thresholds.WEEKLY_BELOW:
        room = thresholds.FREE_DAY_ROOM_WEEKLY
    periods, step = series.periods(), series.rhythm.step
    others: list[Charge] = []
    for charge in sorted(rest):
        index, off = series.rhythm.index(charge.day)
        if (
            min(periods) - step <= index <= max(periods) + step
            and index not in periods
            and abs(off - series.rhythm.lag) <= room
            and near(charge.cost, series.cost_at(charge.day), thresholds.FREE_DAY_RATIO)
        ):
            periods.add(index)
            series.add(charge)
        else:
            others.append(charge)
    return others
