"""One day counts: page, list and calendar name what can be lost first, and by when."""

import re
from datetime import date
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, feed, queries
from rescind.core.model.end_outcome import EndOutcome
from rescind.store import listing
from rescind.store.listing import Which
from rescind.web.case_lines import CaseLine, case_lines
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_money_from_store import (
    GRANTED,
    REFUSED,
    TINDER,
    group_of,
    herzklick,
    posted,
)
from tests.web.test_part_of_charges import ENDED, THREE

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november", "no_calendar"
)


CANCELLED = (
    "Your subscription has been canceled. You can continue to use Tinder until "
    "May 25, 2027. Apple"
)
NOT_ELIGIBLE = "Your purchase is not eligible for a refund. Apple"


def line_for(case: str) -> CaseLine:
    """Return the line of a case in the list."""
    rows = listing.listed_cases(clock.now())
    lines = case_lines(rows, queries.due_days_of(rows))
    groups = (lines.act, lines.waiting, lines.safe, lines.closed)
    every = {line.id: line for group in groups for line in group}
    return every[case.strip("/").split("/")[-1]]


def in_calendar(day: date) -> str:
    """Return what the calendar names on a day, one after the other."""
    calendar = feed.due_calendar().content.decode().replace("\r\n ", "")
    events = calendar.split("BEGIN:VEVENT")[1:]
    found = [each for each in events if f"{day:%Y%m%d}" in each]
    return " ".join(re.findall(r"SUMMARY:(.*)", "\n".join(found)))


def agree_on(client: Any, case: str, day: date, by: str) -> None:
    """Assert that page, list and calendar name a day."""
    card = words(client.get(case)).split("What lies ahead")[0].split("What happened")[0]
    assert by in card
    line = line_for(case)
    assert by == line.by or line.last.endswith(f" by {by}")
    assert "Last" in in_calendar(day) or "they set" in in_calendar(day)


