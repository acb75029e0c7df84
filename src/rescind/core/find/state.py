"""How a series stands on a day: running, paused or ended, and what comes next."""

from datetime import date
from itertools import pairwise

from rescind.core.find import thresholds
from rescind.core.find.rhythm import WEEK
from rescind.core.find.series import Charge, Series
from rescind.core.model.recurring_charge import State

_SUNDAY, _SATURDAY = 0, 6
"""Days of the week, of an ordinal that is divided by seven."""


def standing(series: Series, end: date) -> tuple[State, date | None]:
    """Return a series's state on a day, and the next charge's day if it is active."""
    due = _due(series)
    state = _state(series, end, due)
    if state is not State.ACTIVE:
        return state, None
    return state, date.fromordinal(max(due, end.toordinal() + 1))


def _state(series: Series, end: date, due: int) -> State:
    """Return a series's state on the statement's last day, given the next due one.

    It has ended when the next charge is overdue by more than postings ever take. Where
    the same series has been silent for as long before and came back, it is paused.
    """
    rhythm = series.rhythm
    over = end.toordinal() - due
    if over <= rhythm.grace:
        return State.ACTIVE
    longest = max(b.day - a.day for a, b in pairwise(series.charges))
    silent = end.toordinal() - series.last
    is_silence = longest > thresholds.SILENCE * rhythm.days
    return State.PAUSED if is_silence and silent <= longest else State.ENDED


def _due(series: Series) -> int:
    """Return the ordinal on which the charge after the last is due.

    Where no booking ever fell on a weekend, a due day there moves to Monday.
    """
    rhythm = series.rhythm
    index, _ = rhythm.index(series.last)
    due = rhythm.expected(index + rhythm.step)
    is_booked_on_weekdays = len(series.charges) >= thresholds.WEEKDAY_CHARGES and all(
        not _is_weekend(c.day) for c in series.charges
    )
    if not is_booked_on_weekdays:
        return due + max(0, rhythm.lag)
    late = min(rhythm.index(c.day)[1] for c in series.charges)
    due += max(0, late)
    return next(day for day in range(due, due + WEEK) if not _is_weekend(day))


def _is_weekend(day: int) -> bool:
    return day % WEEK in {_SATURDAY, _SUNDAY}


def rises(series: Series) -> list[Charge]:
    """Return the first charge at each higher price that stays.

    Drift by two hundredths is no rise; nor is one dear charge between cheaper ones, nor
    anything in sums that change as a rule, as a meter's do.
    """
    charges = series.charges
    changes = [
        (place, before, charge)
        for place, (before, charge) in enumerate(pairwise(charges), 1)
        if before.cost != charge.cost
    ]
    if not changes:
        return []
    steps_drifting = sum(
        abs(b.cost - a.cost) <= thresholds.FOREIGN_DRIFT * a.cost for _, a, b in changes
    )
    # a price in foreign money changes with nearly every charge, and never by much
    is_foreign = steps_drifting > thresholds.DRIFTING_STEPS * (len(charges) - 1)
    drift = thresholds.FOREIGN_DRIFT if is_foreign else thresholds.RISE
    steps = sum(abs(b.cost - a.cost) > drift * a.cost for _, a, b in changes)
    if steps > max(thresholds.CHANGES, len(charges) // thresholds.CHANGES_OF):
        return []
    result = []
    for place, before, charge in changes:
        after = charges[place + 1 : place + 1 + thresholds.RISE_STAYS]
        stays = all(c.cost >= charge.cost * (1 - drift) for c in after)
        if charge.cost > before.cost * (1 + drift) and stays:
            result.append(charge)
    return result
