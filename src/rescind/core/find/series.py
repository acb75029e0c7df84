"""Series: the charges of one payee that keep a rhythm, taken apart from the others.

A payee may bill two plans, or a plan among single purchases. Charges of one amount that
keep a rhythm are taken first; what stands between them on a due day, at another price,
belongs to them; prices that follow each other on the same days are one series.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from rescind.core.find.rhythm import Rhythm, month_parts, rhythm

TRIAL = 1000
"""Thousandths up to which a first charge only tests the card."""
_GOOD, _FAIR = 0.85, 0.6
_NEAR = 1.06
"""How far amounts in foreign money drift from one to the next."""
_MOST_RATIO, _MOST_START = 2.2, 7.0
"""The step up to which another price can be the same contract's; from a first one."""


class Charge(NamedTuple):
    """One charge: day (ordinal), amount (thousandths), place in the table."""

    day: int
    cost: int
    at: int


@dataclass(slots=True)
class Series:
    """Charges that belong together, in order of their days."""

    charges: list[Charge]
    rhythm: Rhythm
    trial: Charge | None = None
    is_alone: bool = False
    """Whether the payee has charged nothing else."""

    @property
    def first(self) -> int:
        """Return the first day."""
        return self.charges[0].day

    @property
    def last(self) -> int:
        """Return the last day."""
        return self.charges[-1].day

    @property
    def cost(self) -> int:
        """Return the latest amount."""
        return self.charges[-1].cost


def series_of(charges: Sequence[Charge]) -> tuple[list[Series], list[Charge]]:
    """Return the series among one payee's charges, and what belongs to none."""
    rows = sorted(charges)
    trials = _tests_of_a_card(rows)
    rows = [c for c in rows if c not in trials]
    whole = _whole(rows)
    if whole:
        held = set(whole.charges)
        found, rest = [whole], [c for c in rows if c not in held]
        whole.is_alone = not rest
    else:
        drifting, rest = _near_amounts(rows)
        found, rest = _by_amount(rest)
        found = _joined([*drifting, *found])
    rest = _bundled(found, rest)
    for series in found:
        rest = _filled(series, rest)
    if len(rest) > 1:
        more, rest = _leftover(rest)
        found += more
        found = _joined(found)
    found, alone = (
        [s for s in found if len(s.charges) > 1],
        [c for s in found if len(s.charges) == 1 for c in s.charges],
    )
    _with_trials(found, trials)
    return found, [*rest, *alone]


def _tests_of_a_card(rows: list[Charge]) -> set[Charge]:
    """Return charges of nothing, or of one, beside which others cost more."""
    small = [c for c in rows if c.cost <= TRIAL]
    if not small or len(small) == len(rows):
        return {c for c in small if c.cost == 0}
    usual = Counter(c.cost for c in small).most_common(1)[0]
    if usual[0] and usual[1] > 3:
        small = [c for c in small if c.cost != usual[0]]
    return set(small)


def _fits(found: Rhythm | None, count: int) -> bool:
    """Return whether a rhythm is kept well enough for so many charges."""
    if found is None or found.fit < _GOOD:
        return False
    if count == 2:
        return found.cover == 1.0
    if count == 3:
        return found.cover >= _FAIR and found.fit == 1.0
    return found.cover >= _FAIR - 0.1


