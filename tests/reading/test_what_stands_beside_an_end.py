"""Ends that were taken back or are of something else, and what is asked beside them."""

from pathlib import Path

import pytest

from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.model.message import Label
from tests.reading.test_answers import read_as

ANSWERS = read_yaml(Path(__file__).with_name("beside_an_end.yaml"))


@pytest.mark.parametrize("words", ANSWERS["goes_on"])
def test_what_goes_on_is_not_surely_over(words: str) -> None:
    reading = read_as("Re: your letter", words)

    assert reading.needs_person or reading.label not in CLOSING


@pytest.mark.parametrize("words", ANSWERS["fee"])
def test_a_sum_that_is_asked_beside_an_end_is_named(words: str) -> None:
    reading = read_as("Re: your letter", words)

    assert reading.asks_fee
    assert reading.refund is None


@pytest.mark.parametrize("words", ANSWERS["on_paper"])
def test_what_is_handled_only_once_a_letter_came_is_no_receipt(words: str) -> None:
    reading = read_as("Re: your letter", words)

    assert reading.label is Label.REFUSED


@pytest.mark.parametrize("words", ANSWERS["renews"])
def test_a_notice_that_it_renews_ends_nothing(words: str) -> None:
    reading = read_as("Renewal", words)

    assert reading.label is Label.INVOICE
    assert reading.effective_on is None


def test_an_end_beside_a_renewal_that_is_quoted_stays_an_end_to_be_looked_at() -> None:
    reading = read_as(
        "Re: your letter",
        "We confirm that your membership has been cancelled. By clause 4 a membership "
        "renews each year.",
    )

    assert reading.label is Label.CONFIRMED
    assert reading.needs_person


@pytest.mark.parametrize("words", ANSWERS["offered"])
def test_an_offer_to_whoever_comes_back_is_no_condition(words: str) -> None:
    reading = read_as("Re: your letter", words)

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person
    assert reading.effective_on == "2026-12-04"
