"""Money that is asked for after an end keeps a case from being called safe."""

from datetime import date

import pytest

from rescind.core.follow.open_demand import open_demand
from rescind.core.follow.outlook import standing
from rescind.core.model.case import CaseState, EventKind
from tests.core.test_follow import SENT, Row, log, row

K = EventKind
ENDED = row(K.CONFIRMED, 2, ends_on="2026-12-24")
ASKED = row(K.ANSWERED, 3, reads_as="invoice", asks_fee="yes")
RECEIPT = row(K.ANSWERED, 4, reads_as="acknowledged")
REPLY = row(K.LETTER_WRITTEN, 4, kind="reply", confirm_by="2026-11-30")


def next_step(*rows: Row) -> str:
    return standing(log(*rows), date(2026, 11, 10)).next_step.code


def test_a_demand_after_the_end_is_answered_first() -> None:
    assert next_step(*SENT, ENDED) == "confirmed"
    assert next_step(*SENT, ENDED, ASKED) == "asked_to_pay"


def test_a_fee_beside_the_end_stays_open_once_the_end_is_recorded() -> None:
    fee = row(K.ANSWERED, 2, reads_as="confirmed", asks_fee="yes")
    here = standing(log(*SENT, fee, ENDED), date(2026, 11, 10))

    assert here.state is CaseState.CONFIRMED
    assert here.next_step.code == "asked_to_pay"


@pytest.mark.parametrize(
    "after",
    [
        REPLY,
        row(K.CHARGED, 4, on="2026-10-30", amount="9 EUR", rightful="yes"),
        row(K.ANSWERED, 4, reads_as="other"),
        row(K.RESUMED, 4),
    ],
    ids=["reply", "paid", "newer", "resumed"],
)
def test_what_follows_a_demand_settles_it(after: Row) -> None:
    assert open_demand(log(*SENT, ENDED, ASKED, after)) is None


@pytest.mark.parametrize(
    "after", [RECEIPT, row(K.LETTER_WRITTEN, 4, kind="erase")], ids=["receipt", "other"]
)
def test_what_does_not_speak_to_a_demand_leaves_it_open(after: Row) -> None:
    found = open_demand(log(*SENT, ENDED, ASKED, after))

    assert found is not None
    assert found.details["reads_as"] == "invoice"


OFFER = row(K.ANSWERED, 4, reads_as="offer", message="sha256:2")


def test_another_message_leaves_a_demand_open() -> None:
    found = open_demand(log(*SENT, ENDED, ASKED, OFFER))

    assert found is not None
    assert found.details["reads_as"] == "invoice"


def test_what_is_asked_no_more_is_settled() -> None:
    waived = row(K.ANSWERED, 4, reads_as="other", message="sha256:2", waives_fee="yes")

    assert open_demand(log(*SENT, ENDED, ASKED, waived)) is None


def test_the_newest_of_two_demands_is_open() -> None:
    again = row(K.ANSWERED, 4, reads_as="invoice", message="sha256:2", asks_fee="yes")
    found = open_demand(log(*SENT, ENDED, ASKED, again))

    assert found is not None
    assert found.details["message"] == "sha256:2"
