"""A letter that the company's button cannot carry has a way of its own."""

import re
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.store import checks, selectors
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

FILMS = {
    "service": "netflix",
    "offer": "standard",
    "channel": "web",
    "country": "IE",
    "price": "15.99 EUR",
    "period": "P1M",
    "paid_at": "2026-11-13",
}


def begun() -> str:
    check = checks.begin("netflix", "Netflix", FILMS, now=clock.now())
    return f"/cases/{check.id}/letters/"


def ways(page: str, number: int) -> list[str]:
    return re.findall(rf'name="way-{number}" value="(\w+)"', page)


def test_a_request_to_undo_it_is_not_done_by_the_button(client: Any) -> None:
    page = client.get(begun()).content.decode()

    first, second = ways(page, 1), ways(page, 2)
    assert first[0] == "button"
    assert "button" not in second
    assert {"post", "email", "form"} <= set(second)
    assert "I have done both" not in page
    assert page.count('id="sender.address"') == 1
    assert "a contact form or a chat on their help pages" in page


def test_the_button_alone_is_recorded_as_the_cancellation(client: Any) -> None:
    address = begun()
    told = {"sender.name": "Ada", "act": "button:cancel"}
    page = words(client.post(address, told, follow=True))

    case = selectors.read_case(address.split("/")[2])
    written = [e for e in case.events if e.kind.value == "letter_written"]
    assert len(written) == 1
    assert "undo" not in page.split("What happened")[1].split("Full record")[0]
    left = client.get(address).content.decode()
    assert "button" not in ways(left, 1)
    assert "post" in ways(left, 1)
