"""What people saw who walked the desk a second time, days and sums counted by hand."""

from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import at_store, cases, reports, steps
from rescind.core.model.case import EventKind
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_desk_pages import words
from tests.web.test_likely_answers import STUDIO

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

ADOBE = {
    "service": "adobe-creative-cloud",
    "offer": "annual-monthly",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-06-10",
    "price": "67.01 EUR",
}
CHARGED = {
    "service": "other",
    "merchant": "Brightpad",
    "kind": "service",
    "channel": "web",
    "country": "US-TX",
    "purchased_at": "2025-11-12",
    "cancelled_at": "2026-08-03",
    "paid_at": "2026-11-12",
    "price": "59 USD",
    "period": "P1M",
    "payment_method": "visa-debit",
}
TINDER = {
    "service": "tinder",
    "channel": "apple",
    "country": "US-CA",
    "purchased_at": "2026-11-28",
    "price": "119.99 USD",
}


def test_a_withdrawal_that_nobody_is_sure_of_ends_nothing_today(client: Any) -> None:
    # the fourteen days ran to 24 June, unless nobody told of them: that is not known
    case_id = cases.new_case(ADOBE, SENDER, Wanted(kind="withdraw"))
    cases.say_sent(case_id, "post", None)

    page = words(client.get(f"/cases/{case_id}/"))

    assert "Ends today" not in page


def test_a_letter_to_the_bank_that_comes_first_waits_for_the_bank(client: Any) -> None:
    sender, wanted = SENDER | {"country": "US"}, Wanted(kind="dispute")
    case_id = cases.new_case(CHARGED, sender, wanted)
    cases.say_sent(case_id, "post", None)

    page = words(client.get(f"/cases/{case_id}/"))

    assert "Waiting for Brightpad" not in page
    assert "ask your bank" in page
    assert steps.steps(selectors.read_case(case_id)) == []


def test_what_the_bank_writes_is_no_answer_of_the_companys(client: Any) -> None:
    sender, wanted = SENDER | {"country": "US"}, Wanted(kind="dispute")
    case_id = cases.new_case(CHARGED, sender, wanted)
    cases.say_sent(case_id, "post", None)
    words_of_bank = "We posted a temporary credit of $59.99 to you."
    said = {"says_bank": "credits", "sum_bank": "59.99"}
    told = {"by": "bank", "words": words_of_bank, **said}

    asked = words(client.get(f"/cases/{case_id}/reply/"))
    page = words(client.post(f"/cases/{case_id}/reply/", told, follow=True))

    assert "Who wrote this?" in asked
    assert "Your bank gives $59.99 back for now" in page
    assert "wait for its last word" in page
    assert "Your bank wrote: the money is given back for now" in page
    assert selectors.read_case(case_id).newest(EventKind.ANSWERED) is None


def test_with_letters_left_to_write_the_money_does_not_end_the_matter(
    client: Any,
) -> None:
    sender, wanted = SENDER | {"country": "US"}, Wanted(kind="dispute")
    case_id = cases.new_case(CHARGED, sender, wanted)
    cases.say_sent(case_id, "post", None)

    page = words(client.get(f"/cases/{case_id}/"))

    assert "Go on with the letters" in page
    assert "The money is back" not in page


def test_no_letter_refers_to_one_that_no_store_ever_had(client: Any) -> None:
    case_id = at_store.open_case(TINDER, SENDER | {"country": "US"})
    reports.used_button(case_id)
    refusal = "Your request is not eligible for a refund. This decision is final."
    client.post(f"/cases/{case_id}/reply/", {"words": refusal})

    address = f"/cases/{case_id}/letters/?letter=reply"
    page = words(client.get(address, follow=True))

    assert "no letter went out in this case" in page
    assert "letter=reply" not in client.get(f"/cases/{case_id}/").text


def test_a_right_answer_to_a_letter_in_the_post_is_not_later_than_owed(
    client: Any,
) -> None:
    open_ended = STUDIO | {"purchased_at": "2025-03-01"}
    case_id = cases.new_case(open_ended, SENDER)
    cases.say_sent(case_id, "post", None)
    # a month from 2 December, when it came; it was posted on 28 November
    told = (
        "Ihre Kündigung ist am 02.12.2026 eingegangen. Hiermit bestätigen wir die "
        "Kündigung; Ihr Vertrag endet am 02.01.2027."
    )

    page = words(client.post(f"/cases/{case_id}/reply/", {"words": told}, follow=True))

    assert "later than it should" not in page
