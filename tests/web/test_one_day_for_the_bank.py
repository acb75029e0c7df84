"""Of several charges the bank is told by one day: the first that is still open."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, reports
from rescind.app.follow.last_days import last_days_of
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.conftest import stand_at
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import line_of
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)
SPOTIFY = {
    "service": "other",
    "merchant": "Tonspur",
    "kind": "streaming",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2022-03-05",
    "price": "11.99 EUR",
    "period": "P1M",
    "payment_method": "sepa-debit",
    "paid_at": "2026-10-05",
}


def texan() -> str:
    """Return a case of a charge in November, and of one in October told later."""
    case_id = cases.new_case(CHARGED, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    reports.charged(case_id, on="2026-10-12", amount="59 USD")
    return f"/cases/{case_id}/"


def test_the_case_its_letter_and_the_list_name_one_day(client: Any) -> None:
    case = texan()

    page = words(client.get(case))
    to_bank = words(client.get(f"{case}letters/?letter=dispute"))

    # Regulation E: 60 days from the older charge
    assert "By Friday, December 11 13 days left" in page
    assert "by Friday, December 11 13 days left" in to_bank
    assert "Friday, December 11" in line_of(client, "Brightpad")
    assert "January" not in page.split("What comes next")[0]


def test_once_the_first_is_over_the_next_one_counts(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = texan()
    stand_at(datetime(2026, 12, 14, 18, tzinfo=UTC), monkeypatch)

    page = words(client.get(case))
    to_bank = words(client.get(f"{case}letters/?letter=dispute"))

    assert "By Monday, January 11, 2027" in page
    assert "by Monday, January 11, 2027" in to_bank
    assert "January 11, 2027" in line_of(client, "Brightpad")


def test_charges_seen_later_keep_the_day_of_the_first(client: Any) -> None:
    case_id = cases.new_case(SPOTIFY, SENDER, Wanted(kind="cancel"))
    cases.say_sent(case_id, "post", "2026-10-20")
    cases.confirm(case_id, ends_on="2026-11-04", note="")
    reports.charged(case_id, on="2026-11-05", amount="11.99 EUR")
    reports.charged(case_id, on="2026-11-28", amount="11.99 EUR")

    page = words(client.get(f"/cases/{case_id}/"))
    rights = last_days_of(selectors.read_case(case_id), date(2026, 11, 28))

    assert "2 charges, €23.98 in all" in page
    assert "By Thursday 31 December" in page
    assert "Thursday 31 December" in line_of(client, "Tonspur")
    assert len({right["name"] for right in rights}) == len(rights)


def test_charges_told_at_the_start_have_the_first_day_that_is_open(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = CHARGED | {"further_charges": "2026-10-12 59 USD"}
    case_id = cases.new_case(told, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)

    before = words(client.get(f"/cases/{case_id}/"))
    stand_at(datetime(2026, 12, 14, 18, tzinfo=UTC), monkeypatch)
    after = words(client.get(f"/cases/{case_id}/"))

    assert "Tell your bank by Friday, December 11" in before
    assert "Tell your bank by Monday, January 11, 2027" in after


def test_a_promise_of_a_part_moves_no_day_for_the_bank(client: Any) -> None:
    told = CHARGED | {"further_charges": "2026-10-12 59 USD"}
    case_id = cases.new_case(told, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    words_of_part = "As a gesture of goodwill, we refunded $59 to your card today."
    client.post(f"/cases/{case_id}/reply/", {"words": words_of_part})
    client.post(f"/cases/{case_id}/confirm/", {"outcome": "pays_back", "refund": "59"})

    assert "bank by Friday, December 11" in words(client.get(f"/cases/{case_id}/"))
