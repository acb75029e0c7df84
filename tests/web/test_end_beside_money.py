"""A mail that tells an end with its day, and money that comes back, tells both."""

from typing import Any

import pytest

from rescind.app.follow import cases
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")
PAPER = {
    "service": "other",
    "merchant": "FAZ",
    "kind": "newspaper",
    "country": "DE",
    "died_at": "2026-11-12",
    "price": "69.90 EUR",
    "period": "P1M",
    "paid_at": "2026-11-02",
}


@pytest.mark.parametrize(
    "wrote",
    [
        "Das Abonnement wurde zum 01.12.2026 beendet. Wir erstatten 67,57 €.",
        "Votre abonnement a pris fin le 1er décembre 2026. On vous rembourse 67,57 €.",
    ],
)
def test_both_are_seen(client: Any, wrote: str) -> None:
    case_id = cases.new_case(PAPER, SENDER | {"holder": "Hans Weber"})
    cases.say_sent(case_id, "e-mail", None)
    client.post(f"/cases/{case_id}/reply/", {"words": wrote})

    page = words(client.get(f"/cases/{case_id}/"))

    assert "FAZ says it ends on Tuesday 1 December" in page
    assert "whether the contract ends" not in page
    assert "€67.57" in page
