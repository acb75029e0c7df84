"""An end that they name for a day before a payment: it is asked about, and not safe."""

from typing import Any

import pytest

from rescind.store.listing import Which
from tests.web.test_desk_pages import words
from tests.web.test_end_without_a_day import MONTHLY, answered
from tests.web.test_money_from_store import group_of, line_of

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

ENDED = "Ihr Vertrag wurde bereits am 01.10.2026 beendet."
TAKEN = {"ends_on": "2026-10-01", "outcome": "confirmed"}


def ended(client: Any, **facts: str) -> str:
    address, _ = answered(client, MONTHLY | facts, ENDED)
    client.post(f"{address}confirm/", TAKEN)
    return address


def test_a_payment_after_the_end_that_they_name_is_asked_back(client: Any) -> None:
    case = ended(client)

    page, line = words(client.get(case)), line_of(client, "Haus am See")

    for shown in (page, line):
        assert "Ended on Thursday 1 October, and you paid after that" in shown
        assert "The payment of Tuesday 3 November came after the end" in shown
    assert "Ask for it back" in page
    assert "Keep the confirmation" not in page
    assert group_of(case) == Which.TO_DO
    form = client.get(f"{case}charged/").content.decode()
    assert "3 November 2026" in form
    assert "12.99" in form or "12,99" in form


@pytest.mark.parametrize("tick", [{}, {"before_end": "yes"}])
def test_what_is_said_of_the_payment_settles_it(
    client: Any, tick: dict[str, str]
) -> None:
    case = ended(client)

    told = {"on": "3 November 2026", "amount": "12.99 EUR"}
    client.post(f"{case}happened/", told | tick | {"what": "charged"})
    page = words(client.get(case))

    assert "and you paid after that" not in page


def test_a_payment_before_the_end_is_no_matter(client: Any) -> None:
    case = ended(client, paid_at="1.9.2026")

    assert group_of(case) == Which.ENDED
    assert "you paid after" not in words(client.get(case))
