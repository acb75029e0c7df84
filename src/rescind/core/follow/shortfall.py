"""What an answer grants less than is owed: in money, and in days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money

ENDS = frozenset({Label.CONFIRMED, Label.ALREADY_CANCELLED})
"""Answers that say that a contract ends, or ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPaid:
    """That less was promised than was asked back."""

    paid: Money
    owed: Money

    @property
    def rest(self) -> Money:
        """Return what is still to be paid."""
        return self.owed.of(self.owed.amount - self.paid.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterEnd:
    """That a later end is named than the contract and the law have."""

    theirs: date
    ours: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What is still open after the answers that came."""

    part: PartPaid | None = None
    end: LaterEnd | None = None


def part_paid(
    readings: Sequence[Reading], owed: Money | None, came: Money | None = None
) -> PartPaid | None:
    """Return what the answers leave to be paid; ``None`` where nothing is known to be.

    Sums that were named in several answers count once each: a company that repeats its
    promise does not pay twice, nor one that names what ``came`` already. Sums in
    another currency than was asked for are not compared. A sum in an answer that a
    person has still to read counts: what is missing closes nothing.
    """
    promised = [r for r in readings if r.refund is not None]
    if owed is None or not promised:
        return None
    sums = {r.refund.amount for r in promised if r.refund is not None}
    if any(r.refund.currency != owed.currency for r in promised if r.refund):
        return None
    if came is not None and came.currency == owed.currency:
        sums.add(came.amount)
    paid = owed.of(sum(sums, owed.amount - owed.amount))
    return PartPaid(paid=paid, owed=owed) if paid.amount < owed.amount else None


def later_end(
    readings: Sequence[Reading], ours: date | None, latest: date | None = None
) -> LaterEnd | None:
    """Return the later end that the newest answer names, if it does.

    ``latest`` is a day that is still right, where it is not known when the notice came.
    An answer that a person has still to read names none.
    """
    theirs = _day(readings[-1:])
    if theirs is None or ours is None or theirs <= max(ours, latest or ours):
        return None
    return LaterEnd(theirs=theirs, ours=ours)


def _day(readings: Iterable[Reading]) -> date | None:
    for reading in readings:
        text = reading.effective_on or ""
        if reading.label in ENDS and not reading.needs_person and text[:1].isdigit():
            return date.fromisoformat(text)
    return None
