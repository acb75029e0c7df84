"""A store is asked for money by law: what to write, what is waited for, and when."""

from typing import Any

import pytest

from tests.web.test_case_pages import done_at_apple
from tests.web.test_desk_pages import told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

TINDER = {
    "offer": "subscription",
    "channel": "apple",
    "country": "US",
    "part_US": "US-CA",
    "purchased_at": "11/26/2026",
    "price": "59.99",
    "period": "P6M",
}
GRANTED = "Dear Anna, we have approved your refund request. Apple Support"


def withdrawn(client: Any, typed: dict[str, str] = TINDER) -> str:
    address, _ = told(client, "Tinder", typed)
    client.post(f"{address}steps/", {"act": "done"})
    return address


def line_of(client: Any, name: str) -> str:
    """Return what the list of cases says of the newest case of a company."""
    page = words(client.get("/cases/"))
    return page.split("Days that count")[0].split(f"{name} :", 1)[-1]


def test_a_step_says_that_it_is_a_right_by_law(client: Any) -> None:
    address, _ = told(client, "Tinder", TINDER)

    page = words(client.get(f"{address}steps/"))

    assert "It is your right by law: California Civil Code 1694-1694.4" in page
    assert "I withdraw from the contract for Tinder" in page
    assert "as the law lets me: California Civil Code 1694-1694.4" in page
    assert "I do not want it any longer" not in page


def test_a_store_that_has_to_decide_is_waited_for_on_one_day(client: Any) -> None:
    case = withdrawn(client)

    page, line = words(client.get(case)), line_of(client, "Tinder")

    assert "Apple decides on the money" in page
    assert "look by Saturday, December 12" in page
    assert "by Saturday, December 12" in line
    assert "next charge would come" not in page
    assert "Waiting for Tinder" not in words(client.get("/cases/"))
    assert "Did you get a confirmation?" in page
    assert "Did you get a confirmation?" in line


def test_money_that_a_store_grants_is_waited_for_until_it_came(client: Any) -> None:
    case = withdrawn(client)

    granted = words(client.post(f"{case}reply/", {"words": GRANTED}, follow=True))
    taken = {"ends_on": "2026-11-28"}
    waiting = words(client.post(f"{case}confirm/", taken, follow=True))
    line = line_of(client, "Tinder")
    came = words(client.post(f"{case}confirm/", {"money": "came"}, follow=True))

    assert "Apple says money comes back" in granted
    assert "Yes, they pay it back" in granted
    assert "14 days left It came" in waiting
    assert "by Saturday, December 12" in line
    assert "See whether $59.99 comes back" not in came


def test_less_than_a_store_owes_is_asked_for_there_and_not_by_letter(
    client: Any,
) -> None:
    case = withdrawn(client)
    partly = "We have approved a refund of $20.00. Apple Support"

    response = client.post(f"{case}reply/", {"words": partly}, follow=True)
    page = words(response)

    assert "Apple grants $20 of $59.99" in page
    assert "Ask for the other $39.99" in page
    assert f'href="{case}steps/"' in response.content.decode()


def test_money_that_a_store_refuses_is_asked_for_there_again(client: Any) -> None:
    case = withdrawn(client)
    refused = "Your request for a refund was reviewed and was not approved. Apple"

    response = client.post(f"{case}reply/", {"words": refused}, follow=True)

    assert "Ask for the money again" in words(response)
    assert f'href="{case}steps/"' in response.content.decode()


def test_a_day_to_look_is_no_next_charge_where_none_is_known(client: Any) -> None:
    typed = TINDER | {"part_US": "US-TX", "country": "US", "purchased_at": "3/1/2026"}
    case = withdrawn(client, typed | {"period": "", "unsure_period": "on"})

    page = words(client.get(case))

    assert "next charge would come" not in page
    assert "Did you get a confirmation?" in page


def test_a_next_charge_that_is_known_is_called_so(client: Any) -> None:
    case = done_at_apple(client)

    page, line = words(client.get(case)), line_of(client, "Coursera")

    assert "the next charge would come on Tuesday, December 1" in page
    assert "by Tuesday, December 1" in line
