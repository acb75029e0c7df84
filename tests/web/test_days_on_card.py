"""The days on the answer card: one of two that exclude each other, and the charge."""

from typing import Any

import pytest

from tests.web.test_desk_pages import told

pytestmark = pytest.mark.usefixtures("ready_desk")

OPEN_GYM = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "5.2.2025",
    "term": "none",
    "notice": "P1M",
    "price": "39,90",
    "period": "P1M",
    "paid_at": "5.11.2026",
}
DATING = {
    "kind": "dating",
    "sold_by": "online",
    "channel": "google",
    "country": "US-NY",
    "purchased_at": "5/30/2026",
    "price": "$29.99",
    "period": "P1M",
    "paid_at": "10/30/2026",
}


@pytest.mark.usefixtures("sunday_29_november")
def test_where_no_last_day_is_the_next_charge_stands(client: Any) -> None:
    _, page = told(client, "Vitalis Fitness Mainz", OPEN_GYM)

    assert "no last day" in page
    assert "Next charge Saturday 5 December" in page


@pytest.mark.usefixtures("saturday_28_november")
def test_no_day_is_called_safe_once_the_safe_moment_has_passed(client: Any) -> None:
    _, page = told(client, "SparkNest", DATING)

    assert "The safe moment for cancelling has passed" in page
    assert "the last day that is safe" not in page
    assert "by today" in page.casefold()
