"""A last day that one offer alone would have is no day of a decision."""

import pytest

from rescind.app.act.plan import plan

DAZN = {
    "service": "dazn",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-09-20",
    "as_of": "2026-11-29",
    "price": "19.99 EUR",
}


@pytest.mark.parametrize(("offer", "has_day"), [("", False), ("annual", True)])
def test_a_far_day_counts_only_for_the_offer_that_has_it(
    offer: str, *, has_day: bool
) -> None:
    facts = DAZN | ({"offer": offer} if offer else {})

    decision = plan(facts).decision

    lead = decision.actions[0]
    assert lead.do == "cancel"
    assert (lead.by is not None) is has_day
    assert offer or "offer" in decision.asks
