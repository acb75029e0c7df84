"""Letters about a cancellation of before: they name its day, and no letter."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.act.letter import as_text
from tests.letters.scenarios import PLACES, written

TOLD = {"cancelled_at": "2026-11-10", "first_kind": "cancel"}


def clauses(kind: str, language: str, **more: Any) -> tuple[set[str], letters.Written]:
    letter = written(kind, language, first_sent_on=None, **TOLD, **more)
    return {each.id for each in letter.letter.paragraphs}, letter


@pytest.mark.parametrize("language", PLACES)
def test_a_confirmation_is_asked_for_of_what_was_cancelled(language: str) -> None:
    said, letter = clauses("second-notice", language)

    assert {"told", "anew", "confirm-told"} <= said
    assert not said & {"first", "first-undated", "which", "stands", "answer-end"}
    assert "Nordstern" in as_text(letter.letter)
    missing = [p.says.code for p in letter.letter.problems if p.field]
    assert "detail_missing" not in missing


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("answer", ["call_wanted", "redirected"])
def test_an_answer_to_them_names_no_letter_of_before(
    language: str, answer: str
) -> None:
    said, _ = clauses("reply", language, answer=answer, answered_on="2026-11-15")

    named = {"call_wanted": "call-told", "redirected": "redirected-told"}[answer]
    assert {"answered-told", named, "upheld-on"} <= said
    assert not said & {"answered", "answered-undated", "call-wanted", "redirected"}
    assert "stands" not in said


def test_in_english_it_says_the_day_and_asks_for_the_end() -> None:
    _, letter = clauses("second-notice", "en")
    text = as_text(letter.letter)

    assert "on 10 November 2026. I have received no confirmation" in text
    assert "that the contract ends, stating the date" in text
    assert "letter" not in text
