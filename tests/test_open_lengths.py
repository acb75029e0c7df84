"""A service on file that is sold in several lengths: the person's own length counts."""

from typing import Any

import pytest

from rescind.adapters.public.verdict import verdict_json
from rescind.app.know import check

PARSHIP = {
    "service": "parship",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-03-20",
    "as_of": "2026-11-29",
    "price": "359.40 EUR",
}


def verdict(**more: str) -> Any:
    return verdict_json(check.check(PARSHIP | more).verdict)


def test_a_length_that_is_told_measures_the_end() -> None:
    answer = verdict(term="P6M", period="P6M", notice="P1M")

    assert answer["topics"]["renewal"]["at"] == "2027-03-20"
    assert answer["topics"]["cancel"]["ends_on"] == "2026-12-29"
    assert "fact_not_used" not in [w["code"] for w in answer["warnings"]]


def test_a_length_that_is_not_told_is_asked_for() -> None:
    answer = verdict()

    assert answer["topics"]["cancel"]["ends_on"] is None
    assert answer["topics"]["cancel"]["asks"]


@pytest.mark.parametrize(("offer", "at"), [("subscription", "2027-05-20"), ("", None)])
def test_a_period_counts_for_what_was_bought_alone(offer: str, at: str | None) -> None:
    facts = {
        "service": "tinder",
        "channel": "web",
        "country": "DE",
        "purchased_at": "2026-11-20",
        "as_of": "2026-11-29",
        "period": "P6M",
    }
    given = facts | ({"offer": offer} if offer else {})

    answer = verdict_json(check.check(given).verdict)

    # another plan of the same service has a period of its own
    assert answer["topics"]["renewal"]["at"] == at
