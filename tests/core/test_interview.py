"""The interview: few questions, none in vain, and none twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.app.know import check, interview
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.know.interview import answers, next_question
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import Facts
from tests.conftest import examples

SERVICE = check.catalogue().service("coursera")
LAW = check.law()
TODAY = date(2026, 9, 20)
PLUS = Facts(service="coursera", offer="plus-annual", channel="web", as_of=TODAY)


def ask(facts: Facts, *skipped: str) -> str | None:
    return next_question(facts, SERVICE, LAW, skipped=frozenset(skipped))


def test_who_bills_and_what_was_bought_come_first() -> None:
    nothing = Facts(service="coursera", as_of=TODAY)

    assert ask(nothing) in ("channel", "offer")
    assert ask(replace(nothing, channel="web")) == "offer"
    assert ask(replace(nothing, offer="plus-annual")) == "channel"


@pytest.mark.parametrize(
    ("known", "question"),
    [
        ({}, "country"),
        ({"country": "CA"}, "kind"),
        ({"country": "CA", "kind": "gym"}, "country"),
    ],
)
def test_the_province_matters_only_once_the_kind_is_known(
    known: dict[str, str], question: str
) -> None:
    contract = {
        "service": "other",
        "merchant": "Iron Hall",
        "channel": "web",
        "period": "P1M",
        "purchased_at": "2026-11-24",
        "as_of": "2026-11-25",
    }

    asked = interview.ask(contract | known).question

    assert asked is not None
    assert asked.fact.name == question


def test_the_day_of_purchase_tells_most_about_a_plan() -> None:
    assert ask(PLUS) == "purchased_at"


def test_nothing_is_asked_when_all_that_matters_is_known() -> None:
    known = replace(
        PLUS, country="US", purchased_at=TODAY - timedelta(days=3), had_trial=False
    )

    assert ask(known) is None


def test_what_a_person_does_not_know_is_not_asked_again() -> None:
    first = ask(PLUS)
    assert first is not None

    second = ask(PLUS, first)

    assert second not in (None, first)
    assert ask(PLUS, *FACTS) is None


def test_an_answer_that_the_other_facts_exclude_is_not_weighed() -> None:
    on_trial = replace(PLUS, purchased_at=TODAY, had_trial=True, country="DE")

    assert min(answers("trial_ends_at", on_trial, SERVICE, LAW)) < TODAY
    assert ask(on_trial) == "trial_ends_at"


def test_a_date_is_tried_before_and_after_today() -> None:
    assert all(day <= TODAY for day in answers("purchased_at", PLUS, SERVICE, LAW))
    assert all(day > TODAY for day in answers("renews_at", PLUS, SERVICE, LAW))
    ends = answers("trial_ends_at", PLUS, SERVICE, LAW)
    assert min(ends) < TODAY < max(ends)


def test_a_length_is_tried_with_lengths_and_a_country_with_each_law() -> None:
    assert answers("notice", PLUS, SERVICE, LAW)
    places = answers("country", PLUS, SERVICE, LAW)
    assert {"US", "GB", "BR", "CA-QC", "AQ"} <= set(places)
    assert len(places) < 60


def test_a_choice_is_tried_with_each_of_its_values_and_text_with_none() -> None:
    assert "phone" in answers("sold_by", PLUS, SERVICE, LAW)
    assert set(answers("upgraded_from", PLUS, SERVICE, LAW)) == set(SERVICE.offers)
    assert answers("merchant", PLUS, SERVICE, LAW) == ()


def test_an_unknown_contract_asks_for_its_notice() -> None:
    checked = check.check(
        {
            "service": "other",
            "merchant": "Gym",
            "kind": "gym",
            "channel": "web",
            "country": "MX",
            "term": "P12M",
            "purchased_at": "2026-01-15",
            "renews_at": "2026-10-15",
            "as_of": "2026-09-20",
        }
    )

    assert next_question(checked.facts, checked.service, LAW) == "notice"


@st.composite
def half_known(draw: st.DrawFn) -> tuple[Facts, dict[str, Any]]:
    """Return what is known, and what the person will answer."""
    bought = draw(st.dates(date(2025, 1, 1), TODAY))
    truth: dict[str, Any] = {
        "country": draw(st.sampled_from(["DE", "US", "IN", "GB", "MX", "CA-QC"])),
        "purchased_at": bought,
        "had_trial": draw(st.booleans()),
        "certificate_earned": draw(st.booleans()),
        "withdrawal_informed": draw(st.booleans()),
        "withdrawal_waived": draw(st.booleans()),
    }
    known = draw(st.sets(st.sampled_from(sorted(truth))))
    offer = draw(st.sampled_from(sorted(SERVICE.offers)))
    given_facts: dict[str, Any] = {name: truth[name] for name in known}
    facts = replace(PLUS, offer=offer, **given_facts)
    return facts, truth


@examples(40)
@given(half_known())
def test_the_interview_ends_and_leaves_only_what_is_not_known(
    purchase: tuple[Facts, dict[str, Any]],
) -> None:
    facts, truth = purchase
    skipped: set[str] = set()
    for _ in range(len(FACTS) + 1):
        fact = ask(facts, *skipped)
        if fact is None:
            break
        assert fact not in skipped
        assert getattr(facts, fact) is None
        if fact in truth:
            facts = replace(facts, **{fact: truth[fact]})
        else:
            skipped.add(fact)
    left = set(verdict(facts, SERVICE, LAW).asks) - skipped
    assert not left


def test_facts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(BadInput):
        ask(replace(PLUS, purchased_at=TODAY + timedelta(days=3)))
