"""Money that was claimed is waited for, whether or not anybody knows its sum."""

import re
from typing import Any

import pytest

from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_money_from_store import CANCELLED, REFUSED, line_of, posted

pytestmark = pytest.mark.usefixtures("no_cases", "saturday_28_november")

TINDER = {
    "offer": "subscription",
    "channel": "google",
    "country": "AT",
    "purchased_at": "25.11.2026",
    "paid_at": "25.11.2026",
    "price": "89,94",
}
"""Of another length: how long is paid for is not asked, and so no sum is known."""


def withdrawn(client: Any) -> str:
    address, _ = told(client, "Tinder", TINDER)
    client.post(f"{address}steps/", ALL_DONE)
    return address


def test_an_end_of_the_renewal_leaves_the_claim_open(client: Any) -> None:
    case = withdrawn(client)
    sure = "Wir bestätigen Ihre Kündigung. Ihr Abo endet am 24. Mai 2027. Google Play"

    read = posted(client, f"{case}reply/", {"words": sure})
    kept = posted(client, f"{case}confirm/", {"ends_on": "2027-05-24"})

    assert "Google Play says that the renewal stops" in read
    assert "It says nothing of the money you claimed: keep it" in read
    assert "Keep it, and wait for the money" in read
    assert "The renewal stops. Does the money you claimed come back?" in kept
    assert "look at your account by Monday 14 December" in kept
    assert "It came" in kept
    line = line_of(client, "Tinder")
    assert "by Monday 14 December" in line
    assert "whether the money you claimed comes back" in line


@pytest.mark.parametrize("ends_on", ["", "2027-05-25"])
def test_a_refusal_is_asked_again_then_taken_further(client: Any, ends_on: str) -> None:
    case = withdrawn(client)
    if ends_on:
        posted(client, f"{case}confirmation/", {"words": CANCELLED})
        posted(client, f"{case}confirm/", {"ends_on": ends_on})

    first = posted(client, f"{case}reply/", {"words": REFUSED})
    line = line_of(client, "Tinder")
    posted(client, f"{case}steps/", ALL_DONE)
    response = client.post(f"{case}reply/", {"words": f"{REFUSED} Google"}, follow=True)
    again = words(response)

    assert "Google Play refuses to pay the money you claimed back" in first
    assert "Ask there once more, and name the law" in first
    assert "Name the day" not in first
    assert "refuses to pay the money you claimed back" in line
    assert "tell your bank, or complain" in again
    assert "Complain" in again


def test_money_that_is_granted_without_a_sum_is_waited_for(client: Any) -> None:
    case = withdrawn(client)
    granted = "Wir haben Ihre Anfrage auf Erstattung genehmigt. Google Play"

    read = posted(client, f"{case}reply/", {"words": granted})
    waiting = posted(client, f"{case}confirm/", {"ends_on": "2026-11-28"})
    unsaid = client.post(f"{case}confirm/", {"money": "came", "sum": ""})
    came = posted(client, f"{case}confirm/", {"money": "came", "sum": "89,94"})

    assert "Yes, they pay it back" in read
    assert "The money you claimed is to come back by" in waiting
    assert unsaid.status_code == 422
    assert "You said that €89.94 came back" in came
    assert "How much came?" not in came


HUNGRY = {
    "kind": "box",
    "sold_by": "online",
    "channel": "web",
    "country": "US",
    "part_US": "US-NY",
    "price": "71.94",
    "period": "P1W",
    "paid_at": "11/20/2026",
    "happened": "charged-after",
    "charged-after.cancelled_at": "10/12/2026",
}


def sent_refund(client: Any) -> str:
    from tests.web.test_desk_pages import ANNA

    address, _ = told(client, "Hungryroot", HUNGRY)
    client.post(f"{address}letters/", ANNA | {"act": "form:refund,stop-charging"})
    return address


WHOLE = (
    "We have reviewed your account and your refund of $71.94 has been approved. "
    "Please allow 5-7 business days."
)


def waiting(client: Any) -> tuple[str, str]:
    case = sent_refund(client)
    posted(client, f"{case}reply/", {"words": WHOLE})
    return case, posted(client, f"{case}confirm/", {"ends_on": "2026-10-12"})


def test_it_came_asks_how_much_and_begins_with_what_is_expected(client: Any) -> None:
    case, _ = waiting(client)

    page = client.get(case).content.decode()

    assert re.search(r'name="sum"[^>]*value="\$71.94"', page)


def test_less_than_expected_leaves_the_rest_open(client: Any) -> None:
    case, _ = waiting(client)

    confirmed = words(client.get(case)).count("They confirmed the end on")
    page = posted(client, f"{case}confirm/", {"money": "came", "sum": "30"})

    assert page.count("They confirmed the end on") == confirmed
    assert "$41.94 is still open" in page
    letter = words(client.get(f"{case}letters/?letter=refund"))
    line = line_of(client, "Hungryroot")
    whole = posted(client, f"{case}confirm/", {"money": "came", "sum": "41.94"})

    assert "Hungryroot paid $30 of $71.94" in page
    assert "$41.94 is still missing" in page
    assert "Ask for the other $41.94" in page
    assert "$41.94" in letter
    assert "So far you have repaid $30.00" in letter
    assert "$41.94 is still missing" in line
    assert "is still missing" not in whole


