"""Money asked back in an account: asked again, refused, and taken further."""

from datetime import date

import pytest

from rescind.core.follow.at_store import (
    asked_there,
    leaves_company,
    messages_of_company,
    refused_there,
    sends_on,
)
from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.due import days
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.escalation import StepState, escalation
from rescind.core.follow.letters_out import Do, complained
from rescind.core.follow.outlook import outlook
from rescind.core.model.case import (
    CaseState,
    Event,
    EventKind,
    Lateness,
    is_by_letter,
)
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


def test_the_newest_word_about_the_money_counts() -> None:
    granted = refused(7, "c", reads_as="refund_granted")
    receipt = refused(8, "d", reads_as="acknowledged")
    ends = row(K.CONFIRMED, 9, refund="4 EUR", refund_by="2027-01-02")
    rows = (ASKED, refused(2), AGAIN, refused(6, "b"), granted, receipt)

    awaited = awaited_money(log(*rows, ends))

    assert refused_there(log(*rows)) is None
    assert awaited is not None
    assert awaited.refused_on is None
    assert refused_there(log(*rows, refused(9, "e"))) == date(2026, 11, 10)
    assert leaves_company(log(*rows))


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


COMPLAINT = {"kind": "complaint", "confirm_by": "2026-11-24"}


def complained_after(*rows: Row) -> tuple[Event, ...]:
    sent = (row(K.LETTER_WRITTEN, 8, **COMPLAINT), row(K.SAID_SENT, 9))
    return log(ASKED, refused(2), AGAIN, refused(6, "b"), *rows, *sent)


def test_money_that_was_refused_has_no_day_to_come_on() -> None:
    waits, refuses = log(ASKED, ENDS), log(ASKED, refused(2), ENDS)

    assert DueKind.MONEY in {each.what for each in days(waits, [])}
    assert DueKind.MONEY not in {each.what for each in days(refuses, [])}


@pytest.mark.parametrize("rows", [(), (ENDS,)])
def test_the_day_to_look_for_what_was_asked_again_rests_on_no_letter(
    rows: tuple[Row, ...],
) -> None:
    (day,) = (
        each
        for each in days(log(ASKED, refused(2), *rows, AGAIN), [])
        if each.what is DueKind.MONEY
    )

    assert (day.by, day.why.code) == (date(2026, 11, 20), "money_there")


def test_a_complaint_leaves_it_what_was_done_in_an_account() -> None:
    events = complained_after()
    ahead = outlook(events)

    assert not is_by_letter(events)
    assert ahead.next_step.code == "complained"
    assert ahead.after(Lateness.LATE).next_step.code == "complaint_late"
    (day,) = (each for each in days(events, []) if each.what is DueKind.BODY)
    assert (day.by, day.why.code) == (date(2026, 11, 24), "complained")
    steps = escalation(events, CaseState.SENT, ON)
    assert [(s.do, s.state) for s in steps] == [
        (Do.DISPUTE, StepState.DUE),
        (Do.COMPLAINT, StepState.DONE),
    ]


def test_a_complaint_about_money_after_the_end_waits_for_the_body() -> None:
    events = complained_after(ENDS)
    ahead = outlook(events)

    assert ahead.next_step.code == "money_complained"
    assert ahead.after(Lateness.LATE).next_step.code == "complaint_late"
    (day,) = (each for each in days(events, []) if each.what is DueKind.MONEY)
    assert (day.by, day.why.code) == (date(2026, 11, 24), "complained")


def test_a_complaint_waits_until_something_answers_it() -> None:
    events = complained_after()

    assert complained(events) is not None
    answered = (refused(10, "c", reads_as="acknowledged"), refused(11, "d"))
    both = [row(K.BUTTON_USED, 1, what="cancel"), *_LETTER, *answered]
    assert complained(log(*both[:-1])) is not None
    assert complained(log(*both)) is None
    assert complained(log(*both[:-2], ENDS)) is None


_LETTER = (row(K.LETTER_WRITTEN, 8, **COMPLAINT), row(K.SAID_SENT, 9))


def test_asking_a_store_again_is_next_until_it_is_late() -> None:
    ahead = outlook(log(ASKED, refused(2), AGAIN))

    assert ahead.next_step.code == "at_store_again"
    assert ahead.after(Lateness.LATE).next_step.code == "money_unpaid"


def test_what_nobody_read_is_to_be_read_at_once_while_money_is_awaited() -> None:
    unread = row(K.ANSWERED, 7, message="sha256:b")
    ahead = outlook(log(ASKED, refused(2), ENDS, AGAIN, unread))
    settled = outlook(log(ASKED, unread, ENDS, AGAIN))

    assert ahead.money_late_from == date(2026, 11, 8)
    assert ahead.after(Lateness.LATE).next_step.code == "money_unread"
    assert settled.next_step.code == "money_again"


def test_a_store_sends_on_who_was_told_to_ask_the_company() -> None:
    unread = refused(2, reads_as="")
    letter = row(K.LETTER_WRITTEN, 3, kind="complaint", confirm_by="2026-11-20")

    assert sends_on(log(ASKED, refused(2)))
    assert sends_on(log(ASKED, refused(2), letter, refused(4, "b", "refused")))
    # read by the person once it had come
    assert sends_on(log(ASKED, unread, refused(4)))
    assert not sends_on(log(ASKED, refused(2, reads_as="refused")))
    assert not sends_on(log(CANCELLED, refused(2)))
    # another than the store may have written that
    assert not sends_on(log(ASKED, letter, refused(4)))
    assert not sends_on(log(refused(0), ASKED))


def test_who_was_refused_twice_asks_the_company() -> None:
    twice = refused(6, "b", "refused")

    assert leaves_company(log(ASKED, refused(2)))
    assert not leaves_company(log(ASKED, refused(2, reads_as="refused")))
    assert not leaves_company(log(ASKED, refused(2, reads_as="refused"), AGAIN))
    assert leaves_company(log(ASKED, refused(2, reads_as="refused"), AGAIN, twice))


def test_the_company_is_no_store_that_it_was_sent_on_from() -> None:
    letter = row(K.LETTER_WRITTEN, 3, kind="refund", confirm_by="2026-11-20")

    def by(whose: str, message: str = "b") -> Row:
        told = {"message": f"sha256:{message}", "reads_as": "redirected", "by": whose}
        return row(K.ANSWERED, 4, **told)

    assert sends_on(log(ASKED, letter, by("store")))
    assert not sends_on(log(ASKED, letter, by("merchant")))
    assert not sends_on(log(ASKED, by("merchant")))
    # what the company refuses is no refusal of the store's, unless the person says so
    assert refused_there(log(ASKED, letter, refused(4))) is None
    assert refused_there(log(ASKED, letter, by("store"))) == date(2026, 11, 5)
    first = refused(2, reads_as="other")
    read_anew = refused(5, reads_as="refused")
    assert refused_there(log(ASKED, first, letter, read_anew)) == date(2026, 11, 3)
    assert messages_of_company(log(ASKED, refused(2), letter, by("merchant"))) == {
        "sha256:b"
    }
