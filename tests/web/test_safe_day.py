"""A safe day that is today is not called the last while a later one is named."""

from typing import Any

import pytest

from tests.web.test_desk_pages import told

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

STREAMING = {
    "kind": "streaming",
    "sold_by": "online",
    "country": "PL",
    "renewal_term": "P1M",
    "term": "P1M",
    "price": "24,99",
    "period": "P1M",
    "paid_at": "3.11.2026",
}


@pytest.mark.parametrize("biller", ["", "google", "apple", "web"])
def test_no_biller_makes_today_the_last_day(client: Any, biller: str) -> None:
    _, answer = told(client, "SkyShowtime", STREAMING | {"channel": biller})

    assert "the last day " not in answer.replace("the last day that is safe", "")


def test_an_unknown_biller_has_its_reason(client: Any) -> None:
    _, answer = told(client, "SkyShowtime", STREAMING)

    assert "whoever charges you" in answer


def test_no_fee_is_due_for_leaving_after_the_term(client: Any) -> None:
    broadband = {"kind": "telecom", "sold_by": "online", "channel": "web"}
    broadband |= {"country": "GB", "purchased_at": "10/01/2025", "term": "count"}
    broadband |= {"term_count": "18", "term_unit": "M", "notice": "P1M"}
    broadband |= {"renewal_term": "open", "price": "32", "period": "P1M"}
    broadband |= {"paid_at": "10/11/2026", "happened": "fee"}
    broadband |= {"fee.early_termination_fee": "60"}

    _, over = told(client, "Fibrely", broadband)
    _, bound = told(client, "Fibrely", broadband | {"term_count": "24"})

    assert "the first term is over, so none is due" in over
    assert "so none is due" not in bound
