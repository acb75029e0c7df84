"""A notice that they take only signed, or by post: it stands, and goes so as well."""

from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import demands
from rescind.app.follow.reading import read_raw
from rescind.app.follow.wanted import wants_form
from rescind.core.follow.reading.demands import Demand, find_demands
from tests.letters.scenarios import PLACES, written
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_no_notice_came import GYM, OFFICE, reply_in, sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

SIGNED = (
    "Guten Tag, bitte beachten Sie, dass Kündigungen nur schriftlich mit "
    "Originalunterschrift per Post akzeptiert werden. E-Mails können wir leider nicht "
    "anerkennen."
)
WANTED = [
    SIGNED,
    "Bitte beachten Sie, dass eine Kündigung der Schriftform bedarf.",
    "Für die Kündigung benötigen wir ein unterschriebenes Schreiben im Original.",
    "Unfortunately we only accept cancellations in writing, signed and sent by post.",
    "We do not accept cancellations by email. Please send us a letter.",
    "Nous n'acceptons les résiliations que par lettre recommandée.",
    "La baja solo puede solicitarse por escrito mediante carta firmada.",
    "La disdetta deve essere inviata tramite raccomandata A/R.",
    "Opzeggen kan alleen schriftelijk per aangetekende brief.",
    "Uppsägning måste ske skriftligen med brev. Mejl godtas inte.",
    "Opsigelse skal ske skriftligt pr. brev. Vi accepterer ikke e-mails.",
    "Oppsigelsen må være skriftlig og signert. E-post godtas ikke.",
    "Wypowiedzenie musi zostać złożone w formie pisemnej listem poleconym.",
    "Irtisanominen on tehtävä kirjallisesti. Sähköpostia emme hyväksy.",
    "O cancelamento deve ser pedido por carta registada.",
]
NOT_WANTED = [
    "Wir bestätigen Ihre Kündigung zum 31.12.2026 hiermit schriftlich.",
    "Ihre Kündigung haben wir per E-Mail erhalten. Die Bestätigung kommt per Post.",
    "Your cancellation is confirmed. Written confirmation follows by post.",
    "Nous confirmons votre résiliation ; un courrier vous sera envoyé.",
    "We cannot accept cancellations after the 14 day period.",
]


@pytest.mark.parametrize("said", WANTED)
def test_another_form_is_seen_in_every_language(said: str) -> None:
    assert Demand.IN_WRITING in find_demands(said, demands())


@pytest.mark.parametrize("said", NOT_WANTED)
def test_what_is_told_in_writing_wants_no_form(said: str) -> None:
    assert not wants_form(read_raw(said.encode()))


def test_the_reply_meets_the_form_and_names_the_law(client: Any) -> None:
    case = sent(client, "email")
    page = words(client.post(f"{case}reply/", {"words": SIGNED}, follow=True))
    letter = reply_in(client, case)

    assert "keine strengere Form als die Textform vorschreiben" in letter
    assert "§ 309 Nr. 13 BGB" in letter
    assert "an eine andere Stelle" not in letter
    assert "kündige ich ihn zum nächstmöglichen Zeitpunkt" in letter
    assert "Terms may ask for no more than text form" in page
    assert "by registered post, so that it is there by" in page
    assert "sends you to nobody else" in page


def test_where_no_law_is_on_file_the_clause_is_asked_for(client: Any) -> None:
    swedish = GYM | {"country": "SE", "price": "399", "notice": "P1M"}
    case, _ = told(client, "Nordic Gym", swedish)
    client.post(f"{case}letters/", ANNA | OFFICE | {"act": "email:cancel"})
    said = "Uppsägning måste ske skriftligen med brev. Mejl godtas inte."

    page = words(client.post(f"{case}reply/", {"words": said}, follow=True))

    assert "ask which clause or law wants another form" in page
    assert "Terms may ask for no more" not in page
    assert "ange det villkor eller den lag" in reply_in(client, case)


@pytest.mark.parametrize("language", PLACES)
def test_every_language_has_the_words(language: str) -> None:
    more = {"answer": "form_wanted", "answered_on": "2026-11-15"}
    more |= {"first_kind": "cancel", "first_sent_on": "2026-11-10"}

    letter = written("reply", language, **more)

    said = {each.id for each in letter.letter.paragraphs}
    assert "form-wanted" in said
    law = "form-law" if PLACES[language][0] == "DE" else "form-ground"
    assert law in said
