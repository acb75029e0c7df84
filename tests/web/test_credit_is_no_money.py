"""A credit or a voucher is no money that comes back: it is asked for as money."""

from typing import Any

import pytest

from rescind.app.follow.credits import without_credit
from rescind.app.follow.reading import read_raw
from rescind.core.model.message import Label
from rescind.store.listing import Which
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_money_from_store import group_of
from tests.web.test_no_notice_came import GYM, OFFICE

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

CHARGED = {
    "kind": "software",
    "sold_by": "online",
    "channel": "web",
    "country": "US",
    "part_US": "US-TX",
    "purchased_at": "3/10/2026",
    "price": "29.99",
    "period": "P1M",
    "happened": "charged-after",
    "charged-after.cancelled_at": "8/20/2026",
    "charged-after.paid_at": "11/10/2026",
}
CREDIT = (
    "Hi Anna, we have issued a one-time credit of $29.99 to your Brightly account "
    "that you can use for future purchases. Brightly Support"
)
CREDITS = [
    CREDIT,
    "We refund $29.99 as store credit.",
    "Wir erstatten Ihnen 29,99 € in Form eines Gutscheins.",
    "Nous vous remboursons 29,99 € sous forme de carte cadeau.",
    "Vi återbetalar 299 kr som ett presentkort.",
]
MONEY = [
    "We have refunded $29.99 to your Visa card. As a thank you, here is a voucher.",
    "Wir erstatten Ihnen 29,99 € auf Ihr Bankkonto.",
    "You get $29.99 back on your card and not as store credit.",
]


@pytest.mark.parametrize("said", CREDITS)
def test_a_credit_grants_no_money(said: str) -> None:
    reading = without_credit(read_raw(said.encode()))

    assert reading.refund is None
    assert reading.label is not Label.REFUND_GRANTED


@pytest.mark.parametrize("said", MONEY)
def test_money_beside_a_voucher_is_money(said: str) -> None:
    before = read_raw(said.encode())

    assert without_credit(before) == before


def test_a_case_in_which_a_credit_is_offered_stays_open(client: Any) -> None:
    address, _ = told(client, "Brightly", CHARGED)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{address}letters/", ANNA | by_mail)

    page = words(client.post(f"{address}reply/", {"words": CREDIT}, follow=True))

    assert "Yes, they pay it back" not in page
    assert "It came" not in page.split("Their words")[0]
    assert "instead of money" in page
    assert "Prepare the answer" in page
    assert group_of(address) == Which.TO_DO


def test_the_answer_to_a_credit_asks_for_the_money_itself(client: Any) -> None:
    address, _ = told(client, "Brightly", CHARGED)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{address}letters/", ANNA | by_mail)
    client.post(f"{address}reply/", {"words": CREDIT})

    letter = words(client.get(f"{address}letters/?letter=reply"))

    assert "You offer a credit or a voucher in place of money" in letter
    assert "Please name the clause" not in letter


def test_who_asked_for_no_money_is_not_told_to_want_it(client: Any) -> None:
    address, _ = told(client, "Vitalis Fitness Mainz", GYM)
    client.post(f"{address}letters/", ANNA | OFFICE | {"act": "post:cancel"})

    voucher = "Wir bieten Ihnen einen Gutschein über 39,90 € an, wenn Sie bleiben."
    page = words(client.post(f"{address}reply/", {"words": voucher}, follow=True))

    assert "want the money itself" not in page