def part_granted(client: Any) -> str:
    """Return a case in Texas of three charges, of which one is paid back."""
    case_id = cases.new_case(THREE, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    posted(client, f"/cases/{case_id}/reply/", {"words": ENDED})
    return f"/cases/{case_id}/"


def cancelled_at_apple(client: Any) -> str:
    """Return a case in California in which the money is still to be asked for."""
    case, _ = told(client, "Tinder", TINDER)
    client.post(f"{case}steps/", {"act": "done", "done": ["cancel", "at_store"]})
    posted(client, f"{case}reply/", {"words": CANCELLED})
    return case


WRITER = {"sender.name": "Anna Huber", "sender.address": "1 Main St\nAustin TX 73301"}
BANK = date(2026, 12, 11), "Friday, December 11"
WITHDRAW = date(2026, 11, 30), "Monday, November 30"


def test_an_answer_that_grants_a_part_has_the_day_of_the_bank(client: Any) -> None:
    case = part_granted(client)

    agree_on(client, case, *BANK)
    assert line_for(case).what == "dispute the charge by"


@pytest.mark.parametrize("came", ["", "$59"])
def test_a_rest_that_is_to_be_asked_for_is_no_waiting(client: Any, came: str) -> None:
    case = part_granted(client)
    ended = {"ends_on": "2026-08-10", "outcome": EndOutcome.CONFIRMED.value}
    posted(client, f"{case}confirm/", ended)
    if came:
        posted(client, f"{case}confirm/", {"money": "came", "sum": came})

    agree_on(client, case, *BANK)
    assert group_of(case) == Which.TO_DO


def test_a_rest_that_was_asked_for_is_waited_for(client: Any) -> None:
    case = part_granted(client)
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10"})
    client.post(
        f"{case}letters/?letter=refund",
        {"letter": "refund", "sender.name": "Anna Huber", "act": "form:refund"},
    )

    assert group_of(case) == Which.WAITING
    agree_on(client, case, *BANK)


def test_another_end_leaves_the_rest_to_be_asked_for(client: Any) -> None:
    case = part_granted(client)
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10"})
    posted(client, f"{case}confirm/", {"money": "came", "sum": "$59"})
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-09"})

    assert group_of(case) == Which.TO_DO


def test_who_waits_for_an_answer_has_the_day_that_comes_first(client: Any) -> None:
    case_id = cases.new_case(THREE, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)

    agree_on(client, f"/cases/{case_id}/", *BANK)


def test_once_all_came_the_bank_has_no_day_more(client: Any) -> None:
    case = part_granted(client)
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10"})
    posted(client, f"{case}confirm/", {"money": "came", "sum": "$177"})

    assert "December 11" not in words(client.get(case))
    assert not in_calendar(BANK[0])
    assert group_of(case) == Which.ENDED


def test_a_step_that_is_left_keeps_its_day_once_an_end_is_confirmed(
    client: Any,
) -> None:
    case = cancelled_at_apple(client)

    agree_on(client, case, *WITHDRAW)
    posted(client, f"{case}confirm/", {"ends_on": "2027-05-25"})

    agree_on(client, case, *WITHDRAW)
    assert line_for(case).what == "withdraw by"


@pytest.mark.parametrize("ends_on", ["", "2027-05-25"])
def test_a_refusal_leaves_the_days_that_are_left_to_withdraw(
    client: Any, ends_on: str
) -> None:
    case, _ = told(client, "Tinder", TINDER)
    client.post(f"{case}steps/", {"act": "done", "done": ["cancel", "withdraw"]})
    if ends_on:
        posted(client, f"{case}confirm/", {"ends_on": ends_on})
    posted(client, f"{case}reply/", {"words": NOT_ELIGIBLE})

    agree_on(client, case, *WITHDRAW)
    assert group_of(case) == Which.TO_DO


def test_the_seller_has_the_notice_too_while_a_store_decides(client: Any) -> None:
    case, _ = told(client, "Tinder", TINDER)
    client.post(f"{case}steps/", ALL_DONE)

    agree_on(client, case, *WITHDRAW)
    page = words(client.get(case))
    letter = words(client.get(f"{case}letters/?letter=withdraw"))

    assert "Write to the company itself by Monday, November 30" in page
    assert "Write to Tinder" in page
    assert "I hereby give notice that I withdraw" in letter
    assert group_of(case) == Which.WAITING


def test_the_notice_to_the_seller_is_among_the_steps(client: Any) -> None:
    case, answer = told(client, "Tinder", TINDER)

    before = words(client.get(f"{case}steps/"))
    client.post(f"{case}steps/", {"act": "done", "done": ["cancel"]})
    left = words(client.get(f"{case}steps/"))

    assert "3 Write to Tinder itself" in before
    assert "4 Keep what Apple then shows" in before
    assert "Four steps at Apple" in before
    assert "Start the four steps at Apple" in answer
    assert "Write to Tinder itself" in left


def test_no_seller_is_among_the_steps_where_the_law_asks_for_no_letter(
    client: Any,
) -> None:
    case = herzklick(client)

    assert "itself" not in words(client.get(f"{case}steps/"))


def test_the_seller_needs_no_notice_once_a_store_pays_or_it_was_sent(
    client: Any,
) -> None:
    case, _ = told(client, "Tinder", TINDER)
    client.post(f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": GRANTED})
    granted = words(client.get(case))
    other, _ = told(client, "Tinder", TINDER)
    client.post(f"{other}steps/", ALL_DONE)
    sends = {"letter": "withdraw", "act": "post:withdraw"}
    client.post(f"{other}letters/?letter=withdraw", sends | WRITER)

    assert "Write to" not in granted.split("What happened")[0]
    written = words(client.get(other)).split("What lies ahead")[0]
    assert "Write to" not in written.split("What happened")[0]


def test_no_seller_is_written_to_where_the_law_asks_for_no_letter(client: Any) -> None:
    page = words(client.get(herzklick(client)))

    assert "Write to" not in page.split("What happened")[0]


def test_after_one_refusal_the_seller_is_written_to_in_time(client: Any) -> None:
    case = herzklick(client)
    page = posted(client, f"{case}reply/", {"words": REFUSED})

    assert "Write to Herzklick" in page
    assert "Write to the company itself by Wednesday 9 December" in page


def test_an_end_that_they_tell_hides_no_step_that_is_left(client: Any) -> None:
    case = cancelled_at_apple(client)

    page = words(client.get(case))

    assert "Go on with the steps That is right" in page


def test_the_steps_name_the_day_of_what_is_left(client: Any) -> None:
    case, _ = told(client, "Tinder", TINDER)
    client.post(f"{case}steps/", {"act": "done", "done": ["withdraw"]})
    cancel = words(client.get(f"{case}steps/"))
    money = words(client.get(f"{cancelled_at_apple(client)}steps/"))

    assert "Withdraw by Monday, November 30" in money
    assert "November 30" not in cancel.split("Three steps at Apple")[2].split(" 1 ")[0]
    assert "Cancel by" in cancel


def test_lines_stand_in_the_order_of_the_days_that_they_name(client: Any) -> None:
    later, sooner = part_granted(client), cancelled_at_apple(client)

    rows = listing.listed_cases(clock.now())
    act = case_lines(rows, queries.due_days_of(rows)).act

    assert [line.id for line in act] == [each.split("/")[2] for each in (sooner, later)]
    first = words(client.get("/"))
    assert first.index("Monday, November 30") < first.index("Friday, December 11")
