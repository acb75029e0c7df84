"""Which of several sums comes back: a sum in brackets, and those beside it."""

from decimal import Decimal
from pathlib import Path

import pytest

from rescind.adapters.data.phrasebooks import figures, tongues
from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.reading.local_signs import with_local_signs
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.sums import money_back
from rescind.core.model.message import Message
from rescind.core.model.money import Money


def back(language: str, *sentences: str) -> Money | None:
    words = [each.sums for each in figures() if each.code == language]
    return money_back(sentences, (), words, is_granted=True)


@pytest.mark.parametrize(
    ("language", "sentence", "amount", "currency"),
    [
        ("fi", "Kolme käyntiä (36 €) hyvitetään kortillesi.", "36", "EUR"),
        ("de", "Die Kaution (200 €) geht heute auf Ihr Konto.", "200", "EUR"),
        (
            "en",
            "We keep 10 GBP (clay) and give you back 75 GBP (lessons).",
            "75",
            "GBP",
        ),
        ("da", "Du får 149,- tilbage i dag.", "149", "DKK"),
        ("de", "Die Fr. 480.– gehen noch heute zurück.", "480", "CHF"),
        ("en", "CA$89.99 has been refunded.", "89.99", "CAD"),
        # a sum that stands alone between commas, and what stands around it
        ("sv", "Överskottet, 346 kronor, sätter vi in i morgon.", "346", "SEK"),
        ("pl", "Opłatę za lekcje, czyli 210,00 zł, zwracamy dziś.", "210.00", "PLN"),
        ("fr", "On vous rend le trimestre, soit 145 €.", "145", "EUR"),
        # parts, and their total
        ("nb", "Du får tilbake 3 x 750 kr, altså 2 250 kr.", "2250", "NOK"),
        ("en", "We return 2 x $15, in total $30, today.", "30", "USD"),
        # a part of what was paid
        ("es", "Le abonamos 54,50 € de los 109 € pagados.", "54.50", "EUR"),
        ("en", "We pay back CAD 46.20 out of the CAD 110.88 you paid.", "46.20", "CAD"),
        # what is named of the charge is not what comes back
        ("en", "We issued a refund of $30 for the charge of $71.94.", "30", "USD"),
        ("de", "Wir erstatten 30 € für die Abbuchung von 71,94 €.", "30", "EUR"),
        ("nl", "Wij betalen € 30 van de betaling van € 71,94 terug.", "30", "EUR"),
        # "Fr." ends no sentence (phrases.py)
        ("de", "Die bezahlten Fr. 480.– gehen auf Ihr Konto zurück.", "480", "CHF"),
    ],
)
def test_the_sum_that_comes_back_is_found(
    language: str, sentence: str, amount: str, currency: str
) -> None:
    assert back(language, sentence) == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    "told", read_yaml(Path(__file__).with_name("parts_of_sums.yaml"))
)
def test_a_part_comes_back_though_the_rest_is_kept(told: dict[str, str]) -> None:
    """Beside an end, more has to speak for a sum than where money is granted."""
    words = [each.sums for each in figures() if each.code == told["language"]]

    found = money_back((told["says"],), (), words, is_granted=False)

    amount, currency = told["back"].split()
    assert found == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    ("language", "text", "sender", "ours", "currency"),
    [
        ("en", "We refund $89 today.", "billing@wattle.com.au", "", "AUD"),
        ("en", "We refund $89 today, by Interac.", "a@b.example", "", "CAD"),
        ("en", "We refund $89 today.", "a@b.ca", "Please repay 89.00 NZD.", "NZD"),
        ("en", "We refund $89 today.", "a@b.com", "", "USD"),
        ("es", "Le devolvemos $320 a su CLABE.", "a@b.example", "", "MXN"),
        ("es", "Le devolvemos 320 pesos.", "a@b.cl", "", "CLP"),
        ("en", "We refund 89 dollars today.", "a@b.ca", "", "CAD"),
        ("de", "Wir erstatten 89 dollar.", "a@b.example", "", "USD"),
        ("es", "Le devolvemos $320.", "a@b.example", "", None),
        # "nok" is "enough" here
        ("da", "Vi betaler 150 kr tilbage, og det er nok.", "a@b.example", "", "DKK"),
        ("sv", "Du får 150 kr tillbaka.", "espen@b.no", "", "NOK"),
        ("nb", "Du får 150 kr tilbake med Vipps.", "a@b.se", "", "NOK"),
    ],
)
def test_a_sign_of_many_countries_has_the_currency_of_this_one(
    language: str, text: str, sender: str, ours: str, currency: str | None
) -> None:
    words = [
        with_local_signs(each.sums, sender, text, ours)
        for each in figures()
        if each.code == language
    ]

    found = money_back([text], (), words, is_granted=True)

    assert (found.currency if found else None) == currency


def test_a_fee_that_is_still_to_be_paid_does_not_come_back() -> None:
    words = [each.sums for each in figures() if each.code == "it"]
    asked = ["Resta da saldare la tassa 2026 di CHF 60."]

    assert money_back(asked, (), words, is_granted=False) is None


def test_a_sum_that_was_only_asked_for_does_not_come_back() -> None:
    asked = "Du begärde tillbaka fyra avgifter (716 kr)."
    paid = "Vi betalar tillbaka 358 kr via Swish."

    assert back("sv", asked, paid) == Money(amount=Decimal(358), currency="SEK")


def test_a_sum_that_only_says_how_much_belongs_to_the_clause_before() -> None:
    message = Message(
        id="1",
        sender="desk@shop.example",
        subject="",
        text="Your plan is cancelled. A part of it is refunded, 52.50 EUR to be exact.",
    )

    assert str(read(message, tongues()).refund) == "52.50 EUR"
