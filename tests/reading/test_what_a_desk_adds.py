"""A dunning fee, a voucher beside a refusal, sums of each, decisions and ways."""

from datetime import UTC, datetime

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail import opinions
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Message, Reading


@pytest.fixture
def _no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "encoder", lambda: None)


def reading_of(text: str) -> Reading:
    at = datetime(2026, 11, 30, tzinfo=UTC)
    message = Message(id="1", sender="", subject="", text=text, at=at)
    return read(message, tongues(), judge=opinions.opinion, is_awaited=True)


@pytest.mark.usefixtures("_no_encoder")
@pytest.mark.parametrize(
    ("text", "fee"),
    [
        (
            (
                "Trotz Fälligkeit konnten wir bis heute keinen Zahlungseingang"
                " für Ihren Mitgliedsbeitrag November in Höhe von 39,90 € feststellen."
                " Bitte überweisen Sie den Betrag zzgl. 5,00 € Mahngebühr bis zum"
                " 10.12.2026."
            ),
            "39.90 EUR",
        ),
        (
            (
                "Your November payment of $24.99 has not reached us. Please pay"
                " $24.99, and a late fee of $5.00 on top, by December 10, 2026."
            ),
            "29.99 USD",
        ),
        (
            (
                "Nous n'avons pas reçu votre cotisation de novembre. Merci de"
                " régler 39,90 €, frais de relance de 5 € en sus, avant le 10 décembre."
            ),
            "39.90 EUR",
        ),
        (
            (
                "Marraskuun jäsenmaksua ei ole maksettu. Pyydämme maksamaan 39,90 €"
                " ja muistutusmaksun 5 € viimeistään 10.12.2026."
            ),
            "44.90 EUR",
        ),
        (
            (
                "Bitte überweisen Sie den Beitrag November von 39,90 € zzgl. 5,00 €"
                " Mahngebühr bis zum 10.12.2026."
            ),
            "44.90 EUR",
        ),
    ],
)
def test_what_a_dunning_fee_is_added_to_is_owed(text: str, fee: str) -> None:
    reading = reading_of(text)
    assert reading.is_dues
    assert str(reading.fee) == fee


@pytest.mark.usefixtures("_no_encoder")
@pytest.mark.parametrize(
    "text",
    [
        (
            "Statt einer Kündigung bieten wir Ihnen einen Gutschein über 120 €"
            " für unseren Shop an. Eine vorzeitige Auflösung ist nicht möglich, Ihr"
            " Vertrag läuft bis 31.03.2027."
        ),
        (
            "Instead of ending it early we can offer you a $50 gift card. An early"
            " termination fee is not the point: the contract runs until March 31, 2027."
        ),
    ],
)
def test_a_voucher_that_is_offered_is_no_fee(text: str) -> None:
    assert reading_of(text).fee is None


@pytest.mark.usefixtures("_no_encoder")
@pytest.mark.parametrize(
    ("text", "refund"),
    [
        (
            "We've refunded your October and November charges ($24.99 each).",
            "49.98 USD",
        ),
        (
            (
                "Wir haben Ihnen beide Abbuchungen, Oktober und November, zu je 19,90 €"
                " erstattet."
            ),
            "39.80 EUR",
        ),
        (
            (
                "Vi har betalat tillbaka avgifterna för oktober och november, 149 kr"
                " vardera."
            ),
            "298.00 SEK",
        ),
        ("We refunded the November charge of $24.99.", "24.99 USD"),
    ],
)
def test_sums_of_each_are_added_up(text: str, refund: str) -> None:
    assert str(reading_of(text).refund) == refund


@pytest.mark.usefixtures("_no_encoder")
@pytest.mark.parametrize(
    "text",
    [
        "Your refund request has been declined. For help, contact the developer.",
        (
            "Ihre Erstattungsanfrage wurde abgelehnt. Wenden Sie sich bitte an den"
            " Entwickler der App."
        ),
        (
            "Votre demande de remboursement a été refusée. Contactez le développeur de"
            " l'application."
        ),
        "Din anmodning om refusion er afvist. Kontakt udvikleren for at få hjælp.",
    ],
)
def test_a_decision_comes_before_whom_one_is_sent_to(text: str) -> None:
    assert reading_of(text).label is Label.REFUND_REFUSED


@pytest.mark.usefixtures("_no_encoder")
def test_money_that_is_on_its_way_is_granted() -> None:
    text = "Good news! Your refund is on its way. Please allow 7-10 days."
    assert reading_of(text).label is Label.REFUND_GRANTED
