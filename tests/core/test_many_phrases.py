"""Many phrases at once find what one pattern of them all finds."""

import json
from pathlib import Path

import pytest

from rescind.adapters.data.phrasebooks import FOLDER
from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.reading.phrases import (
    Either,
    Phrases,
    Unless,
    any_of,
    fold,
    phrases_of,
    sentences,
)

ANSWERS = Path(__file__).parents[1] / "reading" / "answers" / "s.jsonl"
EVERY = 9
LARGE = [name for name, each in read_yaml(FOLDER / "demands.yaml").items()][:60]


def said() -> list[str]:
    """Return the sentences of some answers in twelve languages."""
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()[::EVERY]
    return [fold(s) for line in lines for s in sentences(json.loads(line)["body"])]


@pytest.mark.parametrize("name", LARGE)
def test_the_same_is_found_at_the_same_place(name: str) -> None:
    phrases = read_yaml(FOLDER / "demands.yaml")[name]
    one, many = any_of(phrases), phrases_of(phrases)
    for sentence in said():
        first, other = one.search(sentence), many.search(sentence)
        assert (first is None) is (other is None), sentence
        assert first is None or other is None or first.start() == other.start()


def test_a_phrase_inside_a_word_is_found_before_a_later_word() -> None:
    starts = [f"{letter}end" for letter in "abcdefghijklmnopqrstuvwxyz"]
    found = phrases_of([*starts, "[0-9] ?kr"])

    assert isinstance(found, Phrases)
    inside = found.search("pay 39 kr, then send it")
    word = found.search("send 39 kr")
    assert inside
    assert word
    assert (inside[0], word[0]) == ("9 kr", "send")
    assert found.search("nothing here") is None


def test_words_say_nothing_where_others_stand() -> None:
    runs = Unless(words=any_of(["goes on"]), others=any_of(["until"]))
    either = Either((runs, any_of(["renews"])))

    assert either.search("it goes on")
    assert not either.search("it goes on until may")
    assert either.search("it goes on until may and renews")
