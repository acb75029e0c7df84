"""Counting days: what holds for every period, every day and every zone."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.core import periods
from rescind.core.model.period import Period, Unit

DAYS = st.dates(date(1995, 1, 1), date(2090, 1, 1))
PERIODS = st.builds(Period, st.integers(1, 60), st.sampled_from(Unit))
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.just(UTC),
)
ZONES = [timezone(timedelta(minutes=15 * q)) for q in range(-48, 57)]


def weekday(day: date) -> bool:
    return day.weekday() < 5


@given(PERIODS, DAYS)
def test_a_period_never_ends_on_a_day_off(period: Period, event_day: date) -> None:
    assert weekday(periods.last_day(period, event_day, weekday))


@given(PERIODS, DAYS)
def test_a_later_event_never_ends_a_period_sooner(
    period: Period, event_day: date
) -> None:
    next_day = event_day + timedelta(days=1)

    first = periods.last_day(period, event_day, weekday)
    second = periods.last_day(period, next_day, weekday)

    assert first <= second


@given(DAYS, st.sampled_from(["P1M", "P1Y", "P3M", "P1W", "P4W"]), st.integers(0, 400))
def test_charges_keep_the_day_of_the_anchor(
    anchor: date, text: str, later: int
) -> None:
    period, after = Period.parse(text), anchor + timedelta(days=later)

    number, charge = periods.charges(anchor, period, after=after)

    assert charge > after
    assert charge == periods.add(anchor, period, number)
    assert periods.add(anchor, period, number - 1) <= after


def test_before_the_anchor_the_anchor_itself_comes() -> None:
    month = Period(1, Unit.MONTH)

    found = periods.charges(date(2026, 5, 1), month, after=date(2026, 4, 1))

    assert found == (0, date(2026, 5, 1))


@given(st.integers(1, 40), MOMENTS)
def test_the_safe_end_holds_in_every_zone(days: int, event: datetime) -> None:
    period = Period(days, Unit.DAY)

    safe = periods.safe_end(period, event, event.date())

    for zone in ZONES:
        last = event.astimezone(zone).date() + timedelta(days=days - 1)
        assert safe <= datetime.combine(last, time(23, 59, 59), zone)


@given(st.integers(1, 40), DAYS)
def test_the_safe_end_is_before_the_latest(days: int, day: date) -> None:
    period = Period(days, Unit.DAY)

    safe = periods.safe_end(period, day, day)

    assert safe < periods.last_end(periods.add(day, period), ())


@given(st.integers(1, 40), MOMENTS)
def test_a_later_moment_never_ends_a_window_sooner(days: int, event: datetime) -> None:
    period, later = Period(days, Unit.DAY), event + timedelta(hours=1)

    first = periods.safe_end(period, event, event.date())
    second = periods.safe_end(period, later, later.date())

    assert first <= second


def test_days_end_first_in_the_east_and_last_in_the_west() -> None:
    day = date(2026, 6, 1)

    assert periods.first_end(day, [UTC]) == periods.last_end(day, [UTC])
    assert periods.first_end(day, ()) < periods.last_end(day, ())


def _strictest(days: int, event: datetime) -> datetime:
    """Return the earliest end over all zones, the day of the event counted."""
    ends = []
    for zone in ZONES:
        last = event.astimezone(zone).date() + timedelta(days=days - 1)
        ends.append(datetime.combine(last, time(23, 59, 59), zone))
    return min(ends)


@pytest.mark.parametrize("minute", range(0, 24 * 60, 5))
def test_the_safe_end_is_the_strictest_and_no_stricter(minute: int) -> None:
    event = datetime(2026, 6, 6, tzinfo=UTC) + timedelta(minutes=minute)

    for moment in (event, event + timedelta(seconds=59), event + timedelta(seconds=1)):
        for days in (1, 7):
            period = Period(days, Unit.DAY)
            safe = periods.safe_end(period, moment, moment.date())
            whole = periods.safe_end(period, moment.date(), moment.date())
            assert safe == min(_strictest(days, moment), whole)


@pytest.mark.parametrize(
    ("length", "end", "last"),
    [
        ("P1M", "2026-04-30", "2026-03-31"),
        ("P1M", "2026-03-31", "2026-02-28"),
        ("P3M", "2027-01-14", "2026-10-14"),
        ("P1Y", "2028-02-29", "2027-02-28"),
        ("P2W", "2027-06-30", "2027-06-16"),
        ("P1D", "2027-01-01", "2026-12-31"),
    ],
)
def test_a_notice_is_counted_back_from_the_midnight_after_the_end(
    length: str, end: str, last: str
) -> None:
    found = periods.notice_day(Period.parse(length), date.fromisoformat(end))

    assert found.isoformat() == last


@given(st.integers(1, 30), DAYS)
def test_working_days_back_undo_working_days_on(days: int, day: date) -> None:
    later = periods.working_day_after(day, days, weekday)

    assert weekday(later)
    assert periods.working_days_in(day + timedelta(days=1), later, weekday) == days
    earlier = periods.working_day_before(later, days, weekday)
    assert earlier <= day
    assert periods.working_days_in(earlier, later - timedelta(days=1), weekday) == days


@given(st.integers(1, 6), DAYS)
def test_two_working_days_are_in_every_period(days: int, day: date) -> None:
    last = day + timedelta(days=days)

    found = periods.with_two_working_days(day, last, weekday)

    inside = periods.working_days_in(day + timedelta(days=1), found, weekday)
    assert inside >= 2
    assert found >= last
    if found > last:
        assert inside == 2


def test_a_charge_comes_after_the_day_and_not_on_it() -> None:
    month = Period(1, Unit.MONTH)
    anchor = date(2026, 1, 31)

    assert periods.charges(anchor, month, after=anchor) == (1, date(2026, 2, 28))
    assert periods.charges(anchor, month, after=date(2026, 2, 27))[0] == 1
    assert periods.charges(anchor, month, after=date(2026, 2, 28))[0] == 2
    assert periods.charges(anchor, month, after=date(2036, 1, 30))[0] == 120


def test_a_shifted_moment_keeps_its_time_where_it_was_read() -> None:
    zone = timezone(timedelta(hours=-5))
    moment = datetime(2026, 1, 31, 4, 30, tzinfo=UTC)

    shifted = periods.shift(moment, date(2026, 2, 28), zone=zone)

    assert shifted.isoformat() == "2026-02-28T23:30:00-05:00"
