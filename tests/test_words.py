"""Words: every code that a person may read has its sentence, in every language."""

from datetime import date
from enum import StrEnum

import pytest

from rescind.adapters.data.words import ENGLISH, FOLDER, languages
from rescind.adapters.data.yaml import read_yaml
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer

ENUMS: dict[str, type[StrEnum]] = {"answer": Answer}
"""Each table whose codes are an enum's, with the enum."""


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", ENUMS)
def test_every_code_of_an_enum_has_its_words(language: str, table: str) -> None:
    words = read_yaml(FOLDER / language / f"{table}.yaml")

    assert set(words) == {each.value for each in ENUMS[table]}


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_table_and_code(language: str) -> None:
    for path in (FOLDER / "en").glob("*.yaml"):
        assert set(read_yaml(FOLDER / language / path.name)) == set(read_yaml(path))


def test_a_sentence_holds_days_sentences_and_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {
        "whole": "{who}: {day} or {day:long}; {names}",
        "left": {"one": "{count} day", "other": "{count} days"},
    }
    monkeypatch.setattr(type(ENGLISH), "table", lambda self, name: table)  # noqa: ARG005
    left = Sentence.of("t", "left", count=1)
    whole = Sentence.of("t", "whole", who=left, day=date(2026, 3, 1), names=("a", "b"))

    assert ENGLISH.say(whole) == "1 day: 2026-03-01 or March 1, 2026; a, b"
    assert ENGLISH.say(Sentence.of("t", "left", count=2)) == "2 days"
