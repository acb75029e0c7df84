"""What can be ticked as having happened, and days that the calendar does not have."""

import re
from typing import Any

import pytest

from rescind.app.know.check import catalogue, find_service
from rescind.web.fact_form import fact_page
from tests.web.test_desk_pages import COURSERA, GYM, begun, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")
SOFTWARE = {
    "kind": "software",
    "sold_by": "online",
    "channel": "web",
    "country": "DE",
    "purchased_at": "15.11.2026",
    "price": "49",
    "period": "P1M",
}


def test_a_day_that_does_not_exist_keeps_its_field_beside_the_nearest_one(
    client: Any,
) -> None:
    address = begun(client, "Some Gym")
    typed = GYM | {"purchased_at": "31.2.2026"}

    page = client.post(f"{address}facts/", typed, follow=True).content.decode()

    field = re.search(r'<input id="purchased_at"[^>]*>', page)
    assert field is not None
    assert 'value="31.2.2026"' in field[0]
    assert 'name="purchased_at_instead" value="2026-02-28"' in page

    chosen = typed | {"purchased_at_instead": "2026-02-28"}
    assert (
        "answer"
        in client.post(f"{address}facts/", chosen, follow=True).request["PATH_INFO"]
    )
    corrected = typed | {"purchased_at": "1.3.2026", "purchased_at_instead": ""}
    client.post(f"{address}facts/", corrected)
    assert "1.3.2026" in client.get(f"{address}facts/").content.decode()


def test_a_day_beneath_a_tick_is_chosen_instead_as_well(client: Any) -> None:
    address = begun(client, "Some Gym")
    typed = GYM | {"happened": "cancelled", "cancelled.cancelled_at": "31.9.2026"}

    page = client.post(f"{address}facts/", typed, follow=True).content.decode()

    assert 'name="cancelled.cancelled_at_instead" value="2026-09-30"' in page
    chosen = typed | {"cancelled.cancelled_at_instead": "2026-09-30"}
    answer = client.post(f"{address}facts/", chosen, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/answer/"), words(answer)


BINDS = {"adobe-creative-cloud": True, "netflix": False, "other": True}


@pytest.mark.parametrize("slug", BINDS)
def test_a_fee_for_leaving_can_be_told_where_a_contract_binds(slug: str) -> None:
    page = fact_page(find_service(slug, {"merchant": "Club", "kind": None}), {})

    assert ("fee" in [tick.name for tick in page.ticks]) is BINDS[slug]


def test_a_gym_or_a_telephone_contract_on_file_has_the_fee_too() -> None:
    binding = [
        service
        for each in catalogue().search("")
        if (service := catalogue().service(each.slug)).kind in ("gym", "telecom")
    ]

    assert binding
    for service in binding:
        assert "fee" in [tick.name for tick in fact_page(service, {}).ticks]


def test_who_withdrew_already_is_told_of_the_money(client: Any) -> None:
    address = begun(client, "Some Software")
    typed = SOFTWARE | {"happened": "withdrawn", "withdrawn.withdrawn_at": "22.11.2026"}

    page = words(client.post(f"{address}facts/", typed, follow=True))

    assert "You withdrew: the money has to come back" in page
    assert "up to €49 back" in page
    assert "I withdrew already" in words(client.get(f"{address}facts/"))


def test_a_withdrawal_without_its_day_is_asked_for_its_day(client: Any) -> None:
    address = begun(client, "Coursera")

    page = words(
        client.post(
            f"{address}facts/", COURSERA | {"happened": "withdrawn"}, follow=True
        )
    )

    assert "Have you withdrawn from the contract already? When?" in page


@pytest.mark.parametrize("text", ["June 2026", "06/2026", "in June"])
def test_a_month_is_no_day_of_purchase_for_a_letter(client: Any, text: str) -> None:
    address = begun(client, "Some Gym")
    typed = GYM | {"purchased_at": text}

    asked = client.post(f"{address}facts/", typed, follow=True)
    beside = client.post(
        f"{address}facts/read/", typed, headers={"HX-Trigger-Name": "purchased_at"}
    )

    assert "is many days: give the day, or leave it out" in words(asked)
    assert "is many days" in beside.content.decode()
    assert f'value="{text}"' in asked.content.decode()
    unsure = client.post(
        f"{address}facts/", typed | {"unsure_purchased_at": "on"}, follow=True
    )
    assert unsure.redirect_chain[-1][0].endswith("/answer/"), words(unsure)
    assert "1 June" not in words(client.get(f"{address}letters/"))


def test_what_a_statement_tells_is_changed_as_people_write_it(client: Any) -> None:
    address = begun(client, "Netflix")
    told = {"channel": "web", "country": "DE", "price": "12.99 EUR"}
    told |= {"purchased_at": "2026-11-06"}
    client.post(f"{address}facts/", told)

    page = client.get(f"{address}facts/").content.decode()

    assert "2026-11-06" not in page
    assert 'value="6 November 2026"' in page
    assert "12.99 EUR" not in page
    assert 'value="12.99"' in page
    assert '<option value="EUR" selected>' in page
    again = told | {"price": "12.99", "price_currency": "EUR"}
    again |= {"purchased_at": "6 November 2026"}
    answer = client.post(f"{address}facts/", again, follow=True)
    assert "Netflix, €12.99, since 6 November" in words(answer)
