"""Today and yesterday are the person's, wherever this machine stands."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rescind.adapters import clock
from rescind.adapters.data.countries import zone_of_purchase

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
"""Sunday in Europe; still Saturday in America."""


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "local_zone", lambda: UTC)


def day(**facts: Any) -> str:
    return NOW.astimezone(zone_of_purchase(facts)).date().isoformat()


@pytest.mark.parametrize(
    ("country", "on"),
    [
        ("DE", "2026-11-29"),
        ("US-CA", "2026-11-28"),
        ("US", "2026-11-28"),
        ("CA", "2026-11-28"),
        ("AU", "2026-11-29"),
        ("nowhere", "2026-11-29"),
        ("", "2026-11-29"),
    ],
)
def test_a_day_is_that_of_the_place_and_not_of_the_machine(
    country: str, on: str
) -> None:
    assert day(country=country) == on


def test_a_zone_that_the_person_chose_goes_before_a_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "local_zone", lambda: ZoneInfo("Europe/Paris"))

    assert day(country="US") == "2026-11-29"
    assert day(country="US-CA") == "2026-11-28"
    assert day(country="US", time_zone="Pacific/Honolulu") == "2026-11-28"


def test_a_machine_in_one_of_a_countrys_zones_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pacific = timezone(timedelta(hours=-8))
    monkeypatch.setattr(clock, "local_zone", lambda: pacific)

    zone = zone_of_purchase({"country": "US"})

    assert NOW.astimezone(zone).utcoffset() == timedelta(hours=-8)
