"""Rhythms: the period, the day and the delay that a series of bookings keeps.

Days are ordinals (``date.toordinal``). Charges by the month keep a day of the month:
the 31st falls on a shorter month's last day, a booking slips over a weekend or some
days more, seldom ahead. Charges by the week keep a number of days.
"""

import itertools
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rescind.core.find import thresholds

PAIR = 2
"""Charges that a rhythm takes: two have one gap."""
WEEK, FOUR_WEEKS, THIRTY_DAYS, YEAR = 7, 28, 30, 365
MONTHS_A_YEAR, LONGEST_MONTH, HALF_MONTH = 12, 31, 15
_MONTH = 30.437
"""Days of a month on average."""
_FRIDAY_TO_MONDAY = 3
"""Days by which a booking is late that was due on the last working day."""
_NO_SPREAD = 99
"""The spread of days of which none keeps the rhythm: worse than any that do."""
_EARLIER_ANCHOR = 0.001
"""What a day later in the month costs: of due days that fit as well, the earlier."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, on which day, and how well the days fit."""

    unit: str
    """``D`` or ``M``."""
    count: int
    anchor: int
    """The day of the month, or the ordinal of a day in step."""
    first: int
    """Index of the first period (months since year 0, or zero)."""
    last: int
    lag: int
    """Days that bookings usually stand off the anchor."""
    spread: int
    """Days between the earliest and the latest, off the anchor, of most bookings."""
    fit: float
    """Share of the days that keep the rhythm, each in a period of its own."""
    cover: float
    """Share of the periods between first and last that have a booking."""

    @property
    def days(self) -> float:
        """Return the length of a period in days, on average."""
        return self.count * (_MONTH if self.unit == "M" else 1)

    @property
    def period(self) -> tuple[str, int]:
        """Return the period, to be compared: ``("M", 1)``."""
        return self.unit, self.count

    @property
    def iso(self) -> str:
        """Return the period as ISO 8601 writes it.

        >>> Rhythm("M", 12, 3, 0, 1, 0, 0, 1.0, 1.0).iso
        'P1Y'
        """
        if self.unit == "M":
            return "P1Y" if self.count == MONTHS_A_YEAR else f"P{self.count}M"
        if self.count % WEEK:
            return f"P{self.count}D"
        return f"P{self.count // WEEK}W"

    def expected(self, index: int) -> int:
        """Return the ordinal of the day on which a period's booking is due."""
        if self.unit == "M":
            return month_day(index, self.anchor)
        return self.anchor + index * self.count

    def index(self, day: int) -> tuple[int, int]:
        """Return the nearest period of a day, and how far off its due day it is."""
        if self.unit == "D":
            nearest = round((day - self.anchor - self.lag) / self.count)
            return nearest, day - self.expected(nearest)
        month, off = _nearest_month(day, self.anchor)
        over = (month - self.first) % self.count
        if over:
            down = month - over
            nearest = down if over * 2 <= self.count else down + self.count
            return nearest, day - self.expected(nearest)
        return month, off

    @property
    def step(self) -> int:
        """Return how far apart the indices of periods are."""
        return self.count if self.unit == "M" else 1

    @property
    def grace(self) -> int:
        """Return the days after the due day in which a booking is only late."""
        if self.unit == "D":
            is_short = self.count < FOUR_WEEKS
            return thresholds.GRACE_WEEKLY if is_short else thresholds.GRACE_FOUR_WEEKLY
        is_yearly = self.count >= MONTHS_A_YEAR
        return thresholds.GRACE_YEARLY if is_yearly else thresholds.GRACE


@lru_cache(maxsize=4096)
def _length(month: int) -> int:
    return monthrange(month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1)[1]


@lru_cache(maxsize=65536)
def month_parts(day: int) -> tuple[int, int]:
    """Return months since year 0, and the day of the month."""
    on = date.fromordinal(day)
    return on.year * MONTHS_A_YEAR + on.month - 1, on.day


@lru_cache(maxsize=65536)
def month_day(month: int, day: int) -> int:
    """Return the ordinal of a day of a month, or of the month's last day.

    >>> date.fromordinal(month_day(2026 * 12 + 1, 31))
    datetime.date(2026, 2, 28)
    """
    year, place = divmod(month, MONTHS_A_YEAR)
    return date(year, place + 1, min(day, _length(month))).toordinal()


@lru_cache(maxsize=1 << 18)
def _nearest_month(day: int, anchor: int) -> tuple[int, int]:
    """Return the month whose due day is nearest, and how many days off it is."""
    month, of_month = month_parts(day)
    off = of_month - min(anchor, _length(month))
    if off > HALF_MONTH:
        later = month_day(month + 1, anchor)
        return (month + 1, day - later) if later - day < off else (month, off)
    if off < -HALF_MONTH:
        earlier = month_day(month - 1, anchor)
        return (month - 1, day - earlier) if day - earlier < -off else (month, off)
    return month, off


WEEKS_OF_HABIT = frozenset({21, 42})
"""Days of periods that boxes have, and visits to a hairdresser."""
USUAL_GAPS = (
    (5, 9, (("D", 7),)),
    (11, 17, (("D", 14),)),
    (19, 23, (("D", 21),)),
    (25, 36, (("M", 1), ("D", 28))),
    (40, 44, (("D", 42),)),
    (53, 68, (("M", 2),)),
    (80, 102, (("M", 3),)),
    (112, 130, (("M", 4),)),
    (168, 198, (("M", 6),)),
    (345, 390, (("M", 12),)),
)
"""By the usual gap in days: the periods that it may be; of equals the last is taken."""
_HIGHEST_BY_DAYS = thresholds.RANK_FIT + 1
"""What no rhythm by days can come to: one by the month that is surer is the best."""


