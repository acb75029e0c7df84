"""Of several charges that were told, one that is paid back is a part of all."""

from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases
from rescind.store.listing import Which
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import group_of, line_of, posted
from tests.web.test_one_end_in_letters import texts
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)
THREE = CHARGED | {"further_charges": "2026-10-12 59 USD; 2026-09-12 59 USD"}
ENDED = (
    "Your subscription was canceled on August 10, 2026. "
    "We have refunded $59 for November."
)


def sent() -> str:
    case_id = cases.new_case(THREE, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    return f"/cases/{case_id}/"


def test_all_of_them_are_claimed(client: Any) -> None:
    assert "$177, claimed back" in words(client.get(sent()))


def test_an_end_with_one_of_them_leaves_the_others_open(client: Any) -> None:
    case = sent()
    posted(client, f"{case}reply/", {"words": ENDED})
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10", "outcome": "confirmed"})

    page, line = words(client.get(case)), line_of(client, "Brightpad")

    for shown in (page, line):
        assert "$59 of $177" in shown
        assert "$118 is still missing" in shown
    assert "Tell your bank by Friday, December 11" in page
    assert "Ask for the other $118" in page
    assert group_of(case) != Which.ENDED


def test_what_came_of_them_leaves_the_rest_to_be_asked_for(client: Any) -> None:
    case = sent()
    posted(client, f"{case}reply/", {"words": ENDED})
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10", "outcome": "confirmed"})

    posted(client, f"{case}confirm/", {"money": "came", "sum": "$59"})

    assert "$118 is still missing" in words(client.get(case))
    assert group_of(case) != Which.ENDED


@pytest.mark.parametrize("kind", ["dispute", "complaint", "refund"])
def test_letters_after_a_part_are_about_the_charges_that_are_left(
    client: Any, kind: str
) -> None:
    case = sent()
    posted(client, f"{case}reply/", {"words": ENDED})
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10", "outcome": "confirmed"})
    posted(client, f"{case}confirm/", {"money": "came", "sum": "$59"})

    letter = words(client.get(f"{case}letters/?letter={kind}"))

    assert "$236" not in letter
    assert "October 12, 2026" in letter
    assert "September 12, 2026" in letter
    assert "All charges together come to $118" in letter


PARTS = [
    (CHARGED, "20", "$39", "$59"),
    (THREE, "80", "$97", "$177"),
    (THREE, "130", "$47", "$177"),
]


@pytest.mark.parametrize(("facts", "came", "rest", "owed"), PARTS)
def test_no_letter_makes_a_charge_of_what_is_left(
    client: Any, facts: dict[str, Any], came: str, rest: str, owed: str
) -> None:
    case_id = cases.new_case(facts, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    case = f"/cases/{case_id}/"
    words_of_theirs = ENDED.replace("$59", f"${came}")
    posted(client, f"{case}reply/", {"words": words_of_theirs})
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10", "outcome": "confirmed"})
    posted(client, f"{case}confirm/", {"money": "came", "sum": came})

    for kind, text in texts(case):
        said = text.replace(".00", "")
        assert f"charged me {rest}" not in said, kind
        assert f"charge of {rest}" not in said, kind
        if kind in ("refund", "second-notice", "stop-charging", "dispute", "complaint"):
            assert rest in said, kind
            assert f"${came}" in said, kind
        if kind == "reply":
            assert rest in said
            assert "$19" not in said
        if facts is THREE and kind in ("dispute", "complaint", "second-notice"):
            assert f"All charges together come to {owed}" in said, kind
