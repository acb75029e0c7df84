"""Noted, but call us; and a day on which an end takes effect."""

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail import opinions
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Reading
from tests.reading.test_answers import read_as
from tests.reading.test_what_stands_beside_an_end import ANSWERS


def reading(text: str) -> Reading:
    row = {"date": "2026-11-20", "from": "a@b.example", "subject": "", "body": text}
    message = message_of_row(row, "1")
    return read(message, tongues(), judge=opinions.opinion, is_awaited=True)


@pytest.mark.parametrize(
    "text",
    [
        (
            "We have noted your cancellation. Please call us on 0800 "
            "123456 within 7 days; "
            "without your call the contract remains active."
        ),
        (
            "Wir haben Ihre Kündigung vorgemerkt. Bitte rufen Sie "
            "innerhalb von 7 Tagen "
            "unter 0800 123 an; andernfalls läuft der Vertrag weiter."
        ),
        (
            "Nous avons bien pris note de votre demande. Nous vous "
            "invitons à appeler le "
            "3900 sous 7 jours ; à défaut, votre contrat restera actif."
        ),
        (
            "Hemos tomado nota de su solicitud de baja. Para tramitarla debe llamar al "
            "1004; sin su llamada la línea seguirá activa."
        ),
        (
            "Abbiamo preso nota della sua disdetta. La preghiamo di "
            "chiamare il 155 entro "
            "7 giorni; in mancanza il contratto resterà attivo."
        ),
        (
            "Wij hebben uw opzegging genoteerd. Wij verzoeken u binnen "
            "7 dagen te bellen "
            "naar 0800 1234; zonder uw telefoontje blijft het contract actief."
        ),
        (
            "Vi har noterat din uppsägning. Ring oss på 020 123 inom 7 dagar; annars "
            "fortsätter avtalet att gälla."
        ),
        (
            "Tomámos nota do seu pedido. Pedimos que ligue para o 1693 "
            "no prazo de 7 dias; "
            "caso contrário o contrato mantém-se ativo."
        ),
        (
            "Vi har noteret din opsigelse. Ring til os på 70 10 inden 7 dage; ellers "
            "fortsætter abonnementet."
        ),
        (
            "Vi har notert oppsigelsen din. Ring oss på 915 innen 7 dager; ellers "
            "fortsetter avtalen."
        ),
        (
            "Olemme merkinneet irtisanomisesi. Soita numeroon 0800 123 "
            "seitsemän päivän "
            "kuluessa; muuten sopimus jatkuu."
        ),
        (
            "Odnotowaliśmy wypowiedzenie umowy. Prosimy zadzwonić pod "
            "numer 800 1 w ciągu "
            "7 dni; w przeciwnym razie umowa pozostaje aktywna."
        ),
    ],
)
def test_noted_but_call_us_sends_elsewhere(text: str) -> None:
    assert reading(text).label is Label.REDIRECTED


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            (
                "Thank you, we have received your cancellation and will get "
                "back to you. "
                "If you have any questions, please call us on 0800 123456."
            ),
            Label.ACKNOWLEDGED,
        ),
        (
            (
                "Vi har modtaget din opsigelse. Ring til os på 70 10, hvis du har "
                "spørgsmål."
            ),
            Label.ACKNOWLEDGED,
        ),
        (
            (
                "Your notice came too late: you are bound by the minimum term, and we "
                "cannot accept it. Please call us on 0800 123456."
            ),
            Label.REFUSED,
        ),
    ],
)
def test_a_call_for_whoever_has_questions_sends_nowhere(
    text: str, label: Label
) -> None:
    found = reading(text)

    assert found.label in (label, Label.OTHER)


@pytest.mark.parametrize(
    ("text", "takes_effect"),
    [
        ("We confirm that your cancellation is effective 1 March 2027.", True),
        ("We confirm your cancellation with effect from 1 March 2027.", True),
        ("Wir bestätigen die Kündigung; sie wird zum 1.3.2027 wirksam.", True),
        ("Votre résiliation prendra effet le 1er mars 2027, nous confirmons.", True),
        ("Confirmamos la baja con efectos del 1 de marzo de 2027.", True),
        ("Confermiamo la disdetta con effetto dal 1 marzo 2027.", True),
        ("Wij bevestigen uw opzegging met ingang van 1 maart 2027.", True),
        ("Vi bekräftar din uppsägning från och med den 1 mars 2027.", True),
        ("Wir bestätigen die Kündigung mit Ablauf des 1.3.2027.", False),
        ("Wir bestätigen: wirksam mit Ablauf des 1.3.2027 ist sie beendet.", False),
        ("We confirm that your membership ends on 1 March 2027.", False),
        ("We confirm the cancellation, effective at the end of 1 March 2027.", False),
        ("We confirm that your plan is cancelled with immediate effect.", False),
    ],
)
def test_a_day_on_which_it_takes_effect_is_told_from_a_last_day(
    text: str, *, takes_effect: bool
) -> None:
    assert reading(text).takes_effect is takes_effect


@pytest.mark.parametrize(
    "words",
    [
        "Uw abonnement eindigt op 13 maart 2027 en niet op 13 maart 2028.",
        "Ihr Vertrag endet am 13. März 2027 und nicht am 13. März 2028.",
        "Your subscription ends on 13 March 2027, not on 13 March 2028.",
        "Votre abonnement prend fin le 13 mars 2027 et pas le 13 mars 2028.",
        "Su suscripción termina el 13 de marzo de 2027 y no el 13 de marzo de 2028.",
    ],
)
def test_a_day_that_is_denied_is_not_the_end(words: str) -> None:
    assert read_as("Re: your letter", words).effective_on == "2027-03-13"


@pytest.mark.parametrize("words", ANSWERS["paid_and_over"])
def test_the_day_of_an_end_is_told_beside_the_money(words: str) -> None:
    read_as_money = reading(words)

    assert read_as_money.label is Label.REFUND_GRANTED
    assert read_as_money.effective_on == "2026-11-20"
    assert read_as_money.refund is not None


def test_no_day_of_money_is_a_day_of_an_end() -> None:
    words = (
        "We have refunded $12.99. It reaches your card by 4 December 2026, and your "
        "statement of November ends on 30 November 2026."
    )

    assert reading(words).effective_on is None
