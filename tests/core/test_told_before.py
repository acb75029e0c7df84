"""A case that begins with what was done before it: no letter of it is on record."""

from datetime import date

from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.due import days
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.escalation import escalation
from rescind.core.follow.letters_out import Do, sent_letters
from rescind.core.follow.other_day import other_day
from rescind.core.follow.outlook import MONEY, TOLD_BEFORE, outlook, standing
from rescind.core.model.case import CaseState, EventKind, is_by_letter
from tests.core.test_follow import Row, log, row

K = EventKind
TOLD = row(K.BUTTON_USED, 1, on="2026-11-02", confirm_by="2026-11-05", before="yes")
DONE = row(K.BUTTON_USED, 1, on="2026-11-02", confirm_by="2026-11-05")
WITHDREW = row(
    K.CONFIRMED,
    1,
    ends_on="2026-11-02",
    refund="9 EUR",
    refund_by="2026-11-16",
    outcome="withdrew",
)
REMINDER = (
    row(K.LETTER_WRITTEN, 8, confirm_by="2026-11-22", kind="second-notice"),
    row(K.SAID_SENT, 8, way="e-mail", on="2026-11-09"),
)


def steps(*rows: Row) -> list[tuple[Do, str]]:
    found = escalation(log(*rows), CaseState.SENT, date(2026, 11, 10))
    return [(each.do, each.why.code) for each in found]


def test_what_was_done_before_counts_as_a_letter_of_ones_own() -> None:
    assert is_by_letter(log(TOLD))
    assert not is_by_letter(log(DONE))
    assert [each.confirm_by for each in sent_letters(log(TOLD))] == [date(2026, 11, 5)]
    assert not sent_letters(log(DONE))


def test_a_confirmation_is_asked_for_however_late_it_is() -> None:
    early, late = date(2026, 11, 4), date(2026, 12, 24)

    assert standing(log(TOLD), early).next_step == TOLD_BEFORE
    assert standing(log(TOLD), late).next_step == TOLD_BEFORE
    assert standing(log(TOLD), late).state is CaseState.OVERDUE
    assert steps(TOLD)[0] == (Do.SECOND_NOTICE, "told_before")


def test_once_a_letter_is_out_its_answer_is_waited_for() -> None:
    assert outlook(log(TOLD, *REMINDER)).next_step != TOLD_BEFORE
    assert outlook(log(DONE)).next_step != TOLD_BEFORE


def test_the_day_of_the_confirmation_is_no_letters_day() -> None:
    found = days(log(TOLD), [])

    whys = {day.why.code for day in found if day.what is DueKind.CONFIRMATION}
    assert whys == {"told_before"}


def test_the_money_of_a_withdrawal_of_before_is_waited_for() -> None:
    events = log(TOLD, WITHDREW)

    assert outlook(events).next_step == MONEY
    awaited = awaited_money(events)
    assert awaited is not None
    assert (awaited.refund, awaited.by) == ("9 EUR", date(2026, 11, 16))
    ends = {day.why.code for day in days(events, []) if day.what is DueKind.END}
    assert ends == {"withdrew"}


def test_an_end_named_after_a_withdrawal_was_confirmed_by_nobody_before() -> None:
    answer = row(
        K.ANSWERED, 4, message="sha256:a", ends_on="2027-11-01", reads_as="confirmed"
    )
    other = other_day(log(TOLD, WITHDREW, answer))

    assert other is not None
    assert not other.was_confirmed


def test_a_delivery_without_any_telling_of_the_log_waits() -> None:
    doubtful = (
        row(K.LETTER_WRITTEN, 1, confirm_by="2026-11-20"),
        row(K.DISPATCH_BEGUN, 1, dispatch="d", way="smtp"),
        row(K.DISPATCH_UNKNOWN, 1, dispatch="d", way="smtp", said="?"),
        row(K.DELIVERED, 2, dispatch="d"),
    )

    assert outlook(log(*doubtful)).state is CaseState.DELIVERED
    assert outlook(log(*doubtful)).next_step != TOLD_BEFORE
