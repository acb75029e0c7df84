"""What is recorded of money says nothing of an end."""

import pytest

from rescind.core.follow.letters_out import asked_bank
from rescind.core.follow.outlook import END_OPEN, standing
from rescind.core.follow.recorded_end import is_by_money_alone
from rescind.core.model.case import EventKind
from tests.core.test_follow import Row, log, row
from tests.core.test_other_day import ENDS, LETTER, SENT

K = EventKind
PAYS = row(K.CONFIRMED, 3, ends_on="2026-11-30", outcome="pays_back")
CAME = row(K.CONFIRMED, 4, ends_on="2026-11-30", outcome="money_came", refund="9 EUR")
SEEN = row(K.CONFIRMED, 5, ends_on="2026-11-30", outcome="no_charge")
DISPUTE = row(K.LETTER_WRITTEN, 2, confirm_by="2026-12-20", kind="dispute")
DISPUTE_SENT = row(K.SAID_SENT, 2, way="e-mail")


@pytest.mark.parametrize("rows", [(PAYS,), (PAYS, CAME), (CAME,)])
def test_money_alone_leaves_the_end_open(rows: tuple[Row, ...]) -> None:
    events = log(LETTER, SENT, *rows)

    assert is_by_money_alone(events)
    assert standing(events, events[-1].at.date()).next_step == END_OPEN


@pytest.mark.parametrize("rows", [(), (ENDS,), (ENDS, CAME), (PAYS, CAME, SEEN)])
def test_an_end_that_was_named_or_seen_is_no_money(rows: tuple[Row, ...]) -> None:
    events = log(LETTER, SENT, *rows)

    assert not is_by_money_alone(events)
    assert standing(events, events[-1].at.date()).next_step != END_OPEN


def test_a_promise_does_not_show_what_became_of_a_dispute() -> None:
    promised = log(LETTER, SENT, DISPUTE, DISPUTE_SENT, PAYS)

    assert asked_bank(promised) is not None
    assert asked_bank(log(LETTER, SENT, DISPUTE, DISPUTE_SENT, PAYS, CAME)) is None