def test_a_sum_that_was_read_wrong_can_be_corrected(client: Any) -> None:
    case = sent_refund(client)
    response = client.post(f"{case}reply/", {"words": WHOLE}, follow=True)
    address = re.search(r'action="([^"]*reads[^"]*)"', response.content.decode())
    assert address is not None

    typed = {"reads_as": "refund_granted", "sum": "$30"}
    page = posted(client, address[1], typed)

    assert 'value="refund_granted" selected' in response.content.decode()
    assert "Hungryroot grants $30 of $71.94" in page
    assert "Ask for the other $41.94" in page


def test_a_day_that_was_read_wrong_can_be_corrected(client: Any) -> None:
    from tests.web.test_desk_pages import sent_case

    case = sent_case(client)
    wrote = "We confirm that your subscription ends on 13 March 2028. Coursera"
    response = client.post(f"{case}reply/", {"words": wrote}, follow=True)
    address = re.search(r'action="([^"]*reads[^"]*)"', response.content.decode())
    assert address is not None

    typed = {"reads_as": "confirmed", "ends_on": "13 March 2027"}
    page = posted(client, address[1], typed)

    assert "13 March 2028: later than it should" not in page
    assert "takes effect: 13 March 2027" in page


def test_an_end_that_nobody_told_is_stated_in_no_letter(client: Any) -> None:
    address, _ = told(client, "Hungryroot", HUNGRY)

    answer = words(client.get(f"{address}answer/"))
    letters = words(client.get(f"{address}letters/"))

    assert "about Thursday, October 15, counted back from that charge" in answer
    assert "I had canceled the contract on October 12, 2026" in letters
    assert "October 15" not in letters
    assert "state by December 12, 2026 which period it is for" in letters


def test_a_promise_of_money_confirms_no_end(client: Any) -> None:
    case = sent_refund(client)

    read = client.post(f"{case}reply/", {"words": WHOLE}, follow=True)
    page = posted(client, f"{case}confirm/", taken(read.content.decode()))
    line = line_of(client, "Hungryroot")

    assert "They confirmed the end" not in page
    assert "They promised $71.94 back" in page
    assert "$71.94 is to come back by" in page
    assert "October 15" not in page
    assert "October 15" not in line


def taken(page: str) -> dict[str, str]:
    """Return what the button sends that takes the money as promised."""
    form = re.search(r'<form method="post" action="[^"]*confirm/">(.*?)</form>', page)
    assert form is not None
    sent = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form[1])
    return {name: value for name, value in sent if name != "csrfmiddlewaretoken"}


def test_the_answer_to_a_part_names_it_and_what_is_missing(client: Any) -> None:
    case = sent_refund(client)
    part = "We have issued a refund of $30.00 for the charge of $71.94."
    posted(client, f"{case}reply/", {"words": part})

    letter = words(client.get(f"{case}letters/?letter=reply"))

    assert "On November 28, 2026 you promised to repay me $30.00." in letter
    assert "You owe me $71.94 in all." in letter
    assert "my claim to the repayment of $41.94" in letter
    assert "If you maintain your refusal" not in letter


@pytest.mark.parametrize(
    "said",
    [
        "Our records show no cancellation request for this account.",
        "We have received your message and will get back to you within 3 days.",
    ],
)
def test_no_letter_speaks_of_a_refusal_that_nobody_wrote(
    client: Any, said: str
) -> None:
    case = sent_refund(client)
    posted(client, f"{case}reply/", {"words": said})

    letters = [
        words(client.get(f"{case}letters/?letter={kind}")).split("Letters")[-1]
        for kind in ("reply", "complaint", "second-notice")
    ]

    assert "If it has not arrived by then, I will pursue the claim" in letters[0]
    for letter in letters:
        assert "your refusal" not in letter
        assert "was refused" not in letter


def test_a_complaint_about_a_store_says_what_was_done(client: Any) -> None:
    case = withdrawn(client)
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": f"{REFUSED} Google"})

    letter = words(client.get(f"{case}letters/?letter=complaint"))

    assert "Am 28. November 2026 habe ich den Vertrag widerrufen." in letter
    assert "§ 11 FAGG" in letter
    assert "Die Zahlung lief über Google Play; von dort wurde die Rück" in letter
    assert "zahlung am 28. November 2026 abgelehnt" in letter.replace("\u00ad", "")
    assert "gekündigt" not in letter
    assert "dem Unternehmen geschrieben" not in letter
    assert "mein Schreiben" not in letter


def test_a_complaint_about_a_withdrawal_calls_it_one(client: Any) -> None:
    from tests.web.test_desk_pages import ANNA

    typed = HERZBLATT
    address, _ = told(client, "Herzblatt", typed)
    client.post(f"{address}letters/", ANNA | {"act": "form:withdraw"})

    letter = words(client.get(f"{address}letters/?letter=complaint"))

    assert "habe ich den Vertrag widerrufen" in letter
    assert "habe ich ihn gekündigt" not in letter


HERZBLATT = {
    "kind": "dating",
    "sold_by": "online",
    "channel": "web",
    "country": "AT",
    "purchased_at": "25.11.2026",
    "paid_at": "25.11.2026",
    "price": "89,94",
    "term": "P6M",
    "period": "P6M",
}
