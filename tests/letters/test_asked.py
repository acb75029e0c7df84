"""What a reply gives of what was asked for: a detail, a paper, or neither."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.act.letter import as_text
from rescind.core.model.letter import Letter
from tests.given import SENDER
from tests.letters.scenarios import PLACES

FACTS: dict[str, Any] = {
    "service": "other",
    "merchant": "Nordstern Media",
    "kind": "streaming",
    "channel": "paypal",
    "country": "FR",
    "period": "P1M",
    "price": "9.99 EUR",
    "as_of": "2026-11-30",
    "first_kind": "cancel",
    "first_sent_on": "2026-11-15",
    "answer": "needs_information",
    "answered_on": "2026-11-20",
}
DIED = {"died_at": "2026-11-03", "holder": "Kirsten Marie", "first_kind": "cancel"}


def written(language: str, sender: dict[str, Any], **facts: Any) -> letters.Written:
    who = {n: SENDER[n] for n in ("name", "email", "address", "country")} | sender
    wanted = letters.Wanted(kind="reply", language=language)
    return letters.write(FACTS | facts, who, wanted)


def clauses(language: str, sender: dict[str, Any], **facts: Any) -> set[str]:
    return {p.id for p in written(language, sender, **facts).letter.paragraphs}


@pytest.mark.parametrize("language", PLACES)
def test_a_detail_that_was_asked_for_stands_among_the_references(language: str) -> None:
    given = {"other_email": "old@home.example.org", "invoice_id": "1AB23456CD789012E"}
    letter = written(language, given, asked="email transaction").letter

    said = {p.id for p in letter.paragraphs}
    assert "information" in said
    assert not said & {"information-no-more", "no-identity"}
    shown = dict(letter.references)
    assert {"old@home.example.org", "1AB23456CD789012E"} <= set(shown.values())
    assert "Other email" not in shown


@pytest.mark.parametrize("language", PLACES)
def test_who_has_no_such_detail_says_so(language: str) -> None:
    none = {"asked": "email transaction", "lacks": "other_email invoice_id"}
    letter = written(language, {}, **none).letter
    said = {p.id for p in letter.paragraphs}

    assert "information-no-more" in said
    assert not said & {"information", "information-open"}
    assert not open_fields(letter)


def open_fields(letter: Letter) -> list[str | None]:
    return [each.field for each in letter.problems if each.code == "asked_open"]


@pytest.mark.parametrize("language", PLACES)
def test_of_a_detail_that_nobody_spoke_of_a_letter_says_nothing(language: str) -> None:
    asked = {"asked": "email transaction", "lacks": "other_email"}
    letter = written(language, {}, **asked).letter
    said = {p.id for p in letter.paragraphs}

    assert "information-open" in said
    assert not said & {"information", "information-no-more"}
    assert open_fields(letter) == ["invoice_id"]
    given = written(language, {"invoice_id": "1AB2345"}, **asked).letter
    assert not open_fields(given)


@pytest.mark.parametrize("language", PLACES)
def test_an_identity_document_is_refused_only_where_it_is_asked_for(
    language: str,
) -> None:
    assert "no-identity" in clauses(language, {}, asked="identity")
    assert "no-identity" not in clauses(language, {}, asked="email")
    assert "no-identity" not in clauses(language, {})


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("papers", ["certificate", "both"])
def test_heirs_enclose_what_was_asked_for(language: str, papers: str) -> None:
    letter = written(language, {}, asked=papers, papers=papers, **DIED).letter
    said = {p.id for p in letter.paragraphs}

    assert {"answered-heir", "heir-dated", f"papers-{papers}", "stop-theirs"} <= said
    assert not said & {"answered", "information", "no-identity", "stop"}
    assert "Kirsten Marie" in as_text(letter)


def test_only_heirs_enclose_papers() -> None:
    said = clauses("en", {}, asked="certificate", papers="certificate")

    assert "papers-certificate" not in said
    assert "information" in said
