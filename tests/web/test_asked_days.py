"""A day that a letter named stays in those that follow it, until it is over."""

from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, steps
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.conftest import stand_at
from tests.web.test_after_the_bank import FROM_TEXAS, letter
from tests.web.test_another_day import id_of, sent
from tests.web.test_desk_pages import words
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)
TWICE = CHARGED | {"further_charges": "2026-10-12 59 USD"}
DENIES = "Our records show no cancellation request for this account."


def claimed(client: Any) -> str:
    """Return a case whose refund is claimed by December 9, and the bank told since."""
    case_id = cases.new_case(TWICE, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    case = f"/cases/{case_id}/"
    assert "December 9" in words(client.get(case))
    steps.write_next(case_id, "dispute", {})
    cases.say_sent(case_id, "post", None)
    client.post(f"{case}reply/", {"words": DENIES, "by": "merchant"})
    return case


@pytest.mark.parametrize("kind", ["reply", "second-notice", "refund"])
def test_money_is_claimed_by_the_day_that_was_named_before(
    client: Any, kind: str
) -> None:
    said = letter(client, claimed(client), kind)

    assert "by December 9, 2026" in said
    assert "December 12, 2026" not in said


@pytest.mark.parametrize("kind", ["reply", "second-notice"])
def test_once_that_day_is_over_there_is_a_new_one(
    client: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = claimed(client)
    stand_at(datetime(2026, 12, 10, 18, tzinfo=UTC), monkeypatch)

    said = letter(client, case, kind)

    assert "by December 24, 2026" in said
    assert "by December 9, 2026" not in said


def test_an_answer_is_due_by_the_first_day_until_that_is_over(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = sent()
    stand_at(datetime(2026, 12, 3, 11, tzinfo=UTC), monkeypatch)
    client.post(f"{case}reply/", {"words": "Wir lehnen Ihre Kündigung ab."})

    before = letter(client, case, "reply")
    reminder = letter(client, case, "second-notice")
    steps.write_next(id_of(case), "reply", {})
    cases.say_sent(id_of(case), "e-mail", None)
    stand_at(datetime(2026, 12, 13, 11, tzinfo=UTC), monkeypatch)
    after = letter(client, case, "second-notice")

    assert "bis zum 12. Dezember 2026" in before
    assert "bis zum 12. Dezember 2026" in reminder
    assert "bis zum 27. Dezember 2026" in after


def test_what_no_letter_named_is_no_day(client: Any) -> None:
    case_id = cases.new_case(TWICE, SENDER | {"country": "US"}, Wanted(kind="refund"))

    # nothing went out yet
    told = steps.facts_for(selectors.read_case(case_id), "refund")
    assert not {"confirm_asked_by", "pay_asked_by"} & told.keys()
    assert letter(client, f"/cases/{case_id}/", "refund")
