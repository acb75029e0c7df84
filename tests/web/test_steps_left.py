"""Of the steps in an account only what is ticked is done; the rest stays to be done."""

from typing import Any

import pytest

from rescind.store.checks import has_case
from rescind.store.listing import Which
from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_money_from_store import (
    TINDER,
    group_of,
    herzklick,
    line_of,
    posted,
)

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")


def ticked(client: Any, *done: str) -> str:
    """Return a case at Apple with these of its steps done."""
    address, _ = told(client, "Tinder", TINDER)
    client.post(f"{address}steps/", {"act": "done", "done": list(done)})
    return address


def test_nothing_is_recorded_where_no_step_is_ticked(client: Any) -> None:
    address, _ = told(client, "Tinder", TINDER)

    refused = client.post(f"{address}steps/", {"act": "done"})

    assert refused.status_code == 422
    assert "tick each step that you have done" in words(refused)
    assert not has_case(address.strip("/").split("/")[-1])


def test_to_ask_for_the_money_leaves_the_cancelling_to_be_done(client: Any) -> None:
    case = ticked(client, "withdraw")

    page, line = words(client.get(case)), line_of(client, "Tinder")

    for shown in (page, line):
        assert "It is not cancelled yet" in shown
        assert "Cancel the subscription in your account at Apple" in shown
    assert "Go on with the steps" in page
    assert "At Apple you withdrew" in page
    assert "Ends" not in page.split("What lies ahead")[0]
    assert group_of(case) == Which.TO_DO


def test_to_cancel_leaves_the_money_to_be_asked_for_by_its_day(client: Any) -> None:
    case = ticked(client, "cancel", "at_store")

    page = words(client.get(case))

    assert "You have not asked for the money yet" in page
    assert "Ask for the money in your account at Apple" in page
    assert "By Monday, November 30" in page
    assert "Ends today" not in page


def test_once_the_last_step_is_done_it_is_waited_for(client: Any) -> None:
    case = ticked(client, "withdraw")

    left = client.get(f"{case}steps/").content.decode()
    posted(client, f"{case}steps/", ALL_DONE)
    page = words(client.get(case))

    assert 'value="cancel"' in left or 'value="at_store"' in left
    assert "It is not cancelled yet" not in page
    assert "Apple decides on the money" in page
    assert "Ends" in page
    assert group_of(case) == Which.WAITING


def test_money_that_is_granted_does_not_do_the_step_that_is_left(client: Any) -> None:
    case = ticked(client, "withdraw")

    words_of_apple = "Dear Anna, we have approved your refund request. Apple Support"
    page = words(client.post(f"{case}reply/", {"words": words_of_apple}, follow=True))

    assert "Apple says money comes back" in page
    assert "Still to do Cancel the subscription" in page


def test_all_steps_done_leave_none(client: Any) -> None:
    page = words(client.get(herzklick(client)))

    assert "yet" not in page.split("What lies ahead")[0]


def test_a_confirmed_end_leaves_the_money_to_be_asked_for(client: Any) -> None:
    case = ticked(client, "cancel", "at_store")
    posted(client, f"{case}confirm/", {"ends_on": "2026-12-27"})

    page, line = words(client.get(case)), line_of(client, "Tinder")

    for shown in (page, line):
        assert "You have not asked for the money yet" in shown
    assert "Go on with the steps" in page
    assert group_of(case) == Which.TO_DO


def test_money_that_came_leaves_the_cancelling_to_be_done(client: Any) -> None:
    case = ticked(client, "withdraw")
    posted(client, f"{case}confirm/", {"outcome": "pays_back", "refund": "$89.94"})
    posted(client, f"{case}confirm/", {"money": "came", "sum": "$89.94"})

    page, line = words(client.get(case)), line_of(client, "Tinder")

    for shown in (page, line):
        assert "It is not cancelled yet" in shown
    assert "Go on with the steps" in page
    assert group_of(case) == Which.TO_DO


def test_money_that_is_asked_for_after_the_end_is_waited_for(client: Any) -> None:
    case = ticked(client, "cancel", "at_store")
    posted(client, f"{case}confirm/", {"ends_on": "2026-12-27"})
    client.post(f"{case}steps/", {"act": "done", "done": ["withdraw"]})

    page, group = words(client.get(case)), group_of(case)

    assert "Keep the confirmation" not in page
    assert "It came" in page
    assert group == Which.WAITING
