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


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Ihr Abo ist gestern ausgelaufen.", "2026-11-28"),
        ("fr", "Votre abonnement a pris fin hier.", "2026-11-28"),
        ("nb", "Medlemskapet ble avsluttet i går.", "2026-11-28"),
        ("pt", "Podes treinar até dia 12.", "2026-12-12"),
        ("fr", "L'abonnement s'arrête vendredi 11.", "2026-12-11"),
        ("en", "Your membership ends on the 14th.", "2026-12-14"),
        ("nl", "Uw abonnement loopt tot en met december.", "2026-12-31"),
        ("sv", "Medlemskapet gäller t.o.m. 31 mars 2027.", "2027-03-31"),
        ("sv", "Du står kvar som medlem året ut, sedan upphör det.", "2026-12-31"),
        ("da", "Abonnementet løber januar ud.", "2027-01-31"),
        ("pl", "Umowa wygasa na koniec okresu, tj. 31.12.2026 r.", "2026-12-31"),
        ("it", "L'abbonamento resta attivo ancora dieci giorni.", "2026-12-09"),
        ("es", "La suscripción caducó en Nochevieja.", "2026-12-31"),
        ("en", "Your plan ends 3 March '27.", "2027-03-03"),
    ],
)
def test_days_are_read_as_people_write_them(language: str, text: str, day: str) -> None:
    assert told(language, *sentences(text)) == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "U drukte vandaag op stop, en op 12 januari loopt het af."),
        ("it", "La disdetta vale da oggi, quindi il 12 gennaio è tutto finito."),
        ("en", "You cancelled today. Your plan ends on 12 January."),
        ("da", "Sagen blev lukket i går. Aftalen ophører den 12. januar."),
        ("en", "You had a fixed term until 1 May 2027. It ends on 12 January 2027."),
        ("nl", "U had een vast contract tot 1 mei 2027. Het stopt op 12 januari 2027."),
    ],
)
def test_the_day_of_the_end_comes_before_the_days_beside_it(
    language: str, text: str
) -> None:
    assert told(language, *sentences(text)) == "2027-01-12"


def test_new_years_eve_of_what_was_over_is_the_last_one() -> None:
    words = [each.days for each in figures() if each.code == "nb"]
    said = ["Medlemskapet løp ut på nyttårsaften."]

    assert effective_on(said, (), words, CAME, is_past=True) == "2025-12-31"
