"""Another end that they name after one was recorded, or beside ours by hand."""

from datetime import date
from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.follow import cases
from rescind.app.follow.steps import facts_for, write_next
from rescind.core.act.letter import as_text
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_desk_pages import words
from tests.web.test_later_unless_bound import GYM
from tests.web.test_money_from_store import group_of, line_of

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

FIRST = "Guten Tag, Ihr Vertrag endet vertragsgemäß am 14.03.2027."
LATER = (
    "Guten Tag, wir müssen unsere Bestätigung korrigieren: "
    "Ihr Vertrag endet am 14.04.2027. Wir bestätigen die Kündigung zu diesem Tag."
)
UNSURE = (
    "Guten Tag, wir müssen unsere Bestätigung korrigieren: Eine Kündigung haben wir "
    "nicht erhalten, Ihr Vertrag endet am 14.04.2027. Mit freundlichen Grüßen"
)
"""Words that are never surely read: an end beside a notice that never came."""
BOUND = GYM | {"term": "P12M", "purchased_at": "2025-11-01"}


def sent(told: dict[str, str] = GYM) -> str:
    case_id = cases.new_case(told, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    return f"/cases/{case_id}/"


def confirmed(client: Any, *more: str) -> str:
    """Return the address of a case whose end was recorded, and what came since."""
    case = sent()
    for each in (FIRST, None, *more):
        if each is None:
            client.post(f"{case}confirm/", {"ends_on": "2027-03-14"})
        else:
            client.post(f"{case}reply/", {"words": each})
    return case


def page_of(client: Any, case: str) -> str:
    return words(client.get(case))


def id_of(case: str) -> str:
    return case.strip("/").split("/")[-1]


def test_a_later_day_after_a_confirmation_is_asked_about(client: Any) -> None:
    case = confirmed(client, LATER)

    page = page_of(client, case)

    assert "now names Wednesday 14 April 2027; before it was Sunday 14 March" in page
    assert "Hold them to Sunday 14 March 2027" in page
    assert "Take their day" in page
    assert "about €34.90 more" in page
    assert group_of(case) == "to_do"
    assert "now names" in line_of(client, "FitPoint Berlin")


def test_a_day_that_is_not_surely_read_is_asked_about_first(client: Any) -> None:
    case = confirmed(client, UNSURE)
    page = page_of(client, case)
    events = selectors.read_case(id_of(case)).events

    assert "now seems to name Wednesday 14 April 2027" in page
    assert "Yes, it ends on Wednesday 14 April 2027" in page
    assert "No, it is something else" in page
    digest = [e.details["message"] for e in events if "message" in e.details][-1]
    client.post(f"{case}reads/{digest}/", {"reads_as": "confirmed"})
    assert "now names Wednesday 14 April 2027" in page_of(client, case)
    client.post(f"{case}reads/{digest}/", {"reads_as": "other"})
    assert "now names" not in page_of(client, case)


def test_the_letter_holds_them_to_the_day_before(client: Any) -> None:
    case = confirmed(client, LATER)
    order = letters.Wanted(kind="reply", language="en")
    facts = facts_for(selectors.read_case(id_of(case)), "reply")

    text = as_text(letters.write(facts, SENDER, order).letter)

    assert "You now name 14 April 2027 as the end of the contract" in text
    assert "you confirmed that the contract ends on 14 March 2027" in text
    assert "by my notice the contract ends" not in text


def test_an_answer_is_waited_for_once_they_are_held_to_it(client: Any) -> None:
    case = confirmed(client, LATER)
    write_next(id_of(case), "reply", {})
    cases.say_sent(id_of(case), "e-mail", None)

    page, days = page_of(client, case), words(client.get("/cases/"))

    assert "You hold FitPoint Berlin to Sunday 14 March 2027" in page
    assert "An answer is due by" in page
    assert group_of(case) == "waiting"
    assert "The letter names it" in days


def test_their_day_is_taken_and_an_earlier_one_asked_about(client: Any) -> None:
    case = confirmed(client, LATER)
    client.post(f"{case}confirm/", {"ends_on": "2027-04-14"})

    taken = page_of(client, case)
    client.post(f"{case}reply/", {"words": f"Doch richtig: {FIRST}"})
    earlier = page_of(client, case)

    assert "Ends on Wednesday 14 April 2027" in taken
    assert "now names Sunday 14 March 2027; before it was Wednesday 14 April" in earlier
    assert "Take their day" in earlier


def test_the_same_day_once_more_asks_nothing(client: Any) -> None:
    case = confirmed(client, "Nochmals: Ihr Vertrag endet am 14.03.2027.")

    assert "Ends on Sunday 14 March 2027" in page_of(client, case)


def test_a_later_day_told_by_hand_is_asked_about(client: Any) -> None:
    case = sent(BOUND)
    client.post(f"{case}confirm/", {"ends_on": "2027-02-28", "typed": "yes"})

    page = page_of(client, case)

    assert "says it ends on Sunday 28 February 2027; by what is known" in page
    assert "Ask for Tuesday 29 December" in page
    assert "Take their day" in page
    assert group_of(case) == "to_do"
    client.post(f"{case}confirm/", {"ends_on": "2027-02-28"})
    assert "Ends on Sunday 28 February 2027" in page_of(client, case)


def test_a_later_day_by_hand_is_set_beside_the_one_confirmed(client: Any) -> None:
    case = sent(BOUND)
    client.post(f"{case}confirm/", {"ends_on": "2027-02-28"})
    client.post(f"{case}confirm/", {"ends_on": "2027-03-31", "typed": "yes"})

    page = page_of(client, case)

    assert "now names Wednesday 31 March 2027; before it was Sunday 28" in page
    assert "Hold them to Sunday 28 February 2027" in page


def test_ours_by_hand_asks_nothing(client: Any) -> None:
    case = sent(BOUND)
    client.post(f"{case}confirm/", {"ends_on": "2026-12-29", "typed": "yes"})

    assert "Ends on Tuesday 29 December" in page_of(client, case)


def test_a_confirmation_that_names_no_day_is_said_to_name_none(client: Any) -> None:
    case = sent(BOUND)
    client.post(f"{case}reply/", {"words": "Wir bestätigen Ihre Kündigung."})
    client.post(f"{case}day/", {"none": "yes"})

    page, days = page_of(client, case), words(client.get("/cases/"))

    assert "says it ends; you asked for Tuesday 29 December" in page
    assert "says it ends; you asked for" in line_of(client, "FitPoint Berlin")
    assert "they confirmed the end and named none" in days
    assert "The confirmation names it" not in days
    assert selectors.read_case(id_of(case)).ends_on == date(2026, 12, 29)
