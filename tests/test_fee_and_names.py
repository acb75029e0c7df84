"""What leaving early costs by a service's own text, and what was bought by its name."""

from typing import Any

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.app.act.plan import Planned, plan
from rescind.app.know import check
from rescind.core.model.names import titled
from tests.program import run

ADOBE = {
    "service": "adobe-creative-cloud",
    "offer": "annual-monthly",
    "country": "US-TX",
    "channel": "web",
    "purchased_at": "2026-05-20",
    "as_of": "2026-11-29",
}


def planned(**more: Any) -> Planned:
    return plan(ADOBE | more)


def headline(**more: Any) -> str:
    return ENGLISH.say(planned(**more).decision.headline)


@pytest.mark.parametrize(
    ("facts", "fee"),
    [
        # twelve payments from 20 May; seven came, and half of five is two and a half
        ({"price": "60 USD"}, "; leaving now costs 150.00 USD."),
        ({}, "; leaving now costs 50 % of what is left."),
        # the year is over, or nobody knows when it began
        ({"purchased_at": "2025-05-20", "price": "60 USD"}, None),
        ({"purchased_at": None}, None),
        ({"offer": "monthly"}, None),
        ({"cancelled_at": "2026-11-01"}, None),
    ],
)
def test_a_headline_names_the_fee_of_leaving_early(
    facts: dict[str, Any], fee: str | None
) -> None:
    said = headline(**facts)

    assert fee is None or said.endswith(fee)
    assert ("leaving now costs" in said) is (fee is not None)
    assert len(said.split()) <= 25


def test_a_notice_that_the_text_gives_is_not_asked_for() -> None:
    decision = planned(price="60 USD").decision

    assert "notice" not in decision.asks
    assert str(decision.ends_on) == "2027-05-19"


def test_what_comes_to_who_cancels_is_cancelled_by_the_same_day() -> None:
    within = planned(purchased_at="2026-11-20", price="60 USD")

    assert headline(purchased_at="2026-11-20", price="60 USD") == (
        "Cancel with Adobe Creative Cloud by December 3 and claim your 60.00 USD back: "
        "only who cancels gets it."
    )
    days = {action.do: action.by for action in within.plan.actions}
    assert days["cancel"] == days["refund"]


@pytest.mark.parametrize(
    ("service", "plan_name", "whole"),
    [
        ("spotify", "Premium, monthly", "Spotify Premium, monthly"),
        ("amazon-prime", "Prime, monthly", "Amazon Prime, monthly"),
        (
            "new-york-times",
            "New York Times home delivery",
            "New York Times home delivery",
        ),
        ("sky-uk", "Sky TV", "Sky TV"),
        ("spotify", "Spotify", "Spotify"),
        ("spotify", "…", "…"),
    ],
)
def test_what_was_bought_bears_the_service_s_name_once(
    service: str, plan_name: str, whole: str
) -> None:
    assert titled(plan_name, check.catalogue().service(service)) == whole


def test_one_day_of_the_end_at_every_place() -> None:
    """A contract paid to 9 December: the answer, the plan and the access agree."""
    flags = (
        *("--country", "DE", "--offer", "monthly", "--channel", "web"),
        *("--purchased-at", "2026-11-10", "--as-of", "2026-11-29"),
    )

    answer = run("check", "disney-plus", *flags, "--no-input", "--all").stdout
    course = run("plan", "disney-plus", *flags).stdout

    assert answer.startswith("Disney+, monthly, on 29 November:")
    assert "it ends on 9 December." in answer
    assert "until the end of: 9 December 2026" in answer
    assert "it ends on 9 December." in course
    assert "you lose access from 10 December 2026 on" in course
    assert "at once" not in course.split("1. Cancel")[0]


def test_access_lasts_as_long_as_the_contract_that_is_bound() -> None:
    flags = (
        *("--country", "US-TX", "--offer", "annual-monthly", "--channel", "web"),
        *("--purchased-at", "2026-05-20", "--as-of", "2026-11-29"),
    )

    said = run("check", "adobe-creative-cloud", *flags, "--no-input", "--all").stdout

    assert "until the end of: May 19, 2027" in said
