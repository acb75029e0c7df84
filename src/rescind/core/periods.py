"""Counting: contractual and statutory periods, billing days, safe moments.

Nothing here reads a clock or a calendar: days off and zones are arguments.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeAlias

from rescind.core.model.facts import When
from rescind.core.model.period import Period, Unit

IsWorkingDay: TypeAlias = Callable[[date], bool]

DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)
EARLIEST_ZONE = timezone(timedelta(hours=14))
"""Where every calendar day ends first."""
LATEST_ZONE = timezone(timedelta(hours=-12))
"""Where every calendar day ends last."""
MARGIN = timedelta(hours=24)
"""The day's margin before a charge."""
_TWO = 2
_SAME_DAY = date(2001, 3, 1)
"""From here a month has 31 days and a year 365."""
_IN_EVERY_MONTH = 28
"""The last day that no month lacks."""
_QUARTER = timedelta(minutes=15)
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


def every_day(day: date) -> bool:  # noqa: ARG001 - the shape of IsWorkingDay
    """Return True: a calendar in which no day is off."""
    return True


def add_months(day: date, months: int) -> date:
    """Return the same day some months on or, where missing, the month's last day.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2026, 1, 31), 2)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= _IN_EVERY_MONTH:
        return day.replace(year=year, month=month + 1)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


LAST = -1
"""In the place of a number: the last one."""


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> date | None:
    """Return the first (1), third (3) or last (-1) Monday (0) or Friday (4) of a month.

    ``None`` where the month has no fifth one.

    >>> weekday_of_month(2026, 5, 4, LAST), weekday_of_month(2026, 5, 0, 1)
    (datetime.date(2026, 5, 29), datetime.date(2026, 5, 4))
    """
    first = date(year, month, 1)
    if number == LAST:
        last = add_months(first, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=number - 1)
    return day if day.month == month else None


def add(day: date, period: Period, times: int = 1) -> date:
    """Return the day some periods on, always counted from the first day.

    >>> add(date(2024, 2, 29), Period(1, Unit.YEAR)), add(date(2026, 6, 6), Period(2,
    ... Unit.WEEK))
    (datetime.date(2025, 2, 28), datetime.date(2026, 6, 20))
    """
    if period.months is not None:
        return add_months(day, period.months * times)
    return day + timedelta(days=period.count * _DAYS[period.unit] * times)


def last_of(first: date, period: Period, times: int = 1) -> date:
    """Return the last day of some periods that begin with a day, which counts.

    It is the day before the same day some periods on: a year from 15 March ends on
    14 March (BGB §§ 187(2), 188(2)). Where its last month lacks that day, a period of
    months ends with that month's last day (BGB § 188(3); Regulation (EEC, Euratom) No
    1182/71, Art. 3(2)(c)).

    >>> last_of(date(2026, 3, 15), Period(1, Unit.YEAR))
    datetime.date(2027, 3, 14)
    >>> last_of(date(2026, 11, 30), Period(3, Unit.MONTH))
    datetime.date(2027, 2, 28)
    >>> last_of(date(2027, 11, 30), Period(3, Unit.MONTH))
    datetime.date(2028, 2, 29)
    """
    end = add(first, period, times)
    is_short = period.months is not None and end.day < first.day
    return end if is_short else end - DAY


def first_after(first: date, period: Period, times: int = 1) -> date:
    """Return the first day after some periods that begin with a day, which counts.

    >>> first_after(date(2024, 2, 29), Period(1, Unit.YEAR))
    datetime.date(2025, 3, 1)
    """
    return last_of(first, period, times) + DAY


def shortest(lengths: Iterable[Period]) -> Period | None:
    """Return the length that ends first, counted from one and the same day.

    >>> shortest([Period(1, Unit.MONTH), Period(30, Unit.DAY), Period(1, Unit.YEAR)])
    Period(count=30, unit=<Unit.DAY: 'D'>)
    """
    return min(lengths, key=lambda length: add(_SAME_DAY, length), default=None)


def last_day(period: Period, event_day: date, is_working_day: IsWorkingDay) -> date:
    """Return the last day of a period that an event on ``event_day`` sets running.

    Regulation (EEC, Euratom) No 1182/71, Art. 3: the day of the event does not
    count (1); months end on the same date or, lacking one, on the month's last day
    (2)(c); a last day that is no working day moves to the next one (4). Where the
    law of a place moves nothing, ``every_day`` is its calendar.

    >>> weekday = lambda day: day.weekday() < 5
    >>> last_day(Period(14, Unit.DAY), date(2026, 6, 6), weekday)
    datetime.date(2026, 6, 22)
    >>> last_day(Period(14, Unit.DAY), date(2026, 6, 6), every_day)
    datetime.date(2026, 6, 20)
    """
    day = add(event_day, period)
    while not is_working_day(day):
        day += DAY
    return day


def working_day_after(event_day: date, days: int, is_working_day: IsWorkingDay) -> date:
    """Return the last of some working days that follow an event.

    The day of the event does not count, and neither does a day off: three business
    days after a Friday end on Wednesday (or on Tuesday where Saturdays count, as in
    16 CFR 429).

    >>> weekday = lambda day: day.weekday() < 5
    >>> working_day_after(date(2026, 6, 5), 3, weekday)
    datetime.date(2026, 6, 10)
    """
    day = event_day
    for _ in range(days):
        day += DAY
        while not is_working_day(day):
            day += DAY
    return day


def notice_day(period: Period, end: date) -> date:
    """Return the last day for a notice that must lie a whole period before an end.

    ``end`` is the last day of what is ended. It is the last day from which the period,
    counted forward, is over by then: one month from 31 March is over on 30 April, and
    one from 30 November on 30 December; where a month lacks the day, it is over on its
    last (BGB §§ 187(1), 188(2) and (3); OR art. 77(1) no. 3). A last day off is not
    moved (Regulation 1182/71, Art. 3(4), leaves out periods counted back).

    >>> notice_day(Period(1, Unit.MONTH), date(2026, 4, 30))
    datetime.date(2026, 3, 31)
    >>> notice_day(Period(1, Unit.MONTH), date(2026, 3, 30))
    datetime.date(2026, 2, 28)
    >>> notice_day(Period(14, Unit.DAY), date(2026, 6, 30))
    datetime.date(2026, 6, 16)
    """
    day = add(end + DAY, period, -1) - DAY
    while add(day + DAY, period) <= end:
        day += DAY
    return day


def working_day_before(day: date, days: int, is_working_day: IsWorkingDay) -> date:
    """Return the day that lies some working days before a day, itself not counted.

    Three business days before a transfer on Monday is Wednesday of the week before
    (12 CFR 1005.10(c)).

    >>> weekday = lambda day: day.weekday() < 5
    >>> working_day_before(date(2026, 6, 8), 3, weekday)
    datetime.date(2026, 6, 3)
    """
    for _ in range(days):
        day -= DAY
        while not is_working_day(day):
            day -= DAY
    return day


def working_days_in(first: date, last: date, is_working_day: IsWorkingDay) -> int:
    """Return how many working days lie from one day to another, both included.

    >>> working_days_in(date(2026, 6, 5), date(2026, 6, 8), lambda d: d.weekday() < 5)
    2
    """
    days = (last - first).days + 1
    return sum(is_working_day(first + DAY * number) for number in range(days))


def with_two_working_days(
    event_day: date, last: date, is_working_day: IsWorkingDay
) -> date:
    """Return a period's last day such that two working days lie in the period.

    Regulation (EEC, Euratom) No 1182/71, Art. 3(5), for periods of two days or more.

    >>> with_two_working_days(date(2026, 6, 5), date(2026, 6, 8),
    ...     lambda d: d.weekday() < 5)
    datetime.date(2026, 6, 9)
    """
    while working_days_in(event_day + DAY, last, is_working_day) < _TWO:
        last += DAY
    return last


def charges(anchor: date, period: Period, *, after: date) -> tuple[int, date]:
    """Return number and day of the first charge after a day; the anchor is number 0.

    Every charge is counted from the anchor, so 31 January is followed by 28 February
    and then by 31 March.

    >>> charges(date(2026, 1, 31), Period(1, Unit.MONTH), after=date(2026, 2, 28))
    (2, datetime.date(2026, 3, 31))
    """
    if after < anchor:
        return 0, anchor
    number = max(1, _periods_between(anchor, after, period) - 1)
    while add(anchor, period, number) <= after:
        number += 1
    return number, add(anchor, period, number)


def series_of(
    charge: date, period: Period, starts: Iterable[date | None]
) -> tuple[date, int]:
    """Return the first charge of a charge's series, and the months since then.

    ``starts`` are the days that a series may have begun on, the likeliest first. A
    charge of none of theirs, or of a series in days, begins one of its own.

    >>> series_of(date(2026, 11, 30), Period(1, Unit.MONTH), [date(2026, 8, 31)])
    (datetime.date(2026, 8, 31), 3)
    """
    for start in starts if period.months is not None else ():
        if start is None:
            continue
        apart = (charge.year - start.year) * 12 + charge.month - start.month
        if apart >= 0 and add_months(start, apart) == charge:
            return start, apart
    return charge, 0


def paid_from(charge: date, kept_day: int) -> date:
    """Return the first day that a charge is for, of charges on one day of each month.

    Made on the last day of a month that lacks its day, it is for the time after that
    month: what the charge before it paid for lasts to the month's end.

    >>> paid_from(date(2027, 2, 28), 30), paid_from(date(2027, 3, 30), 30)
    (datetime.date(2027, 3, 1), datetime.date(2027, 3, 30))
    """
    return charge + DAY if charge.day < kept_day else charge


def roman_month(text: str) -> int:
    """Return the number of a month in Roman figures, as in 3.IX.2027; 0: it is none.

    >>> roman_month("IX"), roman_month("xii"), roman_month("XIII")
    (9, 12, 0)
    """
    return _ROMAN.index(text.lower()) + 1 if text.lower() in _ROMAN else 0


_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


def _periods_between(start: date, end: date, period: Period) -> int:
    if period.months is not None:
        months = (end.year - start.year) * 12 + end.month - start.month
        return months // period.months
    return (end - start).days // (period.count * _DAYS[period.unit])


def shift(moment: datetime, day: date, *, zone: tzinfo) -> datetime:
    """Return a moment's time of day, as read in a zone, on another day."""
    return datetime.combine(day, moment.astimezone(zone).timetz())