def _whole(rows: list[Charge]) -> Series | None:
    """Return all charges as one series, where they are one plan at changing prices."""
    days = sorted({c.day for c in rows})
    if len(days) < max(2, len(rows) * 0.9):
        return None
    found = rhythm(days)
    if not _fits(found, len(days)):
        return None
    assert found is not None  # noqa: S101 - it fits
    usual = sorted(c.cost for c in rows)[len(rows) // 2]
    if len(rows) > 4:
        rows = [c for c in rows if _near(c.cost, usual, 2.6)]
    costs = Counter(c.cost for c in rows)
    if len(costs) > 1:
        if len(rows) == 2 and not _near(rows[0].cost, rows[1].cost, 1.5):
            return None
        plans = [cost for cost, n in costs.most_common(3) if n >= 3]
        if len(plans) > 1 and _interleave(rows, plans):
            return None
        if len(costs) > len(rows) * 0.6 and max(costs) > 4 * min(costs):
            return None
    return _of(rows, found)


def _near(one: int, other: int, ratio: float) -> bool:
    low, high = (one, other) if one < other else (other, one)
    return low > 0 and high <= low * ratio


def _interleave(rows: list[Charge], plans: list[int]) -> bool:
    """Return whether two prices run beside each other, not one after the other."""
    spans = []
    for cost in plans:
        days = [c.day for c in rows if c.cost == cost]
        spans.append((min(days), max(days)))
    spans.sort()
    return any(
        min(a[1], b[1]) - max(a[0], b[0]) > 0.3 * min(a[1] - a[0], b[1] - b[0])
        for a, b in itertools.pairwise(spans)
    )


def _of(rows: list[Charge], found: Rhythm) -> Series:
    """Return a series of the charges that keep a rhythm, one for each period."""
    best: dict[int, tuple[int, Charge]] = {}
    room = 9 if found.unit == "M" else max(2, found.count // 7)
    if found.days > 300:
        room = 20
    for charge in rows:
        index, off = found.index(charge.day)
        if abs(off - found.lag) <= room:
            kept = best.get(index)
            if kept is None or abs(off - found.lag) < kept[0]:
                best[index] = abs(off - found.lag), charge
    return Series(sorted(charge for _, charge in best.values()), found)


def _by_amount(rows: list[Charge]) -> tuple[list[Series], list[Charge]]:
    """Return series of equal amounts, and the other charges."""
    costs = Counter(c.cost for c in rows)
    found: list[Series] = []
    taken: set[Charge] = set()
    for cost, count in costs.most_common():
        if count < 2:
            break
        same = [c for c in rows if c.cost == cost]
        for series in _streams(same):
            found.append(series)
            taken.update(series.charges)
    return found, [c for c in rows if c not in taken]


def _streams(same: list[Charge]) -> list[Series]:
    """Return the series among charges of one amount: usually one, sometimes two."""
    best = rhythm(sorted({c.day for c in same}))
    if _fits(best, len(same)):
        assert best is not None  # noqa: S101 - it fits
        return [_of(same, best)]
    if len(same) < 4:
        return []
    return _by_day(same)


def _by_day(same: list[Charge]) -> list[Series]:
    """Return monthly series of one amount that differ by the day of the month."""
    days = Counter(month_parts(c.day)[1] for c in same)
    found: list[Series] = []
    left = list(same)
    for day, _ in days.most_common(3):
        near = [c for c in left if -2 <= _off(month_parts(c.day)[1], day) <= 5]
        if len(near) < 3:
            continue
        kept = rhythm(sorted({c.day for c in near}))
        if kept and kept.fit >= 0.9 and kept.cover >= 0.8 and kept.unit == "M":
            series = _of(near, kept)
            found.append(series)
            taken = set(series.charges)
            left = [c for c in left if c not in taken]
    return found


def _off(day: int, anchor: int) -> int:
    off = day - anchor
    return off + 30 if off < -15 else off - 30 if off > 15 else off


def _joined(found: list[Series]) -> list[Series]:
    """Return series with prices that follow each other put together."""
    found = sorted(found, key=lambda s: s.first)
    done: list[Series] = []
    for series in found:
        for before in reversed(done):
            merged = follows(before, series, ratio=_step(before, series))
            if merged:
                done[done.index(before)] = merged
                break
        else:
            done.append(series)
    return done


def _step(before: Series, after: Series) -> float:
    """Return by how much a price may change: far more where a short one began it."""
    is_next = after.first - before.last <= 1.35 * before.rhythm.days
    is_start = len(before.charges) < 7 and before.cost < after.charges[0].cost
    return _MOST_START if is_next and is_start else _MOST_RATIO


def _bundled(found: list[Series], rest: list[Charge]) -> list[Charge]:
    """Take charges that are two series' amounts together into both of them.

    A biller for many, such as Apple, puts what is due about the same day into one.
    """
    left: list[Charge] = []
    for charge in rest:
        pair = next(
            (
                (one, two)
                for one, two in combinations(found, 2)
                if _near(
                    charge.cost, _cost_at(one, charge) + _cost_at(two, charge), 1.01
                )
                and all(_is_free(series, charge) for series in (one, two))
            ),
            None,
        )
        if pair is None:
            left.append(charge)
            continue
        for series in pair:
            share = charge._replace(cost=_cost_at(series, charge))
            series.charges.append(share)
            series.charges.sort()
    return left


def _is_free(series: Series, charge: Charge) -> bool:
    """Return whether a charge stands on a due day, between others, that has none."""
    index, off = series.rhythm.index(charge.day)
    held = {series.rhythm.index(c.day)[0] for c in series.charges}
    step = series.rhythm.step
    within = min(held) - step <= index <= max(held) + step
    return within and index not in held and abs(off - series.rhythm.lag) <= 5


def follows(
    before: Series, after: Series, *, pauses: float = 4.5, ratio: float = _MOST_RATIO
) -> Series | None:
    """Return two series as one where the second goes on with the first's rhythm."""
    one, two = before.rhythm, after.rhythm
    if after.first <= before.last or after.first - before.last > one.days * pauses:
        return None
    if not _near(before.cost, after.charges[0].cost, ratio):
        return None
    if (one.unit, one.count) != (two.unit, two.count) and min(
        len(before.charges), len(after.charges)
    ) > 2:
        return None
    together = [*before.charges, *after.charges]
    kept = rhythm([c.day for c in together])
    if kept is None or kept.fit < _GOOD or kept.cover < 0.5:
        return None
    longer = one if len(before.charges) >= len(after.charges) else two
    if (kept.unit, kept.count) != (longer.unit, longer.count):
        return None
    return Series(together, kept, before.trial)


def _filled(series: Series, rest: list[Charge]) -> list[Charge]:
    """Take into a series what stands on its free due days at another price."""
    held = {series.rhythm.index(c.day)[0] for c in series.charges}
    step = series.rhythm.step
    low, high = min(held), max(held)
    left: list[Charge] = []
    for charge in sorted(rest):
        index, off = series.rhythm.index(charge.day)
        is_next = low - step <= index <= high + step
        room = 4 if series.rhythm.days > 20 else 1
        if (
            is_next
            and index not in held
            and abs(off - series.rhythm.lag) <= room
            and _near(charge.cost, _cost_at(series, charge), 1.6)
        ):
            held.add(index)
            low, high = min(held), max(held)
            series.charges.append(charge)
            series.charges.sort()
        else:
            left.append(charge)
    return left


def _cost_at(series: Series, charge: Charge) -> int:
    """Return the series's amount nearest to a charge's day."""
    return min(series.charges, key=lambda c: abs(c.day - charge.day)).cost


def _leftover(rest: list[Charge]) -> tuple[list[Series], list[Charge]]:
    """Return series among what is left: amounts that drift, or two a year apart."""
    return _in_clusters(rest, 3, _GOOD, _FAIR - 0.1)


def _near_amounts(rows: list[Charge]) -> tuple[list[Series], list[Charge]]:
    """Return series of amounts that drift as foreign money does, and the rest."""
    if len(rows) < 5:
        return [], rows
    return _in_clusters(rows, 5, 0.9, 0.75)


def _in_clusters(
    rows: list[Charge], fewest: int, fit: float, cover: float
) -> tuple[list[Series], list[Charge]]:
    clusters: list[list[Charge]] = []
    for charge in sorted(rows, key=lambda c: c.cost):
        if clusters and charge.cost <= clusters[-1][-1].cost * _NEAR:
            clusters[-1].append(charge)
        else:
            clusters.append([charge])
    found: list[Series] = []
    taken: set[Charge] = set()
    for cluster in clusters:
        days = sorted({c.day for c in cluster})
        if len(days) < len(cluster) or (len(days) < fewest and not _a_year_apart(days)):
            continue
        kept = rhythm(days)
        if kept and _fits(kept, len(days)) and kept.fit >= fit and kept.cover >= cover:
            series = _of(cluster, kept)
            found.append(series)
            taken.update(series.charges)
    return found, [c for c in rows if c not in taken]


def _a_year_apart(days: list[int]) -> bool:
    return len(days) == 2 and 360 <= days[1] - days[0] <= 371


def _with_trials(found: list[Series], trials: Iterable[Charge]) -> None:
    """Give a series the trial before it: a first charge of nothing, or of one."""
    for trial in sorted(trials):
        after = [s for s in found if s.trial is None and 0 < s.first - trial.day <= 35]
        if after:
            min(after, key=lambda s: s.first - trial.day).trial = trial
