"""A contract whose plan has no name but the company's is named once."""

import re

import pytest

from rescind.app.act import letters
from tests.letters.scenarios import PLACES

KINDS = ("cancel", "second-notice", "complaint", "on-behalf-of")
MORE = {
    "second-notice": {"first_sent_on": "2026-10-20", "first_kind": "cancel"},
    "complaint": {"problem": "cancellation", "first_sent_on": "2026-10-20"},
    "on-behalf-of": {"holder": "Emmy Noether", "authority": "heir"},
}


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_company_stands_once_in_a_clause(kind: str, language: str) -> None:
    facts = {
        "service": "other",
        "merchant": "FitX",
        "kind": "gym",
        "country": PLACES[language][0],
        "purchased_at": "2026-03-10",
        "period": "P1M",
        "channel": "web",
        "as_of": "2026-11-20",
        **MORE.get(kind, {}),
    }
    sender = {"name": "Ada", "email": "a@home.example.org", "country": facts["country"]}

    wanted = letters.Wanted(kind=kind, language=language)
    paragraphs = letters.write(facts, sender, wanted).letter.paragraphs

    first = next(p.text for p in paragraphs if "FitX" in p.text)
    assert [first.count("FitX")] == [1], first
    assert not re.search(r" [,.]|\(\)|（）|,,", first), first
