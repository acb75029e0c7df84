"""What a company pays in two parts, and what is recorded of an end beside it."""

import re
from decimal import Decimal
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.act.plan import letter_called_for
from rescind.app.follow import cases
from rescind.app.follow.reading import read_raw
from rescind.app.follow.wanted import says_rest
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from tests.conftest import SENDER
from tests.web.test_claimed_money import HUNGRY
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_money_from_store import posted

pytestmark = pytest.mark.usefixtures("no_cases", "saturday_28_november")

COURSE = {
    "service": "other",
    "merchant": "Academia Nueva Lengua",
    "kind": "course",
    "sold_by": "online",
    "channel": "web",
    "country": "ES",
    "purchased_at": "2026-11-23",
    "term": "P6M",
    "price": "594 EUR",
    "period": "P6M",
    "paid_at": "2026-11-23",
}
HALF = (
    "Hemos tramitado su baja con fecha 28 de noviembre de 2026. De acuerdo con "
    "nuestras condiciones le reembolsaremos 297,00 €, dado que la matrícula no es "
    "reembolsable."
)
REST = (
    "Tras revisar su caso, le hemos devuelto hoy los 297,00 € restantes. Su contrato "
    "queda sin efecto desde el 28 de noviembre de 2026."
)


def course(client: Any) -> tuple[str, str]:
    """Return a withdrawal of which half was granted, and its page."""
    kind = Wanted(kind=letter_called_for(COURSE))
    case_id = cases.new_case(COURSE, SENDER | {"country": "ES"}, kind)
    cases.say_sent(case_id, "post", None)
    address = f"/cases/{case_id}/"
    return address, posted(client, f"{address}reply/", {"words": HALF})


def test_the_rest_that_is_paid_is_added_to_the_first_half(client: Any) -> None:
    case, half = course(client)

    page = posted(client, f"{case}reply/", {"words": REST})

    assert "grants €297 of" in half
    assert "is still missing" not in page


def test_the_same_words_again_are_no_further_money(client: Any) -> None:
    case, _ = course(client)

    page = posted(client, f"{case}reply/", {"words": f"{HALF} Un saludo."})

    assert "grants €297 of" in page


def test_what_is_granted_after_the_rest_was_asked_for_is_added(client: Any) -> None:
    case, _ = course(client)
    client.post(f"{case}letters/", ANNA | {"letter": "refund", "act": "form:refund"})
    granted = "Le reembolsaremos 297,00 € en los próximos días."

    page = posted(client, f"{case}reply/", {"words": granted})

    assert "is still missing" not in page


def test_recording_the_end_keeps_the_money_that_is_missing(client: Any) -> None:
    case, _ = course(client)
    client.post(f"{case}letters/", ANNA | {"letter": "refund", "act": "form:refund"})

    page = posted(client, f"{case}confirm/", {"ends_on": "2026-11-28"})
    rest = posted(client, f"{case}confirm/", {"money": "came", "sum": "297"})

    assert "€574.30 is to come back by" in page
    # the letter before had asked for it
    assert "You asked for €277.30 again: look at your account by" in rest
    assert "Ask for the other" not in rest


