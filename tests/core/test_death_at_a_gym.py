"""A German gym's member has died: the way out that nobody settled is named."""

from typing import Any

import pytest

from rescind.app.act.plan import plan
from rescind.app.know.check import check
from rescind.core.model.verdict import Answer

GYM: dict[str, Any] = {
    "service": "other",
    "merchant": "FitX",
    "kind": "gym",
    "channel": "web",
    "country": "DE",
    "period": "P1M",
    "term": "P24M",
    "notice": "P1M",
    "renewal_term": "P1M",
    "purchased_at": "2025-10-01",
    "price": "29.90 EUR",
    "withdrawal_informed": True,
    "as_of": "2026-11-28",
}


@pytest.mark.parametrize(
    ("facts", "claims"),
    [({"died_at": "2026-11-10"}, {"de-gym-tod-314", "de-gym-tod-bgh"}), ({}, set())],
    ids=["died", "alive"],
)
def test_heirs_read_that_it_may_end_at_once(
    facts: dict[str, Any], claims: set[str]
) -> None:
    because = check(GYM | facts).verdict.topics["cancel"].because
    open_ways = [why for why in because if why.code == "law_exit_unsettled"]
    assert {claim.id for why in open_ways for claim in why.claims} == claims


def test_nobody_waits_for_the_terms_end_with_what_may_end_it_today() -> None:
    made = plan(GYM | {"died_at": "2026-11-10"})
    tell = next(each for each in made.decision.actions if each.do == "tell")
    assert tell.by is None
    assert tell.answer is Answer.DISPUTED
    # in a place without such a right the contract's own day stays
    other = plan(GYM | {"died_at": "2026-11-10", "kind": "streaming"})
    tell = next(each for each in other.decision.actions if each.do == "tell")
    assert tell.answer is None
