"""What the other ways cost: to which day they are counted, and the term's own end."""

from typing import Any

import pytest

from rescind.app.act.plan import plan
from rescind.core.act.alternatives import Alternative
from rescind.labels import say

PHONE: dict[str, Any] = {
    "service": "other",
    "merchant": "Orange",
    "kind": "telecom",
    "country": "PL",
    "channel": "web",
    "sold_by": "premises",
    "purchased_at": "2025-03-05",
    "term": "P24M",
    "period": "P1M",
    "price": "65 PLN",
    "paid_at": "2026-11-05",
    "price_raised_at": "2027-01-01",
    "as_of": "2026-11-30",
}
INSURANCE: dict[str, Any] = {
    "service": "other",
    "merchant": "MAIF",
    "kind": "insurance",
    "country": "FR",
    "channel": "web",
    "sold_by": "online",
    "purchased_at": "2025-01-13",
    "term": "P12M",
    "renewal_term": "P12M",
    "notice": "P2M",
    "period": "P1Y",
    "price": "186 EUR",
    "paid_at": "2026-01-13",
    "as_of": "2026-11-30",
}


def courses(facts: dict[str, Any]) -> dict[str, Alternative]:
    return {course.do: course for course in plan(facts).plan.alternatives}


@pytest.mark.parametrize(
    ("facts", "said", "cost"),
    [
        # 13 January 2027 and 13 January 2028 fall due, each for a year
        (INSURANCE, "Do nothing until 12 January 2029.", 372),
        # four payments of 65, the last on 5 March 2027
        (PHONE, "Do nothing until 4 April 2027.", 260),
    ],
)
def test_what_doing_nothing_costs_has_the_day_it_is_counted_to(
    facts: dict[str, Any], said: str, cost: int
) -> None:
    nothing = courses(facts)["do_nothing"]

    assert say(nothing.says) == said
    assert nothing.cost is not None
    assert nothing.cost.amount == cost


def test_to_let_a_term_run_out_is_another_way() -> None:
    # 5 December, January and February are still paid
    term = courses(PHONE)["leave_at_term"]

    assert say(term.says) == "Let it run to the end of the term, 4 March 2027."
    assert term.cost is not None
    assert term.cost.amount == 195


@pytest.mark.parametrize(
    "facts",
    [
        # it cannot end before its term
        {name: told for name, told in PHONE.items() if name != "price_raised_at"},
        # a month's notice ends it on any day, before the term that follows
        INSURANCE,
    ],
)
def test_a_term_that_is_the_first_end_is_no_other_way(facts: dict[str, Any]) -> None:
    assert "leave_at_term" not in courses(facts)
