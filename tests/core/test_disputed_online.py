"""A right whose reach nobody settled is disputed, and neither given nor denied."""

from typing import Any

import pytest

from rescind.app.know.check import check

ONLINE: dict[str, Any] = {
    "service": "other",
    "merchant": "Example Co",
    "kind": "streaming",
    "channel": "web",
    "country": "TH",
    "period": "P1M",
    "purchased_at": "2026-11-25",
    "price": "390 THB",
    "as_of": "2026-11-28",
}


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, "disputed"),
        ({"purchased_at": "2026-11-10"}, "no"),
        ({"sold_by": "phone"}, "yes"),
        ({"sold_by": "premises"}, "no"),
    ],
)
def test_an_order_online_in_thailand_may_be_direct_marketing(
    facts: dict[str, Any], answer: str
) -> None:
    found = check(ONLINE | facts).verdict.topics["withdrawal"].answer
    assert found is not None
    assert found.value == answer
