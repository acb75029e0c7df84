"""A store that sends one to the company: what the case says, and the letter there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.web.conftest import stand_at
from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_letters_after_steps import sent
from tests.web.test_money_from_store import group_of, herzklick, line_of, posted

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

ELSEWHERE = (
    "Google Play does not handle refunds for this subscription. Please contact the "
    "developer directly."
)
TITLE = "Google Play sends you to Herzklick for €89.94"


def main_button(client: Any, case: str) -> str:
    page: str = client.get(case).content.decode()
    return page.split('class="button main"')[1].split("</a>", maxsplit=1)[0]


@pytest.mark.usefixtures("empty_store")
@pytest.mark.parametrize("ends_on", ["", "2027-05-25"])
def test_a_store_that_sends_elsewhere_is_not_said_to_refuse(
    client: Any, ends_on: str
) -> None:
    case = herzklick(client)
    if ends_on:
        posted(client, f"{case}confirm/", {"ends_on": ends_on})

    page = posted(client, f"{case}reply/", {"words": ELSEWHERE})

    for shown in (page, line_of(client, "Herzklick")):
        assert TITLE in shown
        assert "refuses to pay" not in shown
    assert "Write to Herzklick itself" in page
    assert "Write to Herzklick" in main_button(client, case)
    assert "letter=withdraw" in main_button(client, case)
    assert "Ask for the money again" in page
    assert group_of(case) == "to_do"


def test_the_letter_to_the_company_withdraws_and_asks_it_for_the_money(
    client: Any,
) -> None:
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": ELSEWHERE})

    page = words(client.get(f"{case}letters/?letter=withdraw"))
    sent(client, case, "withdraw")
    after = words(client.get(case))

    letter = page.split("Show the letters anew")[1]
    assert letter.startswith(" Notice of withdrawal Herzklick ")
    assert "hiermit widerrufe ich" in letter
    plain = letter.replace("\u00ad", "")
    assert "über Google Play; von dort wurde die Rückzahlung am 28. November" in plain
    assert "does not bill" not in letter
    assert "89,94" in letter
    assert "Waiting for Herzklick" in after
    assert "Ends today, if the withdrawal holds" in after


def test_letters_after_the_one_to_the_company_go_there_too(client: Any) -> None:
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": ELSEWHERE})
    sent(client, case, "withdraw")
    refused = {"by": "merchant", "words": "Wir erstatten Ihnen nichts."}
    posted(client, f"{case}reply/", refused)

    for kind in ("reply", "second-notice", "refund", "stop-charging"):
        page = words(client.get(f"{case}letters/?letter={kind}"))
        assert "does not bill" not in page, kind
        named = "Google Play" in page.split("Show the letters anew")[1]
        # whoever is asked for the money reads who took it, and that it refused
        assert named is (kind == "refund"), kind
    complaint = words(client.get(f"{case}letters/?letter=complaint"))
    assert "habe ich dem Unternehmen geschrieben; seine Antwort" in complaint


def test_who_only_asks_for_the_money_asks_the_company_too(client: Any) -> None:
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": ELSEWHERE})
    before = words(client.get(f"{case}letters/?letter=second-notice"))
    sent(client, case, "refund")

    after = words(client.get(f"{case}letters/?letter=second-notice"))

    assert before.split("Show the letters anew")[1].startswith(" Reminder Google Play")
    assert after.split("Show the letters anew")[1].startswith(" Reminder Herzklick")


def test_the_company_can_be_asked_once_the_store_refuses_again(client: Any) -> None:
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": ELSEWHERE})
    posted(client, f"{case}steps/", ALL_DONE)
    refused = "Ihre Anfrage auf Erstattung wurde abgelehnt. Google Play"

    page = posted(client, f"{case}reply/", {"words": refused})

    assert "Google Play refuses to pay €89.94 back" in page
    assert "Write to Herzklick" in main_button(client, case)
    assert "Complain" in page


def test_an_own_entry_of_the_catalogue_is_written_to_as_well(client: Any) -> None:
    tinder = {"offer": "subscription", "channel": "google", "country": "AT"}
    tinder |= {"purchased_at": "20.11.2026", "price": "29,99", "period": "P1M"}
    case, _ = told(client, "Tinder", tinder)
    client.post(f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": ELSEWHERE})

    page = words(client.get(f"{case}letters/?letter=withdraw"))

    assert "MTCH" in page.split("Show the letters anew")[1]
    assert "widerrufe" in page.split("Show the letters anew")[1]


def test_once_the_time_is_over_the_money_of_the_withdrawal_is_asked_for(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = herzklick(client)
    stand_at(datetime(2026, 12, 20, 11, tzinfo=UTC), monkeypatch)

    posted(client, f"{case}reply/", {"words": ELSEWHERE})
    page = words(client.get(f"{case}letters/?letter=refund"))

    assert "letter=refund" in main_button(client, case)
    letter = page.split("Show the letters anew")[1]
    assert letter.startswith(" Request for a refund Herzklick")
    assert "Ich habe den Vertrag am 28. November 2026 widerrufen" in letter
