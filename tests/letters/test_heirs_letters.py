"""What heirs write: no more is ended, enclosed or demanded than is so."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.act.letter import as_text
from tests.given import SENDER
from tests.letters.scenarios import PLACES

INSURED: dict[str, Any] = {
    "service": "other",
    "merchant": "Mobilforsikring Nord",
    "kind": "insurance",
    "channel": "direct",
    "sold_by": "online",
    "country": "DK",
    "purchased_at": "2024-01-15",
    "term": "P12M",
    "price": "79 DKK",
    "period": "P1M",
    "paid_at": "2026-11-15",
    "as_of": "2026-11-30",
    "died_at": "2026-11-03",
    "holder": "Kirsten Marie",
}
"""Nobody told how the year went on, and no law on file ends it by the month."""


def written(language: str = "en", **facts: Any) -> letters.Written:
    wanted = letters.Wanted(kind="on-behalf-of", language=language)
    return letters.write(INSURED | facts, SENDER, wanted)


def clauses(**facts: Any) -> set[str]:
    return {each.id for each in written(**facts).letter.paragraphs}


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["insurance", "energy", "telecom", "newspaper"])
def test_what_heirs_may_need_is_not_ended_with_it(language: str, kind: str) -> None:
    said = {p.id for p in written(language, kind=kind).letter.paragraphs}

    assert "declare-one" in said
    assert "declare" not in said


def test_an_account_for_films_goes_as_a_whole() -> None:
    assert "any other subscription" in as_text(written(kind="streaming").letter)


@pytest.mark.parametrize("language", PLACES)
def test_an_end_that_rests_on_no_rule_is_asked_for(language: str) -> None:
    said = {p.id for p in written(language).letter.paragraphs}

    assert "ask-end" in said
    assert not said & {"effective", "effective-chosen"}


def test_a_notice_that_was_told_is_a_rule() -> None:
    assert "ask-end" not in clauses(notice="P1M")
    assert "ask-end" not in clauses(purchased_at="2026-02-15")


def test_nobody_says_that_something_lies_beside_the_letter() -> None:
    assert "enclose" not in as_text(written().letter)
    assert "on request" in as_text(written().letter)
    assert "enclose" not in as_text(written(died_at=None, authority="guardian").letter)
