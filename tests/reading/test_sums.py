"""Which of several sums comes back: a sum in brackets, and those beside it."""

from decimal import Decimal

import pytest

from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.reading.sums import money_back
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
    ],
)
def test_the_sum_that_comes_back_is_found(
    language: str, sentence: str, amount: str, currency: str
) -> None:
    assert back(language, sentence) == Money(amount=Decimal(amount), currency=currency)


def test_a_sum_that_was_only_asked_for_does_not_come_back() -> None:
    asked = "Du begärde tillbaka fyra avgifter (716 kr)."
    paid = "Vi betalar tillbaka 358 kr via Swish."

    assert back("sv", asked, paid) == Money(amount=Decimal(358), currency="SEK")
