"""The moment to act by is never one that is over."""

from datetime import date, datetime
from typing import Any

import pytest

from rescind.adapters.public.verdict import brief_json, verdict_json
from rescind.app.know.check import check
from rescind.core.act.action import still_by

SAFE = datetime.fromisoformat("2026-11-28T23:59:59-05:00")
LAST = datetime.fromisoformat("2026-12-01T23:59:59-05:00")
GYM: dict[str, Any] = {
    "service": "other",
    "merchant": "Gym Co",
    "kind": "gym",
    "channel": "web",
    "country": "US-NJ",
    "period": "P1M",
    "purchased_at": "2026-11-25",
    "contract_copy_at": "2026-11-25",
    "price": "39.90 USD",
}
DAYS = [
    # the safe day counts every day, the last one those from Monday to Friday
    ("2026-11-28", SAFE),
    ("2026-11-29", LAST),
    ("2026-12-02", None),
]


@pytest.mark.parametrize(("as_of", "by"), DAYS)
def test_the_last_day_stands_once_the_safe_one_is_over(
    as_of: str, by: datetime | None
) -> None:
    assert still_by(SAFE, LAST, date.fromisoformat(as_of), ()) == by
    verdict = check(GYM | {"as_of": as_of}).verdict
    said = by.isoformat() if by else None
    whole = verdict_json(verdict)["topics"]["withdrawal"]
    assert whole["act_by"] == said
    assert whole["latest"] == LAST.isoformat()
    assert brief_json(verdict)["topics"]["withdrawal"].get("act_by") == said


def test_what_has_no_day_has_none() -> None:
    assert still_by(None, LAST, date(2026, 11, 28), ()) is None
    assert still_by(SAFE, None, date(2026, 11, 29), ()) is None
