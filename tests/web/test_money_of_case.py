"""A sum in ``kr`` or ``$`` is in the money that the contract is paid in."""

from typing import Any

import pytest

from rescind.app.follow import answers, cases
from rescind.core.model.money import Money
from rescind.store import selectors
from tests.conftest import SENDER

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")
GYM = {
    "service": "other",
    "merchant": "Puls",
    "kind": "gym",
    "country": "SE",
    "purchased_at": "2025-10-01",
    "price": "399 SEK",
    "period": "P1M",
}


def asked(client: Any, words: str, **told: str) -> Money | None:
    case_id = cases.new_case(GYM | told, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    client.post(f"/cases/{case_id}/reply/", {"words": words})
    return answers.answers(selectors.read_case(case_id))[-1].reading.fee


@pytest.mark.parametrize(
    ("words", "told", "money"),
    [
        ("Du har en obetald faktura på 798 kr.", {}, "798.00 SEK"),
        ("Du har en obetald faktura på 798 DKK.", {}, "798.00 DKK"),
        (
            "You have an outstanding balance of $12.99.",
            {"country": "CA-ON", "price": "12.99 CAD"},
            "12.99 CAD",
        ),
        (
            "You have an outstanding balance of US$12.99.",
            {"country": "CA-ON", "price": "12.99 CAD"},
            "12.99 USD",
        ),
        ("You have an outstanding balance of €12.99.", {}, "12.99 EUR"),
    ],
)
def test_a_sign_that_is_shared_is_the_money_of_the_contract(
    client: Any, words: str, told: dict[str, str], money: str
) -> None:
    found = asked(client, words, **told)

    assert found is not None
    amount, currency = money.split()
    assert (float(found.amount), found.currency) == (float(amount), currency)
