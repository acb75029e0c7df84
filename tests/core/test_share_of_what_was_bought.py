"""A share on withdrawal: of the time that was bought, and of who was told alone."""

from decimal import Decimal
from typing import Any

import pytest

from rescind.adapters.public.plan import plan_json
from rescind.app.act.plan import plan
from rescind.app.know.check import check
from rescind.core.model.verdict import Answer

YEARLY: dict[str, Any] = {
    "service": "other",
    "merchant": "Example Co",
    "kind": "streaming",
    "channel": "web",
    "country": "DE",
    "period": "P1Y",
    "purchased_at": "2026-11-14",
    "paid_at": "2026-11-14",
    "price": "119.88 EUR",
    "withdrawal_informed": True,
    "start_requested": True,
    "as_of": "2026-11-24",
}


def owed(**facts: Any) -> Decimal:
    topic = check(YEARLY | facts).verdict.topics["withdrawal"]
    assert topic.owed is not None
    return topic.owed.amount


@pytest.mark.parametrize(
    "facts",
    [
        {},
        # a charge that is told or counted before the year is over ends no year
        {"trial_ends_at": "2026-12-14"},
        {"renews_at": "2026-12-14"},
    ],
    ids=["plain", "trial", "told"],
)
def test_a_share_is_of_the_year_that_was_paid_for(facts: dict[str, Any]) -> None:
    # 11 of 365 days of 119.88
    assert owed(**facts) == Decimal("3.62")
    made = plan(YEARLY | facts)
    step = next(
        each
        for each in plan_json(made.plan, made.decision, made.checked)["do"]
        if each["do"] == "withdraw"
    )
    assert step["amount"] == {"amount": "116.26", "currency": "EUR"}


def test_a_next_charge_that_is_told_ends_most_of_a_year() -> None:
    # a month on trial before it counts as part of the year: 11 of 335 days
    assert owed(renews_at="2027-10-15") == Decimal("3.94")


def test_a_time_that_ends_on_no_known_day_has_no_share() -> None:
    facts = YEARLY | {"period": None}
    found = check({name: told for name, told in facts.items() if told is not None})
    assert found.verdict.topics["withdrawal"].owed is None


@pytest.mark.parametrize("country", ["DE", "FR", "AT", "IT", "PL"])
def test_who_can_only_withdraw_untold_owes_nothing(country: str) -> None:
    late: dict[str, Any] = {
        "country": country,
        "purchased_at": "2026-01-01",
        "price": "109.89 EUR",
        "as_of": "2026-11-28",
    }
    facts = {
        name: told
        for name, told in (YEARLY | late).items()
        if name not in {"paid_at", "withdrawal_informed", "start_requested"}
    }

    made = plan(facts)

    topic = made.checked.verdict.topics["withdrawal"]
    assert topic.answer is Answer.DEPENDS
    assert topic.amount is not None
    assert topic.owed is not None
    assert topic.amount.amount == Decimal("109.89")
    assert not topic.owed.amount
    assert not [why for why in topic.because if why.code.startswith("share_")]
    assert not [
        each for each in made.checked.verdict.warnings if each.code == "share_due"
    ]


def test_a_purchase_within_the_period_may_owe_a_share_untold_of() -> None:
    facts = {n: told for n, told in YEARLY.items() if n != "withdrawal_informed"}
    warnings = check(facts).verdict.warnings
    assert [each for each in warnings if each.code == "share_due"]
    untold = check(facts | {"withdrawal_informed": False}).verdict.warnings
    assert not [each for each in untold if each.code == "share_due"]
