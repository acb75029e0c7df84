"""Series: charges that keep a rhythm together, as one contract's do."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from rescind.core.find import thresholds
from rescind.core.find.rhythm import PAIR, WEEK, Rhythm, is_monday


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

    def cost_at(self, day: int) -> int:
        """Return the amount nearest to a day."""
        place = bisect_left(self.charges, (day,))
        beside = self.charges[max(0, place - 1) : place + 1]
        return min(beside, key=lambda charge: abs(charge.day - day)).cost

    def periods(self) -> set[int]:
        """Return the indices of the periods that have a charge."""
        return {self.rhythm.index(charge.day)[0] for charge in self.charges}

    def add(self, charge: Charge) -> None:
        """Take a charge in, at its day."""
        insort(self.charges, charge)


def fits(rhythm: Rhythm | None, count: int) -> TypeGuard[Rhythm]:
    """Return whether a rhythm is kept well enough for so many charges."""
    if rhythm is None or rhythm.fit < thresholds.GOOD_FIT:
        return False
    if count == PAIR:
        return rhythm.cover == 1.0
    if count <= thresholds.EXACT_CHARGES:
        return rhythm.cover >= thresholds.GOOD_COVER and rhythm.fit == 1.0
    return rhythm.cover >= thresholds.LONG_COVER


def in_step(charges: Sequence[Charge], rhythm: Rhythm) -> Series:
    """Return a series of the charges that keep a rhythm, one for each period."""
    room = max(thresholds.WEEKLY_ROOM, rhythm.count // WEEK, rhythm.spread)
    if rhythm.unit == "M":
        room = thresholds.MONTHLY_ROOM
    if rhythm.days > thresholds.YEARLY_FROM:
        room = thresholds.YEARLY_ROOM
    nearest: dict[int, tuple[int, Charge]] = {}
    for charge in charges:
        index, off = rhythm.index(charge.day)
        distance = abs(off - rhythm.lag)
        if rhythm.count == WEEK and off - rhythm.lag > room and is_monday(charge.day):
            distance -= 1  # due on a Friday, booked after the weekend
        if distance <= room and (index not in nearest or distance < nearest[index][0]):
            nearest[index] = distance, charge
    return Series(sorted(charge for _, charge in nearest.values()), rhythm)


def near(one: int, other: int, ratio: float) -> bool:
    """Return whether the higher of two amounts is at most so many times the lower."""
    low, high = (one, other) if one < other else (other, one)
    return low > 0 and high <= low * ratio
