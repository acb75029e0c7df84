"""An earlier end for money is an offer: its day and its price are told together."""

from typing import Any

import pytest

from rescind.app.follow.answers_in_case import in_case
from rescind.app.follow.reading import read_raw
from rescind.store import selectors
from tests.web.test_desk_pages import ANNA, words
from tests.web.test_no_notice_came import reply_in, sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

OFFERS = [
    "Aus Kulanz: nur noch 50 € statt 120 €, Ihr Vertrag endet am 31.12.2026.",
    "Nur noch 50 € statt 120 €, Ihr Vertrag endet am 31.12.2026, wenn Sie zustimmen.",
    "Ihr Vertrag endet am 31.12.2026. Dafür fällt eine Bearbeitungsgebühr von 50 € an.",
]


@pytest.mark.parametrize("offer", OFFERS)
def test_day_and_price_are_told_and_can_be_taken_or_left(
    client: Any, offer: str
) -> None:
    case = sent(client, "form")

    page = words(client.post(f"{case}reply/", {"words": offer}, follow=True))
    listed = words(client.get("/cases/"))
    letter = reply_in(client, case)

    assert "ends it on Thursday 31 December if you pay €50" in page
    assert "Decline: it ends on Saturday 13 February 2027" in page
    assert "Take it: Thursday 31 December for €50" in page
    assert "Costs about €79.80 for the time from then" in page
    assert "Take their day" not in page
    assert "earlier than you asked" not in page
    assert "31 December if you pay €50" in listed
    assert "endet der Vertrag am 13. Februar 2027" in letter
    assert "50,00" not in letter


def test_what_is_taken_is_still_to_be_paid(client: Any) -> None:
    case = sent(client, "form")
    client.post(f"{case}reply/", {"words": OFFERS[0]})

    client.post(f"{case}confirm/", {"ends_on": "2026-12-31"})
    page = words(client.get(case))

    assert "Ends on Thursday 31 December" in page
    assert "wants €50" in page
    assert "It was owed, and is paid" in page


def test_an_offer_that_is_declined_leaves_the_regular_end(client: Any) -> None:
    case = sent(client, "form")
    client.post(f"{case}reply/", {"words": OFFERS[0]})

    client.post(f"{case}letters/", ANNA | {"letter": "reply", "act": "form:reply"})
    page = words(client.get(case))

    assert "€50" not in page.partition("What happened")[0]
    assert "Saturday 13 February 2027" in page


@pytest.mark.parametrize(
    ("said", "price"),
    [
        (
            "Your membership ends on 31 December 2026 for only €50 instead of €120.",
            "50",
        ),
        (
            "Votre contrat prend fin le 31 décembre 2026 pour 50 € au lieu de 120 €.",
            "50",
        ),
        ("Su contrato termina el 31/12/2026 por 50 € en lugar de 120 €.", "50"),
        ("Your membership ends on 31 December 2026.", None),
        (
            "Your plan ends on 31 December 2026. Come back for €5 instead of €10.",
            None,
        ),
        (
            "If you come back by 31 December 2026, when it ends: €5 instead of €10.",
            None,
        ),
    ],
)
def test_the_price_is_that_beside_the_day(
    client: Any, said: str, price: str | None
) -> None:
    case = selectors.read_case(sent(client, "form").split("/")[2])

    fee = in_case(case, read_raw(said.encode())).fee

    assert (fee and str(fee.amount)) == price
