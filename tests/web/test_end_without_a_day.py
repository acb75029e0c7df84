"""An end that is confirmed for no day: a person is asked for it, and ours is none."""

from typing import Any

import pytest

from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails
from rescind.store import selectors
from tests.web.test_after_the_bank import letter
from tests.web.test_claimed_money import sent_refund
from tests.web.test_desk_pages import ANNA, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

BOUND = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "14.2.2026",
    "term": "count",
    "term_count": "12",
    "term_unit": "M",
    "notice": "P1M",
    "price": "39,90",
    "period": "P1M",
    "paid_at": "2.11.2026",
}
MONTHLY = {
    "kind": "streaming",
    "sold_by": "online",
    "channel": "web",
    "country": "DE",
    "purchased_at": "3.3.2025",
    "price": "12,99",
    "period": "P1M",
    "paid_at": "3.11.2026",
}
UNDATED = [
    "Hallo Anna, deine Kündigung wurde zum nächstmöglichen Termin vorgemerkt.",
    "Wir bestätigen deine Kündigung zum Vertragsende.",
    "We confirm the cancellation of your membership at the end of the contract.",
]


def answered(client: Any, typed: dict[str, str], said: str) -> tuple[str, str]:
    """Return the address of a case, and its page once they wrote this."""
    address, _ = told(client, "Haus am See", typed)
    by_mail = {"act": "email:cancel", "cancel.to": "mail@haus.example.org"}
    client.post(f"{address}letters/", ANNA | by_mail)
    page = client.post(f"{address}reply/", {"words": said}, follow=True)
    return address, words(page)


@pytest.mark.parametrize("said", UNDATED)
def test_the_end_of_a_contract_that_binds_is_no_day(client: Any, said: str) -> None:
    _, page = answered(client, BOUND, said)

    assert "Haus am See says it ends. On which day?" in page
    assert "Name the day" in page
    assert "That is right" not in page


def test_what_is_taken_without_a_day_is_not_called_theirs(client: Any) -> None:
    address, _ = answered(client, BOUND, UNDATED[0])

    client.post(f"{address}day/", {"none": "yes"})

    case = selectors.read_case(address.strip("/").split("/")[-1])
    recorded = case.last(ConfirmedDetails)
    assert recorded is not None
    assert recorded.outcome is EndOutcome.NO_DAY_NAMED
    page = words(client.get(address))
    assert "They confirmed the end on 13 February" not in page


def test_the_end_of_what_is_paid_for_is_a_day_where_the_next_charge_is_known(
    client: Any,
) -> None:
    _, page = answered(client, MONTHLY, UNDATED[1])

    assert "says it ends. On which day?" not in page
    assert "says it ends" in page


BRITISH = BOUND | {"country": "GB"}
PAID = " We have issued a full refund of £39.90."


def test_the_answer_asks_for_the_day_that_they_do_not_name(client: Any) -> None:
    address, page = answered(client, BRITISH, UNDATED[2])

    said = letter(client, address, "reply")

    assert "They name none: ask for it" in page
    assert "but you name no day" in said
    assert "by 12 December 2026 on which day the contract ends or ended" in said
    assert "says too little without this" not in said
    assert "refer the matter" not in said
    assert "money is being paid back" not in said


def test_the_answer_asks_when_money_comes_that_they_promise_beside_it(
    client: Any,
) -> None:
    address, _ = answered(client, BRITISH, UNDATED[2] + PAID)

    said = letter(client, address, "reply")

    assert "but you name no day" in said
    assert "on which day it was or will be paid" in said
    assert "refer the matter" not in said


CANCELED = "We have canceled your subscription and issued a full refund of $71.94."


def test_whoever_grants_the_money_is_asked_for_its_day_and_not_for_it(
    client: Any,
) -> None:
    address = sent_refund(client)
    client.post(f"{address}reply/", {"words": CANCELED})

    said = letter(client, address, "reply")

    assert "on which day it was or will be paid" in said
    assert "on which day the contract ends or ended" in said
    assert "Please repay the money" not in said
    assert "maintain your refusal" not in said
    assert "refer the matter" not in said
    assert "says too little without this" not in said
