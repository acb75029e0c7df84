"""A contract whose term and notice nobody told: no page and no letter names an end."""

from typing import Any

import pytest

from tests.web.test_desk_pages import ANNA, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

GARNIX = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "15.1.2026",
    "price": "39",
    "price_currency": "EUR",
    "period": "P1M",
}


def test_the_page_asks_how_long_a_gym_binds_and_names_no_end(client: Any) -> None:
    # BGB § 309 no. 9: a month of notice at most, once no first term binds
    _, page = told(client, "Studio Garnix", GARNIX)

    assert "If no term binds you, cancelling with Studio Garnix now ends it on" in page
    assert "By today: each day later, it ends a day later" in page
    assert "How long were you bound at first?" in page
    assert "How much notice must you give?" in page
    assert "Ends" not in page
    assert "December, 11:00" not in page
    assert "13 December" not in page


def test_the_letter_ends_it_on_the_earliest_day(client: Any) -> None:
    address, _ = told(client, "Studio Garnix", GARNIX)

    letter = words(client.get(f"{address}letters/", ANNA))

    assert "zum nächstmöglichen Zeitpunkt" in letter
    assert "14. Dezember" not in letter


@pytest.mark.parametrize("fact", ["term", "notice"])
def test_none_is_among_the_lengths_where_there_may_be_none(
    client: Any, fact: str
) -> None:
    address, _ = told(client, "Studio Garnix", GARNIX | {fact: "none"})

    page = client.get(f"{address}facts/").content.decode()
    field = page.split(f'<select id="{fact}"')[1].split("</select>")[0]

    assert '<option value="none" selected>None</option>' in field
    other = page.split('<select id="period"')[1].split("</select>")[0]
    assert 'value="none"' not in other


def test_none_that_was_typed_as_another_length_is_chosen(client: Any) -> None:
    typed = {"notice": "count", "notice_count": "none", "notice_unit": "M"}
    address, _ = told(client, "Studio Garnix", GARNIX | typed)

    page = client.get(f"{address}facts/").content.decode()

    field = page.split('<select id="notice"')[1].split("</select>")[0]
    assert '<option value="none" selected>None</option>' in field


def test_none_is_no_term_that_is_asked_for_again(client: Any) -> None:
    typed = {"term": "count", "term_count": "none", "term_unit": "M"}
    notice = {"notice": "none", "paid_at": "5.11.2026"}

    _, page = told(client, "Visionalia TV", ITALIAN | typed | notice)

    assert "Ends Friday 4 December" in page
    assert "if no term binds you" not in page
    assert "How long a term binds" not in page
    assert "write none if it has none" not in page


ITALIAN = {
    "kind": "streaming",
    "sold_by": "online",
    "channel": "web",
    "country": "IT",
    "purchased_at": "5.5.2025",
    "price": "11.99",
    "price_currency": "EUR",
    "period": "P1M",
}