def test_the_form_of_an_end_begins_with_their_day_or_with_none(client: Any) -> None:
    kind = Wanted(kind=letter_called_for(COURSE))
    case_id = cases.new_case(COURSE, SENDER | {"country": "ES"}, kind)
    cases.say_sent(case_id, "post", None)
    address = f"/cases/{case_id}/"

    before = client.get(address).content.decode()
    wrote = "Confirmamos que su contrato finaliza el 30 de noviembre de 2026."
    client.post(f"{address}reply/", {"words": wrote})
    after = client.get(address).content.decode()

    assert 'name="ends_on" type="date" required value=""' in before
    assert 'name="ends_on" type="date" required value="2026-11-30"' in after


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("We have refunded the remaining $30.00 today.", True),
        ("We refunded $30.00. We cannot refund the remaining amount.", False),
        ("Den Restbetrag von $30,00 haben wir erstattet.", True),
        ("Les $30,00 restants ont été remboursés.", True),
        ("Het resterende bedrag van $30,00 is terugbetaald.", True),
        ("Det resterende beløb på $30,00 er betalt tilbage.", True),
    ],
)
def test_a_sum_that_is_called_the_rest_is_read_so(text: str, rest: bool) -> None:  # noqa: FBT001 - a row
    reading = Reading(
        label=Label.REFUND_GRANTED,
        sureness=0.9,
        needs_person=False,
        new_text=text,
        because=(),
        refund=Money(amount=Decimal(30), currency="USD"),
    )

    assert says_rest(reading) is rest


INSURED = {
    "service": "other",
    "merchant": "Mobilforsikring Nord",
    "kind": "insurance",
    "channel": "web",
    "sold_by": "online",
    "country": "DK",
    "purchased_at": "2024-01-15",
    "term": "P12M",
    "price": "89 DKK",
    "period": "P1M",
    "paid_at": "2026-11-15",
    "died_at": "2026-11-02",
    "holder": "Kirsten Madsen",
    "authority": "heir",
}
"""Money was taken a fortnight after its holder had died."""


@pytest.mark.parametrize(
    "wrote",
    [
        (
            "Vi bekræfter, at mobilforsikringen er opsagt og ophører den 2. november "
            "2026. Der bliver ikke opkrævet mere, og 89 kr. for november bliver betalt "
            "tilbage til boets konto."
        ),
        "Vi bekræfter opsigelsen. Forsikringen ophører den 2. november 2026.",
    ],
)
def test_what_was_taken_after_a_death_is_waited_for(client: Any, wrote: str) -> None:
    kind = Wanted(kind="on-behalf-of")
    case_id = cases.new_case(INSURED, SENDER | {"country": "DK"}, kind)
    cases.say_sent(case_id, "post", None)
    address = f"/cases/{case_id}/"
    posted(client, f"{address}reply/", {"words": wrote})

    page = posted(client, f"{address}confirm/", {"ends_on": "2026-11-02"})

    assert re.search(r"89 is to come back by Saturday 12 December", page)
    assert "It came" in page


def test_what_was_taken_before_the_end_is_not_waited_for(client: Any) -> None:
    kind = Wanted(kind="on-behalf-of")
    case_id = cases.new_case(INSURED, SENDER | {"country": "DK"}, kind)
    cases.say_sent(case_id, "post", None)

    page = posted(client, f"/cases/{case_id}/confirm/", {"ends_on": "2026-12-14"})

    assert "come back" not in page


@pytest.mark.parametrize(
    "wrote",
    [
        (
            "We confirm that the policy ended on 2 November 2026. The payment of "
            "£29.99 for November will be paid back to the estate."
        ),
        (
            "Vi bekræfter din opsigelse. Forsikringen ophører den 2. november 2026. "
            "Beløbet på 29,99 kr bliver betalt tilbage til boets konto."
        ),
    ],
)
def test_money_that_is_paid_back_is_read_beside_an_end(wrote: str) -> None:
    refund = read_raw(wrote.encode()).refund

    assert refund is not None
    assert refund.amount == Decimal("29.99")


def test_paypal_that_charges_is_how_it_is_paid(client: Any) -> None:
    address, answer = told(client, "Green Skillet", HUNGRY | {"channel": "paypal"})
    client.post(f"{address}letters/", ANNA | {"act": "form:refund,stop-charging"})

    page = words(client.get(address))

    assert "How do you pay?" not in answer
    assert "PayPal" in answer
    assert "May 19, 2027" in answer
    assert "How do you pay?" not in page
    assert "Tell PayPal by Wednesday, May 19, 2027" in page
    assert "end the automatic payment in your PayPal settings" in page
