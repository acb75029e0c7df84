"""An end that holds only if no term and no notice binds says so wherever it stands."""

from datetime import date
from typing import Any

import pytest

from rescind.adapters.public.decision import answer_json
from rescind.app.act import letters
from rescind.app.act.plan import plan
from rescind.core.act.letter import as_text
from rescind.core.follow.due import days_of
from rescind.labels import say
from tests.given import SENDER

STREAM: dict[str, Any] = {
    "service": "other",
    "merchant": "Fjordstream",
    "kind": "streaming",
    "country": "DE",
    "paid_at": "2026-11-17",
    "period": "P1M",
    "price": "12.99 EUR",
    "as_of": "2026-11-29",
}
CONDITION = "if no term or notice binds you"


def test_who_bills_unknown_takes_no_condition_away() -> None:
    found = plan(STREAM)

    cancel = found.checked.verdict.topics["cancel"]
    assert cancel.ends_on == date(2026, 12, 16)
    assert cancel.ends_if_unbound
    assert {"term", "notice"} <= set(found.checked.verdict.asks)
    assert all(
        "unbound" in str(a.says) for a in found.plan.alternatives if "cancel" in a.do
    )


def test_what_every_biller_ends_on_another_day_has_no_condition() -> None:
    dated = STREAM | {"paid_at": None, "purchased_at": None}

    cancel = plan({n: v for n, v in dated.items() if v}).checked.verdict.topics[
        "cancel"
    ]

    assert cancel.ends_on is None
    assert not cancel.ends_if_unbound


@pytest.mark.parametrize(
    ("told", "unbound"), [({}, True), ({"notice": "P1D", "term": "P1M"}, False)]
)
def test_the_last_day_of_a_case_has_the_condition(
    told: dict[str, str], *, unbound: bool
) -> None:
    found = plan(STREAM | {"channel": "web"} | told)

    days = days_of(answer_json(found.checked, found.decision))

    (cancel,) = (day for day in days if day.what == "cancel")
    assert (CONDITION in say(cancel.text)) is unbound


def test_the_last_day_of_a_case_says_that_a_term_may_bind() -> None:
    found = plan(TOLD | {"country": "GB"})

    days = days_of(answer_json(found.checked, found.decision))

    (cancel,) = (day for day in days if day.what == "cancel")
    assert "if no term binds you" in say(cancel.text)


TOLD: dict[str, Any] = {
    "service": "other",
    "merchant": "Ex",
    "kind": "membership",
    "channel": "web",
    "period": "P1M",
    "notice": "P1M",
    "purchased_at": "2026-06-20",
    "as_of": "2026-11-28",
}


@pytest.mark.parametrize("kind", ["membership", "gym", "streaming"])
@pytest.mark.parametrize("country", ["DE", "NL", "GB", "ES", "US-CA", "JP"])
def test_a_term_that_may_bind_is_asked_once_a_notice_is_told(
    country: str, kind: str
) -> None:
    found = plan(TOLD | {"country": country, "kind": kind})

    assert say(found.decision.headline).endswith(" if no term binds you.")
    assert "term" in found.decision.asks


@pytest.mark.parametrize(
    "told",
    [
        {"country": "DE", "term": "P12M"},
        {"country": "DE", "term": "P1M"},
        {"country": "DE", "purchased_at": "2023-06-20"},
        {"country": "US-CA", "channel": "apple"},
        {"country": "MX", "trial_ends_at": "2026-12-20", "purchased_at": "2026-11-20"},
    ],
)
def test_a_term_that_changes_nothing_is_not_asked(told: dict[str, str]) -> None:
    found = plan(TOLD | told)

    assert "term" not in found.checked.verdict.topics["cancel"].asks
    assert not found.checked.verdict.topics["cancel"].ends_if_unbound


@pytest.mark.parametrize(
    "first", [{"term": "P12M", "purchased_at": "2024-06-20"}, {"renews_open": False}]
)
def test_what_follows_a_term_is_asked_where_it_decides(first: dict[str, Any]) -> None:
    found = plan(TOLD | {"country": "GB"} | first)

    cancel = found.checked.verdict.topics["cancel"]
    assert cancel.ends_if_unbound
    assert set(cancel.asks) & {"term", "renewal_term"}


def test_an_earlier_end_by_law_turns_on_the_term_as_well() -> None:
    found = plan(TOLD | {"country": "FR"})

    assert say(found.decision.headline).endswith(
        "otherwise on 19 January 2027 or later."
    )
    sooner = found.checked.verdict.topics["cancel"].sooner
    assert sooner is not None
    assert ("term", True) in sooner.conditions


MAGAZINE: dict[str, Any] = {
    "service": "other",
    "merchant": "Blad",
    "kind": "newspaper",
    "country": "NL",
    "channel": "web",
    "purchased_at": "2023-03-14",
    "term": "P12M",
    "renewal_term": "P12M",
    "price": "96 EUR",
    "period": "P1Y",
    "paid_at": "2026-03-14",
    "as_of": "2026-11-30",
}


def test_a_notice_that_nobody_told_is_not_taken_for_none() -> None:
    found = plan(MAGAZINE)

    assert say(found.decision.headline) == (
        "Cancel with Blad as soon as you can, and ask for your 23.67 EUR back; "
        "it ends on 13 December if no notice binds you."
    )
    assert "notice" in found.decision.asks


def test_a_notice_that_changes_nothing_is_no_condition() -> None:
    found = plan(MAGAZINE | {"as_of": "2026-10-20", "country": "GB"})

    assert not found.checked.verdict.topics["cancel"].ends_if_unbound


def test_a_letter_names_no_day_that_turns_on_a_notice() -> None:
    wanted = letters.Wanted(kind="cancel", language="en")

    text = as_text(letters.write(MAGAZINE, SENDER, wanted).letter)

    assert "13 December" not in text
    assert "23.67" not in text
    assert "If the contract ends before the time that has been paid for" in text
