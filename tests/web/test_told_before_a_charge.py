"""Told some time ago, before the last charge on file: one end, by those charges."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rescind.store.checks import find
from tests.web.conftest import stand_at
from tests.web.test_desk_pages import ANNA, words
from tests.web.test_spending_pages import finding

pytestmark = pytest.mark.usefixtures("ready_desk", "no_statements")

ENDS = (
    "Dein Premium-Abo endet am 4. November 2026. Danach wechselt dein Konto zu "
    "Spotify Free. Wir bestätigen dir hiermit die Kündigung."
)


@pytest.fixture
def case(client: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a case that was ended on Spotify's own pages on 20 October."""
    stand_at(datetime(2026, 11, 30, 11, tzinfo=UTC), monkeypatch)
    days = [date(2026, month, 5) for month in range(1, 12)]
    lines = [f"{day},DE89370400440532013000,SPOTIFY AB,-11.99,EUR" for day in days]
    head = "Date,Account Number,Description,Amount,Currency"
    file = SimpleUploadedFile("bank.csv", "\n".join([head, *lines, ""]).encode())
    client.post("/spending/read/", {"files": file, "country": "DE"})
    begun = client.post(f"/spending/{finding('Spotify')}/end/", follow=True)
    address = str(begun.redirect_chain[-1][0]).removesuffix("answer/")
    check = find(address.strip("/").split("/")[-1])
    assert check is not None
    client.post(f"{address}facts/", {**check.typed, "purchased_at": "1.3.2022"})
    told = ANNA | {"act": "form:cancel", "sent_on": "20.10.2026"}
    client.post(f"{address}letters/", told)
    return address


def test_case_and_letter_name_the_end_of_what_was_paid_for(
    client: Any, case: str
) -> None:
    page = words(client.get(case))
    reminder = words(client.get(f"{case}letters/?letter=second-notice"))

    assert "4 November" in page.split("What happened")[0]
    assert "20 November" not in page.split("What happened")[0]
    assert "Der Vertrag endete am 4. November 2026" in reminder
    assert "31. Oktober" not in reminder


def test_their_end_that_is_right_is_not_called_earlier(client: Any, case: str) -> None:
    page = words(client.post(f"{case}reply/", {"words": ENDS}, follow=True))

    assert "Spotify says it ends on Wednesday 4 November" in page
    assert "earlier than you asked" not in page
    assert "Friday 20 November" not in page
    assert "That is right" in page


def test_a_charge_on_file_after_the_end_is_named_on_the_page(
    client: Any, case: str
) -> None:
    waiting = words(client.get(case))
    told = {"ends_on": "2026-11-04", "outcome": "confirmed"}
    ended = words(client.post(f"{case}confirm/", told, follow=True))
    link = re.findall(r'href="([^"]*charged/[^"]*)"', client.get(case).content.decode())
    asked = client.get(link[0].replace("&amp;", "&")).content.decode()
    taken = {"what": "charged", "on": "2026-11-05", "amount": "11.99 EUR"}
    charged = words(client.post(f"{case}happened/", taken, follow=True))

    assert "Spotify took €11.99 on 5 November 2026, by what you told us" in waiting
    assert "Ended on Wednesday 4 November, and you paid after that" in ended
    for page in (waiting, ended):
        assert "Ask for it back" in page
    assert 'name="on" required value="5 November 2026"' in asked
    assert "Spotify charged you again" in charged
    assert "by what you told us" not in charged


def test_a_charge_that_was_owed_is_not_named(client: Any, case: str) -> None:
    told = {"ends_on": "2026-12-04", "outcome": "confirmed"}

    page = words(client.post(f"{case}confirm/", told, follow=True))

    assert "by what you told us" not in page
