"""What was said in a call after the letter: it moves no day that the letter names."""

from datetime import date, timedelta
from typing import Any

import pytest

from rescind.app.follow import cases, queries
from rescind.app.follow.case_letters import follow_up
from rescind.core.follow.due_day import DueKind
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_another_day import id_of, page_of
from tests.web.test_later_unless_bound import GYM

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")
CALL = {
    "what": "called",
    "on": "2026-11-29",
    "with_whom": "Frau Schulz",
    "said": "Der Vertrag läuft bis zum 30. April 2027",
}


def confirm_by(case: str) -> list[Any]:
    every = queries.due_days(id_of(case))
    return [day.due.by for day in every if day.due.what is DueKind.CONFIRMATION]


def test_a_call_after_the_letter_moves_no_day_and_is_shown(client: Any) -> None:
    case_id = cases.new_case(GYM, SENDER)
    cases.say_sent(case_id, "post", "2026-11-28")
    case = f"/cases/{case_id}/"
    before = confirm_by(case)

    client.post(f"{case}happened/", CALL)

    page = page_of(client, case)
    assert before
    assert confirm_by(case) == before
    assert "A later letter names that day" not in page
    assert "They say Friday 30 April 2027: by phone only" in page
    assert "confirms in writing" not in page
    assert follow_up(selectors.read_case(case_id)).first_sent_on == "2026-11-28"

    # what they write since then is what counts
    client.post(f"{case}confirm/", {"ends_on": "2027-04-30"})
    assert "by phone only" not in page_of(client, case)


def test_a_call_that_ended_it_is_the_telling(client: Any) -> None:
    case_id = cases.new_case(GYM, SENDER)
    case = f"/cases/{case_id}/"

    client.post(f"{case}happened/", CALL)

    assert confirm_by(case) == [date(2026, 11, 29) + timedelta(days=3)]
    assert "by phone only" not in page_of(client, case)
