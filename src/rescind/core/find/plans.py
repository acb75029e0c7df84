"""Plans: the series among charges, told by amounts that are equal, drift, or change."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

from rescind.core.find import thresholds
from rescind.core.find.rhythm import HALF_MONTH, PAIR, month_parts, rhythm
from rescind.core.find.series import Charge, Series, fits, in_step, near

Parts = tuple[list[Series], list[Charge]]
"""Series, and the charges that belong to none."""


def whole(charges: list[Charge]) -> Series | None:
    """Return all charges as one series, where they are one plan at changing prices."""
    days = sorted({charge.day for charge in charges})
    if len(days) < max(PAIR, len(charges) * thresholds.ONE_A_DAY):
        return None
    best = rhythm(days)
    if best is None or not fits(best, len(days)):
        return None
    usual = sorted(charge.cost for charge in charges)[len(charges) // 2]
    if len(charges) > thresholds.OUTLIERS_FROM:
        ratio = thresholds.OUTLIER_RATIO
        charges = [charge for charge in charges if near(charge.cost, usual, ratio)]
    return in_step(charges, best) if _is_one_plan(charges) else None


def _is_one_plan(charges: Sequence[Charge]) -> bool:
    """Return whether amounts can be the prices of one plan, one after the other."""
    costs = Counter(charge.cost for charge in charges)
    if len(charges) == PAIR and len(costs) > 1:
        return near(min(costs), max(costs), thresholds.PAIR_RATIO)
    prices = [
        cost
        for cost, count in costs.most_common(thresholds.PLANS_TRIED)
        if count >= thresholds.PLAN_CHARGES
    ]
    if len(prices) > 1 and _interleave(charges, prices):
        return False
    are_many = len(costs) > max(1, len(charges) * thresholds.PRICES_MANY)
    return not are_many or max(costs) <= thresholds.PRICES_WIDE * min(costs)


def _interleave(charges: Sequence[Charge], prices: Iterable[int]) -> bool:
    """Return whether two prices run beside each other, not one after the other."""
    spans = []
    for price in prices:
        days = [charge.day for charge in charges if charge.cost == price]
        spans.append((min(days), max(days)))
    spans.sort()
    share = thresholds.PLANS_OVERLAP
    return any(
        min(a[1], b[1]) - max(a[0], b[0]) > share * min(a[1] - a[0], b[1] - b[0])
        for a, b in itertools.pairwise(spans)
    )


def by_amount(charges: Sequence[Charge]) -> Parts:
    """Return series of equal amounts, and the other charges."""
    counts = Counter(charge.cost for charge in charges)
    repeated = [cost for cost, count in counts.most_common() if count >= PAIR]
    series = [
        each
        for cost in repeated
        for each in _equal([charge for charge in charges if charge.cost == cost])
    ]
    return series, rest_of(charges, series)


def rest_of(charges: Iterable[Charge], series: Iterable[Series]) -> list[Charge]:
    """Return the charges that are of none of the series."""
    members = {charge for each in series for charge in each.charges}
    return [charge for charge in charges if charge not in members]


def _equal(charges: list[Charge]) -> list[Series]:
    """Return the series among charges of one amount: usually one, sometimes two."""
    best = rhythm(sorted({charge.day for charge in charges}))
    if best is not None and fits(best, len(charges)):
        return [in_step(charges, best)]
    if len(charges) < thresholds.SAME_DAY_CHARGES:
        return []
    return _by_day(charges)


def _by_day(charges: list[Charge]) -> list[Series]:
    """Return monthly series of one amount that differ by the day of the month."""
    days = Counter(month_parts(charge.day)[1] for charge in charges)
    result: list[Series] = []
    for day, _ in days.most_common(thresholds.PLANS_TRIED):
        about = [c for c in charges if _is_about(month_parts(c.day)[1], day)]
        if len(about) < thresholds.PLAN_CHARGES:
            continue
        best = rhythm(sorted({charge.day for charge in about}))
        if (
            best
            and best.unit == "M"
            and best.fit >= thresholds.SAME_DAY_FIT
            and best.cover >= thresholds.SAME_DAY_COVER
        ):
            series = in_step(about, best)
            result.append(series)
            charges = rest_of(charges, [series])
    return result


def _is_about(day: int, anchor: int) -> bool:
    """Return whether a day of the month is near another, also over a month's end."""
    off = (day - anchor + HALF_MONTH) % (2 * HALF_MONTH) - HALF_MONTH
    return thresholds.SAME_DAY_EARLY <= off <= thresholds.SAME_DAY_LATE


def drifting(charges: list[Charge]) -> Parts:
    """Return series of amounts that drift as foreign money does, and the rest."""
    fewest = thresholds.DRIFTING_CHARGES
    if len(charges) < fewest:
        return [], charges
    fit, cover = thresholds.DRIFTING_FIT, thresholds.DRIFTING_COVER
    return _in_clusters(charges, fewest, fit, cover)


def leftover(charges: Sequence[Charge]) -> Parts:
    """Return series among what is left: amounts that drift, or two a year apart."""
    fewest = thresholds.LEFT_CHARGES
    return _in_clusters(charges, fewest, thresholds.GOOD_FIT, thresholds.LONG_COVER)


def _in_clusters(
    charges: Sequence[Charge], fewest: int, fit: float, cover: float
) -> Parts:
    result: list[Series] = []
    for cluster in _clusters(charges):
        days = sorted({charge.day for charge in cluster})
        if len(days) < len(cluster) or (
            len(days) < fewest and not _are_a_year_apart(days)
        ):
            continue
        best = rhythm(days)
        if best and fits(best, len(days)) and best.fit >= fit and best.cover >= cover:
            result.append(in_step(cluster, best))
    return result, rest_of(charges, result)


def _clusters(charges: Iterable[Charge]) -> list[list[Charge]]:
    """Return charges by amount, each but a drift above the one below it."""
    clusters: list[list[Charge]] = []
    for charge in sorted(charges, key=lambda c: c.cost):
        if clusters and charge.cost <= clusters[-1][-1].cost * thresholds.DRIFT:
            clusters[-1].append(charge)
        else:
            clusters.append([charge])
    return clusters


def _are_a_year_apart(days: Sequence[int]) -> bool:
    if len(days) != PAIR:
        return False
    gap = days[1] - days[0]
    return thresholds.TWO_YEARLY_LEAST <= gap <= thresholds.TWO_YEARLY_MOST
