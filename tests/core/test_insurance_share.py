"""An insurer may keep the share of the cover that was had if asked to begin."""

from typing import Any

import pytest

from rescind.adapters.public.decision import answer_json
from rescind.app.act.plan import plan

COVER: dict[str, Any] = {
    "service": "other",
    "merchant": "Mutuelle X",
    "kind": "insurance",
    "channel": "web",
    "country": "FR",
    "purchased_at": "2026-11-20",
    "period": "P1Y",
    "price": "365.00 EUR",
    "as_of": "2026-11-29",
}


@pytest.mark.parametrize(
    ("told", "words", "sure"),
    [
        # ten days of 365 were had, the day of the notice counted
        ({}, "up to €365", "355.00"),
        ({"withdrawal_informed": False}, "claim your €365", "365.00"),
        ({"withdrawal_informed": True, "start_requested": True}, "€355", "355.00"),
    ],
)
def test_what_an_insurer_may_keep_is_told(
    told: dict[str, bool], words: str, sure: str
) -> None:
    found = plan(COVER | told)

    form = answer_json(found.checked, found.decision)
    back = found.checked.verdict.topics["withdrawal"].amount
    assert words.replace("€", "") in form["headline"].replace(".00 EUR", "")
    assert str(back.amount if back else None) == sure
