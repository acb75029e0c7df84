"""What they ask for is a field on the page of the reply, and no more than that."""

import re
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, received
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

FILMS = {
    "service": "other",
    "merchant": "Cinéma Chez Soi",
    "kind": "streaming",
    "channel": "paypal",
    "country": "FR",
    "purchased_at": "2026-01-10",
    "period": "P1M",
    "price": "9.99 EUR",
}
GYM = {
    "service": "other",
    "merchant": "Sportzaal",
    "kind": "gym",
    "channel": "web",
    "country": "NL",
    "purchased_at": "2025-01-10",
    "period": "P1M",
    "price": "29.99 EUR",
    "died_at": "2026-11-03",
    "holder": "Jan de Vries",
    "authority": "heir",
}
NOT_FOUND = (
    "Nous ne retrouvons aucun abonnement à votre nom avec cette adresse e-mail. "
    "Pourriez-vous nous indiquer l'adresse e-mail utilisée lors de l'inscription ou "
    "l'identifiant de transaction PayPal ?"
)
CERTIFICATE = (
    "Om het lidmaatschap te kunnen beëindigen hebben wij een kopie van de "
    "overlijdensakte nodig."
)


def page_of_reply(client: Any, facts: dict[str, str], words: str) -> tuple[str, str]:
    """Return the address of the letters, and the page of the reply to some words."""
    who = {n: SENDER[n] for n in ("name", "email", "address", "country")}
    case_id = str(cases.new_case(facts, who))
    cases.say_sent(case_id, "by e-mail", None)
    received.take_in(case_id, words.encode())
    address = f"/cases/{case_id}/letters/"
    return address, client.get(f"{address}?letter=reply").content.decode()


def letter_in(page: str) -> str:
    return " ".join(re.findall(r"<pre.*?</pre>", page, re.DOTALL))


def test_each_detail_that_is_asked_for_has_a_field(client: Any) -> None:
    address, page = page_of_reply(client, FILMS, NOT_FOUND)

    assert 'name="sender.other_email"' in page
    assert 'name="sender.invoice_id"' in page
    assert 'name="sender.customer_number"' not in page
    assert "pièce d’identité" not in letter_in(page)
    # nobody has said that there is none
    assert "d’autres que ceux" not in letter_in(page)
    assert page.count("They ask for it: fill it in, or say that you have none.") == 2

    typed = {"sender.name": "Luc Martin", "sender.other_email": "luc@old.example.org"}
    again = client.post(f"{address}?letter=reply", typed | {"letter": "reply"})
    answer = letter_in(again.content.decode())
    assert re.search(r"Autre adresse électronique\s: luc@old.example.org", answer)
    assert "figurent ci-dessus" in answer
    assert "d’autres que ceux" not in answer


def test_who_says_that_there_is_none_writes_so(client: Any) -> None:
    address, _ = page_of_reply(client, FILMS, NOT_FOUND)
    to = f"{address}?letter=reply"
    typed = {"sender.name": "Luc Martin", "letter": "reply"}

    first = client.post(to, typed | {"none": "other_email"}).content.decode()
    client.post(to, typed | {"none": "invoice_id"})
    both = client.get(to).content.decode()

    assert 'name="none" value="invoice_id"' in first
    assert 'name="none" value="other_email"' not in first
    assert "d’autres que ceux" not in letter_in(first)
    assert "d’autres que ceux qui figurent ci-dessus" in letter_in(both)
    assert "They ask for it" not in both


def test_heirs_may_enclose_the_death_certificate(client: Any) -> None:
    address, page = page_of_reply(client, GYM, CERTIFICATE)
    assert 'name="reply.papers"' in page

    chosen = {"sender.name": "Eva de Vries", "reply.papers": "certificate"}
    again = client.post(f"{address}?letter=reply", chosen | {"letter": "reply"})
    answer = letter_in(again.content.decode())

    assert "Een kopie van de overlijdensakte voeg ik bij." in answer
    assert "overeenkomst tussen Jan de Vries en Sportzaal" in answer
    assert "identiteitsbewijs" not in answer
    assert "mijn overeenkomst" not in answer


