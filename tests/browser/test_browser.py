"""The pages in Chromium: by keyboard, without JavaScript, and for assistive tools."""

from typing import Any

import pytest

from tests.browser.walk import AXE, PACK, PHONE, begun, walk
from tests.conftest import needs


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anyone_out(browser: Any, address: str, scheme: str) -> None:
    needs(str(AXE))
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    found = {}

    for name in walk(page, address):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        if result["violations"]:
            found[name] = [
                (v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]
            ]

    context.close()
    assert found == {}


def test_the_whole_way_works_without_javascript(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    names = list(walk(page, address))

    context.close()
    assert names[-1] == "help"


def test_nothing_is_asked_of_another_origin_and_nothing_breaks_the_policy(
    browser: Any, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text))

    for _ in walk(page, address):
        pass

    context.close()
    origin = address.rpartition("/start/")[0]
    assert [url for url in asked if not url.startswith(f"{origin}/")] == []
    assert complaints == []


def test_a_day_is_read_back_as_one_types(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    begun(page, address, "Coursera")
    page.wait_for_load_state("load")

    page.get_by_label("When did you buy it?", exact=True).press_sequentially("1.2.2026")
    page.keyboard.press("Tab")

    page.get_by_text("Sunday 1 February 2026").wait_for()
    context.close()


def test_what_is_read_back_moves_no_button(page: Any, address: str) -> None:
    """A press that begins in the field's last moment must not miss the button."""
    begun(page, address, "Coursera")
    button = page.get_by_role("button", name="Show my answer")
    before = button.evaluate("each => each.offsetTop")

    page.get_by_label("When did you buy it?", exact=True).fill("2026-11-02")
    page.keyboard.press("Tab")
    page.get_by_text("Monday 2 November 2026").wait_for()

    assert button.evaluate("each => each.offsetTop") == before


def test_the_keyboard_alone_reaches_the_answer(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.get_by_label("Company, app").focus()
    page.keyboard.type("Coursera")
    page.keyboard.press("Enter")
    page.get_by_label("Coursera itself").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show my answer").focus()
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Change").wait_for()
    context.close()


def test_a_phone_needs_no_sideways_scrolling(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    wide = [
        name
        for name in walk(page, address)
        if page.evaluate("document.documentElement.scrollWidth") > 360
    ]

    context.close()
    assert wide == []


def test_the_checks_of_a_pack_can_be_read_on_a_narrow_screen(
    browser: Any, address: str
) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()
    page.goto(f"{address}/verify/")
    page.set_input_files("#pack", str(PACK / "pack.asice"))
    page.get_by_role("button", name="Check it").click()
    table = page.locator(".checks .scroll")
    table.wait_for()

    width, inside = table.evaluate("it => [it.clientWidth, it.scrollWidth]")
    rows = page.get_by_role("row").count()

    assert inside <= width <= 390
    assert rows > 10
    page.context.close()


_GAP = """([above, below]) => document.querySelector(below).getBoundingClientRect().top
  - document.querySelector(above).getBoundingClientRect().bottom"""
_LEAST_GAP = 8
"""Pixels between two texts that do not touch."""


def test_what_follows_fields_or_a_button_does_not_touch_them(
    page: Any, address: str
) -> None:
    begun(page, address, "Coursera")
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    page.get_by_label("They charged me after I cancelled").check()
    ticked = ".tick:has(> .radio input:checked)"

    fields = page.evaluate(_GAP, [f"{ticked} .field:last-child", f"{ticked} + .tick"])
    page.evaluate(
        "document.querySelector('main').innerHTML = '<form><button class=main>I have "
        "done it</button><p class=help>What is left is still to be done.</p></form>'"
    )
    button = page.evaluate(_GAP, ["main .main", "main .help"])

    assert fields >= _LEAST_GAP
    assert button >= _LEAST_GAP
