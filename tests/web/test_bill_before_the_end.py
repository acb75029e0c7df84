"""What is charged before an end is owed: page, list and a reminder say the same."""

from typing import Any

import pytest

from tests.web.test_credit_is_no_money import CHARGED
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_money_from_store import posted
from tests.web.test_no_notice_came import sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

REMINDER = (
    "Guten Tag, Ihr Beitrag für Dezember 2026 in Höhe von 39,90 € ist noch offen. "
    "Bitte überweisen Sie den Betrag bis zum 15.12.2026."
)


def ended(client: Any) -> str:
    case = sent(client, "form")
    client.post(f"{case}reply/", {"words": "Wir bestätigen das Ende am 13.02.2027."})
    client.post(f"{case}confirm/", {"ends_on": "2027-02-13"})
    return case


def test_charges_until_an_end_ahead_are_owed(client: Any) -> None:
    page = words(client.get(ended(client)))
    listed = words(client.get("/cases/"))

    assert "look at the first statement after Saturday 13 February 2027" in page
    assert "What is for the time before the end is owed" in page
    assert "your next statement" not in page.partition("What happened")[0]
    assert "look at the first statement after the end" in listed


FRENCH = (
    "Votre cotisation de décembre 2026 (39,90 €) est impayée. Merci de régler avant le "
    "15 décembre 2026."
)
ENGLISH = "Your fee of €39.90 for December is overdue. Please pay by 15 December 2026."


@pytest.mark.parametrize("said", [REMINDER, FRENCH, ENGLISH])
def test_a_reminder_for_a_month_before_the_end_is_owed(client: Any, said: str) -> None:
    case = ended(client)

    page = posted(client, f"{case}reply/", {"words": said})
    listed = words(client.get("/cases/"))

    assert "They want €39.90" in page
    assert "that is owed." in page
    assert "It is for the time before the end, and owed: pay it" in page
    assert "It is for the time before the end, and owed: pay it" in listed
    assert page.index("It was owed, and is paid") < page.index("Ask what it is for")


@pytest.mark.parametrize(
    "said",
    [
        REMINDER.replace("Dezember 2026 in", "April 2027 in"),
        REMINDER.replace(" für Dezember 2026", ""),
        REMINDER.replace("Dezember 2026 in", "Februar 2027 in"),
    ],
)
def test_what_may_be_for_later_is_looked_at_first(client: Any, said: str) -> None:
    page = posted(client, f"{ended(client)}reply/", {"words": said})

    assert "They want €39.90 by 15 December 2026. What is for the time until" in page
    assert "See what it is for before you pay" in page


def test_what_was_taken_already_costs_nothing_more(client: Any) -> None:
    case, _ = told(client, "Brightly", CHARGED)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{case}letters/", ANNA | by_mail)
    today = "Your subscription is cancelled as of today, November 29, 2026."

    page = posted(client, f"{case}reply/", {"words": today})

    assert "more for the time until then" not in page
