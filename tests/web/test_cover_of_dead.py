"""Heirs who end an insurance read that what it covers is without cover then."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.store import checks
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

INSURED = {
    "service": "other",
    "merchant": "Centraal Polis",
    "kind": "insurance",
    "channel": "web",
    "country": "NL",
    "purchased_at": "2020-02-01",
    "period": "P1M",
    "price": "14 EUR",
}
DIED = {"happened": "died", "died_at": "2026-11-03"}
SAYS = "the things in the home are without cover"


def begun(facts: dict[str, str]) -> str:
    check = checks.begin("other", facts["merchant"], facts, now=clock.now())
    return check.id


def test_the_answer_says_so(client: Any) -> None:
    page = words(client.get(f"/cases/{begun(INSURED | DIED)}/answer/"))

    assert SAYS in page


@pytest.mark.parametrize("facts", [INSURED, INSURED | DIED | {"kind": "streaming"}])
def test_nobody_else_reads_it(client: Any, facts: dict[str, str]) -> None:
    assert SAYS not in words(client.get(f"/cases/{begun(facts)}/answer/"))


def test_the_page_of_several_letters_says_so(client: Any) -> None:
    first, second = begun(INSURED | DIED), begun(INSURED | DIED | {"kind": "streaming"})
    page = words(client.get(f"/several/letters/?of={first}&of={second}"))

    assert page.count(SAYS) == 1
