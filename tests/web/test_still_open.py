"""What they asked or denied stays on the page until somebody meets it."""

from typing import Any

import pytest

from rescind.app.follow import cases
from tests.conftest import SENDER
from tests.web.test_credit_is_no_money import CHARGED, CREDIT
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_end_beside_money import PAPER
from tests.web.test_no_notice_came import NO_NOTICE, RECEIPT, reply_in, sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

DUES = (
    "Ihr Beitrag ist noch offen. Bitte zahlen Sie den offenen Betrag in Höhe von "
    "79,80 € bis zum 10.12.2026."
)
VOUCHER = "Wir bieten Ihnen einen Gutschein über 39,90 € an."
NOTED = "Ihre Kündigung haben wir für das nächstmögliche Datum vorgemerkt."
ENDS = "Wir bestätigen Ihre Kündigung zum 13.02.2027."
OPEN = "Still open They want €79.80"
DENIED = "Still open Give notice again as well, so that it is there by"


def page_after(client: Any, case: str, *texts: str) -> str:
    """Return the words of a case's page after some answers."""
    for text in texts:
        client.post(f"{case}reply/", {"words": text})
    return words(client.get(case))


def test_an_offer_hides_no_demand_and_the_letter_meets_both(client: Any) -> None:
    case = sent(client, "form")

    page, letter = page_after(client, case, DUES, VOUCHER), reply_in(client, case)
    client.post(f"{case}letters/", ANNA | {"letter": "reply", "act": "form:reply"})
    after = words(client.get(case))

    assert "made an offer" in page
    assert OPEN in page
    assert "Dieses Angebot nehme ich nicht an" in letter
    assert "Sie fordern eine Zahlung" in letter
    assert "Still open" not in after


def test_one_answer_with_both_is_met_in_both(client: Any) -> None:
    case = sent(client, "form")

    page_after(client, case, f"{DUES} {VOUCHER}")
    letter = reply_in(client, case)

    assert "Dieses Angebot nehme ich nicht an" in letter
    assert "Sie fordern eine Zahlung" in letter


def test_a_denial_stays_until_they_name_a_day(client: Any) -> None:
    case = sent(client, "email")

    noted, letter = page_after(client, case, NO_NOTICE, NOTED), reply_in(client, case)
    named = page_after(client, case, ENDS)

    assert DENIED in noted
    assert "by 12 January 2027" in noted
    assert "per E-Mail an service@vitalis.example" in letter
    assert "kündige ich ihn zum nächstmöglichen Zeitpunkt" in letter
    assert "no notice came" not in named.partition("What happened")[0]


def test_a_receipt_settles_a_denial_and_no_demand(client: Any) -> None:
    case = sent(client, "form")

    page = page_after(client, case, NO_NOTICE, DUES, RECEIPT)

    assert DENIED not in page
    assert OPEN in page


def test_a_demand_stays_beside_an_end_and_once_that_is_recorded(client: Any) -> None:
    case = sent(client, "form")

    ends = page_after(client, case, DUES, ENDS)
    client.post(f"{case}confirm/", {"ends_on": "2027-02-13"})
    kept = words(client.get(case))

    assert "ends on Saturday 13 February 2027, and wants €79.80" in ends
    assert "They want €79.80" in kept
    assert "It was owed, and is paid" in kept


@pytest.mark.parametrize(
    "after",
    [
        "Die Bearbeitungsgebühr entfällt, wir verzichten darauf.",
        "We have waived the cancellation fee.",
        "Nous renonçons aux frais de résiliation.",
    ],
)
def test_a_fee_that_is_dropped_is_open_no_more(client: Any, after: str) -> None:
    case = sent(client, "form")
    fee = "Für die vorzeitige Kündigung berechnen wir eine Bearbeitungsgebühr von 50 €."

    before = page_after(client, case, fee, RECEIPT)
    dropped = page_after(client, case, after)

    assert "They want €50" in before
    assert "They want €50" not in dropped


def test_a_credit_for_money_stays_open_until_money_is_promised(client: Any) -> None:
    case, _ = told(client, "Brightly", CHARGED)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{case}letters/", ANNA | by_mail)

    offered = page_after(client, case, CREDIT, "We have received your request.")
    paid = page_after(client, case, "We have refunded $29.99 to your Visa card.")

    assert "Still open They offer a credit" in offered
    assert "Still open" not in paid


def test_papers_stay_open_through_a_receipt(client: Any) -> None:
    case_id = cases.new_case(PAPER, SENDER)
    cases.say_sent(case_id, "form", None)
    asks = "Bitte senden Sie uns bis zum 15.12.2026 eine Kopie der Sterbeurkunde."
    deleted = "Ihre Daten haben wir gelöscht."

    page = page_after(client, f"/cases/{case_id}/", asks, deleted)

    assert "Still open They want to see the death certificate by 15 December" in page
