"""Money that comes ends nothing: the end, and other charges, stay open beside it."""

import re
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, reports, steps
from rescind.store import selectors
from rescind.store.listing import Which
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import group_of, posted
from tests.web.test_newcomer import granted_case
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)

GOODWILL = (
    "Your subscription is still active and will renew on December 12, 2026. As a "
    "gesture of goodwill I've refunded your most recent charge of $59.00."
)


def texan(*, october: bool = False) -> str:
    """Return a case of charges after the end: asked back, and told to the bank."""
    case_id = cases.new_case(CHARGED, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    if october:
        reports.charged(case_id, on="2026-10-12", amount="59 USD", note="")
    steps.write_next(case_id, "dispute", {})
    cases.say_sent(case_id, "post", None)
    return f"/cases/{case_id}/"


def granted(client: Any, case: str, money: str = "59 USD") -> str:
    """Return the page once the person said that the answer grants money."""
    client.post(f"{case}reply/", {"by": "merchant", "words": GOODWILL})
    read = selectors.read_case(case.strip("/").split("/")[-1])
    message = next(e for e in reversed(read.events) if e.kind == "answered")
    told = {"reads_as": "refund_granted", "sum": money}
    return posted(client, f"{case}reads/{message.details['message']}/", told)


def letter(client: Any, case: str, kind: str) -> str:
    page = client.get(f"{case}letters/?letter={kind}").content.decode()
    return " ".join(re.findall(r"<pre.*?</pre>", page, re.DOTALL)).replace("\xa0", " ")


def waited_for(client: Any, case: str, sum_told: str = "") -> str:
    """Return the page once the person took the money as promised, and told it came."""
    taken = {"ends_on": "2026-08-11", "outcome": "pays_back"}
    waiting = posted(client, f"{case}confirm/", taken)
    assert "Ends on" not in waiting
    assert "Ended on" not in waiting
    return posted(client, f"{case}confirm/", {"money": "came", "sum": sum_told})


def test_what_comes_back_is_measured_against_every_charge(client: Any) -> None:
    case = texan(october=True)

    page = granted(client, case)
    asks = letter(client, case, "refund")

    assert "Brightpad grants $59 of $118" in page
    # what is granted pays the newest charge: the letter is about the one that is left
    assert "Please refund the $59.00 that you charged me on October 12, 2026" in asks
    assert "November 12, 2026" not in asks
    assert "118" not in asks


def test_a_part_that_came_leaves_the_dispute_and_the_other_charge(client: Any) -> None:
    case = texan(october=True)
    granted(client, case)

    page = waited_for(client, case, "$59")

    assert "Brightpad paid $59 of $118" in page
    assert "If the money is not back by Saturday, December 12, ask your bank" in page
    assert "Should end Tuesday, August 11" in page
    assert group_of(case) != Which.ENDED


def test_money_alone_ends_nothing(client: Any) -> None:
    case = texan()
    granted(client, case)

    page = waited_for(client, case)
    listed = words(client.get("/cases/"))

    assert "Brightpad has not confirmed the end" in page
    assert "Money alone ends nothing" in page
    assert "Safe" not in listed
    assert "Act today" in listed
    assert group_of(case) == Which.TO_DO
    asks = letter(client, case, "stop-charging")
    assert "Please confirm in writing" in asks
    # what is back is asked for no more
    assert "please refund" not in asks


def test_an_end_that_they_name_after_the_money_settles_it(client: Any) -> None:
    case = texan()
    granted(client, case)
    waited_for(client, case)
    says = {
        "by": "merchant",
        "words": "We confirm that your subscription ended on August 11, 2026.",
    }

    named = posted(client, f"{case}reply/", says)
    taken = {"ends_on": "2026-08-11", "outcome": "confirmed"}
    page = posted(client, f"{case}confirm/", taken)

    assert "Brightpad says it ends" in named
    assert "That is right" in named
    assert "Ended on Tuesday, August 11" in page
    assert group_of(case) == Which.ENDED


def test_a_statement_without_a_charge_settles_it_too(client: Any) -> None:
    case = texan()
    granted(client, case)
    waiting = waited_for(client, case)

    seen = {"ends_on": "2026-08-11", "outcome": "no_charge"}
    page = posted(client, f"{case}confirm/", seen)

    assert "Nothing was charged since: it has ended" in waiting
    assert "Ended on Tuesday, August 11" in page


def test_a_contract_that_was_ended_for_its_money_is_asked_about(client: Any) -> None:
    case = granted_case(client)
    taken = {"ends_on": "2026-11-28", "outcome": "pays_back"}
    posted(client, f"{case}confirm/", taken)
    posted(client, f"{case}confirm/", {"money": "came", "sum": ""})

    asks = letter(client, case, "stop-charging")

    assert "Please confirm in writing" in asks
    assert "repay" not in asks
