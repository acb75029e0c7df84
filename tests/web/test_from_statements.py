"""From a statement: the offer that a line shows, a death that stays told, and bills."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rescind.app.find import spending
from tests.web.test_desk_pages import words
from tests.web.test_several_pages import statement
from tests.web.test_spending_pages import finding, page

pytestmark = pytest.mark.usefixtures(
    "ready_desk", "no_statements", "saturday_28_november"
)


def paid_monthly(what: str, amount: str) -> bytes:
    days = [date(2026, month, 18) for month in range(1, 12)]
    lines = [f"{day},DE89370400440532013000,{what},-{amount},EUR" for day in days]
    head = "Date,Account Number,Description,Amount,Currency"
    return "\n".join([head, *lines, ""]).encode()


def read_in(client: Client, content: bytes, **more: str) -> str:
    file = SimpleUploadedFile("bank.csv", content)
    told = {"files": file, "country": "DE", **more}
    return str(client.post("/spending/read/", told)["Location"])


def test_a_monthly_line_never_gets_the_last_day_of_a_yearly_offer(
    client: Client,
) -> None:
    read_in(client, paid_monthly("DAZN.COM", "24.99"))
    ended = client.post(f"/spending/{finding('DAZN')}/end/", follow=True)

    answer = words(ended)

    assert "2027" not in answer.split("Other ways")[0]
    assert "What did you buy?" in answer.split("Other ways")[0]


@pytest.mark.parametrize(
    ("what", "amount", "name", "offer"),
    [
        ("AUDIBLE GMBH", "9.95", "Audible", "monthly"),
        ("DAZN.COM", "24.99", "DAZN", ""),
    ],
)
def test_a_line_tells_the_one_offer_that_is_paid_so_often(
    client: Client, what: str, amount: str, name: str, offer: str
) -> None:
    read_in(client, paid_monthly(what, amount))

    facts = spending.to_end(finding(name))

    assert facts is not None
    assert facts.get("offer", "") == offer


def test_who_died_is_not_forgotten_while_a_statement_is_read(client: Client) -> None:
    begun = page(client, "/several/?died=1")
    assert "/spending/?several=1&amp;died=1" in begun
    asked = page(client, "/spending/?several=1&died=1")
    assert '<input type="hidden" name="died" value="1">' in asked

    ticks = read_in(client, statement(), died="1")

    assert ticks == "/spending/?several=1&died=1"
    assert '<input type="hidden" name="died" value="1">' in page(client, ticks)
    ids = [each["id"] for each in spending.spending()["findings"]]
    facts = client.post("/spending/several/", {"finding": ids, "died": "1"})
    asked = page(client, facts["Location"])
    assert 'value="died" checked' in asked


def test_who_came_to_tick_still_ticks_after_a_statement_is_read(
    client: Client,
) -> None:
    asked = page(client, "/spending/?several=1")
    assert '<input type="hidden" name="several" value="1">' in asked

    refused = read_in(client, b"", several="1")
    waits = read_in(client, paid_monthly("AUDIBLE", "9.95"), several="1", ask="on")

    assert refused == "/spending/?several=1"
    assert waits.endswith("/?several=1")
    assert client.post(waits)["Location"] == "/spending/?several=1"


def test_bills_can_be_ticked_as_well(client: Client) -> None:
    read_in(client, paid_monthly("VODAFONE GMBH", "39.99"))
    bill = finding("odafone")

    ticks = page(client, "/spending/?several=1")

    assert f'name="finding" value="{bill}"' in ticks


def test_what_paypal_takes_for_a_company_is_charged_by_the_company(
    client: Client,
) -> None:
    read_in(client, paid_monthly("PAYPAL *DISNEYPLUS", "8.99"))

    facts = spending.to_end(finding("Disney+"))

    assert facts is not None
    assert (facts["channel"], facts["payment_method"]) == ("web", "paypal")
