"""Money that a letter claims keeps its day through answers that promise none."""

from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases
from rescind.app.follow.steps import write_next
from tests.conftest import SENDER
from tests.web.conftest import stand_at
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import words
from tests.web.test_first_last_day import line_for
from tests.web.test_money_from_store import posted
from tests.web.test_part_of_charges import THREE
from tests.web.test_whose_answer import bank_says

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november", "no_calendar"
)
DENIED = (
    "Hi, our records show no cancellation request from you. Your subscription remains "
    "active."
)
REFUSED = (
    "We are unable to offer a refund for these charges. Our policy does not allow "
    "refunds."
)
OFFER = "Stay with us and get 50% off your next three months!"
IN_GERMANY = THREE | {
    "country": "DE",
    "price": "59 EUR",
    "payment_method": "sepa-debit",
    "further_charges": "2026-10-12 59 EUR; 2026-09-12 59 EUR",
}
GERMAN_DENIAL = "Guten Tag, eine Kündigung von Ihnen liegt uns nicht vor."
PROMISED = "We have canceled your subscription and issued a full refund of $177."


def claimed(client: Any, answer: str, *, at_home: bool = False) -> str:
    """Return a case in which money was claimed, and an answer came."""
    facts, sender = THREE, FROM_TEXAS
    if at_home:
        facts, sender = IN_GERMANY, SENDER | {"country": "DE"}
    case_id = cases.new_case(facts, sender, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    posted(client, f"/cases/{case_id}/reply/", {"words": answer})
    return f"/cases/{case_id}/"


@pytest.mark.parametrize("answer", [DENIED, REFUSED, OFFER])
def test_an_answer_without_money_leaves_the_day_of_the_claim(
    client: Any, answer: str
) -> None:
    case = claimed(client, answer)

    page, line = words(client.get(case)), line_for(case)
    ahead = page.partition("What lies ahead")[2].partition("What happened")[0]

    assert "Money $177, claimed back by Wednesday, December 9" in page
    assert "Wednesday, December 9 The money that you claimed is due" in ahead
    named = (line.what, line.by, line.left)
    assert named == ("money claimed back by", "Wednesday, December 9", "11 days left")
    assert line.last == "dispute the charge by Friday, December 11"
    assert "money claimed back by Wednesday, December 9" in words(client.get("/"))


def test_a_denial_elsewhere_leaves_it_too(client: Any) -> None:
    case = claimed(client, GERMAN_DENIAL, at_home=True)

    page, line = words(client.get(case)), line_for(case)

    assert "€177, claimed back by" in page
    assert line.what == "money claimed back by"
    assert f"claimed back by {line.by}" in page


def test_what_they_promise_is_waited_for_by_its_own_day(client: Any) -> None:
    case = claimed(client, PROMISED)

    page = words(client.get(case))

    assert "Money they promised $177" in page
    assert "claimed back by" not in page
    assert line_for(case).what != "money claimed back by"


def test_a_claim_whose_day_is_past_says_so(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = claimed(client, DENIED)
    stand_at(datetime(2026, 12, 11, 9, tzinfo=UTC), monkeypatch)

    page = words(client.get(case))

    assert "December 9: the day is past, and you told of none that came" in page
    assert "The money that you claimed is due" not in page


PART = (
    "We have refunded the last two charges, $118. The charge of September 12 is "
    "outside our refund window."
)
GRANTED = "We have processed your refund request and refunded $177 to your Visa card."


@pytest.mark.parametrize(
    ("answer", "money", "takes_it_first"),
    [(PART, "118", False), (PART, "118", True), (GRANTED, "177", True)],
)
def test_money_that_comes_changes_nothing_of_the_end(
    client: Any, answer: str, money: str, *, takes_it_first: bool
) -> None:
    case = claimed(client, answer)
    before = words(client.get(case))
    if takes_it_first:
        taken = {"ends_on": "2026-08-11", "outcome": "pays_back", "refund": money}
        posted(client, f"{case}confirm/", taken)

    page = posted(client, f"{case}confirm/", {"money": "came", "sum": f"${money}"})

    for shown in (before, page):
        assert "Should end Tuesday, August 11" in shown
        # nobody confirmed an end, so nobody confirms it again
        assert "They confirmed again" not in shown
    assert "They say now that it ends" in page


HOW_IT_STANDS = "Bank If the money is not back by Saturday, December 12, ask your bank"
NO_DAY = {"ends_on": "2026-08-11", "outcome": "no_day_named"}


def promised_after_the_bank(client: Any) -> str:
    """Return a case in which they promise all of it once the bank has the letter."""
    case_id = cases.new_case(THREE, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    write_next(case_id, "dispute", {})
    cases.say_sent(case_id, "post", None)
    case = f"/cases/{case_id}/"
    posted(client, f"{case}reply/", {"words": PROMISED, "by": "merchant"})
    posted(client, f"{case}confirm/", NO_DAY)
    return case


def came(client: Any, case: str, money: str) -> str:
    return posted(client, f"{case}confirm/", {"money": "came", "sum": money})


def test_a_promise_beside_an_end_leaves_the_dispute(client: Any) -> None:
    page = words(client.get(promised_after_the_bank(client)))

    assert f"{HOW_IT_STANDS} how it stands" in page
    assert "Tell your bank that" not in page


def test_the_bank_is_told_of_a_part_that_came(client: Any) -> None:
    case = promised_after_the_bank(client)

    page = came(client, case, "$118")

    assert HOW_IT_STANDS in page
    assert "Tell your bank that $118 came: you only want what is missing" in page


def test_the_bank_is_told_that_all_of_it_came(client: Any) -> None:
    case = promised_after_the_bank(client)
    came(client, case, "$118")

    page = came(client, case, "$59")
    done = posted(client, f"{case}close/", {})

    assert HOW_IT_STANDS not in page
    assert "Tell your bank that $177 came, so that it ends the dispute" in page
    assert "Tell your bank that $177 came" not in done


def test_who_was_paid_by_the_bank_as_well_reads_so_once(client: Any) -> None:
    case = promised_after_the_bank(client)
    bank_says(client, case, "credits", sum_bank="$177")

    page = came(client, case, "$177")

    assert "It is owed once only, and both paid: tell your bank" in page
    assert "Tell your bank that $177 came" not in page


def test_who_asked_no_bank_has_none_to_tell(client: Any) -> None:
    case = claimed(client, PROMISED)
    posted(client, f"{case}confirm/", NO_DAY)

    assert "Tell your bank that" not in came(client, case, "$118")
