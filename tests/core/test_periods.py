"""Counting days: what holds for every period, every day and every zone."""

from datetime import UTC, date, datetime, time, timedelta, timezone

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
