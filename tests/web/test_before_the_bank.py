"""Whatever is waited for, the bank hears of a charge before its last day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases
from rescind.app.follow.steps import steps, write_next
from rescind.core.model.case import Case
from rescind.store import selectors
from tests.web.conftest import stand_at
from tests.web.test_after_the_bank import FROM_TEXAS, letter
from tests.web.test_desk_pages import words
from tests.web.test_first_last_day import part_granted
from tests.web.test_money_from_store import posted
from tests.web.test_part_of_charges import THREE

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)
LAST = date(2026, 12, 11)
"""Regulation E: 60 days from the charge of October."""
THREAT = "dispute the charge through my bank"


def case_of(address: str) -> Case:
    return selectors.read_case(address.split("/")[2])


@pytest.mark.parametrize("came", ["", "$59"])
def test_the_bank_comes_before_its_last_day_in_the_plan(client: Any, came: str) -> None:
    case = part_granted(client)
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10"})
    if came:
        posted(client, f"{case}confirm/", {"money": "came", "sum": came})

    found = steps(case_of(case))
    days = {step["step"]: date.fromisoformat(step["on"]) for step in found}

    assert days["dispute"] <= LAST
    assert [step["on"] for step in found] == sorted(step["on"] for step in found)
    told = next(step for step in found if step["step"] == "dispute")
    assert told["why"] == "Your bank has to hear of it by December 11, 2026."


def test_on_the_days_before_the_last_one_it_is_due(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = part_granted(client)
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10"})
    stand_at(datetime(2026, 12, 10, 18, tzinfo=UTC), monkeypatch)

    found = {step["step"]: step for step in steps(case_of(case))}

    assert found["dispute"]["state"] == "due"
    assert found["dispute"]["on"] == "2026-12-10"


def asked(facts: dict[str, str] = THREE) -> str:
    case_id = cases.new_case(facts, FROM_TEXAS, Wanted(kind="refund"))
    return f"/cases/{case_id}/"


def test_a_letter_waits_for_the_money_until_before_that_day(client: Any) -> None:
    case = asked()
    written = selectors.letter(case_of(case)).text
    cases.say_sent(case.split("/")[2], "post", None)

    assert "by December 9, 2026" in written
    assert THREAT in written
    assert "December 12" not in written
    for kind in ("stop-charging", "second-notice"):
        assert "December 12" not in letter(client, case, kind)


def test_where_too_little_is_left_nobody_promises_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_at(datetime(2026, 12, 6, 18, tzinfo=UTC), monkeypatch)

    written = selectors.letter(case_of(asked())).text

    assert "through my bank" not in written
    assert "claim any interest" in written


def test_a_day_that_is_far_off_moves_nothing() -> None:
    alone = {name: fact for name, fact in THREE.items() if name != "further_charges"}

    written = selectors.letter(case_of(asked(alone))).text

    assert "by December 12, 2026" in written
    assert THREAT in written


def test_the_company_is_reminded_by_its_own_letters_day(client: Any) -> None:
    case_id = cases.new_case(THREE, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    at = f"/cases/{case_id}/"
    before = words(client.get(at))
    write_next(case_id, "dispute", {})
    cases.say_sent(case_id, "post", None)
    after = words(client.get(at))

    # the bank's answer has a later day, and is no reason to wait for the company
    reminded = "If nothing comes by Wednesday, December 9, send a reminder"
    assert reminded in before
    assert reminded in after
