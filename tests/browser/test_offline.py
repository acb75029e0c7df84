"""Without a line: one's cases as they were last, and nothing once they are gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_light import case_that_ended, letters
from tests.browser.walk import serving


@pytest.fixture(scope="module", autouse=True)
def what_a_service_worker_asks_for_is_seen() -> Iterator[None]:
    """Have Playwright, before it starts, show also what a service worker fetches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")
        yield


def kept(page: Any) -> str:
    """Return what the browser keeps to show offline."""
    text: str = page.evaluate(
        "async () => (await (await caches.match('/offline/'))?.text()) ?? ''"
    )
    return text


def test_cases_are_shown_as_they_were_when_the_line_is_gone(
    page: Any, tmp_path: Path
) -> None:
    with serving(tmp_path) as address:
        page.goto(address)
        case_that_ended(page, address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        origin = address.rpartition("/start/")[0]
        page.goto(f"{origin}/cases/")
        page.wait_for_function(
            "async () => (await (await caches.match('/offline/'))?.text())"
            "?.includes('Coursera')"
        )

    page.reload()

    page.get_by_role("heading", name="Rescind cannot be reached").wait_for()
    text = page.inner_text("main")
    assert "as of " in text
    assert "Coursera" in text
    assert page.get_by_role("button").count() == 0
    # the style came from the copy too
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    page.goto(f"{origin}/settings/")
    page.get_by_role("heading", name="Rescind cannot be reached").wait_for()


def test_the_program_can_be_installed(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()
    session = page.context.new_cdp_session(page)

    manifest = session.send("Page.getAppManifest")
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    assert manifest["url"].endswith("/static/rescind/rescind.webmanifest")
    # a private window never installs anything; nothing else stands in the way
    assert {each["errorId"] for each in faults} <= {"in-incognito"}


def test_who_is_not_let_in_any_more_sees_no_copy(page: Any, address: str) -> None:
    page.goto(address)
    letters(page, address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    origin = address.rpartition("/start/")[0]
    page.goto(f"{origin}/cases/")
    page.wait_for_function("async () => !!await caches.match('/offline/')")
    page.context.clear_cookies()

    page.goto(f"{origin}/cases/")
    page.get_by_text("Open the link").wait_for()
    page.wait_for_timeout(200)

    assert kept(page) == ""


def test_the_copy_goes_with_everything_else(page: Any, address: str) -> None:
    case_that_ended(page, address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{address.rpartition('/start/')[0]}/settings/?open=delete")
    page.wait_for_function(
        "async () => (await (await caches.match('/offline/'))?.text())"
        "?.includes('Coursera')"
    )

    page.get_by_label("Type DELETE to go on").fill("DELETE")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_text("Everything is gone.").wait_for()

    assert "Coursera" not in kept(page)


def test_a_copy_that_was_on_its_way_does_not_outlive_the_rest(
    page: Any, tmp_path: Path
) -> None:
    late: list[tuple[Any, Any]] = []

    def hold_the_first(route: Any) -> None:
        if late:
            route.continue_()
        else:
            late.append((route, route.fetch()))

    with serving(tmp_path) as address:
        page.goto(address)
        case_that_ended(page, address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.context.route("**/offline/", hold_the_first)
        page.goto(f"{address.rpartition('/start/')[0]}/settings/?open=delete")
        page.get_by_label("Type DELETE to go on").fill("DELETE")
        page.get_by_role("button", name="Delete everything").click()
        page.get_by_text("Everything is gone.").wait_for()

        [(route, answer)] = late
        route.fulfill(response=answer)
        page.wait_for_timeout(500)

    assert "Coursera" in answer.text()
    assert "Coursera" not in kept(page)
