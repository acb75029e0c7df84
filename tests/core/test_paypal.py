"""A payment by PayPal is disputed there, within PayPal's own time, and at no bank."""

from typing import Any

import pytest

from rescind.app.act.plan import Planned, plan
from rescind.app.act.workbench import kinds_of

BOX: dict[str, Any] = {
    "service": "other",
    "merchant": "Green Skillet",
    "kind": "food_box",
    "channel": "paypal",
    "sold_by": "online",
    "country": "US-NY",
    "purchased_at": "2026-04-05",
    "price": "71.94 USD",
    "period": "P1W",
    "payment_method": "paypal",
    "cancelled_at": "2026-10-12",
    "paid_at": "2026-11-20",
    "as_of": "2026-11-30",
}


def planned(**facts: Any) -> Planned:
    told = BOX | facts
    return plan({name: value for name, value in told.items() if value is not None})


def test_the_dispute_is_opened_at_paypal_within_its_own_days() -> None:
    made = planned()
    (dispute,) = [a for a in made.decision.actions if a.do == "dispute"]

    assert made.decision.headline.code == "claim_paypal"
    assert dispute.to == "PayPal"
    # 180 days from 20 November
    assert str(dispute.latest or dispute.by).startswith("2027-05-19")
    assert "dispute" not in kinds_of(made.decision)


def test_who_bills_by_paypal_and_tells_no_other_way_goes_there_too() -> None:
    made = planned(payment_method=None)

    assert made.decision.headline.code == "claim_paypal"


@pytest.mark.parametrize("method", ["visa-credit", "bank-account"])
def test_a_card_or_an_account_behind_it_has_its_bank(method: str) -> None:
    made = planned(payment_method=method)

    assert made.decision.headline.code == "claim"
    assert "dispute" in kinds_of(made.decision)


def test_a_charge_that_nobody_agreed_to_is_disputed_there_as_well() -> None:
    made = planned(cancelled_at=None, charge_unauthorised=True)

    assert made.decision.headline.code == "dispute_paypal"


def test_who_is_charged_by_paypal_is_not_asked_how_it_is_paid() -> None:
    made = planned(payment_method=None)
    (dispute,) = [a for a in made.decision.actions if a.do == "dispute"]

    assert "payment_method" not in dispute.asks
    assert str(dispute.latest or dispute.by).startswith("2027-05-19")
