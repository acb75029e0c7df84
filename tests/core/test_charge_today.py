"""On the day of a charge, or of a trial's end: today, and not a period later."""

from datetime import date
from typing import Any

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.app.act.plan import plan

S = {
    "service": "other",
    "merchant": "S",
    "channel": "web",
    "kind": "streaming",
    "country": "US-TX",
    "purchased_at": "2026-11-23",
    "price": "9 USD",
    "period": "P1M",
    "as_of": "2026-11-30T09:00:00-06:00",
}


@pytest.mark.parametrize(
    "told",
    [
        {"trial_ends_at": "2026-11-30"},
        {"trial_ends_at": "2026-11-30T18:00:00-06:00"},
        {"trial_ends_at": "2026-11-30", "kind": "dating", "period": "P1Y"},
        {"trial_ends_at": "2026-11-30", "as_of": "2026-11-30"},
        {"purchased_at": "2026-05-30", "renews_at": "2026-11-30"},
        {"purchased_at": "2026-05-30", "renews_at": "2026-11-30", "country": "FI"},
    ],
)
def test_who_asks_on_the_day_is_told_today(told: dict[str, Any]) -> None:
    decision = plan(S | told).decision
    cancel = next(action for action in decision.actions if action.do == "cancel")

    assert cancel.by == date(2026, 11, 30)
    assert decision.days_left == 0
    assert decision.ends_on == date(2026, 11, 30)
    assert "today" in ENGLISH.say(decision.headline)


def test_the_day_before_it_is_today_as_well() -> None:
    told = {"trial_ends_at": "2026-11-30", "as_of": "2026-11-29T09:00:00-06:00"}

    decision = plan(S | told).decision

    assert decision.days_left == 0
    assert decision.ends_on == date(2026, 11, 29)


def test_the_day_after_it_is_the_next_one() -> None:
    told = {"trial_ends_at": "2026-11-30", "as_of": "2026-12-01T09:00:00-06:00"}

    decision = plan(S | told).decision

    assert decision.ends_on == date(2026, 12, 29)


@pytest.mark.parametrize("country", ["IE", "DE"])
def test_a_renewal_tomorrow_is_cancelled_today_whatever_the_notice(
    country: str,
) -> None:
    box = S | {
        "country": country,
        "kind": "software",
        "sold_by": "online",
        "purchased_at": "2025-11-30",
        "term": "P12M",
        "renewal_term": "P12M",
        "price": "99 EUR",
        "period": "P1Y",
        "as_of": "2026-11-29",
    }

    decision = plan(box).decision
    cancel = next(action for action in decision.actions if action.do == "cancel")

    assert cancel.by == date(2026, 11, 29)
    assert decision.days_left == 0


def test_what_was_charged_after_the_end_is_not_left_alone() -> None:
    charged = {
        "purchased_at": "2026-01-15",
        "cancelled_at": "2026-08-31",
        "paid_at": "2026-11-15",
        "payment_method": "visa-debit",
        "as_of": "2026-11-30",
    }

    best = plan(S | charged).plan.best

    assert best is not None
    assert best.do == "in_this_order"


def test_who_is_late_for_a_right_but_not_too_late_is_told_today() -> None:
    rise = {
        "kind": "telecom",
        "country": "IE",
        "purchased_at": "2026-05-31",
        "term": "P12M",
        "price_raised_at": "2027-01-01",
        "change_told_at": "2026-10-25",
        "rise_agreed": False,
        "price": "40 EUR",
        "withdrawal_informed": True,
        "as_of": "2026-11-30",
    }

    decision = plan(S | rise).decision

    # a month from being told is over; Ireland may have given three
    assert decision.actions[0].by == date(2026, 11, 30)
    assert decision.days_left == 0
    assert decision.ends_on == date(2026, 12, 31)
