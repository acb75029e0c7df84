"""A home that was left: the day that the answer names, on the page and in print."""

from typing import Any

import pytest

from tests.program import run
from tests.web.test_desk_pages import told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

ENERGY = {
    "kind": "energy",
    "channel": "web",
    "country": "DE",
    "sold_by": "premises",
    "purchased_at": "1 March 2026",
    "term": "P12M",
    "notice": "P1M",
    "renewal_term": "open",
    "price": "85",
    "period": "P1M",
    "life_event": "moved",
    "moved_at": "22 November 2026",
}


@pytest.mark.parametrize("offer", [{}, {"new_home_offer": "no"}])
def test_each_day_of_waiting_moves_the_end_on(
    client: Any, offer: dict[str, str]
) -> None:
    address, _ = told(client, "Stadtwerke", ENERGY | offer)
    page = words(client.get(address, follow=True))

    assert "By today: each day later, it ends a day later" in page


def test_a_terminal_says_so_too() -> None:
    done = run(
        *("check", "Stadtwerke", "--contract-kind", "energy", "--country", "DE"),
        *("--channel", "web", "--sold-by", "premises", "--period", "1 month"),
        *("--purchased-at", "2026-03-01", "--term", "12 months"),
        *("--notice", "1 month", "--moved-at", "2026-11-22", "--as-of", "2026-11-29"),
    )

    assert "Today is the day for it: each day later, it ends a day later" in done.stdout
