"""Days, sums, quotes and evidence: the parts that messages are read with."""

import pytest

from rescind.adapters.data.phrasebooks import languages, quotes, tongues
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.reply_text import new_text
from rescind.core.follow.reading.sums import find_money
from rescind.core.follow.reading.transport import is_automatic
from rescind.core.model.message import Label, Message

ENGLISH, GERMAN = languages()[0], languages()[1]


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("a refund of $1,234.50", "1234.50 USD"),
        ("1.234,50 € zurück", "1234.50 EUR"),
        ("CHF 49.00", "49.00 CHF"),
        ("R$ 49,90", "49.90 BRL"),
        ("499 kr", "499 SEK"),
        ("1 234,50 EUR", "1234.50 EUR"),
        ("£12", "12 GBP"),
        ("12 euros", "12 EUR"),
        ("nothing at all in 2026", "None"),
    ],
)
def test_sums_are_read_in_local_forms(text: str, money: str) -> None:
    assert str(find_money(text)) == money


def test_a_ruled_block_of_headers_begins_a_quote() -> None:
    ruled = (
        "Danke.\n____________________\nVon: Ada\nGesendet: heute\nAn: x\nIch kündige."
    )
    line = "Danke.\n____________________\nIhr Kundenservice"
    wrapped = (
        "Thanks.\nOn Thu, 26 Nov 2026 at 10:00,\nAda <ada@x.org> wrote:\nI cancel."
    )

    assert new_text(ruled, quotes()) == "Danke."
    assert "Kundenservice" in new_text(line, quotes())
    assert new_text(wrapped, quotes()) == "Thanks."


def test_a_line_that_only_looks_like_a_header_is_no_quote() -> None:
    text = "From: our side nothing is open.\nYour plan has ended."

    assert new_text(text, quotes()) == text


def message(
    text: str, subject: str = "x", sender: str = "desk@m.example.org"
) -> Message:
    return Message(id="1", sender=sender, subject=subject, text=text)


def test_a_sum_beside_the_sentence_that_grants_it_is_found() -> None:
    said = "We have issued a refund. The amount is $12.50. Best regards"
    none = "We have issued a refund."

    assert str(read(message(said), tongues()).refund) == "12.50 USD"
    assert read(message(none), tongues()).refund is None


def test_a_server_that_says_nothing_of_a_delivery_is_read_as_other_mail() -> None:
    found = read(
        message("Welcome to our mail service.", "Welcome", "postmaster@m.example.org"),
        tongues(),
    )

    assert not found.label.startswith("bounce")


def test_what_is_taken_back_goes_to_a_person_and_says_why() -> None:
    found = read(
        message("Your subscription will be cancelled if you press the button."),
        tongues(),
    )

    assert found.needs_person
    assert found.because[0].code == "taken_back"


def test_two_things_that_contradict_make_it_unsure() -> None:
    found = read(
        message(
            "Your subscription has been cancelled. However, your notice was rejected."
        ),
        tongues(),
    )

    assert (found.label, found.needs_person) == (Label.CONFIRMED, True)


def test_an_automatic_message_is_told_by_its_headers() -> None:
    wording = tongues().wording
    by = [{"auto-submitted": "auto-replied"}, {"x-autoreply": "yes"}]
    by += [{"precedence": "auto_reply"}]

    for headers in by:
        told = Message(id="1", sender="", subject="x", text="", headers=headers)
        assert is_automatic(told, wording)
    assert not is_automatic(message("x"), wording)
    assert is_automatic(message("x", "Automatische Antwort: Kündigung"), wording)
