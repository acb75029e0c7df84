"""One Chromium and one server for the tests of a file; a phone for a test."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.walk import ARGUMENTS, CHROMIUM, PHONE, serving
from tests.conftest import needs


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the program from a new home; yield the link that lets one in."""
    needs(CHROMIUM)
    with serving(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture(scope="module")
def second_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve another home: what was done in the first one is not known there."""
    needs(CHROMIUM)
    with serving(tmp_path_factory.mktemp("second")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium."""
    needs(CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Open a window that shares nothing with any other test's."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def phone(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """Open the first page on a phone, with JavaScript and, in a home apart, without."""
    address = request.getfixturevalue("address" if request.param else "second_address")
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(address)
    # the link that lets one in leads on by itself: what is done before that is undone
    page.get_by_label("Company, app").wait_for()
    yield page
    context.close()
