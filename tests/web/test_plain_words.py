"""Our own words are kept off the pages: each has a plain one that is said instead."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from rescind.adapters.data.words import FOLDER
from rescind.adapters.data.yaml import read_yaml
from tests.plain import OURS
from tests.web.test_pages_in_words import Reader

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "src" / "rescind" / "web" / "templates" / "rescind"

OF_THE_TERMINAL = frozenset(
    {
        # what only the command line says
        *("answer", "answer_in_sentence", "assumption", "backup", "backup_lacks"),
        *("state", "topic", "damage", "law_status"),
        # names in the full record, which is folded and exact
        *("detail", "event", "waiting", "signature"),
    }
)
"""Tables of words that no page shows but in its full record."""
INSTEAD = frozenset({"bad_input.store_bills", "bad_input.model_form_withdraws_only"})
"""What a page says otherwise (``bad_page.yaml``)."""


def texts(code: str, entry: object) -> Iterator[tuple[str, str]]:
    """Yield the texts of an entry with their codes; placeholders are left out."""
    if isinstance(entry, Mapping):
        for name, inner in entry.items():
            yield from texts(f"{code}.{name}", inner)
    else:
        yield code, re.sub(r"\{[^}]*\}", " ", str(entry))


_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def literal(template: str) -> str:
    """Return what a template says by itself, to be read or to be heard."""
    reader = Reader()
    reader.feed(_TAG.sub(" ", template))
    return " ".join(reader.text)


def test_the_list_finds_our_words() -> None:
    page = '<p>The verdict</p><img alt="a digest"><code>the log</code>{{ merchant }}'

    assert OURS.findall(literal(page)) == ["verdict", "digest"]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda p: p.name)
def test_a_template_says_it_plainly(path: Path) -> None:
    assert OURS.findall(literal(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "table",
    sorted({p.stem for p in (FOLDER / "en").glob("*.yaml")} - OF_THE_TERMINAL),
)
def test_a_sentence_of_a_page_says_it_plainly(table: str) -> None:
    entries = read_yaml(FOLDER / "en" / f"{table}.yaml")
    found = {
        code: OURS.findall(text)
        for code, text in texts(table, entries)
        if OURS.search(text) and code not in INSTEAD
    }

    assert found == {}


def test_the_tables_of_the_terminal_are_there() -> None:
    assert {path.stem for path in (FOLDER / "en").glob("*.yaml")} >= OF_THE_TERMINAL
