"""A store that refused is asked again: what the case says until the money is back."""

import re
from typing import Any

import pytest

from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_money_from_store import (
    REFUSED,
    WITHDRAWN,
    group_of,
    herzklick,
    line_of,
    posted,
    withdrawn,
)

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

FINAL = "A refund? We looked again, and it is not for us to say."
COMPLAINT = {
    "letter": "complaint",
    "act": "form:complaint",
    "sender.name": "Anna Müller",
    "sender.email": "anna@home.example.org",
}
ENDS = ["", "2027-05-25"]
"""The end of the renewal, where the person kept it as confirmed."""


def asked_again(client: Any, ends_on: str) -> str:
    case = herzklick(client)
    if ends_on:
        posted(client, f"{case}confirm/", {"ends_on": ends_on})
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    return case


def answers_final(client: Any, case: str) -> str:
    page: str = client.post(
        f"{case}reply/", {"words": FINAL}, follow=True
    ).content.decode()
    return page


@pytest.mark.parametrize("ends_on", ENDS)
def test_who_asks_again_keeps_the_end_of_the_withdrawal(
    client: Any, ends_on: str
) -> None:
    case = asked_again(client, ends_on)

    page, line = words(client.get(case)), line_of(client, "Herzklick")

    assert f"{WITHDRAWN} {'25' if ends_on else '24'} May 2027" in page
    assert "Ends on Tuesday 25 May 2027" not in page + line
    for shown in (page, line):
        assert "You asked Google Play again. Does €89.94 come back?" in shown
        assert "look at your account by Saturday 12 December" in shown
    assert "is to come by" not in page + line
    assert group_of(case) == "waiting"


@pytest.mark.parametrize("ends_on", ENDS)
def test_a_second_refusal_that_nobody_is_sure_of_is_asked_about(
    client: Any, ends_on: str
) -> None:
    case = asked_again(client, ends_on)

    page = answers_final(client, case)

    seems = "Google Play seems to refuse to pay €89.94 back. Is that so?"
    assert f"<h1>{seems}</h1>" in page
    assert "Yes, they refuse it" in page
    assert "No, it says something else" in page
    assert seems in line_of(client, "Herzklick")
    assert group_of(case) == "to_do"


@pytest.mark.parametrize("ends_on", ENDS)
def test_yes_to_a_refusal_leads_to_the_bank_or_a_body(
    client: Any, ends_on: str
) -> None:
    case = asked_again(client, ends_on)
    page = answers_final(client, case)

    sure = pressed(client, page, "Yes, they refuse it")

    assert "Google Play refuses to pay €89.94 back" in sure
    assert "tell your bank, or complain" in sure


@pytest.mark.parametrize(
    ("ends_on", "head"),
    [("", "wrote. What does it say?"), ("2027-05-25", "You asked Google Play again")],
)
def test_no_to_a_refusal_leaves_the_money_asked_for(
    client: Any, ends_on: str, head: str
) -> None:
    case = asked_again(client, ends_on)
    page = answers_final(client, case)

    other = pressed(client, page, "No, it says something else")

    assert head in other
    assert "refuses to pay" not in other


def test_words_that_nobody_understands_are_asked_about_while_money_is_awaited(
    client: Any,
) -> None:
    case = asked_again(client, "2027-05-25")

    response = client.post(f"{case}reply/", {"words": "So nicht."}, follow=True)

    page = response.content.decode()
    assert "<h1>Google Play wrote. What does it say?</h1>" in page
    assert page.index("What does it say?</label>") < page.index("Their words")


@pytest.mark.parametrize("ends_on", ENDS)
def test_a_complaint_is_named_on_the_page_and_in_the_list(
    client: Any, ends_on: str
) -> None:
    case = asked_again(client, ends_on)
    pressed(client, answers_final(client, case), "Yes, they refuse it")

    posted(client, f"{case}letters/", COMPLAINT)

    page, line = words(client.get(case)), line_of(client, "Herzklick")
    for shown in (page, line):
        assert "You complained" in shown
        assert "A body has your complaint" in shown
    assert f"{WITHDRAWN} {'25' if ends_on else '24'} May 2027" in page
    assert "Did you get a confirmation?" not in page
    assert group_of(case) == "waiting"


def pressed(client: Any, page: str, says: str) -> str:
    """Return the page after a button of a form was pressed."""
    form = page.split(says, maxsplit=1)[0].rsplit("<form", 1)[-1]
    address = form.split('action="')[1].split('"')[0]
    reads_as = form.split('name="reads_as" value="')[1].split('"')[0]
    return posted(client, address, {"reads_as": reads_as})


COURSE_AT_APPLE = {
    "channel": "apple",
    "country": "US",
    "part_US": "US-NY",
    "purchased_at": "7/14/2026",
    "price": "49",
    "period": "P1M",
}


def test_the_page_of_the_steps_knows_what_was_done_and_refused(client: Any) -> None:
    case, _ = told(client, "Coursera", COURSE_AT_APPLE)
    before = words(client.get(f"{case}steps/"))
    client.post(f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": REFUSED})

    page = client.get(f"{case}steps/").content.decode()

    assert "Cancel the subscription" in before
    assert "Cancel the subscription" not in words_of(page)
    assert "days left" not in words_of(page)
    assert "checked" not in page
    assert "On 28 November 2026 you refused to pay this back" in words_of(page)
    assert "I ask for $49 for Coursera." in words_of(page)
    assert "name the law" not in words(client.get(case))


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("ends_on", ENDS)
def test_who_is_sent_to_the_bank_has_a_button_for_it(client: Any, ends_on: str) -> None:
    """Whatever is on file of a right to dispute it: "tell your bank" leads there."""
    case = asked_again(client, ends_on)
    posted(client, f"{case}reply/", {"words": f"{REFUSED} HK"})

    page = client.get(case).content.decode()
    card = words(client.get(case)).split("What happened")[0]

    assert "tell your bank, or complain" in card
    assert "Get it back through your bank" in card
    assert "Complain" in card.split("tell your bank, or complain")[1]
    assert "letter=dispute" in page or 'value="dispute"' in page


def test_a_store_in_america_that_refuses_twice_leads_to_the_bank(client: Any) -> None:
    case = withdrawn(client)
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": f"{REFUSED} HK"})

    card = words(client.get(case)).split("What happened")[0]

    assert "You asked twice: tell your bank, or complain" in card
    assert "Get it back through your bank" in card
