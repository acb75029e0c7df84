"""Statutory exits whose day the law itself sets: from when, at which steps, to when."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.app.act.plan import plan, plan_for
from rescind.app.know import check
from rescind.core.act.decision import headline
from rescind.core.know.exits import is_simple, is_within_share
from rescind.core.know.renewal import lawful_purchase
from rescind.core.know.rights import renewed_on
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


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"purchased_at": "2026-06-10", "renewal_term": "P12M"}, None),
        ({"purchased_at": "2024-01-15", "renewal_term": None}, date(2025, 1, 15)),
        ({"purchased_at": "2024-01-15", "renewal_term": "P6M"}, date(2026, 7, 15)),
        ({"purchased_at": None, "renewal_term": "P6M"}, None),
    ],
)
def test_the_day_on_which_a_contract_renewed_last(
    facts: dict[str, Any], day: date | None
) -> None:
    """The first day of the term that runs; none while the first one does."""
    given = {"service": "other", "merchant": "X", "kind": "gym", "country": "UY"}
    whole = {**given, "term": "P12M", "channel": "web", "as_of": "2026-11-28", **facts}
    checked = check.check({name: v for name, v in whole.items() if v is not None})
    purchase = cast(
        "Any",
        SimpleNamespace(
            facts=checked.facts,
            billing=SimpleNamespace(payment=None, is_renewal=False),
        ),
    )

    assert renewed_on(purchase) == day


def test_an_earlier_end_that_turns_on_two_facts_is_not_told_by_one() -> None:
    """The headline says that the law has to reach the contract, and names no fact."""
    facts = {
        "service": "other",
        "merchant": "X",
        "kind": "energy",
        "country": "DE",
        "purchased_at": "2025-06-10",
        "term": "P24M",
        "period": "P1M",
        "notice": "P3M",
        "channel": "web",
        "moved_at": "2027-01-15",
        "as_of": "2026-11-28",
    }
    checked = check.check(facts)
    plan = plan_for(checked).plan
    cancel = checked.verdict.topics["cancel"]
    assert cancel.sooner is not None
    two = replace(
        cancel.sooner,
        conditions=(*cancel.sooner.conditions, ("withdrawal_informed", False)),
    )
    topics = {**checked.verdict.topics, "cancel": replace(cancel, sooner=two)}
    verdict = replace(checked.verdict, topics=topics)

    says = ENGLISH.say(headline(replace(checked, verdict=verdict), plan))

    assert says.startswith("If the law reaches this contract")


def test_the_day_of_delivery_is_asked_while_it_can_still_count() -> None:
    facts = {"service": "other", "merchant": "X", "kind": "goods", "country": "DE"}
    more = {"purchased_at": "2026-11-05", "as_of": "2026-11-28", "channel": "web"}

    assert "delivered_at" in check.check({**facts, **more}).verdict.asks


def test_only_the_day_is_asked_of_a_copy_that_came() -> None:
    facts = {"service": "other", "merchant": "X", "kind": "gym", "country": "CA-ON"}
    more = {"purchased_at": "2026-11-10", "as_of": "2026-11-28", "channel": "web"}
    asks = check.check(
        {**facts, **more, "sold_by": "premises", "contract_copy_received": True}
    ).verdict.asks

    assert "contract_copy_at" in asks
    assert "contract_copy_received" not in asks
