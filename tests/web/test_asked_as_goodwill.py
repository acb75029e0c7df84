"""Money that a letter asks for first once an end was confirmed."""

from typing import Any

import pytest

from rescind.app.follow import cases
from rescind.app.follow.steps import write_next
from tests.conftest import SENDER
from tests.web.test_another_day import id_of, page_of
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import group_of, line_of

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

ZAPPELINE = {
    "service": "other",
    "merchant": "Zappeline",
    "kind": "service",
    "channel": "web",
    "country": "US",
    "region": "US-NY",
    "purchased_at": "2026-10-24",
    "paid_at": "2026-11-23",
    "period": "P1M",
    "price": "41.94 USD",
}
ENDED = (
    "Your subscription has been cancelled. The payment of $41.94 will not be refunded."
)
GRANTED = (
    "We have refunded $20.00 of your payment. It will be back on your card within 5 "
    "to 10 business days. The rest is not refundable."
)
REFUSED = "We are sorry, we cannot give you a refund for this payment."


def asked(client: Any) -> str:
    """Return a case whose end was confirmed, and in which a refund was asked for."""
    case_id = cases.new_case(ZAPPELINE, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    case = f"/cases/{case_id}/"
    client.post(f"{case}reply/", {"words": ENDED})
    client.post(f"{case}day/", {"none": "yes"})
    client.post(f"{case}confirm/", {"money": "none"})
    write_next(id_of(case), "refund", {})
    cases.say_sent(id_of(case), "e-mail", None)
    return case


def test_money_that_was_asked_for_is_followed(client: Any) -> None:
    case = asked(client)

    page, days = page_of(client, case), words(client.get("/cases/"))

    assert "Does $41.94 come back?" in page
    assert "No law on file gives this money back" in page
    assert "It came" in page
    assert group_of(case) == "waiting"
    assert "Does $41.94 come back?" in line_of(client, "Zappeline")
    assert "the letter that asks for it names this day" in days


def test_a_part_that_they_grant_is_told_of_with_what_stays_open(client: Any) -> None:
    case = asked(client)
    client.post(f"{case}reply/", {"words": GRANTED})

    page = page_of(client, case)
    client.post(f"{case}confirm/", {"money": "came", "sum": "20.00"})
    came = page_of(client, case)

    assert "Zappeline grants $20 of $41.94" in page
    assert "$21.94 stays open" in page
    assert "How much came" in page
    assert "No law on file gives this money back" in page
    assert "$20 of $41.94 came: $21.94 is still missing" in came


def test_a_refusal_of_what_was_asked_for_is_the_head(client: Any) -> None:
    case = asked(client)
    client.post(f"{case}reply/", {"words": REFUSED})

    page = page_of(client, case)

    assert "refuses to pay $41.94 back" in page
    assert "No law on file gives this money back" in page
    assert group_of(case) == "to_do"


def test_nothing_is_waited_for_once_the_person_says_so(client: Any) -> None:
    case = asked(client)
    client.post(f"{case}confirm/", {"money": "none"})

    assert group_of(case) == "ended"
