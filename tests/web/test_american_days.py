"""Days of a case in the United States are written month first, everywhere on it."""

import re
from typing import Any

import pytest

from tests.web.test_credit_is_no_money import CHARGED
from tests.web.test_desk_pages import ANNA, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

DENIED = "We have not received a cancellation. It ended on November 30, 2026."
EUROPEAN = re.compile(
    r"\b\d{1,2} (?:January|March|August|September|October|November|December) 2\d{3}"
)


def answered(client: Any, country: dict[str, str]) -> str:
    case, _ = told(client, "Brightly", CHARGED | country)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{case}letters/", ANNA | by_mail)
    client.post(f"{case}reply/", {"words": DENIED})
    return case


def test_no_day_of_the_page_has_the_other_order(client: Any) -> None:
    page = words(client.get(answered(client, {})))

    assert EUROPEAN.findall(page.split("Full record")[0]) == []
    assert "You gave it on August 20, 2026" in page


def test_elsewhere_the_day_comes_first(client: Any) -> None:
    british = {"country": "GB", "part_US": "", "price": "29.99 GBP"}
    british |= {"purchased_at": "2026-03-10", "charged-after.paid_at": "2026-11-10"}
    british |= {"charged-after.cancelled_at": "2026-08-20"}

    page = words(client.get(answered(client, british)))

    assert "You gave it on 20 August 2026" in page


def test_the_attorney_general_is_that_of_the_state(client: Any) -> None:
    case = answered(client, {})

    page = words(client.get(case))
    letter = words(client.get(f"{case}letters/?letter=complaint"))

    assert "The attorney general of Texas" in page
    assert "the site of the attorney general of Texas" in page
    assert "your state" not in page.split("What you told")[0]
    assert "The attorney general of Texas" in letter
