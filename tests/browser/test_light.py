"""What a page costs and who is shut out: weight, zoom, colours, motion, and states."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.browser.walk import AXE, PHONE, begun, walk
from tests.conftest import needs

LARGEST_FIRST_PAGE = 100_000
NARROW = 320


def test_the_first_page_is_light_and_asks_nobody_else(
    browser: Any, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()
    sizes: dict[str, int] = {}

    def weigh(answer: Any) -> None:
        sizes[answer.url] = len(answer.body())

    page.on("response", weigh)
    page.reload(wait_until="networkidle")

    origin = address.rpartition("/start/")[0]
    context.close()
    assert all(url.startswith(f"{origin}/") for url in sizes)
    assert sum(sizes.values()) < LARGEST_FIRST_PAGE, sizes


def test_every_page_describes_itself(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    bare = [
        name
        for name in walk(page, address)
        if not page.locator("meta[name=description]").get_attribute("content")
        or page.locator("html").get_attribute("lang") != "en"
    ]
    context.close()
    assert bare == []


def test_nothing_scrolls_sideways_on_the_smallest_screen(
    browser: Any, address: str
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 640})
    assert too_wide(context.new_page(), address, NARROW) == {}
    context.close()


def test_nothing_scrolls_sideways_with_text_of_twice_the_size(
    browser: Any, address: str
) -> None:
    """With the size of text that a person sets in the browser, on a phone."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    sizes = {"fontSizes": {"standard": 32}}
    context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    wide = too_wide(page, address, 390)
    context.close()
    assert size == "32px"
    assert wide == {}


def too_wide(page: Any, address: str, width: int) -> dict[str, Any]:
    """Return the pages that scroll sideways with folds open, and what is too wide."""
    wide = {}
    for name in walk(page, address):
        page.evaluate(_OPEN_ALL)
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            wide[name] = (found, page.evaluate(_WIDEST, width))
        # as it was: the next step clicks what a closed fold holds
        page.evaluate(_AS_BEFORE)
    return wide


_OPEN_ALL = """() => {
  for (const each of document.querySelectorAll('details:not([open])')) {
    each.open = true; each.dataset.closed = ''; } }"""
_AS_BEFORE = """() => {
  for (const each of document.querySelectorAll('details[data-closed]')) {
    each.open = false; delete each.dataset.closed; } }"""
_WIDEST = """width => [...document.querySelectorAll('main *')]
  .filter(each => each.getBoundingClientRect().right > width + 1)
  .slice(0, 3).map(each => each.outerHTML.slice(0, 90))"""


def test_forced_colours_leave_every_state_a_line(browser: Any, address: str) -> None:
    """What a background alone said would be gone."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    lost = []
    for name in walk(page, address):
        lost += [(name, each) for each in page.evaluate(_WITHOUT_A_LINE)]
    context.close()
    assert lost == []


_WITHOUT_A_LINE = """() => [...document.querySelectorAll(
    '.left, .tag, .state, .note, .warning, .answer-card, button, .button, .bar')]
  .filter(each => each.checkVisibility() && !each.matches('.link'))
  .filter(each => { const style = getComputedStyle(each);
    return style.borderTopWidth === '0px' && style.stroke === 'none'; })
  .map(each => each.outerHTML.slice(0, 80))"""


def test_nothing_moves_for_who_asked_for_stillness(browser: Any, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(each => {
          const style = getComputedStyle(each);
          return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
            || style.transitionDuration !== '0s'; }).length"""
    )
    context.close()
    assert moving == 0


State = Callable[[Any, str], None]


def _wrong_facts(page: Any, address: str) -> None:
    begun(page, address, "Coursera")
    page.get_by_label("When did you buy it?", exact=True).fill("32.13.2026")
    page.get_by_role("button", name="Show my answer").click()
    page.get_by_role("alert").wait_for()


def _unknown_service(page: Any, address: str) -> None:
    begun(page, address, "Courserra")


def _not_sure_of_anything(page: Any, address: str) -> None:
    begun(page, address, "Coursera")
    page.get_by_role("button", name="Show my answer").click()
    page.get_by_role("link", name="Change").wait_for()


def letters(page: Any, address: str) -> None:
    begun(page, address, "Coursera")
    page.get_by_label("What did you buy?").select_option("plus-annual")
    page.get_by_label("Coursera itself").check()
    page.get_by_label("Where do you live?").select_option("DE")
    bought = datetime.now(UTC).date() - timedelta(days=5)
    page.get_by_label("When did you buy it?", exact=True).fill(bought.isoformat())
    page.get_by_role("button", name="Show my answer").click()
    page.get_by_role("link", name="Prepare both letters").click()
    page.get_by_label("Your name").wait_for()


