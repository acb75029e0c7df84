"""Of the steps in an account only what is ticked is done; the rest stays to be done."""

from typing import Any

import pytest

from rescind.store import selectors
from rescind.store.checks import has_case
from rescind.store.listing import Which
from rescind.web.views import case_steps
from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_money_from_store import (
    GRANTED,
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


def test_a_tick_that_is_sent_late_presses_no_button(client: Any) -> None:
    address, _ = told(client, "Tinder", TINDER)
    form = {"act": "done", "done": ["withdraw"]}

    client.post(f"{address}steps/", form, headers={"HX-Request": "true"})

    assert not has_case(address.strip("/").split("/")[-1])


def test_what_is_pressed_twice_at_once_is_done_once(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ticked(client, "withdraw")
    case_id = address.strip("/").split("/")[-1]
    before = selectors.read_case(case_id)
    # the second request looked before the first had written
    monkeypatch.setattr(case_steps, "has_case", lambda _: False)
    monkeypatch.setattr(selectors, "find_read_case", lambda _: None)

    again = client.post(f"{address}steps/", {"act": "done", "done": ["withdraw"]})

    assert again.headers["Location"] == address
    assert selectors.read_case(case_id).events == before.events


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
    assert "Next Cancel the subscription in your account at Apple" in page


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


@pytest.mark.parametrize("is_listed", [False, True])
def test_the_account_shows_the_end_once_the_store_paid(
    client: Any, *, is_listed: bool
) -> None:
    case = ticked(client, "withdraw", "cancel", "at_store")
    posted(client, f"{case}reply/", {"words": GRANTED})
    taken = {"ends_on": "2026-11-28", "outcome": "pays_back"}
    posted(client, f"{case}confirm/", taken)
    page = posted(client, f"{case}confirm/", {"money": "came", "sum": ""})

    shown = line_of(client, "Tinder") if is_listed else page

    # who bills knows it, and no maker of an app
    assert "Does your account at Apple show the end?" in shown
    assert "look into your account at Apple" in shown
    assert "Tinder has not confirmed" not in shown
    assert "Ask for a confirmation" not in page
    assert f'href="{case}confirmation/"' in client.get(case).content.decode()
    assert group_of(case) == Which.TO_DO


def test_what_the_account_shows_settles_the_end(client: Any) -> None:
    case = ticked(client, "withdraw", "cancel", "at_store")
    taken = {"ends_on": "2026-11-28", "outcome": "pays_back"}
    posted(client, f"{case}reply/", {"words": GRANTED})
    posted(client, f"{case}confirm/", taken)
    posted(client, f"{case}confirm/", {"money": "came", "sum": ""})

    wrote = "Your Tinder subscription was cancelled and ended on November 28, 2026."
    told = {"words": wrote, "ends_on": "2026-11-28"}
    page = posted(client, f"{case}confirmation/", told)

    assert "Does your account" not in page
    assert "Saturday, November 28" in page.split("What happened")[0]
    assert group_of(case) == Which.ENDED


LEFT = "Cancel the subscription in your account at Apple"


@pytest.mark.parametrize("is_taken", [False, True])
def test_what_is_left_is_next_by_its_day_once_a_store_grants_money(
    client: Any, *, is_taken: bool
) -> None:
    case = ticked(client, "withdraw")
    page = posted(client, f"{case}reply/", {"words": GRANTED})
    if is_taken:
        taken = {"ends_on": "2026-11-28", "outcome": "pays_back"}
        page = posted(client, f"{case}confirm/", taken)

    # it renews all the same: that is done first, and on which day it can be done last
    following = page.split("Next", 1)[1]
    assert following.strip().startswith(LEFT)
    assert " By " in following.split("What lies ahead")[0]
    assert f'href="{case}steps/"' in client.get(case).content.decode()
    assert LEFT in line_of(client, "Tinder")
    assert LEFT in words(client.get("/"))
    assert group_of(case) == Which.TO_DO


def test_money_that_is_granted_was_asked_for(client: Any) -> None:
    case = ticked(client, "cancel", "at_store")

    page = posted(client, f"{case}reply/", {"words": GRANTED})

    assert "You have not asked for the money yet" not in page
    assert "Still to do" not in page
    assert "Apple says money comes back" in page
    assert "Yes, they pay it back" in page


def test_money_that_is_granted_after_the_end_is_waited_for(client: Any) -> None:
    case = ticked(client, "cancel", "at_store")
    posted(client, f"{case}confirm/", {"ends_on": "2026-12-27"})

    page = posted(client, f"{case}reply/", {"words": GRANTED})

    assert "You have not asked for the money yet" not in page
    assert "is to come back by Saturday, December 12" in page
    assert "It came" in page
    assert group_of(case) == Which.WAITING
