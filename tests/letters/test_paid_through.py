"""Money that a store took: who took it is told to the company."""

from typing import Any

import pytest

from rescind.adapters.data.letters import languages
from tests.letters.scenarios import written
from tests.letters.test_faults import clauses

THROUGH = {"paid_through": "Google Play"}


@pytest.mark.parametrize("language", languages("refund"))
@pytest.mark.parametrize("kind", ["refund", "withdraw"])
def test_a_letter_to_the_company_names_the_store(kind: str, language: str) -> None:
    silent = clauses(written(kind, language, **THROUGH).letter)
    facts: dict[str, Any] = {**THROUGH, "biller_refused_on": "2026-11-20"}
    refused = clauses(written(kind, language, **facts).letter)

    assert "Google Play" in silent["through"]
    assert "through-refused" not in silent
    assert "Google Play" in refused["through-refused"]
    assert "declare" not in refused or kind == "withdraw"


def test_what_is_asked_beyond_a_grant_is_owed_only_by_a_right() -> None:
    facts: dict[str, Any] = {"amount": "24.50 USD", "agreed": "24.50 USD"}
    facts |= {"country": "US", "cancelled_at": None, "channel": "web"}

    letter = clauses(written("refund", "en", **facts).letter)

    assert "goodwill" in letter
    assert "owed-in-all-agreed" not in letter
