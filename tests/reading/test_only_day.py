"""The day of an end that no word of an end stands beside."""

from datetime import date

import pytest

from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.reading.effect import effective_on
from rescind.core.follow.reading.phrases import sentences

CAME = date(2026, 11, 29)


def told(language: str, *sentences: str, came_on: date | None = CAME) -> str | None:
    words = [each.days for each in figures() if each.code == language]
    return effective_on(sentences, (), words, came_on, is_past=False)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Puede seguir viéndolo todo hasta el 7 de enero de 2027."),
        ("nl", "De laatste krant ligt op 7 januari 2027 in de bus."),
        ("en", "You are paid through 7 January 2027."),
    ],
)
def test_the_only_day_ahead_is_the_one(language: str, sentence: str) -> None:
    assert told(language, sentence) == "2027-01-07"


def test_of_two_days_ahead_neither_is_surely_it() -> None:
    assert told("en", "Come on 7 January 2027.", "Or on 9 January 2027.") is None


def test_a_day_of_money_or_one_behind_is_not_it() -> None:
    assert told("en", "The refund comes on 7 January 2027.") is None
    assert told("en", "We spoke on 7 January 2026.") is None


def test_without_the_day_of_the_answer_nothing_is_ahead() -> None:
    assert told("en", "Come on 7 January 2027.", came_on=None) is None


def test_a_day_in_apposition_is_of_the_words_before_it() -> None:
    """The day of the request stands nearer to its verb than that of the end."""
    said = "La baja será efectiva en dos días, el 1 de diciembre de 2026."
    other = "Le agradecemos su llamada del 30 de diciembre de 2026."

    assert told("es", said, other) == "2026-12-01"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ihr Vertrag endet mit Ablauf des 3. Feb. 2028. Freundliche Grüße"),
        ("de", "Ihr Vertrag endet am 3.Feb.28."),
        ("fr", "Votre contrat prendra fin le 3 févr. 2028."),
        ("en", "Your plan ends Feb. 3, 2028. Goodbye."),
        ("en", "Your contract ends 03-Feb-2028."),
        ("en", "Your contract ends on 2028/02/03."),
        ("es", "Su contrato finaliza el 03-feb-2028."),
        ("nl", "Uw contract eindigt op 3 febr. 2028."),
        ("pl", "Umowa wygasa 3 lut. 2028 r."),
        ("da", "Aftalen ophører 03/02-2028."),
        ("fi", "Sopimus päättyy 3. helmik. 2028."),
    ],
)
def test_a_day_keeps_its_year_however_it_is_cut(language: str, text: str) -> None:
    assert told(language, *sentences(text)) == "2028-02-03"
