"""Plans: the series among charges, told by amounts that are equal, drift, or change."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

from rescind.core.find import thresholds
from rescind.core.find.rhythm import (
    FOUR_WEEKS,
    HALF_MONTH,
    PAIR,
    Rhythm,
    month_parts,
    rhythm,
)
from rescind.core.find.series import Charge, Series, fits, in_step, near

Parts = tuple[list[Series], list[Charge]]
"""Series, and the charges that belong to none."""


def whole(charges: list[Charge]) -> Series | None:
    """Return all charges as one series, where they are one plan at changing prices."""
    best = _kept(charges)
    if best is None:
        return None
    if len(charges) > thresholds.OUTLIERS_FROM:
        near_usual = _about(charges)
        if len(near_usual) < len(charges):
            charges, best = near_usual, _kept(near_usual)
    if best is None or not _is_one_plan(charges, best):
        return None
    return in_step(charges, best)


def _kept(charges: Sequence[Charge]) -> Rhythm | None:
    """Return the rhythm that charges keep, about one a day."""
    days = _days(charges)
    if len(days) < max(PAIR, len(charges) * thresholds.ONE_A_DAY):
        return None
    best = rhythm(days)
    return best if fits(best, len(days)) else None


def _days(charges: Iterable[Charge]) -> list[int]:
    """Return the days of charges, each once; what is in order costs no sorting."""
    return sorted(dict.fromkeys([charge.day for charge in charges]))


def _about(charges: list[Charge]) -> list[Charge]:
    """Return charges about the usual price, and far cheaper ones that come first.

    A first price is a part of the plan, however low; a dear single purchase is not.
    """
    costs = sorted(charge.cost for charge in charges)
    usual, ratio = costs[len(costs) // 2], thresholds.OUTLIER_RATIO
    if near(costs[0], usual, ratio) and near(usual, costs[-1], ratio):
        return charges
    first = list(
        itertools.takewhile(
            lambda charge: (
                not near(charge.cost, usual, ratio)
                and charge.cost < usual <= charge.cost * thresholds.FIRST_PRICE_RATIO
            ),
            charges[: thresholds.FIRST_PRICE_CHARGES],
        )
    )
    others = charges[len(first) :]
    return [*first, *(c for c in others if near(c.cost, usual, ratio))]


def _is_one_plan(charges: Sequence[Charge], best: Rhythm) -> bool:
    """Return whether amounts can be the prices of one plan, one after the other."""
    costs = Counter(charge.cost for charge in charges)
    if len(costs) == 1:
        return True
    if len(charges) == PAIR:
        is_yearly = _are_a_year_apart([charge.day for charge in charges])
        doubles = is_yearly and charges[0].cost < charges[1].cost
        ratio = thresholds.YEARLY_FIRST_RATIO if doubles else thresholds.PAIR_RATIO
        return near(min(costs), max(costs), ratio)
    prices = [
        cost
        for cost, count in costs.most_common(thresholds.PLANS_TRIED)
        if count >= thresholds.PLAN_CHARGES
    ]
    if len(prices) > 1 and not _is_by_week(best) and _interleave(charges, prices):
        return False
    are_many = len(costs) > max(1, len(charges) * thresholds.PRICES_MANY)
    return not are_many or max(costs) <= thresholds.PRICES_WIDE * min(costs)


def _is_by_week(best: Rhythm) -> bool:
    """Return whether days keep one week's or two weeks' step too well for two plans."""
    is_exact = best.fit >= thresholds.STRICT_FIT
    is_close = best.spread <= thresholds.WEEKLY_ROOM
    return best.unit == "D" and best.count < FOUR_WEEKS and is_exact and is_close


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
    of_cost: dict[int, list[Charge]] = {}
    for charge in charges:
        of_cost.setdefault(charge.cost, []).append(charge)
    is_busy = len(charges) > thresholds.BUSY_PAYEE
    fewest = thresholds.BUSY_CHARGES if is_busy else PAIR
    repeated = [each for each in of_cost.values() if len(each) >= fewest]
    # the most usual amount first; sorting leaves equals in the order of their days
    repeated.sort(key=len, reverse=True)
    series = [each for equal in repeated for each in _equal(equal)]
    return series, rest_of(charges, series)


def rest_of(charges: Iterable[Charge], series: Iterable[Series]) -> list[Charge]:
    """Return the charges that are of none of the series."""
    members = {charge for each in series for charge in each.charges}
    if not members:
        return list(charges)
    return [charge for charge in charges if charge not in members]


def _equal(charges: list[Charge]) -> list[Series]:
    """Return the series among charges of one amount: usually one, sometimes two."""
    best = rhythm(_days(charges))
    if best is not None and fits(best, len(charges)):
        return [in_step(charges, best)]
    parts = unbroken(charges)
    if len(parts) > 1:
        of_parts = [each for part in parts for each in _equal(part)]
        return [s for s in of_parts if len(s.charges) >= thresholds.PLAN_CHARGES]
    if len(charges) < thresholds.SAME_DAY_CHARGES:
        return []
    return _by_day(charges)


def unbroken(charges: Sequence[Charge]) -> list[list[Charge]]:
    """Return sorted charges in parts, apart where a silence is too long for a pause.

    One old charge and nothing for ten months is no part of what goes on by the month.
    """
    gaps = sorted(b.day - a.day for a, b in itertools.pairwise(charges))
    if not gaps:
        return [list(charges)]
    longest = gaps[(len(gaps) - 1) // 2] * thresholds.PAUSE
    parts = [[charges[0]]]
    for before, charge in itertools.pairwise(charges):
        if charge.day - before.day > longest > 0:
            parts.append([])
        parts[-1].append(charge)
    return parts


def _by_day(charges: list[Charge]) -> list[Series]:
    """Return monthly series of one amount that differ by the day of the month."""
    days = Counter(month_parts(charge.day)[1] for charge in charges)
    result: list[Series] = []
    for day, _ in days.most_common(thresholds.PLANS_TRIED):
        about = [c for c in charges if _is_about(month_parts(c.day)[1], day)]
        if len(about) < thresholds.PLAN_CHARGES:
            continue
        best = rhythm(_days(about))
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
        days = _days(cluster)
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