def _periods_of(gap: int) -> tuple[tuple[str, int], ...]:
    for low, high, periods in USUAL_GAPS:
        if low <= gap <= high:
            return periods
    return ()


def rhythm(days: Sequence[int]) -> Rhythm | None:
    """Return the rhythm that sorted days keep best, or None.

    The usual gap is the lower median, so that a pause or a missing booking does not
    hide it.

    >>> best = rhythm([date(2026, m, 31 if m == 1 else 28).toordinal() for m in (1, 2)])
    >>> best.iso, best.anchor
    ('P1M', 31)
    """
    if len(days) < PAIR:
        return None
    gaps = sorted([b - a for a, b in itertools.pairwise(days)])
    usual = gaps[(len(gaps) - 1) // 2]
    best: Rhythm | None = None
    highest = 0.0
    for unit, count in _periods_of(usual):
        by = _by_days if unit == "D" else _by_months
        other = by(days, count)
        rank = _rank(other)
        if best is None or rank >= highest:
            best, highest = other, rank
        if highest > _HIGHEST_BY_DAYS:
            break
    may_be = best is not None and abs(usual - THIRTY_DAYS) <= 1
    return _in_thirties(days, best) if best and may_be else best


def _in_thirties(days: Sequence[int], best: Rhythm) -> Rhythm:
    """Return the rhythm of every thirty days, where it is kept better than another.

    By the month such charges slip a day at a time; only many of them show it.
    """
    can_gain = best.fit < 1.0 or best.spread >= thresholds.THIRTY_GAINS
    if len(days) < thresholds.THIRTY_CHARGES or not can_gain:
        return best
    other = _by_days(days, THIRTY_DAYS)
    is_kept = other.fit >= thresholds.DRIFTING_FIT and other.cover >= best.cover
    gained = best.spread - other.spread
    is_better = other.fit > best.fit or gained >= thresholds.THIRTY_GAINS
    return other if is_kept and is_better else best


def _rank(one: Rhythm) -> float:
    fit = one.fit * thresholds.RANK_FIT + one.cover
    bonus = thresholds.RANK_MONTHLY if one.unit == "M" else 0
    return fit - one.spread / thresholds.RANK_SPREAD + bonus


def _by_days(days: Sequence[int], count: int) -> Rhythm:
    start = days[0]
    half = count // 2
    offs = [(day - start + half) % count - half for day in days]
    middle = sorted(offs)[len(offs) // 2]
    offs = [(day - start - middle + half) % count - half for day in days]
    room = thresholds.WEEKLY_ROOM if count == WEEK else thresholds.FOUR_WEEKLY_ROOM
    is_exact = offs.count(0) >= thresholds.WEEKLY_EXACT * len(days)
    late = thresholds.WEEKLY_LATE if count == WEEK and is_exact else room
    in_step: dict[int, int] = {}
    for day, off in zip(days, offs, strict=True):
        over_weekend = count == WEEK and off == _FRIDAY_TO_MONDAY and is_monday(day)
        if -room <= off <= late or over_weekend:
            in_step.setdefault((day - start - middle - off) // count, off)
    return _of("D", count, start + middle, in_step, len(days))


def is_monday(day: int) -> bool:
    """Return whether a day is a Monday.

    >>> is_monday(date(2026, 6, 1).toordinal()), is_monday(date(2026, 6, 2).toordinal())
    (True, False)
    """
    return day % WEEK == 1


def _by_months(days: Sequence[int], count: int) -> Rhythm:
    anchors = _anchors(days)
    anchor = anchors.pop()
    if anchors:
        anchor = min((anchor, *anchors), key=lambda each: _distance(days, each))
    places = [_nearest_month(day, anchor) for day in days]
    phases = [month % count for month, _ in places] if count > 1 else [0]
    phase = max(set(phases), key=phases.count)
    room = thresholds.LATE if count < MONTHS_A_YEAR else thresholds.LATE_YEARLY
    in_step: dict[int, int] = {}
    for month, off in places:
        if month % count == phase and thresholds.EARLY <= off <= room:
            in_step.setdefault(month, off)
    return _of("M", count, anchor, in_step, len(days))


def _distance(days: Iterable[int], anchor: int) -> float:
    """Return how far days stand off a due one; early ones count more than late ones."""
    offs = (_nearest_month(day, anchor)[1] for day in days)
    far = sum(off if off >= 0 else -thresholds.EARLY_WEIGHT * off for off in offs)
    return far + anchor * _EARLIER_ANCHOR


def _anchors(days: Sequence[int]) -> set[int]:
    """Return the days of the month that may be the due one: usual ones, the last."""
    counts: dict[int, int] = {}
    for day in days:
        of_month = month_parts(day)[1]
        counts[of_month] = counts.get(of_month, 0) + 1
    usual = sorted(counts, key=counts.__getitem__, reverse=True)
    if 2 * counts[usual[0]] > len(days):
        return {usual[0]}
    return {*usual[: thresholds.DUE_DAYS_TRIED], max(counts)}


def _of(
    unit: str, count: int, anchor: int, in_step: Mapping[int, int], total: int
) -> Rhythm:
    """Return a rhythm, given how far off the due day each period's booking is."""
    if not in_step:
        return Rhythm(unit, count, anchor, 0, 0, 0, _NO_SPREAD, 0.0, 0.0)
    offs = sorted(in_step.values())
    first, last = min(in_step), max(in_step)
    step = count if unit == "M" else 1
    cut = len(offs) // thresholds.STRAYS
    return Rhythm(
        unit,
        count,
        anchor,
        first,
        last,
        lag=offs[len(offs) // 2],
        spread=offs[-1 - cut] - offs[cut],
        fit=len(in_step) / total,
        cover=len(in_step) / ((last - first) // step + 1),
    )
