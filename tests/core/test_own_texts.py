"""What a service's own texts say of windows, notice and terms, on made-up services."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from rescind.adapters.data.catalogue import build_service
from rescind.app.know import check
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import Facts
from rescind.core.model.verdict import Topic
from tests.core.test_edges import SOURCES, WEB, term

BOUGHT, TODAY = date(2026, 6, 5), date(2026, 6, 9)


def topic(name: str, part: Mapping[str, Any], **facts: Any) -> Topic:
    offer = {"name": "Plan", "sold_as": "subscription", "period": "P1M"}
    entry: dict[str, Any] = {
        "service": "made-up",
        "name": "Made Up",
        "checked_on": "2026-01-01",
        "sources": SOURCES,
        "channels": ["web"],
        "offers": {"plan": offer},
    }
    service = build_service({**entry, **part}, WEB)
    told: dict[str, Any] = {
        "as_of": TODAY,
        "offer": "plan",
        "channel": "web",
        "country": "EG",
    }
    answer = verdict(Facts(service="made-up", **(told | facts)), service, check.law())
    return answer.topics[name]


def window(**more: Any) -> Mapping[str, Any]:
    return {"terms": [term("a", "refund", "yes", window=more)]}


def contract(**more: Any) -> Mapping[str, Any]:
    rule = {"id": "k", "value": "binds", "source": "terms", "at": "1"} | more
    return {"contracts": [rule]}


def test_three_business_days_after_a_friday_end_on_wednesday() -> None:
    part = window(length="P3D", working_days=True, **{"from": "payment"})

    refund = topic("refund", part, purchased_at=BOUGHT)

    assert refund.answer == "yes"
    assert refund.because[0].code == "window_open_working_days"
    assert refund.latest is not None
    assert refund.latest.date() == date(2026, 6, 10)
    assert refund.act_by is not None
    assert refund.act_by < datetime.combine(
        TODAY, datetime.min.time(), refund.act_by.tzinfo
    )


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({"had_trial": True, "trial_ends_at": date(2026, 6, 8)}, date(2026, 6, 22)),
        ({"had_trial": False}, date(2026, 6, 15)),
    ],
)
def test_a_window_runs_from_the_trials_end_or_else_from_the_contract(
    facts: Mapping[str, Any], last: date
) -> None:
    part = window(length="P14D", **{"from": "trial_end"})

    refund = topic("refund", part, purchased_at=date(2026, 6, 1), **facts)

    assert refund.latest is not None
    assert refund.latest.date() == last


def test_the_notice_of_the_terms_dates_the_end_and_names_them() -> None:
    part = contract(term="P12M", notice="P1M", renews="P12M")

    cancel = topic("cancel", part, purchased_at=date(2026, 1, 15))

    assert cancel.ends_on == date(2027, 1, 14)
    assert "terms_ends" in [reason.code for reason in cancel.because]


def test_a_notice_too_late_for_the_term_meets_the_next_one() -> None:
    part = contract(term="P12M", notice="P1M", renews="P12M")

    cancel = topic("cancel", part, purchased_at=date(2025, 6, 15), country="EG")

    assert cancel.ends_on == date(2027, 6, 14)


def test_a_first_term_of_unknown_start_has_no_end() -> None:
    part = contract(term="P12M", notice="P1M")

    cancel = topic("cancel", part, renews_at=date(2026, 6, 20))

    assert (cancel.ends_on, cancel.act_by) == (None, None)
    assert "terms_end_unknown" in [reason.code for reason in cancel.because]
    assert "purchased_at" in cancel.asks


def test_a_rule_of_another_country_is_not_used() -> None:
    part = contract(notice="P1M", ends_any_day=True, regions=["DE"])

    here = topic("cancel", part, purchased_at=date(2026, 1, 15))
    nowhere = topic("cancel", part, purchased_at=date(2026, 1, 15), country=None)

    assert here.ends_on == date(2026, 6, 14)
    assert nowhere.ends_on is None
    assert "country" in nowhere.asks


def test_the_strongest_rule_is_used() -> None:
    guide = {"id": "g", "value": "g", "at": "1", "source": "guide", "notice": "P3M"}
    own = {"id": "k", "value": "k", "at": "1", "source": "terms", "notice": "P1M"}
    part = {"contracts": [guide | {"ends_any_day": True}, own | {"ends_any_day": True}]}

    cancel = topic("cancel", part, purchased_at=date(2026, 1, 15))

    assert cancel.ends_on == date(2026, 7, 9)


@pytest.mark.parametrize(
    ("facts", "answer", "asks"),
    [
        ({"service_used": False}, "yes", False),
        ({"service_used": True}, "no", False),
        ({}, "depends", True),
    ],
)
def test_a_refund_for_who_used_no_benefit_turns_on_that(
    facts: Mapping[str, Any], answer: str, *, asks: bool
) -> None:
    part = {
        "terms": [
            term("a", "refund", "yes", when={"service_used": False}),
            term("b", "refund", "no", when={"service_used": True}),
        ]
    }

    refund = topic("refund", part, purchased_at=BOUGHT, **facts)

    assert refund.answer == answer
    assert ("service_used" in refund.asks) is asks
