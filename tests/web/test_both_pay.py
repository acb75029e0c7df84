"""The bank gave money back for now, and the company promises it: both are told of."""

from typing import Any

import pytest

from tests.web.test_after_the_bank import asked_and_disputed
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import posted
from tests.web.test_whose_answer import bank_says

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)

REFUNDED = "We have refunded $59.00 to your Visa card today."
TELL_BANK = "money is there as well, tell your bank"


def both(client: Any) -> tuple[str, str]:
    """Return a case in which both give the money back, and its page."""
    case = asked_and_disputed()
    until = {"sum_bank": "$59", "until_bank": "December 30, 2026"}
    bank_says(client, case, "credits", **until)
    theirs = {"by": "merchant", "words": REFUNDED}
    return case, posted(client, f"{case}reply/", theirs)


def test_the_banks_money_stands_beside_the_promise_of_the_company(client: Any) -> None:
    case, promised = both(client)

    taken = posted(client, f"{case}confirm/", {"outcome": "pays_back"})

    for page in (promised, taken):
        assert "It gave $59 back for now" in page
        assert "its last word is due by Wednesday, December 30" in page
        assert TELL_BANK in page


def test_once_the_companys_money_came_the_bank_is_to_be_told(client: Any) -> None:
    case, _ = both(client)
    posted(client, f"{case}confirm/", {"outcome": "pays_back"})

    came = posted(client, f"{case}confirm/", {"money": "came"})

    assert "It is owed once only, and both paid: tell your bank" in came


def test_the_companys_promise_stands_beside_the_banks_word(client: Any) -> None:
    case, _ = both(client)
    posted(client, f"{case}confirm/", {"outcome": "pays_back"})

    taken_back = bank_says(client, case, "refuses")

    assert "wrote that it pays $59 back: look at your account" in taken_back
    card = taken_back.split("What happened")[0]
    assert "It came" in card
    assert card.index("It came") < card.index("Complain about")


def test_the_banks_money_alone_is_owed_to_nobody(client: Any) -> None:
    case = asked_and_disputed()

    page = bank_says(client, case, "credits", sum_bank="$59")

    assert "owed once only" not in page
    assert "owed once only" not in words(client.get(case))


def test_a_bank_that_takes_its_own_back_refuses_nothing(client: Any) -> None:
    case, _ = both(client)
    posted(client, f"{case}confirm/", {"outcome": "pays_back"})

    page = bank_says(client, case, "refuses")
    listed = words(client.get("/cases/"))

    assert "Your bank takes its money back" in page
    assert "Your bank refuses" not in page.partition("What happened")[0]
    assert "Ask your bank for its reasons" not in page.partition("What happened")[0]
    assert "It is owed once only: see that the money of" in page
    assert "Your bank takes its money back" in listed


def test_once_the_companys_money_came_the_case_is_done(client: Any) -> None:
    case, _ = both(client)
    posted(client, f"{case}confirm/", {"outcome": "pays_back"})
    posted(client, f"{case}confirm/", {"money": "came"})

    page = bank_says(client, case, "refuses").partition("What happened")[0]

    assert "Your bank takes its money back" in page
    assert "Complain about" not in page


def test_a_bank_that_gave_nothing_refuses(client: Any) -> None:
    case = asked_and_disputed()
    posted(client, f"{case}reply/", {"by": "merchant", "words": REFUNDED})

    assert "Your bank refuses" in bank_says(client, case, "refuses")