def test_a_paper_is_enclosed_only_as_heirs_say(client: Any) -> None:
    _, page = page_of_reply(client, GYM, CERTIFICATE)
    answer = letter_in(page)

    assert "overlijdensakte voeg ik bij" not in answer
    assert "U vraagt om stukken. Ik stuur u die afzonderlijk toe." in answer
    assert "Andere" not in answer
    assert "choose what you enclose" in page


HEIRS_PAPERS = (
    "Damit wir das Abonnement von Herrn Hans Weber (Kundennummer FAZ-4471902) beenden "
    "können, benötigen wir noch eine Kopie der Sterbeurkunde sowie einen Erbnachweis "
    "(z. B. Erbschein). Bitte senden Sie uns die Unterlagen bis zum 15.12.2026 per "
    "E-Mail an aboservice@faz.example."
)
PAPER = GYM | {
    "merchant": "Zeitung",
    "kind": "newspaper",
    "country": "DE",
    "holder": "Hans Weber",
}


def test_the_case_says_which_papers_are_wanted_and_by_when(client: Any) -> None:
    address, page = page_of_reply(client, PAPER, HEIRS_PAPERS)
    case = words(client.get(address.removesuffix("letters/")))
    answer = letter_in(page)

    assert "By 15 December 2026 they want to see the death certificate" in case
    assert "that you may act for the estate" in case
    assert "put in copies: the originals stay with you" in case
    assert "they cannot find you" not in case
    assert "Sie bitten um Unterlagen. Ich sende sie Ihnen gesondert." in answer
    assert "Andere als die oben genannten" not in answer
    assert "füge ich bei" not in answer

    both = {"sender.name": "Eva Weber", "reply.papers": "both", "letter": "reply"}
    again = client.post(f"{address}?letter=reply", both).content.decode()
    enclosed = "Eine Kopie der Sterbeurkunde und einen Nachweis des Erbrechts füge ich"
    assert enclosed in letter_in(again)
    assert "Put in copies" in again
    assert "gesondert" not in letter_in(again)


def test_an_end_that_waits_for_the_certificate_is_answered_with_it(
    client: Any,
) -> None:
    waits = (
        "Bitte laden Sie die Sterbeurkunde unter kontakt.example hoch. Der Vertrag "
        "kann dann zum Monatsende nach Eingang der Sterbeurkunde beendet werden. Bis "
        "dahin läuft der Vertrag weiter und die Beiträge werden abgebucht."
    )
    address, page = page_of_reply(client, PAPER, waits)
    case = words(client.get(address.removesuffix("letters/")))

    assert "They want to see the death certificate." in case
    assert 'name="reply.papers"' in page
    assert "Sie bitten um Unterlagen." in letter_in(page)


def test_nothing_is_enclosed_where_heirs_choose_so(client: Any) -> None:
    address, _ = page_of_reply(client, GYM, CERTIFICATE)
    typed = {"sender.name": "Eva de Vries", "reply.papers": "none", "letter": "reply"}
    page = client.post(f"{address}?letter=reply", typed).content.decode()

    assert "overlijdensakte voeg ik bij" not in letter_in(page)


def test_heirs_read_that_nothing_is_paid_back(client: Any) -> None:
    case_id = str(cases.new_case(GYM, SENDER, Wanted(kind="on-behalf-of")))
    cases.say_sent(case_id, "by e-mail", None)
    ends = (
        "Wij bevestigen dat de overeenkomst eindigt op 28 december 2026. Restitutie "
        "van het resterende abonnementsgeld is helaas niet mogelijk."
    )
    received.take_in(case_id, ends.encode())
    page = words(client.get(f"/cases/{case_id}/"))

    assert "They pay nothing back." in page
