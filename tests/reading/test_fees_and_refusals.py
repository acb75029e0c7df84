"""Fees that are insisted on or waived, refusals of money, ends that wait for it.

The answers are by somebody who had seen no rule and no other answer; CC0. Before the
rules for them were written a fee was read rightly in 7 of the 36 that are about one,
and no money in 7 of 12; since, all texts here are known to the rules.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.opinions import opinion
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.meaning import CLOSING
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Message, Reading
from tests.reading.test_answers import answers

ROWS = answers(Path(__file__).with_name("fees_and_refusals.jsonl"))
WAITS = ("fee_part", "pay_first", "stand")
NO_GRANT = ("fee_insist", "no_money", "stand")
FEES = 33
"""Of the 36 answers about a fee so many are read with what is asked, or with nothing
where it was waived."""


def of_kinds(*kinds: str) -> list[Any]:
    return [pytest.param(r, id=r["id"]) for r in ROWS if r["kind"] in kinds]


def reading(row: dict[str, Any]) -> Reading:
    message = message_of_row({**row, "from": "desk@firm.example"}, row["id"])
    return read(message, tongues(), judge=opinion, is_awaited=True)


@pytest.mark.parametrize("row", of_kinds(*WAITS))
def test_nothing_is_surely_over_that_waits_for_money(row: dict[str, Any]) -> None:
    read_as = reading(row)

    assert read_as.needs_person or read_as.label not in CLOSING


@pytest.mark.parametrize("row", of_kinds(*NO_GRANT))
def test_money_that_is_asked_or_refused_is_never_surely_granted(
    row: dict[str, Any],
) -> None:
    read_as = reading(row)
    is_granted = read_as.label is Label.REFUND_GRANTED

    assert row["refund"] or read_as.needs_person or not is_granted


def test_a_fee_is_what_is_still_asked_and_nothing_where_it_was_waived() -> None:
    rows = [r for r in ROWS if r["kind"].startswith("fee_")]

    right = sum(_is_fee_right(row) for row in rows)

    assert len(rows) == 36
    assert right >= FEES


def _is_fee_right(row: dict[str, Any]) -> bool:
    found = reading(row)
    if row["fee"] is None:
        return not found.asks_fee and found.refund is None
    amount, currency = row["fee"].split()
    fee = found.fee
    return fee is not None and (fee.amount, fee.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("We insist on payment. Please transfer 44.99 EUR.", Label.INVOICE),
        ("wir lehnen eine weitere Erstattung ab.", Label.REFUND_REFUSED),
        (
            "Vi vidhåller vårt beslut. Avtalet löper till den 30 maj 2027.",
            Label.REFUSED,
        ),
    ],
)
def test_what_money_is_asked_or_refused_is_called_so(words: str, label: Label) -> None:
    message = Message(
        id="1", sender="desk@firm.example", subject="Re: my letter", text=words
    )

    assert read(message, tongues(), judge=opinion, is_awaited=True).label is label


def test_words_that_were_pasted_into_a_case_answer_its_letter() -> None:
    words = "We determined that this purchase is not eligible for a refund."
    pasted = Message(id="1", sender="", subject="", text=words)
    sent = Message(id="1", sender="desk@firm.example", subject="", text=words)

    assert not read(pasted, tongues(), is_awaited=True).needs_person
    assert read(sent, tongues(), is_awaited=True).needs_person
    assert read(pasted, tongues()).needs_person


@pytest.mark.parametrize(
    "words",
    [
        "O seu contrato só termina depois de pagar a quantia de 45,00 € em dívida.",
        "Su contrato solo termina después de pagar los 45,00 € pendientes.",
    ],
)
def test_what_ends_only_once_it_is_paid_is_not_over(words: str) -> None:
    message = Message(
        id="1", sender="desk@firm.example", subject="Re: my letter", text=words
    )

    for judge in (None, opinion):
        assert read(message, tongues(), judge=judge).label is Label.REFUSED


@pytest.mark.parametrize(
    "words",
    [
        (
            "Vi har tittat på ditt ärende igen men vidhåller vårt beslut. Du får inte "
            "tillbaka de 349 kr som drogs i oktober."
        ),
        (
            "Vi har sett på saken igjen, men står ved avgjørelsen. Du får ikke "
            "tilbake de 349 kr som ble trukket i oktober."
        ),
        "Não lhe devolvemos os 34,90 € cobrados em outubro.",
    ],
)
def test_a_sum_that_does_not_come_back_is_refused(words: str) -> None:
    message = Message(
        id="1", sender="desk@firm.example", subject="Re: my letter", text=words
    )

    found = read(message, tongues(), judge=opinion, is_awaited=True)

    assert (found.label, found.refund) == (Label.REFUND_REFUSED, None)
