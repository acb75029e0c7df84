"""Whole interviews about contracts that no entry describes: few questions."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from rescind.app.know import check
from rescind.app.know.interview import MOST_QUESTIONS, ask
from rescind.core.errors import BadInput
from rescind.core.know.interview import next_question
from rescind.core.know.law import Law
from rescind.core.model.facts import Facts
from rescind.core.model.law import Deadline
from rescind.core.model.period import Period, Unit
from rescind.core.model.verdict import Verdict

TODAY = "2026-11-28"
GYM = {
    "country": "DE",
    "kind": "gym",
    "purchased_at": "2026-02-10",
    "sold_by": "premises",
    "term": "P12M",
    "notice": "P1M",
    "period": "P1M",
}
TELECOM = {
    "country": "ES",
    "kind": "telecom",
    "purchased_at": "2026-02-01",
    "sold_by": "online",
    "withdrawal_informed": "true",
    "term": "P12M",
    "period": "P1M",
}
DATING = {
    "country": "US-CA",
    "kind": "dating",
    "channel": "apple",
    "purchased_at": "2026-11-26",
    "term": "P6M",
    "period": "P6M",
}
NEWSPAPER = {
    "country": "NL",
    "kind": "newspaper",
    "channel": "web",
    "purchased_at": "2025-06-10",
    "sold_by": "door",
    "term": "P12M",
    "notice": "P1M",
    "renewal_term": "P12M",
    "period": "P1M",
}
SOFTWARE = {
    "country": "DE",
    "kind": "software",
    "channel": "web",
    "purchased_at": "2026-06-10",
    "withdrawal_informed": "true",
    "term": "P12M",
    "notice": "P1M",
    "period": "P1M",
    "early_termination_fee": "120.00 EUR",
}
INSURANCE = {
    "country": "FR",
    "kind": "insurance",
    "purchased_at": "2025-01-15",
    "sold_by": "online",
    "notice": "P2M",
    "period": "P1M",
}
BOX = {
    "country": "GB",
    "kind": "box",
    "purchased_at": "2026-08-15",
    "sold_by": "online",
    "period": "P1M",
}


def interview(
    truth: dict[str, Any], known: dict[str, Any] | None = None
) -> tuple[list[str], Verdict]:
    """Return what somebody is asked, who does not know what ``truth`` leaves out."""
    facts: dict[str, Any] = {"service": "The Firm", "as_of": TODAY, **(known or {})}
    skipped: frozenset[str] = frozenset()
    asked: list[str] = []
    while (now := ask(facts, skipped, asked=len(asked))).question is not None:
        name = now.question.fact.name
        assert name not in asked
        assert name not in facts
        asked.append(name)
        if name in truth:
            facts[name] = truth[name]
        else:
            skipped |= {name}
    return asked, now.checked.verdict


@pytest.mark.parametrize(
    ("truth", "not_known"),
    [
        (GYM, {"cancelled_at", "early_termination_fee", "life_event"}),
        (TELECOM, {"cancelled_at", "early_termination_fee", "life_event"}),
        (DATING, {"cancelled_at", "notice", "life_event"}),
        (NEWSPAPER, {"cancelled_at"}),
        (SOFTWARE, {"cancelled_at"}),
        (
            INSURANCE,
            {"cancelled_at", "renewal_notice_given", "renewal_term", "everyday_cover"},
        ),
        (
            BOX,
            {"cancelled_at", "delivered_at", "withdrawal_informed", "term", "notice"},
        ),
    ],
    ids=["gym", "telecom", "dating", "newspaper", "software", "insurance", "box"],
)
def test_an_interview_asks_what_can_change_the_answer(
    truth: dict[str, str], not_known: set[str]
) -> None:
    asked, _ = interview(truth)

    assert set(asked) == truth.keys() | not_known
    assert len(asked) <= MOST_QUESTIONS
    assert asked[:2] == ["country", "kind"]


def test_what_opens_a_way_out_early_is_asked_last() -> None:
    assert interview(GYM)[0][-2:] == ["life_event", "early_termination_fee"]


@pytest.mark.parametrize("country", ["DE", "NL", "GB"])
def test_the_term_of_a_phone_contract_is_asked_before_its_notice(country: str) -> None:
    """A year and nine months after the contract a term of two years still binds."""
    asked, _ = interview(
        TELECOM | {"country": country, "purchased_at": "2025-02-10", "term": "P24M"}
    )

    assert asked.index("term") < asked.index("notice")


def test_what_was_said_is_not_asked_again() -> None:
    asked, verdict = interview({}, GYM | {"life_event": "none", "cancelled_at": TODAY})

    assert asked == ["paid_at"]
    assert verdict.topics["cancel"].answer is not None


def test_only_for_what_happened_more_is_asked() -> None:
    dearer = check.check(
        {"service": "X", "as_of": TODAY, "life_event": "price-raised", **TELECOM}
        | {"country": "DE", "cancelled_at": "2026-11-01", "paid_at": "2026-11-02"}
    )
    law = check.law()
    soon = Deadline(
        who="you",
        do="give notice",
        length=Period(3, Unit.MONTH),
        counted_from="price_raised_at",
        backwards=False,
        working_days=False,
        rolls=False,
        conditions=(),
    )
    rights = [
        replace(right, deadlines=(soon,)) if right.id == "de-tkg57-preis" else right
        for right in law.rights
    ]
    counted = replace(law, rights=tuple(rights))
    describe = partial(check.described, "X")

    def next_of(facts: Facts, law: Law) -> str | None:
        skipped = frozenset({"notice"})
        return next_question(
            facts, dearer.service, law, skipped=skipped, describe=describe
        )

    assert next_of(dearer.facts, counted) == "price_raised_at"
    without = [right for right in law.rights if right.id != "de-tkg57-preis"]
    assert next_of(dearer.facts, replace(law, rights=tuple(without))) is None
    assert next_of(replace(dearer.facts, life_event="none"), counted) is None


def test_a_life_event_is_not_asked_for_where_one_was_told() -> None:
    asked, _ = interview({}, TELECOM | {"country": "DE", "moved_at": "2026-11-20"})

    assert "life_event" not in asked


def test_whoever_says_that_nothing_happened_has_told_nothing_else() -> None:
    with pytest.raises(BadInput) as error:
        ask({"service": "X", "life_event": "none", "moved_at": "2026-01-01"})

    assert error.value.field == "life_event"
    assert error.value.suggestions == ("moved",)


def test_a_last_payment_is_asked_for_where_it_may_lie_after_the_end() -> None:
    charged = GYM | {"cancelled_at": "2026-08-01", "paid_at": "2026-11-01"}

    asked, verdict = interview(charged)

    assert {"cancelled_at", "paid_at"} <= set(asked)
    assert "early_termination_fee" not in asked
    assert verdict.topics["cancel"].answer is not None


def test_who_knows_nothing_is_not_asked_long() -> None:
    asked, verdict = interview({})

    assert asked[0] == "country"
    assert len(asked) < MOST_QUESTIONS
    assert verdict.merchant == "The Firm"


def test_a_thing_used_outside_an_app_is_billed_by_no_store() -> None:
    gym = ask({"service": "Gym", "kind": "gym", "country": "DE"}).checked
    game = ask({"service": "Game", "kind": "digital_content", "country": "DE"}).checked

    assert gym.verdict.topics["cancel"].handled_by == "Gym"
    assert "channel" not in gym.verdict.asks
    assert "channel" in game.verdict.asks


def test_an_interview_has_an_end() -> None:
    everything = TELECOM | {"country": "DE", "notice": "P1M", "life_event": "none"}

    asked, _ = interview(everything | {"cancelled_at": "2026-11-01"})

    assert len(asked) <= MOST_QUESTIONS
    assert ask({"service": "X"}, asked=MOST_QUESTIONS).question is None
