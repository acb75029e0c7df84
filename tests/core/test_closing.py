"""A case is closed open where its end was not said, or money is not back."""

import pytest

from rescind.core.follow.closing import is_closed_open
from rescind.core.follow.outlook import CLOSED_OPEN, outlook
from rescind.core.model.case import EventKind
from tests.core.test_follow import Row, log, row
from tests.core.test_money_alone import CAME, DISPUTE, DISPUTE_SENT, PAYS, SEEN
from tests.core.test_other_day import ENDS, LETTER, SENT

K = EventKind
CLOSED = row(K.CLOSED, 9)
OWES = row(K.CONFIRMED, 3, ends_on="2027-03-14", refund="9 EUR", refund_by="2026-12-20")
WANTS = row(K.ANSWERED, 4, message="sha256:a", reads_as="invoice", asks_fee="yes")
CREDITED = row(K.THIRD_PARTY, 5, by="bank", says="pays", amount="9 EUR")
REFUSED = row(K.THIRD_PARTY, 5, by="bank", says="refuses")
SAYS = row(K.ANSWERED, 4, message="sha256:b", reads_as="confirmed")
UNSURE = row(K.ANSWERED, 4, message="sha256:c")
WITHDREW = row(K.CONFIRMED, 3, ends_on="2026-11-27", outcome="withdrew")


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (UNSURE,),
        (PAYS,),
        (PAYS, CAME),
        (WITHDREW,),
        (OWES,),
        (ENDS, WANTS),
        (DISPUTE, DISPUTE_SENT, OWES, REFUSED),
    ],
)
def test_what_was_open_is_open_once_it_is_closed(rows: tuple[Row, ...]) -> None:
    events = log(LETTER, SENT, *rows, CLOSED)

    assert is_closed_open(events)
    assert outlook(events).next_step == CLOSED_OPEN


@pytest.mark.parametrize(
    "rows",
    [
        (ENDS,),
        (SAYS,),
        (ENDS, CAME),
        (PAYS, CAME, SEEN),
        (ENDS, DISPUTE, DISPUTE_SENT, CREDITED),
        (DISPUTE, DISPUTE_SENT, OWES, CREDITED),
    ],
)
def test_what_was_over_is_over(rows: tuple[Row, ...]) -> None:
    assert not is_closed_open(log(LETTER, SENT, *rows, CLOSED))


def test_what_is_not_closed_is_not_closed_open() -> None:
    assert not is_closed_open(log(LETTER, SENT))
    reopened = row(K.REOPENED, 10)
    assert not is_closed_open(log(LETTER, SENT, CLOSED, reopened))
