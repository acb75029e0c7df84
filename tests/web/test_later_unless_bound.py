"""A later day than ours, where a term that nobody told may make it right."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.follow import cases
from rescind.app.follow.answers import answers
from rescind.app.follow.steps import facts_for
from rescind.core.act.letter import as_text
from rescind.store import selectors
from rescind.web.case_card import case_card
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

UNSURE = (
    "Hiermit bestätigen wir Ihnen den Eingang Ihrer Kündigung. "
    "Ihr Vertrag endet zum 31.01.2028. Mit freundlichen Grüßen"
)
pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

GYM = {
    "service": "other",
    "merchant": "FitPoint Berlin",
    "kind": "gym",
    "channel": "web",
    "sold_by": "premises",
    "country": "DE",
    "period": "P1M",
    "purchased_at": "2026-02-01",
    "notice": "P1M",
    "price": "34.90 EUR",
}
SURE = (
    "Guten Tag, wir bestätigen Ihre Kündigung. "
    "Ihr Vertrag endet am 31. Januar 2028. Mit freundlichen Grüßen"
)


def answered(client: Any, told: dict[str, str], theirs: str) -> tuple[str, str]:
    """Return the case's id and page after an answer."""
    case_id = cases.new_case(told, SENDER)
    cases.say_sent(case_id, "post", None)
    address = f"/cases/{case_id}/reply/"
    page = words(client.post(address, {"words": theirs}, follow=True))
    return str(case_id), page


def answer_letter(case_id: str) -> str:
    case = selectors.read_case(case_id)
    order = letters.Wanted(kind="reply", language="en")
    return as_text(letters.write(facts_for(case, "reply"), SENDER, order).letter)


def test_a_later_day_is_asked_about_before_it_is_taken(client: Any) -> None:
    case_id, page = answered(client, GYM, SURE)
    case = selectors.read_case(case_id)
    card = case_card(case, answers(case), (), ())

    assert "later, and right only if your contract binds you that long" in card.title
    assert "about €418.80 more" in page
    assert "Ends Monday 4 January 2027, if no term binds you" in page
    assert "What is paid for runs to" not in page
    assert card.button is not None
    assert card.button.says == "Prepare the answer"
    assert card.second is not None
    assert card.second.says == "Take their day"


def test_a_later_day_that_is_not_surely_read_is_asked_about_too(client: Any) -> None:
    case_id, page = answered(client, GYM, UNSURE)
    case = selectors.read_case(case_id)
    card = case_card(case, answers(case), (), ())

    assert "seems to confirm" in card.title
    assert "right only if your contract binds you that long" in card.title
    assert "about €418.80 more" in page
    assert card.button is not None
    assert card.button.says == "No, prepare the answer"
    assert card.second is not None
    assert card.second.says.startswith("Yes, it ends on")


def test_the_answer_claims_no_day_that_a_term_may_make_wrong(client: Any) -> None:
    case_id, _ = answered(client, GYM, SURE)

    text = answer_letter(case_id)

    assert "as the end of the contract. Please name the clause and the term" in text
    assert "ends on the earliest possible date" in text
    assert "I do not accept that day: by my notice" not in text


def test_a_known_term_lets_the_answer_name_its_day(client: Any) -> None:
    case_id, page = answered(client, GYM | {"term": "P1M"}, SURE)

    text = answer_letter(case_id)

    assert "later than it should" in page
    assert "by my notice the contract ends on" in text
    assert "earliest possible date" not in text
