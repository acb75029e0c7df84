"""The longest first term runs from the signing where a law counts it so (Germany)."""

from datetime import date
from typing import Any

import pytest

from rescind.app.act.plan import plan
from rescind.app.know.check import check

FIBRE: dict[str, Any] = {
    "service": "other",
    "merchant": "Glas Co",
    "kind": "telecom",
    "channel": "web",
    "country": "DE",
    "period": "P1M",
    "purchased_at": "2025-01-15",
    "starts_on": "2025-11-01",
    "term": "P24M",
    "notice": "P1M",
    "price": "39.90 EUR",
    "withdrawal_informed": True,
    "as_of": "2026-11-28",
}


def ends_on(**facts: Any) -> date | None:
    told = {n: fact for n, fact in (FIBRE | facts).items() if fact is not None}
    return check(told).verdict.topics["cancel"].ends_on


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        # BGH III ZR 8/25: 24 months from 15 January 2025, not from November
        ({}, date(2027, 1, 14)),
        ({"kind": "gym"}, date(2027, 1, 14)),
        ({"term_ends_at": "2027-10-31", "term": None}, date(2027, 1, 14)),
        # a year from the start is within 24 months of the signing
        ({"term": "P12M", "starts_on": "2026-01-10"}, date(2027, 1, 9)),
        ({"term_ends_at": "2026-12-31", "term": None}, date(2026, 12, 31)),
        # signed and begun on one day
        ({"starts_on": None}, date(2027, 1, 14)),
        # other places do not count so
        ({"country": "AT"}, date(2027, 10, 31)),
    ],
)
def test_a_long_first_term_is_counted_from_the_signing(
    facts: dict[str, Any], end: date
) -> None:
    assert ends_on(**facts) == end


def test_verdict_plan_and_reason_name_the_law_and_one_day() -> None:
    made = plan(FIBRE)
    cancel = made.checked.verdict.topics["cancel"]
    reason = next(why for why in cancel.because if why.code == "law_caps_term")
    assert "de-bgh-tkg56" in {claim.id for claim in reason.claims}
    assert made.decision.ends_on == cancel.ends_on


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, ["purchased_at"]),
        ({"term": "P12M"}, []),
        ({"starts_on": "2024-01-01"}, []),
        ({"country": "AT"}, []),
        ({"term": None, "term_ends_at": "2027-10-31"}, []),
    ],
)
def test_the_day_of_signing_is_asked_for_where_it_may_end_it_sooner(
    facts: dict[str, Any], asked: list[str]
) -> None:
    told = FIBRE | {"purchased_at": None} | facts
    found = check({n: fact for n, fact in told.items() if fact is not None})
    asks = found.verdict.topics["cancel"].asks
    assert [name for name in asks if name == "purchased_at"] == asked
