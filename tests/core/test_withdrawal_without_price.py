"""A withdrawal comes first where it brings more back, also where no price was told."""

from typing import Any

import pytest

from rescind.app.act.plan import plan

BOUGHT: dict[str, Any] = {
    "service": "other",
    "merchant": "Ex",
    "kind": "service",
    "channel": "web",
    "period": "P1M",
    "sold_by": "online",
    "purchased_at": "2026-11-23",
    "as_of": "2026-11-28",
}


@pytest.mark.parametrize(
    "told",
    [
        {"country": "KR", "contract_copy_at": "2026-11-23"},
        {"country": "DE", "start_requested": False},
        {"country": "DE", "start_requested": True, "withdrawal_informed": True},
        {"country": "GB"},
    ],
)
def test_the_actions_do_not_turn_on_a_price(told: dict[str, Any]) -> None:
    without = [action.do for action in plan(BOUGHT | told).plan.actions]
    with_price = plan(BOUGHT | told | {"price": "12.90 EUR"}).plan.actions

    assert without == [action.do for action in with_price]


def test_a_withdrawal_in_korea_comes_first() -> None:
    told = {"country": "KR", "contract_copy_at": "2026-11-23"}

    assert plan(BOUGHT | told).plan.actions[0].do == "withdraw"