def first_end(day: date, zones: Iterable[tzinfo]) -> datetime:
    """Return the end of a day where it ends first among zones.

    No zone at all means anywhere: the end at UTC+14.

    >>> first_end(date(2026, 6, 12), ()).isoformat()
    '2026-06-12T23:59:59+14:00'
    """
    ends = [datetime.combine(day, LAST_SECOND, zone) for zone in zones]
    return min(ends, default=datetime.combine(day, LAST_SECOND, EARLIEST_ZONE))


def last_end(day: date, zones: Iterable[tzinfo]) -> datetime:
    """Return the end of a day where it ends last; no zone means UTC-12."""
    ends = [datetime.combine(day, LAST_SECOND, zone) for zone in zones]
    return max(ends, default=datetime.combine(day, LAST_SECOND, LATEST_ZONE))


def safe_end(period: Period, event: When, event_day: date) -> datetime:
    """Return the last moment of a contractual period that no reading puts too late.

    Terms that say "within 7 days" seldom say how they count. The strictest reading
    counts the day of the event itself, in whichever zone ends that day first. For a
    moment, each zone in the world has its own day of the event; the earliest of
    their ends is taken (zones lie on quarter hours).

    >>> safe_end(Period(7, Unit.DAY), date(2026, 6, 6), date(2026, 6, 6)).isoformat()
    '2026-06-12T23:59:59+14:00'
    """
    whole_days = first_end(add(event_day, period) - DAY, ())
    if not isinstance(event, datetime):
        return whole_days
    return min(whole_days, _first_midnight(period, event.astimezone(UTC)))


def _first_midnight(period: Period, event: datetime) -> datetime:
    """Return the earliest end of the period among all zones, the event's day counted.

    The zone whose midnight comes next after the event ends its day first.
    """
    midnight = event.replace(minute=event.minute // 15 * 15, second=0, microsecond=0)
    midnight += _QUARTER
    since = timedelta(hours=midnight.hour, minutes=midnight.minute)
    offset = DAY - since
    if offset > timedelta(hours=14):
        offset = -since
    local = midnight.astimezone(timezone(offset))
    end = add(local.date() - DAY, period)
    return datetime.combine(end, time(0), local.tzinfo) - timedelta(seconds=1)
