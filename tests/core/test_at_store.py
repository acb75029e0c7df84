"""Money asked back in an account: asked again, refused, and taken further."""

from datetime import date

import pytest

from rescind.core.follow.at_store import asked_there, refused_there
from rescind.core.follow.escalation import Do, awaited_money, escalation
from rescind.core.model.case import CaseState, EventKind
from tests.core.test_follow import Row, log, row

K = EventKind
ASKED = row(
    K.BUTTON_USED, 1, on="2026-11-02", confirm_by="2026-11-16", what="withdraw; cancel"
)
AGAIN = row(K.BUTTON_USED, 5, on="2026-11-06", confirm_by="2026-11-20", what="refund")
CANCELLED = row(K.BUTTON_USED, 1, on="2026-11-02", confirm_by="2026-11-05")
ENDS = row(K.CONFIRMED, 3, ends_on="2027-05-24", refund="9 EUR", refund_by="2026-11-16")
CHARGED = row(K.CHARGED, 8, on="2026-11-09")
ON = date(2026, 11, 10)


def refused(day: int, message: str = "a", reads_as: str = "redirected") -> Row:
    return row(K.ANSWERED, day, message=f"sha256:{message}", reads_as=reads_as)


def test_a_store_is_asked_only_where_a_step_asks_money_back() -> None:
    assert [each.number for each in asked_there(log(ASKED, CANCELLED, AGAIN))] == [1, 3]
    assert refused_there(log(CANCELLED, refused(2))) is None


@pytest.mark.parametrize("reads_as", ["refused", "refund_refused", "redirected"])
def test_a_store_refuses_in_several_words(reads_as: str) -> None:
    events = log(ASKED, refused(2, reads_as=reads_as))

    assert refused_there(events) == date(2026, 11, 3)


def test_what_a_message_was_read_as_last_counts() -> None:
    events = log(ASKED, refused(2), refused(4, reads_as="refund_granted"))

    assert refused_there(events) is None


def test_a_refusal_before_the_store_was_asked_again_is_answered_by_that() -> None:
    assert refused_there(log(ASKED, refused(2), AGAIN, refused(6))) is None
    assert refused_there(log(ASKED, refused(2), AGAIN, refused(6, "b"))) == date(
        2026, 11, 7
    )


def test_a_refusal_before_the_end_was_recorded_stands_after_it() -> None:
    awaited = awaited_money(log(ASKED, refused(2), ENDS))

    assert awaited is not None
    assert awaited.refused_on == date(2026, 11, 3)
    assert awaited.asked is None


def test_asking_a_store_again_is_waited_for_like_a_letter() -> None:
    awaited = awaited_money(log(ASKED, refused(2), ENDS, AGAIN))

    assert awaited is not None
    assert awaited.by == date(2026, 11, 20)
    assert awaited.refused_on is None


def test_who_was_refused_twice_is_told_of_the_bank_and_of_a_body() -> None:
    once = log(ASKED, refused(2))
    twice = log(ASKED, refused(2), AGAIN, refused(6, "b"))
    charged = log(ASKED, refused(2), AGAIN, refused(6, "b"), ENDS, CHARGED)

    assert escalation(once, CaseState.ANSWERED, ON) == ()
    steps = escalation(twice, CaseState.ANSWERED, ON)
    assert [step.do for step in steps] == [Do.DISPUTE, Do.COMPLAINT]
    assert [step.do for step in escalation(charged, CaseState.CHARGED, ON)] == [
        Do.DISPUTE
    ]
