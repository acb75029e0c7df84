"""An end is one in every month: "May" is a word of doubt as well."""

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label

MONTHS = {
    "Your contract ends on 15 {} 2027.": (
        "January February March April May June July August September October "
        "November December"
    ),
    "Ihr Vertrag endet am 15. {} 2027.": (
        "Januar Februar März April Mai Juni Juli August September Oktober November "
        "Dezember"
    ),
    "Votre abonnement prend fin le 15 {} 2027.": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre "
        "décembre"
    ),
    "Su suscripción finaliza el 15 de {} de 2027.": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
        "noviembre diciembre"
    ),
    "Il suo abbonamento termina il 15 {} 2027.": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
        "novembre dicembre"
    ),
    "Uw abonnement eindigt op 15 {} 2027.": (
        "januari februari maart april mei juni juli augustus september oktober "
        "november december"
    ),
    "Ditt abonnemang upphör den 15 {} 2027.": (
        "januari februari mars april maj juni juli augusti september oktober november "
        "december"
    ),
    "A sua assinatura termina a 15 de {} de 2027.": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro "
        "novembro dezembro"
    ),
    "Dit abonnement ophører den 15. {} 2027.": (
        "januar februar marts april maj juni juli august september oktober november "
        "december"
    ),
    "Abonnementet ditt opphører 15. {} 2027.": (
        "januar februar mars april mai juni juli august september oktober november "
        "desember"
    ),
    "Państwa umowa wygasa 15 {} 2027 r.": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
        "października listopada grudnia"
    ),
    "Tilauksesi päättyy 15. {} 2027.": (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta "
        "elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
    ),
}


@pytest.mark.parametrize("end", MONTHS)
def test_an_end_is_read_in_every_month(end: str) -> None:
    for number, month in enumerate(MONTHS[end].split(), start=1):
        row = {"id": "1", "date": "2026-12-12", "from": "care@shop.example"}
        row["body"] = end.format(month)

        reading = read(message_of_row(row, "1"), tongues())

        assert reading.label is Label.CONFIRMED, row["body"]
        assert not reading.needs_person, row["body"]
        assert reading.effective_on == f"2027-{number:02}-15"


@pytest.mark.parametrize(
    "words",
    [
        "Your contract ends on May 15, 2027.",
        "Your contract ends on 31st May 2027.",
        "Your contract ends at the end of May 2027.",
    ],
)
def test_may_is_a_month_where_a_day_stands_beside_it(words: str) -> None:
    row = {"id": "1", "date": "2026-12-12", "from": "care@shop.example", "body": words}

    reading = read(message_of_row(row, "1"), tongues())

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person


def test_may_is_a_doubt_elsewhere() -> None:
    words = "Your contract may end on 15 June 2027."
    row = {"id": "1", "date": "2026-12-12", "from": "care@shop.example", "body": words}

    reading = read(message_of_row(row, "1"), tongues())

    assert reading.needs_person or reading.label is not Label.CONFIRMED
