"""A contract without commitment ends with what is paid for, where no law pays back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from rescind.adapters.public.plan import plan_json
from rescind.app.act.plan import plan
from rescind.app.know.check import check

STREAMING: dict[str, Any] = {
    "service": "other",
    "merchant": "CinemaVivo",
    "kind": "streaming",
    "sold_by": "online",
    "channel": "web",
    "country": "IT",
    "purchased_at": "2025-10-05",
    "term": "P1M",
    "renewal_term": "P1M",
    "period": "P1M",
    "price": "11.99 EUR",
    "paid_at": "2026-11-05",
    "renewal_notice_given": "no",
    "as_of": "2026-11-29",
}
PHONE = STREAMING | {
    "merchant": "MobiLibre",
    "kind": "telecom",
    "country": "FR",
    "purchased_at": "2025-01-12",
    "term": "none",
    "notice": "none",
    "paid_at": "2026-11-12",
    "renewal_term": None,
    "renewal_notice_given": None,
}


def told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


@pytest.mark.parametrize(
    ("facts", "ends_on"),
    [(STREAMING, date(2026, 12, 4)), (PHONE, date(2026, 12, 11))],
    ids=["streaming", "phone"],
)
def test_the_days_that_are_paid_for_are_kept(
    facts: dict[str, Any], ends_on: date
) -> None:
    made = plan(told(facts))

    assert made.decision.ends_on == ends_on
    answer = plan_json(made.plan, made.decision, made.checked)
    assert not answer["any_day"]
    best = made.plan.best
    assert best is not None
    # what is paid for is used, and nothing more falls due
    assert best.access_until == ends_on + timedelta(days=1)
    assert str(best.cost) == str(best.cost_at_best) == "0.00 EUR"


@pytest.mark.parametrize(
    ("facts", "act_by", "latest"),
    [
        # it ends at once: the next charge sets the moment
        (STREAMING, "2026-12-04T00:00:00+14:00", "2026-12-04T23:59:59+01:00"),
        # it ends on the day after a notice: one day sooner
        (PHONE, "2026-12-10T00:00:00+14:00", "2026-12-10T23:59:59+01:00"),
    ],
    ids=["at once", "a day later"],
)
def test_a_notice_comes_as_much_sooner_as_it_takes_to_end(
    facts: dict[str, Any], act_by: str, latest: str
) -> None:
    cancel = check(told(facts)).verdict.topics["cancel"]

    assert cancel.act_by == datetime.fromisoformat(act_by)
    assert cancel.latest == datetime.fromisoformat(latest)


def test_who_is_bound_for_longer_leaves_at_once() -> None:
    year = STREAMING | {"term": "P12M", "renewal_term": "P12M"}

    assert plan(told(year)).decision.ends_on == date(2026, 11, 29)


RUNS_ON = STREAMING | {
    "purchased_at": "2025-05-05",
    "term": "none",
    "notice": "none",
    "renewal_term": "open",
    "renewal_notice_given": None,
}


@pytest.mark.parametrize("facts", [PHONE, RUNS_ON], ids=["phone", "runs on"])
def test_one_answer_names_one_end(facts: dict[str, Any]) -> None:
    cancel = check(told(facts)).verdict.topics["cancel"]

    days = {dict(each.says.values).get("day") for each in cancel.because} - {None}
    assert days == {cancel.ends_on}
    assert cancel.sooner is None
