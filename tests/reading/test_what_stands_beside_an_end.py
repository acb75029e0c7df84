"""Ends that were taken back or are of something else, and what is asked beside them."""

from pathlib import Path

import pytest

from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.model.message import Label
from tests.reading.test_answers import answers, read_as, read_by_label

CONDITIONAL = answers(Path(__file__).with_name("conditional_ends.jsonl"))
"""Ends that turn on something else, in twelve languages; whoever wrote them had seen no
rule. CC0."""
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


@pytest.mark.parametrize("row", CONDITIONAL, ids=lambda row: row["id"])
def test_an_end_that_turns_on_something_is_not_surely_over(row: dict[str, str]) -> None:
    """However sure the reader is that it is confirmed, and as it is read."""
    readings = (
        read_by_label({**row, "label": "confirmed"}),
        read_as(row["subject"], row["body"]),
    )

    assert all(r.needs_person or r.label not in CLOSING for r in readings)


@pytest.mark.parametrize(
    "words",
    [
        "Your membership ends on 31 December 2026. If you have questions, call us.",
        "Ihr Vertrag endet am 31. Dezember 2026. Wenn Sie Fragen haben, rufen Sie an.",
        "Votre abonnement finit le 31 décembre 2026. Si vous changez d'avis, venez.",
        "Avtalen opphører 31. desember 2026. Hvis du ombestemmer deg, kom tilbake.",
    ],
)
def test_a_condition_of_something_else_leaves_an_end_sure(words: str) -> None:
    row = {"id": "1", "date": "2026-11-20", "from": "a@b.example", "label": "confirmed"}

    reading = read_by_label({**row, "subject": "Re: 77120", "body": words})

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person


def test_whoever_is_to_have_a_thing_back_is_not_away() -> None:
    """The router "är tillbaka hos oss": nobody is away."""
    rows = {row["id"]: row for row in CONDITIONAL}
    row = rows["y-sv-cond"]

    assert read_as(row["subject"], row["body"]).label is not Label.OUT_OF_OFFICE
