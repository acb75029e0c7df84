"""Statutory exits whose day the law itself sets: from when, at which steps, to when."""

from datetime import date

import pytest

from rescind.app.act.plan import plan
from rescind.app.know import check
from rescind.core.know.exits import is_simple, is_within_share
from rescind.core.know.renewal import lawful_purchase
from rescind.core.model.law import Exit, ExitHow
from rescind.core.model.period import Period

GYM = {
    "service": "other",
    "merchant": "Gym",
    "kind": "gym",
    "channel": "web",
    "price": "30.00 EUR",
    "period": "P1M",
    "term": "P24M",
    "notice": "P1M",
}


def exits_on(**facts: str) -> str | None:
    topic = check.check(GYM | facts).verdict.topics["cancel"]
    return topic.ends_on.isoformat() if topic.ends_on else None


def test_denmark_lets_one_out_at_a_months_end_after_five_months() -> None:
    bought = {"country": "DK", "purchased_at": "2026-01-15"}

    assert exits_on(**bought, as_of="2026-06-14") == "2026-07-31"
    assert exits_on(**bought, as_of="2026-06-15") == "2026-07-31"
    assert exits_on(**bought, as_of="2026-07-01") == "2026-08-31"


def test_a_plan_ends_the_contract_on_the_day_of_the_verdict() -> None:
    facts = GYM | {
        "country": "DK",
        "purchased_at": "2026-01-15",
        "as_of": "2026-11-28",
        "withdrawal_informed": "true",
    }

    chosen = plan(facts).plan.best

    assert chosen is not None
    assert chosen.do == "cancel_now"
    assert exits_on(country="DK", purchased_at="2026-01-15", as_of="2026-11-28") == (
        "2026-12-31"
    )


def test_a_share_of_the_term_is_not_known_without_the_term() -> None:
    early = {"country": "CA-QC", "purchased_at": "2026-11-01", "as_of": "2026-11-28"}
    checked = check.check(GYM | early | {"term": None})
    service = checked.service
    purchase = lawful_purchase(
        checked.facts,
        service,
        service.offers["other"],
        service.channels["web"],
        check.law(),
    )
    way = Exit(
        how=ExitHow.AT_ONCE,
        notice=None,
        conditions=(),
        caps_notice=None,
        within_share=10,
    )

    assert is_within_share(purchase, way) is None


@pytest.mark.parametrize(
    ("as_of", "ends_on"),
    [("2026-11-28", "2026-11-28"), ("2027-06-01", "2028-10-31")],
)
def test_quebec_lets_one_out_of_a_gym_in_the_first_tenth(
    as_of: str, ends_on: str
) -> None:
    bought = {"country": "CA-QC", "purchased_at": "2026-11-01"}

    assert exits_on(**bought, as_of=as_of) == ends_on


def test_an_exit_at_whole_steps_is_not_simple() -> None:
    way = Exit(
        how=ExitHow.NOTICE,
        notice=Period.parse("P2M"),
        conditions=(),
        caps_notice=None,
        every=Period.parse("P6M"),
    )

    assert not is_simple(way)


def test_a_renewal_that_the_law_forbids_is_not_projected() -> None:
    facts = GYM | {
        "country": "DE",
        "purchased_at": "2024-01-15",
        "term": "P12M",
        "renewal_term": "P12M",
        "notice": "P3M",
        "as_of": "2026-11-28",
    }

    ends_on = check.check(facts).verdict.topics["cancel"].ends_on

    assert ends_on == date(2026, 12, 28)


def test_without_a_day_of_purchase_no_step_is_counted() -> None:
    facts = {"country": "AT", "kind": "newspaper", "term_ends_at": "2028-09-14"}

    assert exits_on(**facts, as_of="2026-11-28") == "2028-09-14"
