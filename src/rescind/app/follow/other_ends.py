"""Another end that they name once one was recorded: what it is called."""

from datetime import date

from rescind.core.follow.other_day import OtherDay


def code_of(other: OtherDay, today: date) -> str:
    """Return what a case is called in which another end is open."""
    if other.asked is not None:
        return f"other_day_{'late' if other.late_from <= today else 'asked'}"
    if not other.is_sure:
        return "other_day_likely"
    if not other.was_confirmed:
        return "other_day_first"
    return "other_day_later" if other.is_later else "other_day_earlier"
