"""Every letter can be written after steps in an account, whatever went out since."""

from typing import Any

import pytest

from tests.web.test_desk_pages import ALL_DONE, told, words
from tests.web.test_money_from_store import HERZKLICK, REFUSED, herzklick, posted

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

FORM = {"sender.name": "Anna Huber", "sender.email": "anna@home.example.org"}
ELSEWHERE = (
    "Sehr geehrte Frau Huber, wir sind für Ihre Beschwerde nicht zuständig. Bitte "
    "wenden Sie sich an das Europäische Verbraucherzentrum Österreich."
)
SAYS = {
    "reply": "Mit meinem ersten Schreiben habe ich den Vertrag widerrufen",
    "second-notice": "Gegenstand jenes Schreibens: Widerruf",
    "refund": "Ich habe den Vertrag am 28. November 2026 widerrufen",
    "dispute": "Ich habe den Vertrag am 28. November 2026 widerrufen",
    "stop-charging": "Den Vertrag habe ich am 28. November 2026 widerrufen",
    "stop-payment": "habe ich am 28. November 2026 gekündigt",
    "erase": "ich verlange nach Artikel 17",
    "complaint": "Am 28. November 2026 habe ich den Vertrag widerrufen",
}
"""What each letter says of the steps, which are all that told the company."""
FIRST = ("complaint", "refund", "second-notice", "stop-charging", "erase", "dispute")


def refused_twice(client: Any) -> str:
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": f"{REFUSED} Google"})
    return case


def sent(client: Any, case: str, kind: str, way: str = "post") -> None:
    """Say that a letter went out; the office's address is needed for the post."""
    ways = {"complaint": "form", "dispute": "bank"}
    typed = FORM | {
        "letter": kind,
        "act": f"{ways.get(kind, way)}:{kind}",
        "all.merchant_address": "Sportweg 1\n45127 Essen",
        "sender.address": "Ring 1\n1010 Wien",
    }
    done = client.post(f"{case}letters/", typed)
    assert done.status_code == 302, words(done)


@pytest.mark.parametrize("first", FIRST)
def test_every_letter_opens_written_after_another(client: Any, first: str) -> None:
    case = refused_twice(client)
    sent(client, case, first)
    posted(client, f"{case}reply/", {"words": ELSEWHERE})

    pages = {kind: client.get(f"{case}letters/?letter={kind}") for kind in SAYS}

    for kind, response in pages.items():
        page = words(response)
        assert response.status_code == 200, kind
        assert "not known here" not in page, kind
        assert "'steps'" not in page, kind
        assert SAYS[kind] in page, kind
        pdf = client.get(f"{case}letters/{kind}.pdf?letter={kind}")
        assert pdf.status_code == 200, kind


@pytest.mark.parametrize("first", ["refund", "stop-charging", "erase"])
def test_a_letter_after_steps_drops_neither_their_money_nor_their_end(
    client: Any, first: str
) -> None:
    case = herzklick(client)

    sent(client, case, first)

    page = words(client.get(case))
    assert "Ends today, if the withdrawal holds; else 24 May 2027" in page
    assert "'steps'" not in page


def test_a_cancellation_in_an_account_counts_as_one_in_every_letter(
    client: Any,
) -> None:
    case, _ = told(client, "Herzklick", HERZKLICK)
    client.post(f"{case}steps/", {"act": "done", "done": "at_store"})
    sent(client, case, "stop-charging")

    page = words(client.get(f"{case}letters/?letter=second-notice"))

    assert "Gegenstand jenes Schreibens: Kündigung" in page
