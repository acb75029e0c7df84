"""A fee that a company asks for the leaving, beside the end that it confirms."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.store.listing import EVERY, Which, sought_cases
from tests.web.test_desk_pages import ANNA, told, words

FOUND = 302
pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

PHONE = {
    "kind": "telecom",
    "sold_by": "phone",
    "channel": "web",
    "country": "ES",
    "purchased_at": "15.2.2026",
    "term": "P12M",
    "price": "35",
    "period": "P1M",
    "paid_at": "15.11.2026",
    "withdrawal_informed": "true",
}
CONFIRMED = (
    "Buenos días. Confirmamos su baja. La baja se hará efectiva el 30 de noviembre de "
    "2026. Como tiene permanencia hasta el 14/02/2027, se le cobrará una penalización "
    "de 42,50 €. Un saludo, Telefonía Veloz"
)
WITHOUT_FEE = "Confirmamos su baja, que será efectiva el 30 de noviembre de 2026."


def answered(client: Any, text: str, facts: dict[str, str] = PHONE) -> tuple[str, str]:
    """Return the address of a case that was answered so, and its page."""
    address, _ = told(client, "Telefonía Veloz", facts)
    client.post(f"{address}letters/", ANNA | {"act": "form:cancel"})
    page = client.post(f"{address}reply/", {"words": text}, follow=True)
    return address, words(page)


def test_a_fee_beside_the_end_is_named_and_asked_about(client: Any) -> None:
    case, page = answered(client, CONFIRMED)

    assert "says it ends on Monday 30 November, and wants €42.50" in page
    assert "Pay nothing yet" in page
    assert "They want €42.50." in page
    assert "The end is right" in page
    letter = words(client.get(f"{case}letters/?letter=reply"))
    assert "42,50" in letter
    assert "la cláusula y el cálculo" in letter
    assert "confirmen por escrito, a más tardar" not in letter


def test_a_fee_stays_on_the_page_once_the_end_is_recorded(client: Any) -> None:
    case, _ = answered(client, CONFIRMED)

    client.post(f"{case}confirm/", {"ends_on": "2026-11-30"})
    page = words(client.get(case))

    assert "Ends on Monday 30 November" in page
    assert "They want €42.50." in page
    assert "Ask about the fee" in page
    client.post(f"{case}letters/", ANNA | {"letter": "reply", "act": "form:reply"})
    assert "Ask about the fee" not in words(client.get(case))


@pytest.mark.parametrize(
    ("sum_", "title", "letter"),
    [("42,50", "wants €42.50", "42,50"), ("", "wants a fee", "en qué se basa")],
)
def test_a_fee_that_was_not_read_can_be_told(
    client: Any, sum_: str, title: str, letter: str
) -> None:
    case, page = answered(client, WITHOUT_FEE)
    assert "They want a fee for leaving" in page
    assert "wants" not in page.partition("What happened")[0]
    message = newest_message(case)

    client.post(f"{case}reads/{message}/", {"reads_as": "fee", "sum": sum_})
    page = words(client.get(case))

    assert title in page
    assert letter in words(client.get(f"{case}letters/?letter=reply"))


def test_a_fee_that_was_read_as_money_back_is_none_once_it_is_told(
    client: Any,
) -> None:
    case, before = answered(client, "Hemos aprobado el reembolso de 42,50 €.")
    message = newest_message(case)

    client.post(f"{case}reads/{message}/", {"reads_as": "fee", "sum": "42,50"})
    page = words(client.get(case))

    assert "comes back" in before
    assert "That is how this program reads it" in before
    assert "You said so" in page
    assert "That is how this program reads it" not in page
    assert "They want €42.50" in page
    assert "Yes, they pay it back" not in page


def test_a_day_and_a_fee_that_were_told_stand_side_by_side(client: Any) -> None:
    case, _ = answered(client, "Confirmamos su baja.")
    client.post(f"{case}day/", {"ends_on": "31.12.2026"})
    message = newest_message(case)

    client.post(f"{case}reads/{message}/", {"reads_as": "fee", "sum": "20"})
    client.post(f"{case}reads/{message}/", {"reads_as": "confirmed"})
    page = words(client.get(case))

    assert "Thursday 31 December" in page
    assert "They want €20" in page


def test_what_a_person_says_takes_a_fee_back_that_was_read(client: Any) -> None:
    case, before = answered(client, CONFIRMED)
    told = {"reads_as": "refund_refused", "whole": "yes"}

    client.post(f"{case}reads/{newest_message(case)}/", told)
    page = words(client.get(case))

    assert "wants €42.50" in before
    assert 'name="whole" value="yes"' in client.get(case).content.decode()
    assert "It reads as: no money back" in page
    assert "€42.50 for the leaving" not in page
    assert "They want €42.50" not in page
    assert "wants €42.50" not in page


def test_a_fee_that_a_person_told_stands_beside_an_end_alone(client: Any) -> None:
    case, _ = answered(client, WITHOUT_FEE)
    message = newest_message(case)
    told = {"reads_as": "fee", "sum": "20", "whole": "yes"}
    client.post(f"{case}reads/{message}/", told)

    client.post(f"{case}reads/{message}/", {"reads_as": "confirmed", "whole": "yes"})
    beside = words(client.get(case))
    client.post(f"{case}reads/{message}/", {"reads_as": "refused", "whole": "yes"})
    instead = words(client.get(case))

    assert "They want €20" in beside
    assert "They want €20" not in instead


def test_a_fee_that_was_typed_is_shown_as_one(client: Any) -> None:
    case, _ = answered(client, "Ihre Nachricht vom Montag.")
    told = {"reads_as": "fee", "sum": "199,35", "whole": "yes"}

    client.post(f"{case}reads/{newest_message(case)}/", told)
    page = words(client.get(case))

    assert "It reads as: they want €199.35 for the leaving" in page
    assert "You said what they mean: they want €199.35 for the leaving" in page
    assert "It reads as: an invoice" not in page


def newest_message(case: str) -> str:
    """Return the name of the newest message of a case."""
    from rescind.store import selectors

    events = selectors.read_case(case.split("/")[2]).events
    return [e.details["message"] for e in events if e.kind.value == "answered"][-1]


def test_a_fee_is_told_among_the_facts_of_a_case(client: Any) -> None:
    case, _ = answered(client, WITHOUT_FEE)
    assert "Work it out anew" in words(client.get(f"{case}facts/"))

    fee = {"happened": "fee", "fee.early_termination_fee": "42,50"}
    page = words(client.post(f"{case}facts/", PHONE | fee, follow=True))

    assert "The answer was worked out anew with what you told." in page
    assert "You told more of the contract" in page
    assert "and wants €42.50" in page
    assert "You cancelled, in their form" in page
    letter = words(client.get(f"{case}letters/?letter=reply"))
    assert "la cláusula y el cálculo" in letter
    client.post(f"{case}letters/", ANNA | {"letter": "reply", "act": "form:reply"})
    assert "wants €42.50" not in words(client.get(case)).partition("Full record")[0]


def test_facts_that_are_the_same_are_no_entry_and_wrong_ones_lead_back(
    client: Any,
) -> None:
    case, _ = answered(client, WITHOUT_FEE)

    again = words(client.post(f"{case}facts/", PHONE, follow=True))
    assert "You told more of the contract" not in again
    wrong = client.post(f"{case}facts/", PHONE | {"price": "much"}, follow=True)
    assert "much" in words(wrong)
    assert wrong.status_code == 422


def test_the_facts_of_a_case_without_a_check_are_those_that_it_has(client: Any) -> None:
    from rescind.app.follow import cases
    from tests.conftest import SENDER
    from tests.web.test_likely_answers import STUDIO

    case_id = cases.new_case(STUDIO, SENDER)
    cases.say_sent(case_id, "post", None)

    page = client.get(f"/cases/{case_id}/facts/").content.decode()

    assert 'value="39"' in page or 'value="39 EUR"' in page
    assert 'value="premises" selected' in page or 'value="premises" checked' in page


def test_how_is_paid_is_asked_where_money_was_taken(client: Any) -> None:
    case, _ = answered(client, WITHOUT_FEE)
    client.post(f"{case}confirm/", {"ends_on": "2026-11-28"})

    page = client.get(case).content.decode()
    assert 'name="payment_method"' in page
    taken = {"what": "charged", "on": "2026-11-28", "amount": "42,50 EUR"}
    page = words(client.post(f"{case}happened/", taken, follow=True))
    assert "How do you pay?" in page

    page = words(
        client.post(f"{case}paid/", {"payment_method": "sepa-debit"}, follow=True)
    )

    assert "How do you pay?" not in page
    assert "SEPA" in page
    assert "Mastercard" not in page


def test_no_letter_insists_on_the_day_before_the_one_that_was_taken(
    client: Any,
) -> None:
    later = CONFIRMED.replace("30 de noviembre", "31 de diciembre")
    case, page = answered(client, later)
    assert "later than it should" in page

    client.post(f"{case}confirm/", {"ends_on": "2026-12-31"})

    letter = words(client.get(f"{case}letters/?letter=reply"))
    assert "42,50" in letter
    assert "el contrato termina el 31 de diciembre de 2026" in letter
    assert "de noviembre de 2026, el contrato" not in letter


def test_a_charge_that_is_refused_keeps_nothing_that_was_told_beside_it(
    client: Any,
) -> None:
    case, _ = answered(client, "Confirmamos su baja.")
    charge = {"what": "charged", "on": "1.1.2031", "payment_method": "visa-credit"}

    page = client.get(f"{case}charged/").content.decode()
    refused = client.post(f"{case}happened/", charge)

    assert '<option value="" selected>Not sure</option>' in page
    assert refused.status_code == 422
    assert 'name="payment_method"' in client.get(f"{case}charged/").content.decode()


DUES = (
    "Leider konnten wir Ihre Beiträge nicht einziehen. Bitte überweisen Sie den "
    "offenen Betrag von 59,80 EUR bis zum 10.12.2026, sonst übergeben wir die "
    "Forderung an ein Inkassobüro."
)
GYM = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "14.2.2025",
    "term": "P24M",
    "price": "29,90",
    "period": "P1M",
}


def asked_for_dues(client: Any) -> str:
    """Return the address of a case whose end they confirmed before they want dues."""
    case, _ = told(client, "Kraftwerk Gym", GYM)
    client.post(f"{case}letters/", ANNA | {"act": "form:cancel"})
    yes = "Wir bestätigen Ihre Kündigung zum 13. Februar 2027."
    client.post(f"{case}reply/", {"words": yes})
    client.post(f"{case}confirm/", {"ends_on": "2027-02-13"})
    client.post(f"{case}reply/", {"words": DUES})
    return case


def listed(which: Which) -> list[str]:
    """Return the names of the cases that a list has."""
    rows = sought_cases(clock.now(), EVERY, which=which)
    return [row.service_name for row in rows]


@pytest.mark.usefixtures("empty_store")
def test_dues_after_the_end_are_no_fee_for_leaving_and_not_safe(client: Any) -> None:
    case = asked_for_dues(client)
    page, first = words(client.get(case)), words(client.get("/"))

    assert "Ends on Saturday 13 February" in page
    assert "wants €59.80" in page
    assert "What is for the time until 13 February 2027 is owed" in page
    assert "penalty" not in page.partition("What happened")[0]
    assert "Ask what it is for" in page
    assert "wants €59.80" in first.partition("Safe")[0]
    assert listed(Which.TO_DO) == ["Kraftwerk Gym"]
    assert listed(Which.ENDED) == []

    letter = words(client.get(f"{case}letters/?letter=reply"))
    assert "Sie fordern eine Zahlung" in letter
    assert "vorzeitige Beendigung" not in letter
    assert "haben Sie bestätigt, dass der Vertrag am 13. Februar 2027 endet" in letter
    assert "Bitte bestätigen Sie" not in letter


@pytest.mark.usefixtures("empty_store")
def test_dues_that_were_owed_and_paid_leave_the_case_safe(client: Any) -> None:
    case = asked_for_dues(client)
    html = client.get(case).content.decode()

    told = client.post(f"{case}happened/", {"what": "paid", "amount": "59.80 EUR"})
    page = words(client.get(case))

    assert 'name="what" value="paid"' in html
    assert told.status_code == FOUND
    assert "wants" not in page.partition("What happened")[0]
    assert "You said that €59.80 was owed, and is paid" in page
    # nothing was taken on that day
    assert "They took" not in page
    assert listed(Which.ENDED) == ["Kraftwerk Gym"]
