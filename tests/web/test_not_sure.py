"""Who is not sure of the day or of who charges is not asked the same again."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.store import checks

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

FILMS = {
    "service": "other",
    "merchant": "Cinéma Chez Soi",
    "kind": "streaming",
    "channel": "paypal",
    "country": "FR",
    "period": "P1M",
    "paid_at": "2026-11-15",
    "price": "9.99 EUR",
}


def begun(facts: dict[str, str]) -> str:
    check = checks.begin("other", facts["merchant"], facts, now=clock.now())
    return f"/cases/{check.id}/"


def card(client: Any, address: str) -> str:
    page = str(client.get(f"{address}answer/").content.decode())
    return page.split('class="answer-card')[1].split("</section>", maxsplit=1)[0]


def test_a_day_that_nobody_knows_is_asked_once(client: Any) -> None:
    address = begun(FILMS)
    first = card(client, address)
    told = {"purchased_at": "", "unsure_purchased_at": "on"}
    client.post(f"{address}tell/", told)

    assert "When did you buy it?" in first
    assert "When did you buy it?" not in card(client, address)


def test_an_empty_field_is_no_answer(client: Any) -> None:
    address = begun(FILMS)
    client.post(f"{address}tell/", {"purchased_at": ""})

    assert "When did you buy it?" in card(client, address)


def test_a_choice_of_not_sure_is_one(client: Any) -> None:
    address = begun({n: v for n, v in FILMS.items() if n != "channel"})
    first = card(client, address)
    client.post(f"{address}tell/", {"channel": ""})

    assert "Who charges you?" in first
    assert "Who charges you?" not in card(client, address)


def test_a_day_told_later_counts(client: Any) -> None:
    address = begun(FILMS)
    client.post(f"{address}tell/", {"purchased_at": "", "unsure_purchased_at": "on"})
    client.post(f"{address}tell/", {"purchased_at": "10 November 2026"})

    assert "10 November" in client.get(f"{address}answer/").content.decode()
