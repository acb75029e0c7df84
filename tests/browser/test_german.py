"""German, drawn through two pages: longer words break nothing, and none is left out."""

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from tools.translations import LOCALE, compiled

from rescind import web
from tests.browser.walk import ARGUMENTS, CHROMIUM, serving
from tests.conftest import needs

PHONE = 390
PAGES = ("/", "/help/")
TEMPLATES = Path(web.__file__).parent / "templates" / "rescind"
DRAWN = ("base.html", "home.html", "help.html")
_MARKED = re.compile(
    r'{% translate "([^"]+)" %}|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}'
)


def marked() -> set[str]:
    """Return what the drawn templates give to be translated, as catalogues have it."""
    texts = "".join((TEMPLATES / name).read_text("utf-8") for name in DRAWN)
    found = {one or block for one, block in _MARKED.findall(texts)}
    return {re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", text) for text in found}


@pytest.mark.parametrize("language", sorted(path.name for path in LOCALE.iterdir()))
def test_a_catalogue_is_whole_and_compiled(language: str) -> None:
    po = LOCALE / language / "LC_MESSAGES" / "django.po"
    with po.open("rb") as file:
        catalogue = read_po(file)
    entries = {str(each.id): str(each.string) for each in catalogue if each.id}

    assert set(entries) == marked()
    assert all(entries.values())
    # its bytes also hold the moment of compiling: what it says is compared
    for content in (po.with_suffix(".mo").read_bytes(), compiled(po)):
        said = GNUTranslations(BytesIO(content))
        assert {text: said.gettext(text) for text in entries} == entries


@pytest.fixture
def german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Any, str]]:
    needs(CHROMIUM)
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("RESCIND_LANGUAGES", "de")
    with sync_playwright() as playwright, serving(tmp_path) as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            locale="de-DE", viewport={"width": PHONE, "height": 844}
        )
        yield context.new_page(), address
        browser.close()


def test_two_pages_in_german_fit_on_a_phone(german: tuple[Any, str]) -> None:
    page, address = german
    page.goto(address)
    page.get_by_role("button", name="Weiter").wait_for()
    english = marked()
    for path in PAGES:
        page.goto(f"{address.rpartition('/start/')[0]}{path}")
        for fold in page.locator("summary").all():
            fold.click()
        seen = [line.strip() for line in page.inner_text("body").split("\n")]

        assert page.locator("html").get_attribute("lang") == "de"
        assert english & set(seen) == set()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        # nothing is cut off either
        assert page.evaluate(_CUT) == []
        # nor by words that are longer still
        page.evaluate(_LONGER)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        assert page.evaluate(_CUT) == []


_LONGER = """() => { const walker = document.createTreeWalker(
    document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) { const node = walker.currentNode;
    node.data = node.data.replace(/\\p{L}{4,}/gu, (word) =>
      word + word.slice(-Math.ceil(word.length * 0.3))); } }"""
_CUT = """() => [...document.querySelectorAll('a, button, summary, label, h1, h2')]
  .filter(each => each.checkVisibility() && !each.matches('.skip'))
  .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
  .map(each => each.innerText)"""


def test_without_being_asked_for_a_language_that_is_not_whole_is_not_shown(
    tmp_path: Path,
) -> None:
    needs(CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, serving(tmp_path) as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(locale="de-DE").new_page()
        page.goto(address)
        page.get_by_role("button", name="Go on").wait_for()
        language = page.locator("html").get_attribute("lang")
        browser.close()

    assert language == "en"
