"""Prices on file are offered where a sum is asked for, with the day they were seen."""

from datetime import date

import click
import pytest
from django.test import Client

from rescind.adapters.data.catalogue import Catalogue
from rescind.adapters.data.questions import question
from rescind.adapters.public.service_summary import service_json
from rescind.app.know import check
from rescind.app.know.interview import Asked
from rescind.app.know.prices import every_price, prices_on_file
from rescind.cli import interview
from rescind.web.fact_form import field_of
from rescind.web.fact_typed import read_form

NETFLIX = Catalogue().service("netflix")
TODAY = date(2026, 11, 29)


def test_a_price_says_when_it_was_seen_and_whether_that_is_long_ago() -> None:
    early, late = (
        prices_on_file(NETFLIX, day, country="DE", offer="standard")
        for day in (date(2024, 5, 30), TODAY)
    )

    assert early == (
        ("13.99 EUR", "13.99 EUR a month (Standard, monthly), seen on 30 April 2024"),
    )
    assert late[0].text.endswith("seen on 30 April 2024, which is long ago")


def test_the_prices_of_india_are_offered_there_and_nowhere_else() -> None:
    coursera = Catalogue().service("coursera")

    in_india = prices_on_file(coursera, TODAY, country="IN", offer="plus-annual")
    at_home = prices_on_file(coursera, TODAY, country="US", offer="plus-annual")

    assert [each.value for each in in_india] == ["13999.00 INR"]
    assert in_india[0].text.endswith("seen on 1 October 2025, which is long ago")
    assert [each.value for each in at_home] == ["399.00 USD"]
    assert prices_on_file(coursera, TODAY, country="DE") == ()


@pytest.mark.parametrize("country", [None, "US", "FR"])
def test_another_countrys_price_is_not_offered(country: str | None) -> None:
    assert prices_on_file(NETFLIX, TODAY, country=country) == ()


def test_the_page_offers_them_until_a_sum_is_typed() -> None:
    field = field_of("price", NETFLIX, {"country": "DE"})
    typed = field_of("price", NETFLIX, {"country": "DE", "price": "12"})

    assert [each.value for each in field.offered] == [
        "9.99 EUR", "13.99 EUR", "19.99 EUR",
    ]  # fmt: skip
    assert typed.offered == ()


def test_a_price_that_is_chosen_is_the_price_unless_one_is_typed() -> None:
    chosen = read_form({"price_on_file": "13.99 EUR", "price": ""}, ())
    typed = read_form({"price_on_file": "13.99 EUR", "price": "11"}, ())

    assert chosen["price"] == "13.99 EUR"
    assert typed["price"] == "11"


@pytest.mark.usefixtures("ready_desk")
def test_the_page_of_facts_takes_a_price_on_file() -> None:
    client = Client(HTTP_HOST="127.0.0.1:8000")
    begun = client.post("/new/", {"name": "netflix"}, follow=True)
    page = begun.redirect_chain[-1][0]
    client.post(page, {"country": "DE", "offer": "standard"})
    shown = client.get(page).content.decode()

    client.post(page, {"country": "DE", "price_on_file": "13.99 EUR"})

    assert "13.99 EUR a month (Standard, monthly), seen on 30 April 2024" in shown
    assert 'value="13.99"' in client.get(page).content.decode()


def test_the_terminal_takes_a_sum_on_file_by_its_letter(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offered = prices_on_file(NETFLIX, TODAY, country="DE", offer="standard")
    checked = check.check({"service": "netflix", "country": "DE"})
    asked = Asked(checked=checked, question=question("price"), offered=offered)

    monkeypatch.setattr(click, "prompt", lambda *_, **__: "A")
    by_letter = interview._answer(asked, is_again=False)  # noqa: SLF001 - one question alone
    monkeypatch.setattr(click, "prompt", lambda *_, **__: "1")
    by_number = interview._answer(asked, is_again=False)  # noqa: SLF001 - one question alone

    assert (by_letter, by_number) == ("13.99 EUR", "1")
    assert "a. 13.99 EUR a month" in capsys.readouterr().out


def test_the_record_of_a_service_shows_what_it_rests_on_and_its_prices() -> None:
    record = service_json(NETFLIX)
    of_telekom = service_json(Catalogue().service("telekom-de"))

    assert (record["grade"], of_telekom["grade"]) == ("archived", "guides")
    assert of_telekom["prices"] == []
    standard, *_ = record["prices"]
    assert standard["amount"] == {"amount": "13.99", "currency": "EUR"}
    assert (standard["regions"], standard["period"]) == (["DE"], "P1M")
    assert standard["seen_on"] == "2024-04-30"


def test_a_price_stands_behind_its_countries() -> None:
    first, *_ = every_price(NETFLIX, TODAY)

    assert first == (
        "DE: 13.99 EUR a month (Standard, monthly), seen on 30 April 2024, "
        "which is long ago"
    )


@pytest.mark.usefixtures("ready_desk")
def test_the_page_of_a_service_shows_grade_and_prices() -> None:
    client = Client(HTTP_HOST="127.0.0.1:8000")

    netflix = client.get("/help/services/netflix/").content.decode()
    telekom = client.get("/help/services/telekom-de/").content.decode()

    assert "It rests on official terms with their days, from an archive" in netflix
    assert "DE: 13.99 EUR a month" in netflix
    assert "It rests on what others say of it" in telekom
    assert "Prices seen" not in telekom
    assert "were last seen on" not in telekom
