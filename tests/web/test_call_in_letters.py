"""A call that was taken down is named by the letters that follow it."""

from typing import Any

import pytest

from rescind.core.act.letter import as_text
from tests.letters.scenarios import PLACES, written
from tests.web.test_desk_pages import words
from tests.web.test_no_notice_came import RECEIPT, reply_in, sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

CALL = {
    "what": "called",
    "on": "29.11.2026",
    "with_whom": "Herr Klein",
    "said": "Die Kündigung ist zum 2. Dezember 2026 akzeptiert",
}


def test_answer_and_reminder_name_day_person_and_words(client: Any) -> None:
    case = sent(client, "email")
    client.post(f"{case}happened/", CALL)
    client.post(f"{case}reply/", {"words": RECEIPT})

    for letter in (
        reply_in(client, case),
        words(client.get(f"{case}letters/?letter=second-notice")),
        words(client.get(f"{case}letters/?letter=complaint")),
    ):
        assert "Am 29. November 2026 habe ich mit Herr Klein telefoniert." in letter
        assert "„Die Kündigung ist zum 2. Dezember 2026 akzeptiert“" in letter


@pytest.mark.parametrize("language", PLACES)
def test_a_call_without_words_says_no_more_than_that_it_was(language: str) -> None:
    more = {"first_kind": "cancel", "first_sent_on": "2026-11-10"}

    letter = written("second-notice", language, call_on="2026-11-15", **more)

    said = {each.id for each in letter.letter.paragraphs}
    assert "call-noted-plain" in said
    assert not said & {"call-noted", "call-said"}


def test_without_a_call_no_letter_names_one(client: Any) -> None:
    case = sent(client, "email")
    client.post(f"{case}reply/", {"words": RECEIPT})

    assert "telefoniert" not in reply_in(client, case)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize(
    "kind", ["reply", "second-notice", "complaint", "refund", "dispute"]
)
def test_every_language_names_it(kind: str, language: str) -> None:
    more = {"first_kind": "cancel", "first_sent_on": "2026-11-10"}
    more |= {"call_on": "2026-11-15", "call_with": "Kim Roe", "call_said": "it ends"}

    text = as_text(written(kind, language, **more).letter)

    assert "Kim Roe" in text
    assert "it ends" in text
