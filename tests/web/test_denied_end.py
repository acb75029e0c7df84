"""A refusal of an end that they confirmed: it comes up, and they are held to it."""

from typing import Any

import pytest

from rescind.app.follow import cases
from rescind.app.follow.steps import write_next
from tests.web.test_after_the_bank import letter
from tests.web.test_another_day import FIRST, LATER, confirmed, id_of, page_of, sent
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import group_of, line_of

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

REFUSES = (
    "Guten Tag, leider können wir Ihre Kündigung nicht akzeptieren. Ihr Vertrag läuft "
    "unverändert weiter."
)
OTHER_END = (
    "leider müssen wir Ihnen mitteilen, dass Ihr Vertrag erst zum 28.02.2028 endet, "
    "da er sich verlängert hat."
)
SEEMS = (
    "We regret to inform you that your cancellation could not be processed. Your "
    "subscription remains active and will renew on March 15, 2027."
)


def letter_of(client: Any, case: str) -> str:
    return words(client.get(f"{case}letters/?letter=reply"))


def test_a_refusal_after_a_confirmation_comes_up(client: Any) -> None:
    case = confirmed(client, REFUSES)

    page, letter = page_of(client, case), letter_of(client, case)

    said = "first confirmed Sunday 14 March 2027, and now says that it does not end"
    assert said in page
    assert "Hold them to Sunday 14 March 2027" in page
    assert "Keep the confirmation, and read" not in page
    assert group_of(case) == "to_do"
    assert "first confirmed" in line_of(client, "FitPoint Berlin")
    assert "haben Sie bestätigt, dass der Vertrag am 14. März 2027 endet" in letter
    assert "nennen Sie die Klausel" not in letter


def test_a_refusal_that_names_another_end_is_held_to_the_first(client: Any) -> None:
    case = confirmed(client, OTHER_END)

    page, letter = page_of(client, case), letter_of(client, case)

    assert "now names Monday 28 February 2028; before it was Sunday 14 March" in page
    assert "Take their day" in page
    assert group_of(case) == "to_do"
    assert "Sie nennen nun den 28. Februar 2028" in letter
    assert "haben Sie bestätigt, dass der Vertrag am 14. März 2027 endet" in letter


def test_what_seems_to_refuse_is_asked_about(client: Any) -> None:
    case = confirmed(client, SEEMS)

    page = page_of(client, case)
    said_no = words(pressed(client, page, case, "other"))

    assert "and now seems to take it back. Is that so?" in page
    assert "Yes, they refuse it" in page
    assert "15 March" not in page.split("What happened")[0]
    assert "Ends on Sunday 14 March 2027" in said_no


def test_what_seems_to_refuse_and_does_is_held_to_the_end(client: Any) -> None:
    case = confirmed(client, SEEMS)

    page = words(pressed(client, page_of(client, case), case, "refused"))

    assert "and now says that it does not end" in page
    assert "Hold them to Sunday 14 March 2027" in page


def test_who_is_held_to_an_end_is_waited_for(client: Any) -> None:
    case = confirmed(client, REFUSES)
    write_next(id_of(case), "reply", {})
    cases.say_sent(id_of(case), "e-mail", None)

    page = page_of(client, case)

    assert "You hold FitPoint Berlin to Sunday 14 March 2027, which they deny" in page
    assert group_of(case) == "waiting"


def test_an_earlier_refusal_takes_no_confirmation_back(client: Any) -> None:
    case = confirmed(client, REFUSES, FIRST)
    client.post(f"{case}confirm/", {"ends_on": "2027-03-14"})

    assert "Ends on Sunday 14 March 2027" in page_of(client, case)


@pytest.mark.parametrize("second", [REFUSES, OTHER_END, LATER])
def test_a_confirmation_that_nobody_pressed_is_held_against_what_came_since(
    client: Any, second: str
) -> None:
    case = sent()
    for each in (FIRST, second):
        client.post(f"{case}reply/", {"words": each})

    page, letter = page_of(client, case), letter_of(client, case)

    told = "On Sunday 29 November they confirmed Sunday 14 March 2027"
    assert told in page
    assert "haben Sie bestätigt, dass der Vertrag am 14. März 2027 endet" in letter
    assert "nennen Sie die Klausel" not in letter


CONFIRMED = "29. November 2026 haben Sie bestätigt, dass der Vertrag am 14. März 2027"
TOLD_OTHERS = (
    "29. November 2026 hat das Unternehmen bestätigt, dass der Vertrag am 14. März 2027"
)
SAID_SINCE = {
    REFUSES: "am 29. November 2026 {} das bestritten",
    OTHER_END: "am 29. November 2026 {} stattdessen den 28. Februar 2028 genannt",
    LATER: "am 29. November 2026 {} stattdessen den 14. April 2027 genannt",
}


@pytest.mark.parametrize("second", SAID_SINCE)
@pytest.mark.parametrize("is_recorded", [True, False])
def test_a_reminder_and_a_complaint_hold_them_to_what_they_confirmed(
    client: Any, second: str, *, is_recorded: bool
) -> None:
    case = confirmed(client, second) if is_recorded else sent()
    for each in () if is_recorded else (FIRST, second):
        client.post(f"{case}reply/", {"words": each})

    # of what only sounds like a refusal no day is known till the person says so
    since = SAID_SINCE[second if is_recorded or second == LATER else REFUSES]
    reminder = letter(client, case, "second-notice")
    complaint = letter(client, case, "complaint")

    assert CONFIRMED in reminder
    assert since.format("haben Sie") in reminder
    assert "keine abschließende Antwort" not in reminder
    assert TOLD_OTHERS in complaint
    assert since.format("hat es") in complaint


def test_who_confirmed_nothing_is_held_to_nothing(client: Any) -> None:
    case = sent()
    client.post(f"{case}reply/", {"words": REFUSES})

    for kind in ("second-notice", "complaint"):
        assert "bestätigt, dass der Vertrag" not in letter(client, case, kind)


def pressed(client: Any, page: str, case: str, reads_as: str) -> Any:
    """Say what the newest answer is, by its button."""
    assert "Is that so?" in page
    html = client.get(case).content.decode()
    digest = html.split(f"{case}reads/")[1].split("/")[0]
    posted = {"reads_as": reads_as}
    return client.post(f"{case}reads/{digest}/", posted, follow=True)
