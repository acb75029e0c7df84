"""Who paid by PayPal announces a dispute there, and at no bank."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.act.letter import as_text
from tests.core.test_paypal import BOX
from tests.given import SENDER
from tests.letters.scenarios import PLACES

_BANKS = ("bank or card", "Bank oder", "mijn bank", "meu banco", "min bank", "banken")


def written(kind: str, language: str, **facts: Any) -> str:
    wanted = letters.Wanted(kind=kind, language=language)
    return as_text(letters.write(BOX | facts, SENDER, wanted).letter)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["refund", "stop-charging", "second-notice"])
def test_a_letter_speaks_of_paypal_and_of_no_bank(kind: str, language: str) -> None:
    text = written(kind, language)

    assert not any(bank in text for bank in _BANKS)


def test_a_letter_names_paypal_where_it_is_to_be_disputed() -> None:
    text = written("refund", "en")

    assert "I will dispute the charge with PayPal, claim any interest" in text


def test_who_paid_by_card_goes_to_the_bank() -> None:
    text = written("refund", "en", payment_method="visa-credit")

    assert "through my bank or card issuer" in text
