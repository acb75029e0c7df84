"""What a reply says of the answer that it meets, in every language."""

from typing import Any

import pytest

from rescind.core.act.letter import as_text
from tests.letters.scenarios import PLACES
from tests.letters.test_asked import written

NO_NOTICE = {"answer": "not_received", "given_on": "2026-11-15"}
TOLD = {"cancelled_at": "2026-11-15"}


def said(language: str, **facts: Any) -> list[str]:
    """Return the clauses of a reply."""
    return [p.id for p in written(language, {}, **facts).letter.paragraphs]


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize(
    ("way", "to"), [("email", "help@nordstern.example"), ("post", "Rue 1, Paris")]
)
def test_where_a_notice_went_is_told(language: str, way: str, to: str) -> None:
    told = NO_NOTICE | TOLD | {"given_by": way, "given_to": to}
    letter = written(language, {}, received_on="2026-11-17", **told).letter
    clauses = [p.id for p in letter.paragraphs]

    assert f"given-{way}" in clauses
    assert {"not-received", "received-said", "evidence-of-end", "anew"} <= {*clauses}
    assert "given" not in clauses
    assert "refused" not in clauses
    assert to in as_text(letter)


@pytest.mark.parametrize("language", PLACES)
def test_a_notice_on_their_pages_and_one_of_an_unknown_way(language: str) -> None:
    on_pages = said(language, given_by="pages", **NO_NOTICE, **TOLD)

    assert "given-pages" in on_pages
    assert "given" in said(language, **NO_NOTICE, **TOLD)
    # without the address nobody can say where it went
    assert "given" in said(language, given_by="email", **NO_NOTICE, **TOLD)


def test_notice_is_given_again_once_and_a_withdrawal_is_not() -> None:
    again = said("en", **NO_NOTICE)
    withdrawn = said(
        "en", **NO_NOTICE | {"first_kind": "withdraw"}, withdrawn_at="2026-11-15"
    )

    assert again.count("anew") == 1
    assert said("en", **NO_NOTICE, **TOLD).count("anew") == 1
    assert "anew" not in withdrawn
    assert "evidence-of-withdrawal" in withdrawn


def test_what_proves_it_is_named() -> None:
    clauses = said("en", **NO_NOTICE, **TOLD, proof="Receipt RR123")

    assert "proof-of-end" in clauses
    assert "evidence-of-end" not in clauses


def test_a_note_says_what_to_put_in() -> None:
    letter = written("en", {}, **NO_NOTICE, **TOLD).letter

    assert "proof_enclosed" in {each.code for each in letter.problems}