def case_that_ended(page: Any, address: str) -> None:
    letters(page, address)
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("E-mail of your account").fill("ada@home.example.org")
    page.get_by_role("button", name="I have done both").click()
    page.get_by_text("They confirmed the end", exact=True).click()
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    page.get_by_label("It ends on").fill(yesterday.isoformat())
    page.get_by_role("button", name="Yes, they confirmed the end").click()
    page.locator("h1").wait_for()


def _wrong_setting(page: Any, address: str) -> None:
    page.goto(f"{address}/settings/?open=mailbox")
    page.get_by_label("Your e-mail address").fill("ada@nowhere.example")
    page.get_by_role("button", name="Save and test").click()
    page.get_by_role("alert").wait_for()


def _wrong_statement(page: Any, address: str) -> None:
    page.goto(f"{address}/spending/")
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"not a statement"}
    page.locator("#files").set_input_files(file)
    page.get_by_role("button", name="Read them").click()
    page.locator(".note.error").wait_for()


def _at(path: str) -> State:
    return lambda page, address: page.goto(f"{address}{path}")


STATES: dict[str, State] = {
    "no cases": _at("/cases/"),
    "nothing paid": _at("/spending/"),
    "no such page": _at("/nowhere/"),
    "wrong facts": _wrong_facts,
    "unknown service": _unknown_service,
    "not sure of anything": _not_sure_of_anything,
    "letters": letters,
    "case that ended": case_that_ended,
    "wrong setting": _wrong_setting,
    "wrong statement": _wrong_statement,
    **{
        f"setting {name}": _at(f"/settings/?open={name}")
        for name in ("you", "reminders", "proof", "language", "zone", "backup", "runs")
    },
}
"""The empty ones first: the others fill the lists."""


def test_no_state_of_a_page_shuts_anyone_out(browser: Any, address: str) -> None:
    """With its folds open, in light and in dark, with large text, in forced colours."""
    needs(str(AXE))
    context = browser.new_context()
    page = context.new_page()
    axe, found = AXE.read_text(encoding="utf-8"), {}
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()
    for name, reach in STATES.items():
        reach(page, address)
        page.evaluate(_OPEN_ALL)
        for look in ({"color_scheme": "light"}, {"color_scheme": "dark"}):
            page.emulate_media(**look)
            page.evaluate(axe)
            result = page.evaluate("axe.run({resultTypes: ['violations']})")
            if result["violations"]:
                found[f"{name}, {look}"] = [
                    (v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]
                ]
    context.close()
    assert found == {}


def test_the_whole_journey_goes_by_keyboard(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Go on").wait_for()

    tab_to(page, "Company, app")
    page.keyboard.type("Coursera")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show my answer").wait_for()
    tab_to(page, "What did you buy?")
    page.keyboard.type("Coursera Plus, ann")
    tab_to(page, "Not sure", kind="radio")
    for _ in range(9):
        page.keyboard.press("ArrowDown")
        if page.evaluate(_FOCUSED)["name"].startswith("Coursera itself"):
            break
    tab_to(page, "Where do you live?")
    page.keyboard.type("Germany")
    tab_to(page, "When did you buy it?")
    page.keyboard.type((datetime.now(UTC).date() - timedelta(days=5)).isoformat())
    tab_to(page, "Show my answer")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Change").wait_for()
    tab_to(page, "Prepare")
    page.keyboard.press("Enter")
    page.get_by_label("Your name").wait_for()
    tab_to(page, "Your name")
    page.keyboard.type("Ada Practice")
    tab_to(page, "E-mail of your account")
    page.keyboard.type("ada@practice.invalid")
    tab_to(page, "Practise first")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/?real=*")
    tab_to(page, "They confirmed the end")
    page.keyboard.press("Enter")
    tab_to(page, "It ends on")
    page.keyboard.type(datetime.now(UTC).date().isoformat())
    tab_to(page, "Yes, they confirmed the end")
    page.keyboard.press("Enter")
    page.get_by_text("They confirmed the end", exact=True).wait_for(state="detached")

    context.close()


def tab_to(page: Any, name: str, kind: str = "") -> None:
    """Press Tab until what is called so has the focus, and can be seen to have it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused["name"].startswith(name) and kind in ("", focused["type"]):
            assert focused["ring"], name
            return
    pytest.fail(f"no Tab reaches {name}")


_FOCUSED = """() => { const it = document.activeElement;
  const label = it.labels?.[0]?.innerText ?? it.getAttribute('aria-label')
    ?? it.innerText ?? '';
  const ring = getComputedStyle(it).outlineStyle !== 'none';
  return {name: label.trim(), type: it.type, ring}; }"""
