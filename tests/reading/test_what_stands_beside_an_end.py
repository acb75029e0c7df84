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
