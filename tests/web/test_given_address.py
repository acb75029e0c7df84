"""An e-mail address that they give for the papers or the answer is there to choose."""

from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import signs, tongues
from rescind.core.follow.reading.demands import Sign
from rescind.core.follow.reading.given_address import given_address
from tests.web.test_desk_pages import ANNA, words
from tests.web.test_no_notice_came import OFFICE, sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

PAPERS = (
    "Guten Tag, bitte senden Sie uns Ihre Mitgliedsnummer bis zum 15.12.2026 an "
    "aboservice@faz.de. Mit freundlichen Grüßen"
)
GIVEN = [
    (PAPERS, "aboservice@faz.de"),
    ("Please send your answer to desk@firm.example.", "desk@firm.example"),
    ("Merci d'envoyer ces documents à clients@firm.example.", "clients@firm.example"),
    ("Envíe los documentos a bajas@firm.example.", "bajas@firm.example"),
    ("Vi preghiamo di inviare la copia a soci@firm.example.", "soci@firm.example"),
    ("Stuur uw lidnummer naar leden@firm.example.", "leden@firm.example"),
    ("Skicka ditt medlemsnummer till medlem@firm.example.", "medlem@firm.example"),
    ("Send dit medlemsnummer til medlem@firm.example.", "medlem@firm.example"),
    ("Proszę przesłać numer na adres klub@firm.example.", "klub@firm.example"),
    ("Lähetä jäsennumerosi osoitteeseen jasen@firm.example.", "jasen@firm.example"),
    ("Envie o número para socios@firm.example.", "socios@firm.example"),
]
NONE = [
    "Bei Fragen schreiben Sie an service@firm.example.",
    "E-Mail: service@firm.example",
    "Diese Nachricht kommt von no-reply@firm.example; senden Sie nichts dorthin.",
    "Please send it to a@firm.example or send it to b@firm.example.",
]


def read(text: str) -> str | None:
    return given_address(
        text, write_to=signs()[Sign.WRITE_TO], for_help=tongues().for_help
    )


@pytest.mark.parametrize(("said", "address"), GIVEN)
def test_an_address_to_send_to_is_read(said: str, address: str) -> None:
    assert read(said) == address


@pytest.mark.parametrize("said", NONE)
def test_other_addresses_are_none(said: str) -> None:
    assert read(said) is None


def test_it_stands_beside_the_answer_and_is_never_taken_silently(client: Any) -> None:
    case = sent(client, "email")
    client.post(f"{case}reply/", {"words": PAPERS})

    page = client.get(f"{case}letters/?letter=reply")
    text, markup = words(page), page.content.decode()

    assert "The address they gave: aboservice@faz.de" in text
    assert 'value="aboservice@faz.de" checked' not in markup
    assert 'name="reply.to" value="service@vitalis.example"' in markup


def test_who_chooses_it_writes_there(client: Any) -> None:
    case = sent(client, "email")
    client.post(f"{case}reply/", {"words": PAPERS})
    chosen = {"reply.to_instead": "aboservice@faz.de"}
    typed = ANNA | OFFICE | chosen | {"reply.to": "service@vitalis.example"}

    laid = client.post(f"{case}letters/", typed | {"letter": "reply"})
    page = laid.content.decode()

    assert 'value="aboservice@faz.de" checked' in page
    assert 'name="reply.to" value="aboservice@faz.de"' in page


def test_what_they_only_quote_is_no_address_of_theirs(client: Any) -> None:
    case = sent(client, "email")
    quoted = "Danke für Ihre Nachricht, wir brauchen Ihre Mitgliedsnummer.\n\n"
    quoted += "Am 28.11.2026 schrieb Anna:\n> Bitte senden Sie es an mich@anna.example."
    client.post(f"{case}reply/", {"words": quoted})

    assert "The address they gave" not in words(
        client.get(f"{case}letters/?letter=reply")
    )
