"""A last charge that fits no day counted from the first one begins its own rhythm."""

from datetime import date
from typing import Any

import pytest

from rescind.app.act.plan import plan
from rescind.app.know import check

STREAMING = {
    "service": "other",
    "merchant": "Streamtutto",
    "kind": "streaming",
    "country": "IT",
    "channel": "web",
    "sold_by": "online",
    "purchased_at": "2026-06-01",
    "period": "P1M",
    "price": "9.99 EUR",
    "as_of": "2026-11-30",
}
BOUND = {"term": "P1M", "renewal_term": "P1M"}


def end(**more: Any) -> date | None:
    checked = check.check(STREAMING | more)
    return checked.verdict.topics["cancel"].ends_on


@pytest.mark.parametrize(
    ("paid_at", "more", "ends_on"),
    [
        # the card was tried again, or the plan changed, in the middle of the month
        ("2026-11-15", {}, date(2026, 12, 14)),
        ("2026-11-15", BOUND, date(2026, 12, 14)),
        # booked on a working day
        ("2026-11-03", {}, date(2026, 11, 30)),
        ("2026-11-03", BOUND, date(2026, 11, 30)),
        ("2026-10-29", {}, date(2026, 11, 30)),
        # what binds for longer runs on from where it began
        ("2026-11-15", {"term": "P12M", "renewal_term": "P12M"}, date(2027, 5, 31)),
        # charged after it was cancelled: that pays for no further time
        ("2026-11-15", {"cancelled_at": "2026-08-12"}, date(2026, 8, 31)),
    ],
)
def test_paid_time_runs_from_the_newest_charge(
    paid_at: str, more: dict[str, str], ends_on: date
) -> None:
    assert end(paid_at=paid_at, **more) == ends_on


def test_after_a_withdrawal_the_very_next_charge_is_looked_for() -> None:
    gym = {
        "service": "other",
        "merchant": "Atout Forme",
        "kind": "gym",
        "country": "FR",
        "channel": "web",
        "sold_by": "phone",
        "purchased_at": "2026-11-20",
        "term": "P12M",
        "notice": "P1M",
        "period": "P1M",
        "price": "39.90 EUR",
        "paid_at": "2026-11-20",
        "withdrawal_informed": True,
        "as_of": "2026-11-30",
    }

    looks = [act for act in plan(gym).plan.actions if act.do == "watch_statement"]

    assert [act.by for act in looks] == [date(2026, 12, 20)]
