"""A payment after the end that was named is open until somebody says what it is."""

from datetime import date

import pytest

from rescind.core.follow.outlook import standing
from rescind.core.follow.recorded_end import paid_after
from rescind.core.model.case import EventKind
from tests.core.test_follow import SENT, Row, log, row

K = EventKind
ENDED = row(
    K.CONFIRMED,
    2,
    ends_on="2026-10-01",
    outcome="confirmed",
    paid_after="2026-10-20",
)
CHARGED = row(K.CHARGED, 3, on="2026-10-20", amount="9 EUR")
OWED = row(K.CHARGED, 3, on="2026-10-20", amount="9 EUR", rightful="yes")
OTHER = row(K.CHARGED, 3, on="2026-09-20", amount="9 EUR", rightful="yes")
CLAIM = row(
    K.LETTER_WRITTEN, 3, kind="refund", confirm_by="2026-11-30", claims_money="yes"
)
PLAIN = row(K.LETTER_WRITTEN, 3, kind="erase", confirm_by="2026-11-30")


@pytest.mark.parametrize("after", [(), (OTHER,), (PLAIN,)])
def test_it_is_open_whatever_else_came(after: tuple[Row, ...]) -> None:
    assert paid_after(log(*SENT, ENDED, *after)) == date(2026, 10, 20)


@pytest.mark.parametrize("after", [CHARGED, OWED, CLAIM])
def test_it_is_settled_once_it_is_recorded_or_asked_back(after: Row) -> None:
    assert paid_after(log(*SENT, ENDED, after)) is None


def test_it_is_what_is_next() -> None:
    here = standing(log(*SENT, ENDED), date(2026, 11, 10))

    assert here.next_step.code == "paid_after"
    assert paid_after(log(*SENT)) is None
