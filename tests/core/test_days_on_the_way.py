"""Days on the way: a notice missed, a letter in the post, payments until the end.

Found by people who walked the pages and counted by hand; the days are theirs.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.act.plan import Planned, plan
from rescind.app.act.routes import ranked
from rescind.core.model.route import By, Route
from rescind.core.model.sentence import Sentence
from tests.conftest import SENDER

GYM = {
    "service": "other",
    "merchant": "Mein Gym",
    "kind": "gym",
    "channel": "web",
    "country": "DE",
    "term": "P12M",
    "notice": "P1M",
    "renewal_term": "P12M",
    "price": "39.00 EUR",
    "period": "P1M",
    "sold_by": "premises",
}


def told(as_of: str, facts: dict[str, Any]) -> dict[str, Any]:
    every = GYM | {"as_of": as_of} | facts
    return {name: value for name, value in every.items() if value is not None}


def planned(as_of: str, **facts: Any) -> Planned:
    return plan(told(as_of, facts))


def missed(made: Planned) -> list[Sentence]:
    because = made.checked.verdict.topics["cancel"].because
    return [reason.says for reason in because if reason.code == "notice_missed"]


def post(as_of: str, **facts: Any) -> Route:
    now = datetime.fromisoformat(f"{as_of}T12:00:00+00:00").astimezone(UTC)
    wanted = letters.Wanted(kind="cancel")
    written = letters.write(told(as_of, facts), SENDER, wanted, now=now)
    return next(route for route in ranked(written).ranked if route.by is By.POST)


def last_step(route: Route) -> tuple[str, dict[str, str]]:
    step = route.steps[-1]
    assert isinstance(step, Sentence)
    return step.code, {name: str(value) for name, value in step.values}


def test_the_day_of_a_term_that_goes_on_is_told() -> None:
    facts = {"purchased_at": "2022-01-15", "notice": "P3M"}
    (says,) = missed(planned("2026-11-29", **facts))

    assert {name: str(value) for name, value in says.values} == {
        "last": "2026-10-14",
        "end": "2027-01-14",
    }
    assert missed(planned("2026-10-01", **facts)) == []
    assert missed(planned("2026-11-29", **facts | {"notice": None})) == []


@pytest.mark.parametrize(
    ("bought", "cost"),
    # one payment on the last day of each month: December; until April; until July
    [("2026-01-31", "78.00"), ("2026-05-31", "234.00"), ("2026-08-31", "351.00")],
)
def test_payments_come_back_to_the_31st(bought: str, cost: str) -> None:
    best = planned("2026-11-29", purchased_at=bought).plan.best

    assert best is not None
    assert best.cost is not None
    assert str(best.cost.amount) == cost


def test_a_next_payment_that_was_told_has_its_own_series() -> None:
    facts = {"purchased_at": "2026-01-31", "renews_at": "2026-12-10"}
    best = planned("2026-11-29", **facts).plan.best

    assert best is not None
    assert best.cost is not None
    # 10 December, 10 January
    assert str(best.cost.amount) == "78.00"


def test_payments_by_weeks_are_counted_from_the_next_one() -> None:
    facts = {"purchased_at": "2026-11-01", "period": "P1W", "term": "P4W"}
    best = planned("2026-11-20", **facts, notice="P1W").plan.best

    assert best is not None
    assert best.cost is not None
    assert best.cost.amount > 0


def test_a_letter_that_has_to_arrive_is_handed_in_days_before() -> None:
    # the notice has to be there by Friday 11 December at the latest, safely
    bought = {"purchased_at": "2026-01-13"}
    early, late = post("2026-11-29", **bought), post("2026-12-09", **bought)

    code, days = last_step(early)
    assert code == "arrive_by"
    assert days["posting"] < days["last"]
    assert last_step(late)[0] == "arrive_too_late"


def test_post_is_too_late_also_once_the_safe_moment_has_passed() -> None:
    on_the_last_day = post("2026-12-12", purchased_at="2026-01-13")

    assert last_step(on_the_last_day)[0] == "arrive_too_late"


def test_where_post_alone_is_on_file_what_is_there_today_comes_before_it() -> None:
    bought = {"service": "babbel", "offer": "monthly", "channel": "web"}
    bought |= {"country": "DE", "purchased_at": "2026-10-30"}
    chosen = {}
    for as_of in ("2026-11-02", "2026-11-28"):
        now = datetime.fromisoformat(f"{as_of}T12:00:00+00:00")
        wanted = letters.Wanted(kind="second-notice")
        written = letters.write(bought | {"as_of": as_of}, SENDER, wanted, now=now)
        chosen[as_of] = [route.by for route in ranked(written).ranked]

    assert chosen["2026-11-02"] == [By.POST]
    assert chosen["2026-11-28"] == [By.EMAIL, By.POST]


def test_nobody_hands_a_letter_in_on_a_day_off() -> None:
    for day in range(10, 20):
        _, days = last_step(post("2026-11-20", purchased_at=f"2026-01-{day}"))
        assert datetime.fromisoformat(days["posting"]).weekday() < 5


@pytest.mark.parametrize(
    ("country", "posting"),
    [
        # the 24th is a public holiday in Poland since 2025, the 25th and 26th in both
        ("PL", "2026-12-23"),
        ("DE", "2026-12-24"),
        # nobody knows where: Friday the 25th
        (None, "2026-12-25"),
    ],
)
def test_a_letter_is_handed_in_before_the_holidays(
    country: str | None, posting: str
) -> None:
    bought = {"purchased_at": "2026-02-01", "country": country, "renewal_term": None}

    _, days = last_step(post("2026-11-30", **bought))

    assert days["posting"] == posting


def test_what_nothing_waits_for_is_posted_on_any_day() -> None:
    open_ended: dict[str, Any] = {"term": None, "renewal_term": None, "period": None}
    route = post("2026-11-29", **open_ended)

    assert last_step(route)[0] == "keep_post_receipt"
