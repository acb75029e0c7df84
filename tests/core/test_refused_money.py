"""Money that was asked for twice and refused goes to the bank, or to a body."""

from datetime import date

import pytest

from rescind.core.follow.escalation import StepState, escalation
from rescind.core.follow.letters_out import Do
from rescind.core.follow.outlook import outlook
from rescind.core.follow.refused_money import refused_again
from rescind.core.model.case import EventKind
from tests.core.test_at_store import ASKED
from tests.core.test_follow import SENT, Row, log, row
from tests.core.test_third_party import CLAIMED, COMPLAINT, DISPUTE

K = EventKind
REST = row(K.LETTER_WRITTEN, 4, kind="refund", confirm_by="2026-11-20")
REPLY = row(K.LETTER_WRITTEN, 4, kind="reply", confirm_by="2026-11-20")
OUT = row(K.SAID_SENT, 4)


def said(day: int, reads_as: str = "refund_refused", message: str = "a") -> Row:
    return row(K.ANSWERED, day, message=f"sha256:{message}{day}", reads_as=reads_as)


@pytest.mark.parametrize("again", [REST, REPLY])
def test_a_second_refusal_by_letter_is_seen(again: Row) -> None:
    events = log(*CLAIMED, said(3), again, OUT, said(6))

    assert refused_again(events) == (date(2026, 11, 7), "refused_again")
    steps = escalation(events, outlook(events).state, date(2026, 11, 8))
    assert [(s.do, s.state) for s in steps if s.is_for_money] == [
        (Do.DISPUTE, StepState.DUE),
        (Do.COMPLAINT, StepState.DUE),
    ]


def test_a_store_that_was_asked_first_counts_as_asked() -> None:
    events = log(ASKED, said(2), REST, OUT, said(6))

    assert refused_again(events) == (date(2026, 11, 7), "refused_again")
    # who sends one back to the store pays nothing either
    back = log(ASKED, said(2), REST, OUT, said(6, "redirected"))
    assert refused_again(back) == (date(2026, 11, 7), "refused_again")
    assert (
        refused_again(log(*CLAIMED, said(3), REST, OUT, said(6, "redirected"))) is None
    )


@pytest.mark.parametrize(
    "rows",
    [
        # refused once
        (*CLAIMED, said(3)),
        # two letters of one plan, and one answer to both
        (*CLAIMED, REST, OUT, said(6)),
        # only a receipt in between
        (*CLAIMED, said(3, "acknowledged"), REST, OUT, said(6)),
        # granted at last
        (*CLAIMED, said(3), REST, OUT, said(6, "refund_granted")),
        # it was about no money
        (*SENT, said(3, "refused"), REPLY, OUT, said(6, "refused")),
        # what went to others asks the company for nothing
        (*CLAIMED, said(3), DISPUTE, OUT, COMPLAINT, OUT, said(6)),
    ],
)
def test_no_second_refusal_of_money(rows: tuple[Row, ...]) -> None:
    assert refused_again(log(*rows)) is None
