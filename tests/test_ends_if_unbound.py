"""An end that holds only if no term and no notice binds says so wherever it stands."""

from datetime import date
from typing import Any

import pytest

from rescind.adapters.public.decision import answer_json
from rescind.app.act.plan import plan
from rescind.core.follow.due import days_of
from rescind.labels import say

STREAM: dict[str, Any] = {
    "service": "other",
    "merchant": "Fjordstream",
    "kind": "streaming",
    "country": "DE",
    "paid_at": "2026-11-17",
    "period": "P1M",
    "price": "12.99 EUR",
    "as_of": "2026-11-29",
}
CONDITION = "if no term or notice binds you"


def test_who_bills_unknown_takes_no_condition_away() -> None:
    found = plan(STREAM)

    cancel = found.checked.verdict.topics["cancel"]
    assert cancel.ends_on == date(2026, 12, 16)
    assert cancel.ends_if_unbound
    assert {"term", "notice"} <= set(found.checked.verdict.asks)
    assert all(
        "unbound" in str(a.says) for a in found.plan.alternatives if "cancel" in a.do
    )


def test_what_every_biller_ends_on_another_day_has_no_condition() -> None:
    dated = STREAM | {"paid_at": None, "purchased_at": None}

    cancel = plan({n: v for n, v in dated.items() if v}).checked.verdict.topics[
        "cancel"
    ]

    assert cancel.ends_on is None
    assert not cancel.ends_if_unbound


@pytest.mark.parametrize(
    ("told", "unbound"), [({}, True), ({"notice": "P1D", "term": "P1M"}, False)]
)
def test_the_last_day_of_a_case_has_the_condition(
    told: dict[str, str], *, unbound: bool
) -> None:
    found = plan(STREAM | {"channel": "web"} | told)

    days = days_of(answer_json(found.checked, found.decision))

    (cancel,) = (day for day in days if day.what == "cancel")
    assert (CONDITION in say(cancel.text)) is unbound
