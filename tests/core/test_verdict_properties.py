"""What holds for every verdict, whatever the facts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.adapters.data.countries import zones_of
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import Facts
from rescind.core.model.money import Money
from rescind.core.model.verdict import Answer, Verdict
from tests.conftest import examples

SERVICE = check.catalogue().service("coursera")
LAW = check.law()
MAYBE = st.sampled_from([None, True, False])
COUNTRIES = st.sampled_from([None, "DE", "GB", "US", "IN", "BR", "SE", "JP"])


@st.composite
def purchases(draw: st.DrawFn) -> Facts:
    country = draw(COUNTRIES)
    bought = draw(st.dates(date(2021, 1, 1), date(2026, 8, 20)))
    span = draw(st.integers(0, 800))
    as_of = bought + timedelta(days=span)
    had_trial = draw(MAYBE)
    return Facts(
        service="coursera",
        offer=draw(st.sampled_from(sorted(SERVICE.offers))),
        channel=draw(st.sampled_from(sorted(SERVICE.channels))),
        country=country,
        zones=zones_of(country),
        purchased_at=bought,
        as_of=as_of,
        had_trial=had_trial,
        trial_ends_at=_later(draw, bought, 30) if had_trial else None,
        paid_at=_later(draw, bought, span),
        cancelled_at=_later(draw, bought, span),
        renews_at=_later(draw, as_of, 400),
        course_starts_on=_later(draw, bought, 60),
        certificate_earned=draw(MAYBE),
        withdrawal_informed=draw(MAYBE),
        withdrawal_waived=draw(MAYBE),
    )


def _later(draw: st.DrawFn, day: date, most: int) -> date | None:
    days = draw(st.none() | st.none() | st.integers(0, most))
    return None if days is None else day + timedelta(days=days)


def judge(facts: Facts) -> Verdict:
    return verdict(facts, SERVICE, LAW)


def moment(value: Any) -> datetime:
    assert isinstance(value, datetime)
    return value


@given(purchases())
def test_the_safe_moment_is_never_after_the_latest(facts: Facts) -> None:
    for topic in judge(facts).topics.values():
        if topic.act_by is not None:
            assert moment(topic.act_by) <= moment(topic.latest)


@given(purchases(), st.integers(1, 20))
def test_a_later_purchase_under_the_same_terms_never_ends_a_window_sooner(
    facts: Facts, days: int
) -> None:
    assert facts.purchased_at is not None
    later = facts.purchased_at + timedelta(days=days)
    bounds = {t.claim.in_force.first for t in SERVICE.terms} | {
        t.claim.in_force.last for t in SERVICE.terms
    }
    crossed = [b for b in bounds if b and facts.purchased_at <= b <= later]
    if crossed:
        return
    as_of = later + timedelta(days=1)
    facts = replace(
        facts,
        withdrawal_informed=True,
        trial_ends_at=None,
        paid_at=None,
        cancelled_at=None,
        renews_at=None,
        course_starts_on=None,
    )

    first = judge(replace(facts, as_of=as_of)).topics
    second = judge(replace(facts, purchased_at=later, as_of=as_of)).topics

    for name in ("refund", "withdrawal"):
        ends = (first[name].latest, second[name].latest)
        if ends[0] is not None and ends[1] is not None:
            assert moment(ends[0]) <= moment(ends[1])


@examples(400)
@given(
    purchases(),
    st.sampled_from(
        [
            "had_trial",
            "trial_ends_at",
            "certificate_earned",
            "withdrawal_informed",
            "withdrawal_waived",
            "country",
            "channel",
            "offer",
            "purchased_at",
        ]
    ),
)
def test_forgetting_a_fact_never_turns_an_answer_into_its_opposite(
    facts: Facts, name: str
) -> None:
    known = judge(facts).topics
    nothing: dict[str, Any] = {name: None}
    if name == "had_trial":
        nothing["trial_ends_at"] = None
    forgotten = replace(facts, **nothing)
    if name == "country":
        forgotten = replace(forgotten, zones=())

    less = judge(forgotten).topics

    opposite = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}
    # without a word of a trial the purchase counts as the first payment: a contract
    # default, so what was cancelled then was no trial
    settled = {"resume"} if name in ("had_trial", "trial_ends_at") else set()
    for topic, answer in known.items():
        if answer.answer in opposite and topic not in settled:
            assert less[topic].answer is not opposite[answer.answer], topic


@given(purchases())
def test_what_depends_asks_and_what_is_settled_does_not_ask_itself(
    facts: Facts,
) -> None:
    for topic in judge(facts).topics.values():
        if topic.answer is Answer.DEPENDS:
            assert topic.asks


@given(purchases())
def test_every_settled_refund_rests_on_a_claim_in_force(facts: Facts) -> None:
    refund = judge(facts).topics["refund"]
    if refund.answer is Answer.YES:
        claims = [c for reason in refund.because for c in reason.claims]
        assert claims
        assert all(claim.locator and claim.checked_on for claim in claims)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purchased_at": date(2027, 1, 1)}, "purchased_at"),
        ({"cancelled_at": date(2025, 1, 1)}, "cancelled_at"),
        ({"cancelled_at": date(2027, 1, 1)}, "cancelled_at"),
        ({"trial_ends_at": date(2025, 1, 1)}, "trial_ends_at"),
        ({"paid_at": date(2025, 1, 1)}, "paid_at"),
        ({"renews_at": date(2025, 1, 1)}, "renews_at"),
        ({"trial_ends_at": date(2026, 2, 1), "had_trial": False}, "had_trial"),
        ({"died_at": date(2025, 12, 31)}, "died_at"),
        ({"died_at": date(2026, 6, 2)}, "died_at"),
        ({"certificate_earned_at": date(2025, 12, 31)}, "certificate_earned_at"),
        (
            {"certificate_earned_at": date(2026, 2, 1), "certificate_earned": False},
            "certificate_earned",
        ),
        ({"price_raised_at": date(2025, 12, 31)}, "price_raised_at"),
        ({"terms_changed_at": date(2025, 12, 31)}, "terms_changed_at"),
        ({"unemployed_at": date(2026, 6, 2)}, "unemployed_at"),
        (
            {
                "price": Money(amount=Decimal(40), currency="EUR"),
                "early_termination_fee": Money(amount=Decimal(99), currency="USD"),
            },
            "early_termination_fee",
        ),
    ],
)
def test_facts_that_contradict_each_other_are_named(
    changes: dict[str, Any], field: str
) -> None:
    facts = Facts(
        service="coursera",
        offer="plus-annual",
        channel="web",
        purchased_at=date(2026, 1, 1),
        as_of=date(2026, 6, 1),
    )

    with pytest.raises(BadInput) as caught:
        judge(replace(facts, **changes))

    assert caught.value.field == field
    assert caught.value.suggestions


KINDS = FACTS["kind"].choices
TURNING = (
    *(
        "listed_trade",
        "learning_checked",
        "basic_supply",
        "ancillary_cover",
        "everyday_cover",
    ),
    *("withdrawal_ruled_out", "exit_ruled_out", "service_used", "trial_instead"),
    *("rise_agreed", "new_home_served", "new_home_offer", "income_lost"),
)
"""Facts that laws turn on; none of them is a doubt about a law."""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_disputed_because_a_fact_is_missing(kind: str) -> None:
    law = check.law()
    places = {place for right in law.rights for place in right.regions}
    for country in sorted(places | set(law.withdrawal)):
        raw = {
            "service": "other",
            "merchant": "Firm",
            "kind": kind,
            "country": country,
            "purchased_at": "2026-11-26",
            "as_of": "2026-11-28",
            "term": "P12M",
            "period": "P1M",
            "notice": "P1M",
            "channel": "web",
        }
        answer = check.check(raw).verdict
        disputed = {
            item.right.id: item.right.unsettled
            for item in answer.rights
            if item.answer is Answer.DISPUTED
        }
        assert all(disputed.values()), country
        if answer.topics["withdrawal"].answer is not Answer.DISPUTED:
            continue
        for fact in TURNING:
            for value in ("true", "false"):
                told = check.check(raw | {fact: value}).verdict.topics["withdrawal"]
                assert told.answer is Answer.DISPUTED, (country, fact, value)
