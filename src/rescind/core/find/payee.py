"""The charges of one payee, taken apart into series.

A payee may bill two plans, or a plan among single purchases. Charges of one amount that
keep a rhythm are taken first; what stands between them on a due day, at another price,
belongs to them; prices that follow each other on the same days are one series.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from rescind.core.find import thresholds
from rescind.core.find.joining import dissolved, fill, joined, split_bundles
from rescind.core.find.plans import (
    by_amount,
    drifting,
    leftover,
    rest_of,
    unbroken,
    whole,
)
from rescind.core.find.series import Charge, Series


def series_of(charges: Sequence[Charge]) -> tuple[list[Series], list[Charge]]:
    """Return the series among one payee's charges, and what belongs to none."""
    rows = sorted(charges)
    tests = _tests_of_a_card(rows)
    paid = [charge for charge in rows if charge not in tests] if tests else rows
    series, rest = _plans(paid)
    series, bundles = dissolved(series)
    rest = split_bundles(series, [*rest, *bundles])
    rest = fill(series, rest)
    if len(rest) > 1:
        more, rest = leftover(rest)
        series = joined([*series, *more])
    alone = [each for each in series if len(each.charges) == 1]
    rest += [charge for each in alone for charge in each.charges]
    series = [each for each in series if len(each.charges) > 1]
    _add_trials(series, tests)
    return series, rest


def _plans(rows: list[Charge]) -> tuple[list[Series], list[Charge]]:
    """Return the plans whose amounts tell them apart, and the other charges."""
    one = whole(rows)
    if one is not None:
        is_all = len(one.charges) == len(rows)
        rest = [] if is_all else rest_of(rows, [one])
        one.is_alone = not rest
        return [one], rest
    parts = [part for part in unbroken(rows) if len(part) >= thresholds.PLAN_CHARGES]
    pieces = [piece for part in parts if (piece := whole(part)) is not None]
    if pieces and len(parts[0]) < len(rows):
        return _with_others(rows, pieces)
    in_foreign_money, rest = drifting(rows)
    equal, rest = by_amount(rest)
    return joined([*in_foreign_money, *equal]), rest


def _with_others(
    rows: list[Charge], pieces: list[Series]
) -> tuple[list[Series], list[Charge]]:
    """Return plans that stand between long silences, and those beside them."""
    equal, rest = by_amount(rest_of(rows, pieces))
    return joined([*pieces, *equal]), rest


def _tests_of_a_card(rows: Sequence[Charge]) -> set[Charge]:
    """Return charges of nothing, or of one, beside which others cost more."""
    small = [charge for charge in rows if charge.cost <= thresholds.TRIAL]
    if not small or len(small) == len(rows):
        return {charge for charge in small if charge.cost == 0}
    cost, count = Counter(charge.cost for charge in small).most_common(1)[0]
    if cost and count > thresholds.SMALL_PRICE_CHARGES:
        small = [charge for charge in small if charge.cost != cost]
    return set(small)


def _add_trials(series: Iterable[Series], tests: Iterable[Charge]) -> None:
    """Give a series the trial before it: a first charge of nothing, or of one."""
    for test in sorted(tests):
        after = [
            each
            for each in series
            if each.trial is None
            and 0 < each.first - test.day <= thresholds.TRIAL_BEFORE
        ]
        if after:
            min(after, key=lambda each: each.first).trial = test
