"""The days that answers of the company set stand until somebody met them."""

from datetime import UTC, datetime

import pytest

from rescind.core.follow.due import due
from rescind.core.follow.due_company import unpaid_demands
from rescind.core.model.case import EventKind
from tests.core.test_follow import SENT, Row, log, row

K = EventKind
WANTS = row(K.ANSWERED, 2, message="sha256:a", reads_as="other", wants_by="2026-12-15")
NO_NOTICE = row(
    K.ANSWERED, 2, message="sha256:a", reads_as="refused", again_by="2026-12-10"
)
DUES = row(
    K.ANSWERED, 2, message="sha256:a", reads_as="invoice", asks_fee="yes",
    wants_by="2026-12-15",
)  # fmt: skip
REPLY = (
    row(K.LETTER_WRITTEN, 3, kind="reply", confirm_by="2026-12-01"),
    row(K.SAID_SENT, 3, way="e-mail"),
)
TO_BANK = (
    row(K.LETTER_WRITTEN, 3, kind="dispute", confirm_by="2026-12-01"),
    row(K.SAID_SENT, 3, way="post"),
)
ENDED = row(K.CONFIRMED, 3, ends_on="2027-02-13")
ENDS = row(K.ANSWERED, 3, message="sha256:b", reads_as="confirmed")
RECEIPT = row(K.ANSWERED, 3, message="sha256:b", reads_as="acknowledged")
PAID = row(K.CHARGED, 3, on="2026-11-03", amount="39.90 EUR", rightful="yes")
WAIVED = row(K.ANSWERED, 3, message="sha256:b", reads_as="other", waives_fee="yes")
SET = "company-sets 2026-12-15"
AGAIN = "notice-again 2026-12-10"


def set_days(*rows: Row) -> list[str]:
    found = due(log(*SENT, *rows), [], datetime(2026, 11, 5, tzinfo=UTC))
    ours = ("company-sets", "notice-again")
    return [f"{each.what} {each.by}" for each in found if each.what in ours]


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ((WANTS,), [SET]),
        ((WANTS, RECEIPT), [SET]),
        ((WANTS, *TO_BANK), [SET]),
        ((WANTS, *REPLY), []),
        ((WANTS, row(K.BUTTON_USED, 3)), []),
        ((WANTS, ENDED), []),
        ((WANTS, ENDS), []),
        # as it is read anew it sets none
        ((WANTS, row(K.ANSWERED, 3, message="sha256:a", reads_as="other")), []),
    ],
)
def test_a_day_stands_until_they_have_what_they_want(
    rows: tuple[Row, ...], days: list[str]
) -> None:
    assert set_days(*rows) == days


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ((NO_NOTICE,), [AGAIN]),
        ((NO_NOTICE, *REPLY), []),
        ((NO_NOTICE, ENDS), []),
        # what was said never to have come has come after all
        ((NO_NOTICE, RECEIPT), []),
    ],
)
def test_a_notice_is_given_again_until_they_have_it(
    rows: tuple[Row, ...], days: list[str]
) -> None:
    assert set_days(*rows) == days


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ((DUES,), [SET]),
        # who writes back pays nothing
        ((DUES, *REPLY), [SET]),
        ((DUES, ENDED), [SET]),
        ((DUES, PAID), []),
        ((DUES, WAIVED), []),
    ],
)
def test_money_that_they_ask_for_waits_until_it_is_settled(
    rows: tuple[Row, ...], days: list[str]
) -> None:
    assert set_days(*rows) == days
    assert len(unpaid_demands(log(*SENT, *rows))) == len(days)


def test_both_kinds_of_days_come_in_their_order() -> None:
    later = row(
        K.ANSWERED, 3, message="sha256:c", reads_as="other", wants_by="2026-12-15"
    )

    assert set_days(NO_NOTICE, later) == [AGAIN, SET]
