"""Days that people name from today, where they are: the same day as the answer's."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.settings import data_folder
from tests.web.test_desk_pages import begun, words

pytestmark = pytest.mark.usefixtures("ready_desk")
NIGHT = datetime(2026, 11, 29, 1, 51, tzinfo=UTC)
"""Sunday in London, and still Saturday 28 November in California."""
GYM = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "US",
    "part_US": "US-CA",
    "price": "40 USD",
    "period": "P1M",
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from rescind.store.models import CheckRecord

    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    write_zone("UTC")
    yield
    # neither the zone nor checks of a later day are left to other tests
    (data_folder() / clock.PREFERENCES).unlink()
    CheckRecord.objects.filter(changed_at__gte=NIGHT).delete()


def write_zone(name: str) -> None:
    path = data_folder() / clock.PREFERENCES
    path.write_text(json.dumps({"time_zone": name}), "utf-8")
    assert PREFERENCES.entries(data_folder())["time_zone"] == name


def read_back(client: Any, typed: dict[str, str], fact: str) -> str:
    address = begun(client, "Zappeline")
    page = client.post(
        f"{address}facts/read/", typed, headers={"HX-Trigger-Name": fact}
    )
    return words(page).strip()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "Saturday 28 November 2026"),
        ("yesterday", "Friday 27 November 2026"),
        ("2 days ago", "Thursday 26 November 2026"),
    ],
)
def test_today_is_the_day_where_the_contract_is(
    client: Any, text: str, day: str
) -> None:
    typed = GYM | {"purchased_at": text}
    address = begun(client, "Zappeline")

    answer = client.post(f"{address}facts/", typed, follow=True)

    assert answer.redirect_chain[-1][0].endswith("/answer/"), words(answer)
    assert day in read_back(client, typed, "purchased_at")


def test_of_a_place_of_several_zones_it_is_the_day_of_the_settings(client: Any) -> None:
    typed = GYM | {"part_US": "", "purchased_at": "today"}

    assert "Sunday 29 November" in read_back(client, typed, "purchased_at")

    write_zone("America/New_York")

    assert "Saturday 28 November" in read_back(client, typed, "purchased_at")


def test_a_page_says_that_a_day_lies_ahead_without_the_names_of_facts(
    client: Any,
) -> None:
    address = begun(client, "Zappeline")
    typed = GYM | {"purchased_at": "2026-11-30"}

    page = words(client.post(f"{address}facts/", typed, follow=True))

    assert "30 November 2026: the purchase lies after today" in page
    assert "as_of" not in page

    typed |= {"purchased_at": "2026-11-01", "paid_at": "2026-10-01"}
    page = words(client.post(f"{address}facts/", typed, follow=True))

    assert "it was paid before it was bought" in page
    assert "(purchased_at)" not in page
