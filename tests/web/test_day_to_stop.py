"""A request not to pay has its own last day: that of the debit which comes next."""

from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import words
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)
GERMAN = CHARGED | {
    "country": "DE",
    "price": "59 EUR",
    "payment_method": "sepa-debit",
}


def page_of(client: Any, facts: dict[str, Any], kind: str) -> str:
    case_id = cases.new_case(facts, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    return words(client.get(f"/cases/{case_id}/letters/?letter={kind}"))


@pytest.mark.parametrize(
    ("facts", "paid_at", "says"),
    [
        # three business days before Saturday 12 December
        (
            CHARGED,
            "2026-11-12",
            "Wednesday, December 9, before the payment expected on",
        ),
        # for 30 November it is over: that of 30 December is stopped
        (CHARGED, "2026-10-30", "may be too near to be stopped"),
        (GERMAN, "2026-11-12", "Friday 11 December, before the payment expected on"),
    ],
)
def test_it_is_the_day_before_the_next_debit(
    client: Any, facts: dict[str, Any], paid_at: str, says: str
) -> None:
    assert says in page_of(client, facts | {"paid_at": paid_at}, "stop-payment")


def test_a_dispute_keeps_its_own_day(client: Any) -> None:
    page = page_of(client, CHARGED, "dispute")

    assert "before the payment expected" not in page
