"""What an answer grants less than is owed: in money, and in days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money

DAY = timedelta(days=1)
AT_ONCE = "immediate"
"""What an answer is read as that ends it on no day but its own."""
PERIOD_END = "period_end"
"""What it is read as where it ends with what is paid, or with the contract."""
ENDS = frozenset({Label.CONFIRMED, Label.ALREADY_CANCELLED})
"""Answers that say that a contract ends, or ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPaid:
    """That less came, and was promised, than was asked back."""

    owed: Money
    came: Money | None = None
    """What the person reports as come; ``None``: nothing."""
    promised: Money | None = None
    """What was promised and is not reported as come: a promise is no payment."""

    @property
    def paid(self) -> Money:
        """Return what came or was promised."""
        sums = [money.amount for money in (self.came, self.promised) if money]
        return self.owed.of(sum(sums, Decimal(0)))

    @property
    def unpaid(self) -> Money:
        """Return what did not come, promised or not."""
        came = self.came.amount if self.came else Decimal(0)
        return self.owed.of(self.owed.amount - came)

    @property
    def rest(self) -> Money:
        """Return what nobody paid or promised."""
        return self.owed.of(self.owed.amount - self.paid.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterEnd:
    """That a later end is named than the contract and the law have."""

    theirs: date
    ours: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierEnd:
    """That an earlier end is named than was asked for."""

    theirs: date
    ours: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What is still open after the answers that came."""

    part: PartPaid | None = None
    end: LaterEnd | None = None
    early: EarlierEnd | None = None


def part_paid(
    readings: Sequence[Reading],
    owed: Money | None,
    came: Sequence[Money] = (),
    before: Sequence[Money] = (),
) -> PartPaid | None:
    """Return what the answers leave to be paid; ``None`` where nothing is known to be.

    ``came`` is what came since it was asked for, ``before`` what came before that: by
    this alone nobody has answered yet. Sums in another currency than was asked for are
    not compared. A sum in an answer that a person has still to read counts: what is
    missing closes nothing.
    """
    sums = [reading.refund for reading in readings if reading.refund is not None]
    if owed is None or any(money.currency != owed.currency for money in sums):
        return None
    since, first = (
        [money for money in each if money.currency == owed.currency]
        for each in (came, before)
    )
    if not sums and not since:
        return None
    got = [*first, *since]
    part = PartPaid(
        owed=owed,
        came=_total(got),
        promised=_total(still_promised(readings, owed, got)),
    )
    return part if part.paid.amount < owed.amount else None


def still_promised(
    readings: Sequence[Reading], owed: Money | None, came: Sequence[Money] = ()
) -> list[Money]:
    """Return the sums that are promised and did not come; ``readings``: oldest first.

    One that was named in several answers counts once: a company that repeats its
    promise does not pay twice, nor one that names what came already; but for what it
    calls the rest. One that goes beyond what is owed takes the place of those before
    it: they said another sum.
    """
    left: list[Money] = []
    for reading in readings:
        money = reading.refund
        if money is not None and reading.refund_adds:
            left.append(money)
            continue
        if money is None or money in (*left, *came):
            continue
        together = sum((m.amount for m in (*came, *left, money)), Decimal(0))
        is_beyond = owed is not None and together > owed.amount
        left = [money] if is_beyond else [*left, money]
    return left


def _total(sums: Sequence[Money]) -> Money | None:
    if not sums:
        return None
    return sums[0].of(sum((money.amount for money in sums), Decimal(0)))


def later_end(
    readings: Sequence[Reading], ours: date | None, latest: date | None = None
) -> LaterEnd | None:
    """Return the later end that the newest answer names, if it does.

    ``latest`` is a day that is still right, where it is not known when the notice came.
    An answer that a person has still to read names none. An end that takes effect on
    the next day is the same moment: the contract is over as that day begins.
    """
    theirs = _day(readings[-1:])
    if theirs is None or ours is None:
        return None
    last = theirs - DAY if readings[-1].takes_effect else theirs
    if last <= max(ours, latest or ours):
        return None
    return LaterEnd(theirs=theirs, ours=ours)


def is_same_moment(reading: Reading, ours: date | None) -> bool:
    """Return whether an answer names our end by the day that begins after it."""
    theirs = _day([reading])
    is_next = theirs is not None and ours is not None and theirs - DAY == ours
    return is_next and reading.takes_effect


def is_same_time(end: LaterEnd, newest: Reading | None = None) -> bool:
    """Return whether their later day is the next one, and they ask no money for it.

    It is the same time, named by the day on which what is paid for is over: that of
    the next charge, too. Nothing may be charged on it.
    """
    is_next = end.theirs - end.ours == DAY
    return is_next and not (newest is not None and newest.asks_fee)


def is_named(reading: Reading, day: date, ours: date) -> bool:
    """Return whether an answer names a day that begins as our end is over."""
    return is_same_moment(reading, ours) and day - DAY == ours


def earlier_end(
    reading: Reading, came_on: date, ours: date | None
) -> EarlierEnd | None:
    """Return the earlier end that an answer confirms, if it does.

    At once is the day on which it came. The day before ours is no earlier one: whether
    an end is named by its last day or by the next, a day is lost in the telling. An
    answer that a person has still to read names none, nor one that tells of an end that
    was before.
    """
    if reading.label is not Label.CONFIRMED or reading.needs_person:
        return None
    theirs = came_on if reading.effective_on == AT_ONCE else _day([reading])
    if theirs is None or ours is None or theirs >= ours - DAY:
        return None
    return EarlierEnd(theirs=theirs, ours=ours)


def _day(readings: Iterable[Reading]) -> date | None:
    for reading in readings:
        text = reading.effective_on or ""
        if reading.label in ENDS and not reading.needs_person and text[:1].isdigit():
            return date.fromisoformat(text)
    return None
