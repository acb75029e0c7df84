"""Another end that they name once one was recorded: what it is called."""

from datetime import date

from rescind.core.follow.other_day import OtherDay, other_day
from rescind.core.follow.recorded_end import taken_end
from rescind.core.follow.shortfall import EarlierEnd, LaterEnd, PartPaid, Shortfall
from rescind.core.model.case import Case


def code_of(other: OtherDay, today: date) -> str:
    """Return what a case is called in which another end is open."""
    called = "denied" if other.denies else "other_day"
    if other.asked is not None:
        return f"{called}_{'late' if other.late_from <= today else 'asked'}"
    if not other.is_sure:
        return f"{called}_likely"
    if other.denies:
        return called
    if not other.was_confirmed:
        return "other_day_first"
    return "other_day_later" if other.is_later else "other_day_earlier"


def left_by(part: PartPaid | None, other: OtherDay) -> Shortfall:
    """Return what is open where they name another end than the one recorded."""
    if other.denies:
        return Shortfall(part=part)
    if other.is_later:
        end = LaterEnd(theirs=other.theirs, ours=other.before)
        return Shortfall(part=part, end=end)
    early = EarlierEnd(theirs=other.theirs, ours=other.before)
    return Shortfall(part=part, early=early)


def held_to(case: Case) -> dict[str, str]:
    """Return the end that they named and the person took: a letter insists on no other.

    Empty where none was taken, and where they have named another one since.
    """
    day = taken_end(case.events)
    if day is None or other_day(case.events) is not None:
        return {}
    return {"held_to": day.isoformat()}
