"""The fee that an answer asks for the leaving, in twelve languages."""

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Message, Reading


def reading(text: str) -> Reading:
    message = Message(id="1", sender="desk@shop.example", subject="", text=text)
    return read(message, tongues(), is_awaited=True)


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("We confirm your cancellation. An early exit fee of £60 applies.", "60 GBP"),
        ("A £40 administration fee applies to your account.", "40 GBP"),
        ("We will charge an early exit fee. It is £60.", "60 GBP"),
        (
            "Your contract is cancelled once you have paid the early exit fee of £60.",
            "60 GBP",
        ),
        ("Wir bestätigen. Es fällt eine Bearbeitungsgebühr von 25 € an.", "25 EUR"),
        ("Wir berechnen Ihnen eine Ablösesumme. Sie beträgt 89,90 Euro.", "89.90 EUR"),
        ("Zostanie naliczona opłata wyrównawcza w wysokości 390 zł.", "390 PLN"),
        ("Des frais de résiliation de 49 € seront facturés.", "49 EUR"),
        ("Se le cobrará una penalización de 42,50 €.", "42.50 EUR"),
        ("È prevista una penale di 60 €.", "60 EUR"),
        ("Wij brengen € 45,00 annuleringskosten in rekening.", "45.00 EUR"),
        ("Vi bekräftar uppsägningen. En brytavgift på 499 kr tillkommer.", "499 SEK"),
        ("Vi opkræver et opsigelsesgebyr på 99 kr. af dig.", "99 DKK"),
        (
            "Oppsigelsen din er mottatt. Du må betale et bruddgebyr på NOK 500.",
            "500 NOK",
        ),
        ("Naliczymy karę umowną w wysokości 150 zł.", "150 PLN"),
        ("Perimme irtisanomismaksun 25 €.", "25 EUR"),
        ("Será cobrada uma multa por rescisão de R$ 90,00.", "90.00 BRL"),
    ],
)
def test_a_fee_is_read_with_its_sum(text: str, fee: str) -> None:
    found = reading(text)

    assert found.asks_fee
    assert str(found.fee) == fee


@pytest.mark.parametrize(
    "text",
    [
        "We will charge an early exit fee.",
        "We will charge an early exit fee. It is £60 or £80.",
        "We will charge an early exit fee. You get £60 back.",
    ],
)
def test_a_fee_without_one_sum_beside_it_has_none(text: str) -> None:
    found = reading(text)

    assert found.asks_fee
    assert found.fee is None


@pytest.mark.parametrize(
    "text",
    [
        "Your membership has ended. There is no cancellation fee.",
        "We have waived the early termination fee of $120.",
        "We have cancelled it and refunded the administration fee of £40.",
        "Did you pay the cancellation fee of £40?",
        "Eine Bearbeitungsgebühr fällt nicht an.",
        "Nous confirmons la résiliation, sans frais de résiliation.",
        "No se aplicará ninguna penalización.",
        "Non è prevista alcuna penale.",
        "Uw abonnement is beëindigd. Er zijn voor u geen annuleringskosten.",
        "Ditt medlemskap är avslutat. Ingen brytavgift tillkommer för dig.",
        "Der er ingen opsigelsesgebyr.",
        "Det påløper ikke noe bruddgebyr.",
        "Nie naliczymy kary umownej.",
        "Emme peri irtisanomismaksua.",
        "Não será cobrada multa por rescisão.",
    ],
)
def test_a_fee_that_is_denied_or_waived_is_none(text: str) -> None:
    assert not reading(text).asks_fee


def test_a_fee_that_comes_back_is_not_asked_for() -> None:
    text = "The early exit fee is £40. You will get £40 back. Your refund is £40."

    assert not reading(text).asks_fee


def test_what_binds_as_the_reason_of_a_fee_refuses_no_end() -> None:
    found = reading(
        "La baja se hará efectiva el 1 de diciembre de 2026. Como tiene permanencia "
        "hasta el 14/02/2027 se le cobrará una penalización de 42,50 €."
    )

    assert found.label is Label.CONFIRMED
    assert not found.needs_person
    assert found.effective_on == "2026-12-01"
    assert str(found.fee) == "42.50 EUR"


@pytest.mark.parametrize(
    "words",
    [
        "No tiene que pagar los 20 EUR de la cuota.",
        "Non deve pagare i 20 EUR della quota.",
        "Du behöver inte betala avgiften på 20 EUR.",
        "Det skal du selvfølgelig ikke betale, de 20 EUR.",
        "Det skal du selvsagt ikke betale, de 20 EUR.",
        "Não deve pagar os 20 EUR da multa.",
    ],
)
def test_what_need_not_be_paid_is_asked_by_nobody(words: str) -> None:
    assert not reading(words).asks_fee
