"""Two letters of one day: the notice is for the case that the withdrawal fails."""

from datetime import date, timedelta
from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.act.letter import as_text
from tests.given import SENDER
from tests.letters.scenarios import PLACES

GYM = {
    "service": "other",
    "merchant": "Atout Forme",
    "kind": "gym",
    "sold_by": "phone",
    "country": "FR",
    "purchased_at": "2026-11-20",
    "paid_at": "2026-11-20",
    "term": "P12M",
    "notice": "P1M",
    "price": "39.90 EUR",
    "period": "P1M",
    "as_of": "2026-11-30",
}
"""A year by telephone, ten days ago: 14 days to withdraw from it."""


def written(kind: str, language: str = "en", **facts: Any) -> letters.Written:
    wanted = letters.Wanted(kind=kind, language=language)
    return letters.write(GYM | facts, SENDER, wanted)


def clauses(kind: str, language: str = "en", **facts: Any) -> list[str]:
    return [each.id for each in written(kind, language, **facts).letter.paragraphs]


@pytest.mark.parametrize("language", PLACES)
def test_the_notice_counts_only_if_the_withdrawal_fails(language: str) -> None:
    assert "in-case" in clauses("cancel", language)


def test_so_it_does_after_a_withdrawal_was_sent() -> None:
    assert "in-case" in clauses("cancel", withdrawn_at="2026-11-25")


def test_a_notice_alone_has_no_condition() -> None:
    assert "in-case" not in clauses("cancel", purchased_at="2026-03-01")


@pytest.mark.parametrize("language", PLACES)
def test_a_withdrawal_names_what_was_paid(language: str) -> None:
    assert "sum" in clauses("withdraw", language)
    assert "39" in as_text(written("withdraw", language).letter)


def test_nothing_is_named_that_is_not_known() -> None:
    assert "sum" not in clauses("withdraw", price=None, period=None)


ANSWER: dict[str, Any] = {
    "answer": "refused",
    "answered_on": "2026-12-01",
    "first_sent_on": "2026-11-30",
    "first_kind": "withdraw",
    "withdrawn_at": "2026-11-30",
    "as_of": "2026-12-01",
}


def test_the_answer_to_a_refusal_names_all_that_was_asked_for() -> None:
    assert "The sum is €39.90." in as_text(written("reply", **ANSWER).letter)


def test_who_asked_for_a_beginning_names_what_is_left_of_it() -> None:
    begun: dict[str, Any] = {"start_requested": True, "withdrawal_informed": True}
    text = as_text(written("reply", **ANSWER | begun).letter)

    assert "The sum is" in text
    assert "€39.90" not in text


def test_a_charge_of_its_own_is_named_as_it_was_told() -> None:
    text = as_text(written("reply", **ANSWER, amount="12 EUR").letter)

    assert "The sum is €12.00." in text


def test_an_answer_leaves_the_time_that_the_notice_gave() -> None:
    told = {"purchased_at": "2026-03-01", "period": "P12M", "price": "120 EUR"}
    refused = {
        "answer": "money_refused",
        "answered_on": "2026-11-30",
        "first_sent_on": "2026-11-30",
        "first_kind": "cancel",
        "cancelled_at": "2026-11-30",
        "amount": "23.67 EUR",
    }
    end = date(2027, 2, 28)

    said = as_text(written("reply", **told | refused).letter)

    by = end + timedelta(days=30)
    assert f"repay it by {by.day} {by:%B %Y}" in said


def test_an_answer_names_its_own_day_once_that_of_the_notice_is_past() -> None:
    told = {"purchased_at": "2025-03-01", "term": "P1M", "renewal_term": "P1M"}
    refused = {
        "answer": "money_refused",
        "answered_on": "2026-11-30",
        "first_sent_on": "2026-08-01",
        "first_kind": "cancel",
        "cancelled_at": "2026-08-01",
        "amount": "23.67 EUR",
    }

    said = as_text(written("reply", **told | refused).letter)

    assert "repay it by 14 December 2026" in said
