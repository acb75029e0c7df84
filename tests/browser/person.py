"""Somebody on a phone who does only what can be seen, and what it takes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from tests.browser.walk import PHONE

_SEEN = """(main, without) => { const seen = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) { const each = walker.currentNode.parentElement;
    if (each.checkVisibility() && !each.closest('option, script, .hidden' + without))
      seen.push(walker.currentNode.data); }
  return seen.join(' '); }"""


def days_ago(days: int, zone: tzinfo = UTC) -> date:
    """Return the day that it was some days ago, near midnight where somebody is."""
    return datetime.now(zone).date() - timedelta(days=days)


def typed(day: date) -> str:
    """Return a day as many people type it: 1.3.2025."""
    return f"{day.day}.{day.month}.{day.year}"


def typed_in_america(day: date) -> str:
    """Return a day as it is typed there: March 1, 2025."""
    return f"{day:%B} {day.day}, {day.year}"


def one_line(text: str) -> str:
    return " ".join(text.split())


def read(page: Any) -> tuple[int, float]:
    """Return how many words one sees, and how many screens of a phone they take.

    What one chooses from, and the letters themselves, do not count.
    """
    height = page.evaluate("document.documentElement.scrollHeight")
    words = page.locator("main").evaluate(_SEEN, ", .paper").split()
    return len(words), height / PHONE["height"]


@dataclass(slots=True, kw_only=True)
class Walk:
    """What a way took, and how long the answer on it is, folds closed."""

    clicks: int = 0
    """Presses on a button, a link or a fold."""
    choices: int = 0
    """Of a list, of a circle, or a tick."""
    fields: int = 0
    """Typed ones, and files."""
    words: int = 0
    screens: float = 0.0

    def taken(self) -> tuple[int, int, int]:
        """Return the clicks, the choices and the typed fields."""
        return self.clicks, self.choices, self.fields


@dataclass(slots=True)
class Person:
    """Clicks, chooses and types; what is only looked at does not count."""

    page: Any
    walk: Walk = field(default_factory=Walk)

    def press(self, name: str) -> None:
        """Press the button, or follow the link, that is called so."""
        named = re.compile(f"^{re.escape(name)}$")
        buttons = self.page.get_by_role("button", name=named)
        links = self.page.get_by_role("link", name=named)
        buttons.or_(links).first.click()
        self.walk.clicks += 1

    def open(self, fold: str) -> None:
        """Open a fold."""
        self.page.locator("summary").get_by_text(fold, exact=True).first.click()
        self.walk.clicks += 1

    def looks_into(self, fold: str) -> str:
        """Return what a fold holds; the letter's way does not go through it."""
        summary = self.page.locator("summary").get_by_text(fold, exact=True).first
        summary.click()
        return one_line(summary.locator("xpath=ancestor::details[1]").inner_text())

    def tell(self, facts: Mapping[str, str]) -> None:
        """Answer questions, by what they are called on the page."""
        for label, value in facts.items():
            self._answer(label, value)

    def _answer(self, label: str, value: str) -> None:
        groups = self.page.get_by_role("group", name=label, exact=True)
        fields = self.page.get_by_label(label, exact=True)
        inputs = fields.and_(self.page.locator("input, select, textarea"))
        seen = (groups.or_(inputs)).and_(self.page.locator(":visible")).first
        kind = seen.evaluate("it => it.type")
        if kind == "fieldset":
            seen.get_by_label(value, exact=True).check()
        elif kind == "select-one":
            seen.select_option(label=value)
        elif kind in ("radio", "checkbox"):
            seen.check()
        else:
            seen.fill(value)
            seen.blur()
        is_typed = kind not in ("fieldset", "select-one", "radio", "checkbox")
        self.walk.fields += is_typed
        self.walk.choices += not is_typed

    def give(self, file: Mapping[str, Any]) -> None:
        """Give a file from the phone."""
        self.page.locator("#files").set_input_files(file)
        self.walk.fields += 1

    def begin(self, name: str) -> None:
        """Say on the first page what is to be stopped."""
        self.tell({"Company, app or the line on your statement": name})
        self.press("Go on")

    def happened(self, what: str, facts: Mapping[str, str] | None = None) -> None:
        """Tick what happened, and answer what is asked beneath it."""
        self.open("Did anything else happen?")
        self.tell({what: "tick", **(facts or {})})

    def answer(self) -> str:
        """Ask for the answer; return what one sees of it, folds closed."""
        self.press("Show my answer")
        return self.sees_answer()

    def sees_answer(self) -> str:
        """Return what one sees of an answer, and note how long it is."""
        self.page.get_by_role("link", name="Change").wait_for()
        self.walk.words, self.walk.screens = read(self.page)
        return self.sees()

    def sees(self) -> str:
        """Return what stands on the page, folds closed, in one line."""
        return one_line(self.page.locator("main").evaluate(_SEEN, ""))

    def arrives(self, title: str) -> str:
        """Wait for a page by its title; return what one sees there."""
        self.page.get_by_role("heading", level=1, name=title).wait_for()
        return self.sees()

    def reads_letters(self, *names: str) -> dict[str, str]:
        """Return the text of each letter by its heading, once it holds these names."""
        anew = self.page.get_by_role("button", name="Show the letters anew")
        if anew.count():
            anew.click()
        for name in names:
            self.page.locator(".paper").filter(has_text=name).first.wait_for()
        for fold in self.page.locator(".sheet-of summary:has(h2)").all():
            fold.click()
        return {
            one_line(sheet.locator("h2").inner_text()): one_line(
                sheet.locator(".paper").inner_text()
            )
            for sheet in self.page.locator(".sheet-of").all()
        }
