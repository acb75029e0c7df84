"""The working days that a law counts with in a place: week-ends and public holidays."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from rescind.core.model.law import Calendar
from rescind.core.periods import IsWorkingDay, every_day


def calendar(rule: Calendar, place: str) -> IsWorkingDay:
    """Return the working days a law counts with in a place, region included.

    Holidays are looked up by year, in the ``holidays`` library; a region it does
    not know has those of its country.
    """
    if rule.is_plain:
        return every_day
    return _working_days(rule, place)


def post_days(place: str) -> IsWorkingDay:
    """Return the days on which post offices of a place are sure to take letters.

    Many are open on Saturdays too, and not all: who goes before is never late. Where
    the place is not known (empty), only the week-ends are.
    """
    rule = Calendar(place=place, weekdays_off=_WEEK_END, holidays_off=bool(place))
    return _working_days(rule, place)


_WEEK_END = frozenset({5, 6})
_MOVED = "(observed)"
"""So the library calls a day on which a holiday is kept in place of its own."""


@lru_cache(maxsize=1024)
def _working_days(rule: Calendar, place: str) -> Callable[[date], bool]:
    def is_working_day(day: date) -> bool:
        if day.weekday() in rule.weekdays_off:
            return False
        return not (rule.holidays_off and day in _days_off(rule, place, day.year))

    return is_working_day


@lru_cache(maxsize=2048)
def _days_off(rule: Calendar, place: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - 0.02 s; few rights move off holidays

    country, _, part = place.partition("-")
    known = holidays.list_supported_countries().get(country, [])
    public = holidays.country_holidays(
        country, subdiv=part if part in known else None, years=year
    )
    days = {
        day
        for day, name in public.items()
        if rule.moved_days_off or not name.endswith(_MOVED)
    }
    return frozenset(days) | {_extra(name, year) for name in rule.extra_days_off}


def _extra(name: str, year: int) -> date:
    if name == "midsummer_eve":
        nineteenth = date(year, 6, 19)
        return nineteenth + timedelta(days=(4 - nineteenth.weekday()) % 7)
    return date.fromisoformat(f"{year}-{name}")
