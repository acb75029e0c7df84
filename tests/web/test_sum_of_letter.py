"""The case of a withdrawal told before names the letter's own sum, and its day."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, steps
from rescind.store import checks
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

LATE = {
    "service": "other",
    "merchant": "Herzblatt",
    "kind": "dating",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-10-20",
    "withdrawn_at": "2026-11-02",
    "term": "P12M",
    "period": "P1Y",
    "price": "369 EUR",
    "start_requested": "true",
    "withdrawal_informed": "true",
}


def test_a_case_claims_what_its_letter_does(client: Any) -> None:
    wanted = Wanted(kind="refund")
    case_id = str(cases.new_case(LATE, SENDER, wanted))
    cases.say_sent(case_id, "by e-mail", None)
    page = words(client.get(f"/cases/{case_id}/"))

    assert "€354.84, claimed back by Sunday 13 December" in page
    assert "You asked for €354.84 back" in page
    assert "369, claimed" not in page
    assert "16 November" not in page.split("Full record")[0]


def test_so_does_the_case_after_its_second_letter(client: Any) -> None:
    wanted = Wanted(kind="refund")
    case_id = str(cases.new_case(LATE, SENDER, wanted))
    cases.say_sent(case_id, "by e-mail", None)
    steps.write_next(case_id, "refund", {"amount": "263.84 EUR", "repaid": "91 EUR"})
    cases.say_sent(case_id, "by e-mail", None)
    page = words(client.get(f"/cases/{case_id}/"))

    assert "€263.84, claimed back by Sunday 13 December" in page


def test_a_part_that_came_is_asked_for_beside_the_letter(client: Any) -> None:
    check = checks.begin(
        "other", "Herzblatt", LATE | {"happened": "withdrawn"}, now=clock.now()
    )
    page = client.get(f"/cases/{check.id}/letters/").content.decode()

    asked = page.split("Change the words")
    assert 'name="refund.repaid"' in page
    assert 'name="refund.repaid"' not in "".join(asked[-1:])
    answer = words(client.get(f"/cases/{check.id}/answer/"))
    assert "You withdrew, and the money had to be back by 16 November" in answer
    assert "a time in which nothing is owed" not in answer
