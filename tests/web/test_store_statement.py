"""The statement for a store's form: what letters say, in the law's language."""

from typing import Any

import pytest

from rescind.app.act.statements import statements
from tests.web.test_desk_pages import told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

DATING = {
    "kind": "dating",
    "sold_by": "online",
    "channel": "google",
    "country": "AT",
    "purchased_at": "25.11.2026",
    "term": "P6M",
    "price": "89,94",
    "period": "P6M",
}


def test_an_austrian_finds_the_section_the_day_and_the_sum(client: Any) -> None:
    address, _ = told(client, "Herzklick", DATING)

    page = words(client.get(f"{address}steps/"))

    assert "§ 11 FAGG" in page
    assert "25. November 2026" in page
    assert "89,94" in page
    assert "copy of the RIS" not in page
    assert "section 11 of the Austrian" in page
    assert "In English" in page


FACTS = {
    "service": "other",
    "merchant": "Herzklick",
    "kind": "dating",
    "sold_by": "online",
    "channel": "google",
    "country": "AT",
    "purchased_at": "2026-11-25",
    "price": "89.94 EUR",
    "period": "P6M",
}


def test_it_is_signed_by_whoever_has_a_name() -> None:
    german, english = statements(FACTS, {"name": "Anna Ott"})

    assert german.endswith("Anna Ott")
    assert "widerrufe ich" in german or "Widerruf" in german
    assert english.endswith("Anna Ott")


def test_one_language_is_not_told_twice() -> None:
    assert len(statements(FACTS | {"country": "IE"}, {})) == 1


def test_nothing_is_declared_that_no_law_gives() -> None:
    assert statements(FACTS | {"purchased_at": "2025-01-02"}, {}) == ()
    assert statements({"service": "no such service"}, {}) == ()


@pytest.mark.parametrize("channel", ["apple", "google"])
def test_a_step_for_money_says_where_in_the_account_it_is_asked_for(
    client: Any, channel: str
) -> None:
    address, _ = told(client, "Herzklick", DATING | {"channel": channel})

    page = client.get(f"{address}steps/").content.decode()

    step = page.split('id="step-1"')[1].split('id="step-2"')[0]
    assert PLACES[channel] in step
    assert 'class="button quiet" href="https://' in step


PLACES = {"apple": "reportaproblem.apple.com", "google": "Report a problem"}
