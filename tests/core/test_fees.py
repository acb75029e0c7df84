"""What the law leaves of a fee for leaving early, counted out by hand."""

from typing import Any

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.app.act.plan import plan
from rescind.app.act.telling import fee_asked
from rescind.app.know import check
from rescind.labels import course_cost
from rescind.web.course_words import costs

PHONE = {
    "service": "other",
    "merchant": "Tel",
    "kind": "telecom",
    "channel": "web",
    "sold_by": "premises",
    "purchased_at": "2026-01-10",
    "term": "P24M",
    "notice": "P1M",
    "period": "P1M",
    "withdrawal_informed": True,
    "as_of": "2026-11-28",
}
"""Eleven of 24 months have begun, and thirteen payments are left."""


def fee(**facts: Any) -> tuple[str | None, str]:
    """Return the most that may be asked, and the sentences on it."""
    cancel = check.check(PHONE | facts).verdict.topics["cancel"]
    most = cancel.fee_at_most
    says = " ".join(ENGLISH.say(reason.says) for reason in cancel.because)
    return None if most is None else str(most), says


@pytest.mark.parametrize(
    ("benefit", "most", "count"),
    [
        (
            "240 CAD",
            "130.00 CAD",
            "what was had for signing, with 11 of 24 months begun, has 130.00 CAD left",
        ),
        (
            "0 CAD",
            "26.00 CAD",
            (
                "the act names 50.00 CAD; 10 % of the 13 payments left of 20 CAD is "
                "26.00 CAD"
            ),
        ),
    ],
)
def test_the_wireless_code_counts_the_subsidy_or_a_tenth_of_the_rest(
    benefit: str, most: str, count: str
) -> None:
    facts = {"price": "20 CAD", "early_termination_fee": "300 CAD"}

    at_most, says = fee(country="CA", signing_benefit=benefit, **facts)

    assert at_most == most
    assert count in says


def test_belgium_leaves_nothing_after_six_months_but_the_rest_of_a_device() -> None:
    facts = {"country": "BE", "price": "20 EUR", "early_termination_fee": "300 EUR"}

    with_device, _ = fee(**facts, signing_benefit="240 EUR")
    without, says = fee(**facts, signing_benefit="0 EUR")

    assert with_device == "130.00 EUR"
    assert without == "0.00 EUR"
    assert "the act names 0.00 EUR" in says


def test_what_was_had_for_signing_is_asked_for_where_the_cap_turns_on_it() -> None:
    facts = {"country": "CA", "price": "20 CAD", "early_termination_fee": "300 CAD"}

    asks = check.check(PHONE | facts).verdict.topics["cancel"].asks

    assert "signing_benefit" in asks


def test_nothing_is_said_of_a_fee_that_nobody_asks_for() -> None:
    at_most, says = fee(country="CA", price="20 CAD", signing_benefit="240 CAD")

    assert at_most is None
    assert "a fee for leaving early" not in says


LESS: dict[str, dict[str, Any]] = {
    "no day of purchase": {"purchased_at": None},
    "no term": {"term": None},
    "no price": {"price": None},
    "for a trade": {"consumer": False},
    "begun today": {"purchased_at": "2026-11-28"},
    "over": {"purchased_at": "2020-01-10"},
}


@pytest.mark.parametrize("country", ["CA", "BE", "DE", "FR", "ES", "IT", "BR", "MY"])
@pytest.mark.parametrize("kind", ["telecom", "gym", "streaming"])
@pytest.mark.parametrize("less", LESS)
def test_a_cap_is_a_sum_only_where_its_facts_are_known(
    less: str, kind: str, country: str
) -> None:
    facts = {"price": "20 EUR", "early_termination_fee": "300 EUR", **LESS[less]}

    at_most, says = fee(country=country, kind=kind, **facts)

    assert at_most is None or not at_most.startswith("-")
    assert "None" not in says


def test_once_it_is_cancelled_the_fee_is_counted_on_the_day_of_the_notice() -> None:
    facts = {"price": "20 CAD", "early_termination_fee": "300 CAD"}

    at_most, _ = fee(
        country="CA", signing_benefit="240 CAD", cancelled_at="2026-05-20", **facts
    )

    assert at_most == "190.00 CAD"


def test_leaving_now_is_not_called_free_while_a_fee_is_open() -> None:
    told = {
        "service": "other",
        "merchant": "Proxi",
        "kind": "telecom",
        "channel": "web",
        "country": "BE",
        "purchased_at": "2026-06-30",
        "term": "P24M",
        "notice": "P1M",
        "period": "P1M",
        "price": "35.00 EUR",
        "as_of": "2026-11-28",
    }

    now = plan(told).plan.best

    assert now is not None
    assert course_cost(now) == (
        "costs nothing more, and what is asked for leaving early"
    )
    assert costs(now).endswith(", and what they ask for leaving early.")


@pytest.mark.parametrize("country", ["IT", "SK", "CZ", "GR", "LU", "RO", "PL", "DE"])
def test_all_that_is_left_is_no_limit(country: str) -> None:
    """No act gives it as what may be asked of somebody who had nothing for signing."""
    facts = {"price": "14.99 EUR", "early_termination_fee": "120 EUR"}

    at_most, says = fee(country=country, signing_benefit="0 EUR", **facts)

    assert at_most is None
    assert "194.87" not in says


@pytest.mark.parametrize("country", ["IT", "SK", "CZ", "GR", "LU", "RO"])
def test_a_device_is_paid_by_what_is_left_of_it_or_of_the_charges(country: str) -> None:
    facts = {"price": "14.99 EUR", "early_termination_fee": "900 EUR"}

    small, _ = fee(country=country, signing_benefit="240 EUR", **facts)
    large, _ = fee(country=country, signing_benefit="1200 EUR", **facts)

    assert (small, large) == ("130.00 EUR", "194.87 EUR")


def test_in_italy_only_costs_that_are_justified_may_be_asked() -> None:
    facts = {"price": "14.99 EUR", "early_termination_fee": "120 EUR"}
    made = plan(PHONE | facts | {"country": "IT"})

    said = fee_asked(made)
    assert said is not None
    assert said.code == "limited"
    _, says = fee(country="IT", **facts)
    assert "costs that the operator can justify" in says
    assert "has to be named" not in says
