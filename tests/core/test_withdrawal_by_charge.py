"""A charge shows that it was bought by then, though nobody knows the day."""

from datetime import date
from typing import Any

import pytest

from rescind.app.know.check import check
from tests.core.test_own_texts import topic


def withdrawal(**facts: Any) -> tuple[str, str]:
    found = topic("withdrawal", {}, country="DE", **facts)
    assert found.answer is not None
    return found.answer.value, found.because[0].code


@pytest.mark.parametrize("fact", ["charged_since", "paid_at"])
def test_an_old_charge_ends_every_period(fact: str) -> None:
    # 12 months and 14 days is the longest period, for who was never told of the right
    assert withdrawal(**{fact: date(2025, 5, 20)}) == ("no", "law_over_by_charge")


def test_a_newer_charge_leaves_open_whether_one_was_told() -> None:
    assert withdrawal(charged_since=date(2026, 4, 1))[0] == "depends"
    told = {"withdrawal_informed": True}
    assert withdrawal(charged_since=date(2026, 4, 1), **told)[0] == "no"


def test_a_charge_within_the_period_says_nothing() -> None:
    told = {"withdrawal_informed": True, "charged_since": date(2026, 6, 1)}
    assert withdrawal(**told) == ("depends", "first_day_decides")


def test_the_day_of_purchase_goes_first() -> None:
    bought = {"purchased_at": date(2026, 6, 5), "paid_at": date(2026, 6, 5)}
    assert withdrawal(withdrawal_informed=True, **bought)[0] == "yes"


def test_goods_that_may_not_have_come_are_not_over() -> None:
    old = {"charged_since": date(2025, 5, 20), "kind": "goods"}
    assert withdrawal(**old)[0] == "depends"


@pytest.mark.parametrize(
    ("more", "answer", "asks"),
    [
        # seven days from the copy, of which nobody said when it came (CPA s 40)
        ({}, "depends", "contract_copy_at"),
        ({"contract_copy_at": "2026-11-27"}, "yes", ""),
        ({"contract_copy_at": "2026-08-16"}, "no", ""),
        # it has not begun while no copy came
        ({"contract_copy_received": False}, "yes", ""),
        # bought so late that no copy can have come more than seven days ago
        ({"purchased_at": "2026-11-26"}, "yes", ""),
    ],
)
def test_a_period_from_a_copy_that_came_on_no_known_day_is_asked_for(
    more: dict[str, Any], answer: str, asks: str
) -> None:
    software = {
        "service": "other",
        "merchant": "Pixelbrush",
        "kind": "software",
        "country": "CA-ON",
        "channel": "web",
        "sold_by": "online",
        "purchased_at": "2026-08-15",
        "term": "P12M",
        "period": "P1M",
        "price": "29.99 CAD",
        "disclosure_complete": False,
        "as_of": "2026-11-30",
    }

    found = check(software | more).verdict.topics["withdrawal"]

    assert found.answer is not None
    assert found.answer.value == answer
    assert asks == "" or asks in found.asks
