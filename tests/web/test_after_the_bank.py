"""Once the bank was told of a charge: what it gave back, refused, and took back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, steps
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.conftest import stand_at
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import line_of, posted
from tests.web.test_second_walk import CHARGED
from tests.web.test_whose_answer import bank_says, disputed

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)

FROM_TEXAS = SENDER | {"country": "US"}


def asked_and_disputed() -> str:
    """Return a case in which the company was asked for the money, and the bank told."""
    case_id = cases.new_case(CHARGED, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    steps.write_next(case_id, "dispute", {})
    cases.say_sent(case_id, "post", None)
    return f"/cases/{case_id}/"


def letter(client: Any, case: str, kind: str) -> str:
    return words(client.get(f"{case}letters/?letter={kind}"))


def test_no_reminder_lies_ahead_of_money_that_the_bank_gave_back(client: Any) -> None:
    case = asked_and_disputed()
    before = words(client.get(case))

    credited = bank_says(client, case, "credits", sum_bank="$59")
    record = selectors.read_case(case.strip("/").split("/")[-1])

    assert "Send a reminder" in before
    assert "Send a reminder" not in credited
    assert steps.steps(record) == []


def test_who_told_the_bank_threatens_with_no_dispute(client: Any) -> None:
    case = asked_and_disputed()

    for kind in ("second-notice", "refund"):
        assert "through my bank" not in letter(client, case, kind)
    undisputed = cases.new_case(CHARGED, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(undisputed, "post", None)
    threat = letter(client, f"/cases/{undisputed}/", "second-notice")
    assert "through my bank" in threat


def test_a_complaint_tells_of_the_dispute_and_of_what_the_bank_said(
    client: Any,
) -> None:
    case = asked_and_disputed()

    told = letter(client, case, "complaint")
    bank_says(client, case, "credits", sum_bank="$59")
    credited = letter(client, case, "complaint")
    bank_says(client, case, "refuses", until_bank="12/5/2026")
    refused = letter(client, case, "complaint")

    assert "I disputed the charge with my bank" in told
    assert "has been credited to me for the time being" in credited
    assert "the dispute was rejected" in refused
    assert "is being taken back" in refused
    assert "has been credited" not in refused


def test_a_dispute_of_an_earlier_charge_is_none_of_a_later_one(client: Any) -> None:
    case = asked_and_disputed()

    charged(client, case, "2026-11-20")

    assert "I disputed" not in letter(client, case, "complaint")


def test_the_day_on_which_money_is_taken_back_is_no_deadline(client: Any) -> None:
    case = asked_and_disputed()
    bank_says(client, case, "credits", sum_bank="$59")

    page = bank_says(client, case, "refuses", until_bank="12/5/2026")
    line = line_of(client, "Brightpad")
    on_file = words(client.get("/cases/"))

    assert "It takes $59 back on Saturday, December 5" in page
    assert "of the bank itself, complain to Consumer Financial" in page
    # the dispute was made: nobody is told to make it first
    assert "dispute the charge with the bank first" not in page
    assert "reasons in writing. It takes $59 back on Saturday, December 5" in line
    assert "by Saturday, December 5" not in line
    assert "days left" not in line
    assert "takes back what it had given for now" in on_file


def test_money_that_was_taken_back_is_told_as_past(client: Any) -> None:
    case = asked_and_disputed()

    page = bank_says(client, case, "refuses", sum_bank="$59", until_bank="11/20/2026")

    assert "It took $59 back on Friday, November 20" in page
    assert "It took" not in line_of(client, "Brightpad")


def charged(client: Any, case: str, on: str) -> str:
    taken = {"what": "charged", "on": on, "amount": "59 USD"}
    return posted(client, f"{case}happened/", taken)


def test_a_last_day_that_is_past_is_counted_back(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = asked_and_disputed()
    bank_says(client, case, "credits", sum_bank="$59")
    bank_says(client, case, "refuses", until_bank="2/22/2027")

    # sixty days after that charge were over on 11 October
    stand_at(datetime(2027, 2, 13, 11, tzinfo=UTC), monkeypatch)
    page = charged(client, case, "2026-08-12")
    line = line_of(client, "Brightpad")

    card = page.split("What happened")[0]
    assert "By Sunday, October 11, 2026 125 days ago" in card
    assert "The day to tell your bank by is past" in card
    assert "Ask for it back They wrote again" in card
    assert "It refused to get an earlier charge back. It takes $59 back" in card
    assert "February 22" not in line
    assert "before its deadline" not in line


def test_a_charge_that_can_be_disputed_has_its_own_day_in_the_list(
    client: Any,
) -> None:
    case = asked_and_disputed()
    bank_says(client, case, "refuses", until_bank="12/5/2026")

    page = charged(client, case, "2026-11-20")
    line = line_of(client, "Brightpad")

    assert "Dispute it with your bank" in page.split("What happened")[0]
    assert "December 5" not in line
    assert "days left" in line


def letters_of_two(client: Any, case: str) -> str:
    return " ".join(letter(client, case, kind) for kind in ("refund", "complaint"))


def test_letters_name_each_charge_that_nobody_disputed_and_the_sum(
    client: Any,
) -> None:
    case_id = cases.new_case(CHARGED, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    case = f"/cases/{case_id}/"

    page = charged(client, case, "2026-10-12")

    assert "after the letter" not in page
    assert "2 charges, $118 in all" in page
    for kind in ("refund", "complaint", "dispute", "second-notice"):
        said = letter(client, case, kind)
        assert "November 12, 2026" in said
        assert "to these charges: October 12, 2026: $59.00" in said
        assert "All charges together come to $118.00" in said


def test_money_is_asked_for_in_all_and_a_disputed_charge_not_twice(
    client: Any,
) -> None:
    case = asked_and_disputed()
    charged(client, case, "2026-10-12")
    later = letter(client, case, "dispute")
    steps.write_next(case.strip("/").split("/")[-1], "refund", {})
    cases.say_sent(case.strip("/").split("/")[-1], "post", None)
    story = words(client.get(case))

    bank_says(client, case, "pays", sum_bank="$59")
    rest = letter(client, case, "refund")

    # the charge of November is with the bank already
    assert "$59.00 made by Brightpad on October 12, 2026" in later
    assert "November 12, 2026" not in later.split("Subject")[-1]
    assert "You asked for $118 back" in story
    assert "you charged me on October 12, 2026" in rest
    assert "All charges together" not in rest


def test_charges_on_either_side_of_the_end_are_not_fought_together(
    client: Any,
) -> None:
    case_id = cases.new_case(CHARGED, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    case = f"/cases/{case_id}/"

    # it ends on 11 August
    charged(client, case, "2026-08-10")

    assert "All charges together" not in letter(client, case, "refund")


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        ({"payment_method": "visa-credit"}, False),
        ({"payment_method": "bank-account"}, False),
        ({"payment_method": "visa-debit", "country": "DE", "price": "59 EUR"}, False),
        ({"payment_method": "sepa-debit", "country": "DE", "price": "59 EUR"}, True),
        ({"payment_method": "other", "country": "DE", "price": "59 EUR"}, True),
    ],
)
def test_no_mandate_is_asked_for_of_a_card(
    client: Any, facts: dict[str, str], is_asked: object
) -> None:
    case_id = cases.new_case(CHARGED | facts, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)

    page = client.get(f"/cases/{case_id}/letters/?letter=dispute").content.decode()

    assert 'name="all.account"' in page
    assert ('name="all.mandate_id"' in page) == is_asked
    assert ('name="all.creditor_id"' in page) == is_asked


def test_the_day_by_which_the_bank_decides_is_asked_for(client: Any) -> None:
    case = asked_and_disputed()

    form = words(client.get(f"{case}reply/"))
    page = bank_says(
        client, case, "credits", sum_bank="$59", until_bank="February 20, 2027"
    )

    assert "To answer by, by which it decides, or on which it takes money back" in form
    assert "if none has come by Saturday, February 20" in page


def test_a_day_that_nobody_named_is_not_called_past(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = asked_and_disputed()
    bank_says(client, case, "credits", sum_bank="$59")

    stand_at(datetime(2027, 1, 15, 11, tzinfo=UTC), monkeypatch)
    page = words(client.get(case))

    assert "Its last word has not come: ask your bank" in page
    assert "is past" not in page.split("What happened")[0]


def test_what_was_told_before_the_case_happened_first(client: Any) -> None:
    case = asked_and_disputed()

    story = words(client.get(case)).split("What happened")[1]
    line = line_of(client, "Brightpad")

    told = "Monday, August 3, written down today You cancelled, by your word"
    assert told in story
    assert story.index("You asked for $59 back") < story.index(told)
    assert "not back by Saturday, December 12, ask your bank how it stands" in line
    assert "Wait for the confirmation" not in line


def test_the_list_says_by_when_to_ask_the_bank(client: Any) -> None:
    disputed()

    line = line_of(client, "Brightpad")

    assert "If the money is not back by Saturday, December 12, ask your bank" in line
    assert "Wait for the confirmation" not in line


def test_their_words_stand_in_one_order_with_their_day_and_who_wrote(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = asked_and_disputed()
    by_company = {"by": "merchant", "words": "We cannot give you a refund."}
    posted(client, f"{case}reply/", by_company)
    stand_at(datetime(2026, 12, 1, 18, tzinfo=UTC), monkeypatch)
    bank_says(client, case, "credits", sum_bank="$59", words="Credited.")
    stand_at(datetime(2026, 12, 3, 18, tzinfo=UTC), monkeypatch)
    by_company["words"] = "Once more: no refund."
    posted(client, f"{case}reply/", by_company)
    stand_at(datetime(2026, 12, 8, 18, tzinfo=UTC), monkeypatch)

    page = words(client.get(case)).split("Their words")[1].split("What happened")[0]

    said = (
        "Brightpad, Thursday, December 3. It reads as",
        "Once more: no refund.",
        "Your bank, Tuesday, December 1, as you read it: It gives the money back",
        "Brightpad, Saturday, November 28. It reads as",
        "We cannot give you a refund.",
    )
    places = [page.index(each) for each in said]
    assert places == sorted(places)


GOOD = "The money is back for good"


def back_for_good(client: Any, case: str) -> str:
    """Press the button, and return the page."""
    assert GOOD in words(client.get(case))
    return posted(client, f"{case}close/", {"back": "bank"})


def test_money_that_the_bank_gave_for_good_is_back_and_closes_no_open_end(
    client: Any,
) -> None:
    case = asked_and_disputed()
    bank_says(client, case, "credits", sum_bank="$59")

    page = back_for_good(client, case)
    card = page.split("What happened")[0]
    closed = posted(client, f"{case}close/", {})

    assert "Your bank gives" in card
    assert "Ask for a confirmation" in card
    assert "Close the case" in card
    assert "did not come back" not in page + closed
    assert "Closed; its end is not confirmed" in closed


@pytest.mark.parametrize("says", ["credits", "pays"])
def test_what_the_bank_gave_is_back_in_each_way_of_closing(
    client: Any, says: str
) -> None:
    case = asked_and_disputed()
    bank_says(client, case, says, sum_bank="$59")
    if says == "credits":
        back_for_good(client, case)

    closed = posted(client, f"{case}close/", {"note": "done"})

    assert "did not come back" not in closed


def test_a_part_that_the_bank_gave_is_no_whole(client: Any) -> None:
    case = asked_and_disputed()
    bank_says(client, case, "credits", sum_bank="$20")
    back_for_good(client, case)

    closed = posted(client, f"{case}close/", {})

    assert "$39 of $59 was not paid back" in closed


def test_a_case_whose_end_is_confirmed_is_over_once_the_bank_has_paid(
    client: Any,
) -> None:
    case = asked_and_disputed()
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-11"})
    bank_says(client, case, "credits", sum_bank="$59")

    closed = back_for_good(client, case)

    assert "did not come back" not in closed
    assert "Closed" in closed
    assert "money is still open" not in closed
