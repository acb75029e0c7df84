"""Notices that never came, payments that are overdue, and money asked for leaving.

108 answers by somebody who had seen no rule and no other answer; CC0. Before there were
rules for them, none of the 24 sums that are overdue was read, 8 of the 24 asked for
leaving, and one denial of 36 was surely an end; since, the rules know all texts.
"""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.opinions import opinion
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Message, Reading
from tests.reading.test_answers import answers

ROWS = answers(Path(__file__).with_name("notice_and_dues.jsonl"))
DENIALS, SUMS = 26, 36
"""Of the 36 denials and of the 48 sums so many are read rightly."""


def reading(text: str, at: str = "2026-11-30", subject: str = "") -> Reading:
    day = datetime.fromisoformat(at).replace(tzinfo=UTC)
    message = Message(
        id="1", sender="desk@firm.example", subject=subject, text=text, at=day
    )
    return read(message, tongues(), judge=opinion, is_awaited=True)


def test_who_missed_a_notice_that_no_case_waits_for_refuses_nothing() -> None:
    text = (
        "Dear all, we have not received your cancellation of the course. "
        "The room is on the second floor."
    )
    message = Message(id="1", sender="ben@home.example", subject="", text=text)

    found = read(message, tongues(), judge=opinion, is_awaited=False)

    assert found.label is not Label.REFUSED
    assert found.needs_person


def read_row(row: dict[str, Any]) -> Reading:
    return reading(row["body"], row["date"], row["subject"])


def of_kinds(*kinds: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if row["kind"] in kinds]


@pytest.mark.parametrize("row", of_kinds("no_notice"), ids=lambda row: row["id"])
def test_a_notice_that_never_came_ended_nothing(row: dict[str, Any]) -> None:
    found = read_row(row)

    assert found.needs_person or found.label not in CLOSING


def test_most_denials_are_read_as_refusals() -> None:
    rows = of_kinds("no_notice")
    found = [(row["wants"]["means"].split(" or "), read_row(row)) for row in rows]

    right = [f for means, f in found if f.label in means or _is_open(f)]

    assert len(rows) == 36
    assert len(right) >= DENIALS


def _is_open(found: Reading) -> bool:
    return found.needs_person and found.label not in CLOSING


@pytest.mark.parametrize(
    "row", of_kinds("no_notice_but_ends"), ids=lambda row: row["id"]
)
def test_who_never_got_it_and_ends_it_all_the_same_ends_it(row: dict[str, Any]) -> None:
    found = read_row(row)

    assert found.label in CLOSING
    assert found.effective_on == row["wants"]["ends_on"]


@pytest.mark.parametrize("row", of_kinds("near_miss"), ids=lambda row: row["id"])
def test_words_close_to_a_denial_are_none(row: dict[str, Any]) -> None:
    closing = row["wants"].get("closing")

    assert closing is None or (read_row(row).label in CLOSING) == closing


def test_what_is_overdue_is_told_from_what_is_asked_for_leaving() -> None:
    rows = of_kinds("dues", "leaving")

    right = sum(_is_right(row["wants"], read_row(row)) for row in rows)

    assert len(rows) == 48
    assert right >= SUMS


def _is_right(wants: dict[str, Any], found: Reading) -> bool:
    amount, currency = wants["asks"].split()
    if found.fee is None or found.is_dues == wants["for_leaving"]:
        return False
    return (found.fee.amount, found.fee.currency) == (Decimal(amount), currency)


NO_RECORD = "We have no record of a cancellation from you. Your plan is active."


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        (NO_RECORD, True),
        ("If we receive no cancellation by 3 May, it renews.", False),
        ("Have you not received a cancellation confirmation?", False),
    ],
)
def test_only_a_denial_of_the_notice_refuses(words: str, *, is_refused: bool) -> None:
    assert (reading(words).label is Label.REFUSED) == is_refused


@pytest.mark.parametrize(
    ("words", "fee"),
    [
        ("We charge an exit fee of £27.50 for six months, together £165.", "165 GBP"),
        ("We charge an exit fee of £60, and sent you £5.", "60 GBP"),
        ("We charge an exit fee of £60, which is 70 EUR.", "60 GBP"),
        ("Please pay what is unpaid: £20 for May, or 40 EUR.", None),
    ],
)
def test_a_sum_of_months_is_the_whole(words: str, fee: str | None) -> None:
    found = reading(words)

    assert (str(found.fee) if found.fee else None) == fee
