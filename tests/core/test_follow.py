"""What comes next in a case, when it is done, and when the person is told."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.core.follow.due import days_of, due
from rescind.core.follow.due_day import Due, DueKind
from rescind.core.follow.escalation import Step, StepState, escalation
from rescind.core.follow.jobs import (
    DOUBT_AFTER,
    GIVE_UP_AFTER,
    Work,
    WorkKind,
    agenda,
    is_tried_again,
)
from rescind.core.follow.letters import letters_of, next_to_send
from rescind.core.follow.letters_out import Do
from rescind.core.follow.limits import QuietHours
from rescind.core.follow.outlook import standing
from rescind.core.follow.reminders import Reminder, reminders
from rescind.core.follow.state import may_send
from rescind.core.model.case import CaseState, Event, EventKind, Lateness
from rescind.core.model.sentence import Sentence

K = EventKind
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
WHY = Sentence.of("due_why", "letter")
Row = tuple[EventKind, dict[str, str], int]


def row(kind: EventKind, day: int = 0, /, **details: str) -> Row:
    """Return something that happened so many days after the start."""
    return kind, details, day


def log(*rows: Row) -> tuple[Event, ...]:
    return tuple(
        Event(
            number=number,
            kind=kind,
            at=START + timedelta(days=day),
            known_by="program",
            details=details,
        )
        for number, (kind, details, day) in enumerate(rows, 1)
    )


LETTER = row(K.LETTER_WRITTEN, confirm_by="2026-11-15")
ORDER = row(K.DISPATCH_ORDERED, dispatch="d", not_before="2026-11-02T08:00:00+00:00")
BEGUN = row(K.DISPATCH_BEGUN, 1, dispatch="d")
TAKEN = row(K.DISPATCH_TAKEN, 1, dispatch="d")
PUT_OFF = row(K.DISPATCH_REFUSED, 1, dispatch="d", again="yes", said="451 later")
SENT = (LETTER, ORDER, BEGUN, TAKEN)


def test_a_message_that_nothing_shows_to_be_theirs_moves_nothing() -> None:
    claim = row(K.ANSWERED, 2, message="sha256:a", unverified="yes", reads_as="refused")
    signed = row(K.AUTHENTICATED, 2, message="sha256:a", result="signed")
    other = row(K.AUTHENTICATED, 2, message="sha256:b", result="signed")
    unsigned = row(K.AUTHENTICATED, 2, message="sha256:a", result="unsigned")
    accepted = row(K.ANSWERED, 3, message="sha256:a", reads_as="refused")
    late = date(2026, 11, 20)

    assert state(*SENT, claim) is CaseState.SENT
    assert state(*SENT, claim, on=late) is CaseState.OVERDUE
    assert state(*SENT, claim, other, unsigned, on=late) is CaseState.OVERDUE
    assert state(*SENT, claim, signed, on=late) is CaseState.ANSWERED
    assert state(*SENT, claim, accepted, on=late) is CaseState.ANSWERED
    told = standing(log(*SENT, claim), late).next_step
    assert told == Sentence.of("next_step_instead", "unverified")


def state(*rows: Row, on: date = date(2026, 11, 2)) -> CaseState:
    return standing(log(*rows), on).state


class TestOrders:
    def test_an_order_waits_is_put_off_and_can_be_taken_back(self) -> None:
        recalled = row(K.DISPATCH_RECALLED, dispatch="d")

        assert state(LETTER, ORDER) is CaseState.ORDERED
        assert state(LETTER, ORDER, BEGUN, PUT_OFF) is CaseState.ORDERED
        assert state(LETTER, ORDER, recalled) is CaseState.DRAFT
        assert not may_send(log(LETTER, ORDER))
        assert may_send(log(LETTER, ORDER, recalled))

    def test_an_order_that_is_taken_back_leaves_the_case_as_it_was(self) -> None:
        second = row(K.LETTER_WRITTEN, 20, confirm_by="2026-12-05", kind="reply")
        recalled = row(K.DISPATCH_RECALLED, 20, dispatch="d")

        assert state(*SENT, second, ORDER, recalled) is CaseState.SENT

    def test_a_further_letter_may_be_sent_once_it_is_written(self) -> None:
        second = row(K.LETTER_WRITTEN, 20, confirm_by="2026-12-05", kind="reply")

        assert not may_send(log(*SENT))
        assert may_send(log(*SENT, second))
        assert not may_send(log(*SENT, second, ORDER, BEGUN, TAKEN))
        assert not may_send(log(*SENT, row(K.CLOSED, 3), second))

    def test_its_moment_comes_and_each_try_comes_later(self) -> None:
        waits = []
        for tries in range(12):
            events = log(LETTER, ORDER, *([BEGUN, PUT_OFF] * tries))
            (work,) = agenda(events, [])
            assert work.action is WorkKind.SEND
            assert work.key == f"2-{tries}"
            waits.append(work.at - events[-1].at)

        minutes = [int(wait.total_seconds() // 60) for wait in waits[1:]]
        assert agenda(log(LETTER, ORDER), [])[0].at == datetime(
            2026, 11, 2, 8, tzinfo=UTC
        )
        assert minutes == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120, 120]

    def test_a_letter_is_tried_for_days_and_then_given_up(self) -> None:
        order = log(LETTER, ORDER)[1]

        assert is_tried_again(order, order.at + GIVE_UP_AFTER - timedelta(seconds=1))
        assert not is_tried_again(order, order.at + GIVE_UP_AFTER)

    def test_a_sending_that_nobody_ended_comes_into_doubt(self) -> None:
        events = log(LETTER, ORDER, BEGUN)

        assert agenda(events, []) == [
            Work(action=WorkKind.DOUBT, key="3", at=events[-1].at + DOUBT_AFTER)
        ]

    def test_the_first_reminder_is_the_next_to_tell(self) -> None:
        later, first = (
            Reminder(key=key, at=START + timedelta(days=day), text=WHY)
            for key, day in (("b", 2), ("a", 1))
        )

        assert agenda(log(LETTER), [later, first]) == [
            Work(action=WorkKind.TELL, key="a", at=first.at)
        ]


class TestLadder:
    @pytest.mark.parametrize(
        ("on", "lateness"),
        [
            (date(2026, 11, 15), None),
            (date(2026, 11, 16), Lateness.LATE),
            (date(2026, 11, 29), Lateness.LATE),
            (date(2026, 11, 30), Lateness.VERY_LATE),
        ],
    )
    def test_overdue_comes_in_two_steps(
        self, on: date, lateness: Lateness | None
    ) -> None:
        found = standing(log(*SENT), on)

        assert found.lateness is lateness
        is_very_late = lateness is Lateness.VERY_LATE
        assert (found.next_step.code == "very_late") == is_very_late

    def test_a_letter_without_an_answer_has_two_steps_before_it(self) -> None:
        found = rungs(*SENT, on=date(2026, 11, 20))

        assert [(r.do, r.on, r.state) for r in found] == [
            (Do.SECOND_NOTICE, date(2026, 11, 16), StepState.DUE),
            (Do.COMPLAINT, date(2026, 11, 30), StepState.LATER),
        ]
        assert "15 November 2026" in ENGLISH.say(found[0].why)
        assert [r.moved for r in found] == [None, None]

    def test_the_complaint_moves_with_the_second_notice(self) -> None:
        notice = row(
            K.LETTER_WRITTEN, 20, confirm_by="2026-12-05", kind="second-notice"
        )

        found = rungs(*SENT, notice, BEGUN, TAKEN, on=date(2026, 12, 6))

        assert [r.state for r in found] == [StepState.DONE, StepState.DUE]
        assert found[1].on == date(2026, 12, 6)
        assert "30 November 2026" in moved(found[1])

    def test_a_step_can_be_done_without_and_the_next_one_moves(self) -> None:
        skipped = row(K.STEP_SKIPPED, 17, step="second-notice")

        found = rungs(*SENT, skipped, on=date(2026, 11, 20))

        assert [r.state for r in found] == [StepState.SKIPPED, StepState.DUE]
        assert found[1].on == date(2026, 11, 18)
        assert "skipped" in ENGLISH.say(found[1].why)
        days = due(log(*SENT, skipped), [], START + timedelta(days=19))
        assert [each.what for each in days] == ["confirmation", "complaint"]

    def test_a_letter_that_goes_out_again_moves_it_all_and_says_so(self) -> None:
        failed = row(K.DELIVERY_FAILED, 2)
        again = row(K.LETTER_WRITTEN, 5, confirm_by="2026-11-25")

        found = rungs(*SENT, failed, again, BEGUN, TAKEN)

        assert found[0].on == date(2026, 11, 26)
        assert "16 November 2026" in moved(found[0])

    def test_what_is_confirmed_has_no_step_while_another_letter_waits(self) -> None:
        confirmed = row(K.CONFIRMED, 3, ends_on="2026-11-30")
        second = row(K.LETTER_WRITTEN, 20, confirm_by="2026-12-05", kind="reply")
        waiting = (*SENT, confirmed, second, ORDER)

        assert rungs(*waiting, on=date(2026, 12, 20)) == ()

    def test_money_that_is_taken_after_all_is_disputed(self) -> None:
        confirmed = row(K.CONFIRMED, 3, ends_on="2026-11-30")
        charged = row(K.CHARGED, 40, on="2026-12-10")
        disputed = row(K.LETTER_WRITTEN, 41, confirm_by="2026-12-25", kind="dispute")

        (before,) = rungs(*SENT, confirmed, charged)
        (after,) = rungs(*SENT, confirmed, charged, disputed, BEGUN, TAKEN)[-1:]

        assert state(*SENT, confirmed, charged) is CaseState.CHARGED
        assert (before.do, before.on) == (Do.DISPUTE, date(2026, 12, 10))
        assert after.state is StepState.DONE
        assert len(rungs(*SENT, confirmed, charged, disputed, BEGUN, TAKEN)) == 1

    def test_the_last_day_to_dispute_is_told_ahead_until_it_is_done(self) -> None:
        charged = row(
            K.CHARGED, 40, on="2026-12-10", dispute_by="2027-04-09", rests_on="A rule"
        )
        skipped = row(K.STEP_SKIPPED, 41, step="dispute")
        events = log(*SENT, charged)
        found = {d.what: d for d in due(events, [], START + timedelta(days=41))}

        last_day = found[DueKind.DISPUTE_BY]
        assert last_day.by == date(2027, 4, 9)
        assert ENGLISH.say(last_day.why) == "It rests on: A rule."
        keys = [each.key for each in reminders(events, [last_day])]
        assert keys == ["dispute-by:2027-04-09:7d", "dispute-by:2027-04-09:1d"]
        without = due(log(*SENT, charged, skipped), [], START + timedelta(days=42))
        assert "dispute-by" not in [each.what for each in without]

    def test_what_names_no_day_has_no_last_day_and_no_step(self) -> None:
        charged = row(K.CHARGED, 40, on="2026-12-10")
        unnamed = row(K.LETTER_WRITTEN)

        days = due(log(*SENT, charged), [], START + timedelta(days=41))
        assert [d.what for d in days if d.what.value.startswith("dispute")] == [
            DueKind.DISPUTE
        ]
        assert rungs(unnamed, ORDER, BEGUN, TAKEN) == ()

    def test_a_letter_that_came_back_is_no_step_done(self) -> None:
        notice = row(
            K.LETTER_WRITTEN, 20, confirm_by="2026-12-05", kind="second-notice"
        )
        sent = row(K.DISPATCH_TAKEN, 20, dispatch="e")
        bounced = row(K.DELIVERY_FAILED, 21, dispatch="e")

        assert rungs(*SENT, notice, sent)[0].state is StepState.DONE
        assert rungs(*SENT, notice, sent, bounced)[0].state is StepState.DUE
        assert rungs(*SENT, row(K.DELIVERY_FAILED, 2, dispatch="d")) == ()

    @pytest.mark.parametrize("kind", [K.CLOSED, K.RESUMED])
    def test_a_case_that_is_over_has_none(self, kind: EventKind) -> None:
        assert rungs(*SENT, row(kind, 2)) == ()
        assert due(log(*SENT, row(kind, 2)), [], START) == []
        assert rungs(LETTER) == ()

    def test_a_button_and_a_call_tell_the_merchant_too(self) -> None:
        for kind in (K.BUTTON_USED, K.CALLED):
            told = row(kind, 1, on="2026-11-02", confirm_by="2026-11-05")
            found = standing(log(LETTER, told), date(2026, 11, 3))

            assert (found.state, found.by_word_only) == (CaseState.SENT, True)
            assert found.confirm_by == date(2026, 11, 5)
            assert rungs(LETTER, told)[0].on == date(2026, 11, 6)

    def test_a_call_after_the_letter_moves_no_day(self) -> None:
        call = row(K.CALLED, 2, on="2026-11-03", confirm_by="2026-11-06")
        more = row(K.CALLED, 4, on="2026-11-05", confirm_by="2026-11-08")
        found = standing(log(LETTER, BEGUN, TAKEN, call), date(2026, 11, 3))
        answered = standing(
            log(LETTER, BEGUN, TAKEN, row(K.ANSWERED, 1), call), date(2026, 11, 3)
        )
        twice = standing(log(LETTER, call, more), date(2026, 11, 5))

        assert (found.state, found.by_word_only) == (CaseState.SENT, False)
        assert found.confirm_by == date(2026, 11, 15)
        assert rungs(LETTER, BEGUN, TAKEN, call) == rungs(LETTER, BEGUN, TAKEN)
        assert answered.state is CaseState.ANSWERED
        assert twice.confirm_by == date(2026, 11, 6)

    def test_only_a_dispute_that_went_out_alone_has_no_first_step(self) -> None:
        dispute = row(K.LETTER_WRITTEN, 0, confirm_by="2026-11-15", kind="dispute")

        assert rungs(dispute, BEGUN, TAKEN) == ()


def moved(step: Step) -> str:
    assert step.moved is not None
    return ENGLISH.say(step.moved)


def rungs(*rows: Row, on: date = date(2027, 1, 1)) -> tuple[Step, ...]:
    events = log(*rows)
    return escalation(events, standing(events, on).state, on)


class TestReminders:
    def test_a_day_to_act_by_is_told_ahead_and_others_when_they_come(self) -> None:
        cancel = Due(what=DueKind.CANCEL, by=START + timedelta(days=30), why=WHY)
        end = Due(what=DueKind.END, by=date(2026, 12, 1), why=WHY)

        found = reminders(log(row(K.OPENED)), [cancel, end])

        assert [(r.key.rpartition(":")[2], r.at, r.is_ahead) for r in found] == [
            ("7d", START + timedelta(days=23), True),
            ("1d", START + timedelta(days=29), True),
            ("2026-12-01", datetime.combine(end.by, time.max, UTC), False),
        ]

    def test_what_was_moot_when_the_case_began_is_not_told(self) -> None:
        soon = Due(what=DueKind.CANCEL, by=START + timedelta(days=3), why=WHY)
        past = Due(what=DueKind.END, by=date(2026, 10, 1), why=WHY)

        found = reminders(log(row(K.OPENED)), [soon, past])

        assert [r.key.rpartition(":")[2] for r in found] == ["1d"]

    def test_what_happened_is_told_once_by_the_event(self) -> None:
        unknown = row(K.DISPATCH_UNKNOWN, 1, said="broke off")
        answer = row(K.ANSWERED, 3)
        receipt = row(K.ANSWERED, 3, reads_as="acknowledged")

        def keys(*rows: Row) -> list[str]:
            found = reminders(log(*rows), [])
            assert all(ENGLISH.say(each.text) for each in found)
            return [each.key for each in found]

        assert keys(LETTER, ORDER, BEGUN, unknown) == ["doubtful:4"]
        assert keys(LETTER, ORDER, BEGUN, row(K.DISPATCH_REFUSED, 1)) == ["failed:4"]
        assert keys(*SENT, answer) == ["answered:5"]
        assert keys(*SENT, answer, receipt) == ["answered:5"]
        assert keys(*SENT, receipt) == []
        assert keys(LETTER, ORDER, *([BEGUN, PUT_OFF] * 3)) == []
        assert keys(LETTER, ORDER, *([BEGUN, PUT_OFF] * 5)) == ["put-off:10"]

    def test_a_stop_at_the_bank_has_an_end_of_its_own(self) -> None:
        block = row(K.BANK_BLOCKED, 1, until="2027-05-01")
        endless = row(K.BANK_BLOCKED, 1, until="")

        assert [d.what for d in due(log(LETTER, block), [], START)] == ["block"]
        assert due(log(LETTER, endless), [], START) == []


def test_a_day_that_is_past_is_kept_for_as_long_as_is_asked() -> None:
    charge = Due(what=DueKind.CHARGE, by=date(2026, 10, 20), why=WHY)

    assert due(log(LETTER), [charge], START) == []
    assert due(log(LETTER), [charge], START, back=timedelta(days=30)) == [charge]


def test_the_days_of_a_verdict_are_read_off_its_public_form() -> None:
    reason = [{"text": "Because."}]
    verdict: dict[str, Any] = {
        "topics": {
            "cancel": {"answer": "yes", "act_by": "2026-12-01", "because": reason},
            "refund": {"answer": "no", "act_by": "2026-12-01", "because": reason},
            "renewal": {"at": "2026-12-03T10:00:00+01:00", "because": []},
        }
    }

    found = days_of(verdict)

    assert [(each.what.value, ENGLISH.say(each.why)) for each in found] == [
        ("cancel", "Because."),
        ("charge", ""),
    ]
    assert ENGLISH.say(found[0].text) == "Last safe moment to cancel."
    assert days_of({}) == []


@pytest.mark.parametrize(
    ("watch_on", "found"),
    [("2027-03-01", ["2027-03-01"]), (None, [])],
)
def test_a_charge_that_is_owed_until_the_end_is_none_to_look_for(
    watch_on: str | None, found: list[str]
) -> None:
    answer: dict[str, Any] = {
        "ends_on": "2027-02-28",
        "topics": {"renewal": {"at": "2026-12-01T00:00:00+01:00", "because": []}},
        "do": [
            {"do": "cancel", "by": None, "because": []},
            {"do": "watch_statement", "by": watch_on, "because": []},
        ],
    }

    assert [str(each.by) for each in days_of(answer)] == found


def test_the_days_of_a_decision_are_those_that_the_plan_names() -> None:
    def action(do: str, by: str | None) -> dict[str, Any]:
        return {"do": do, "by": by, "because": ["Because."]}

    answer: dict[str, Any] = {
        "topics": {
            "cancel": {"answer": "yes", "act_by": "2026-12-01", "because": []},
            "renewal": {"at": "2026-12-03", "because": []},
        },
        "do": [
            action("dispute", "2026-12-28T23:59:59+01:00"),
            action("refund", "2026-11-29T23:59:59-10:00"),
            action("cancel", "2026-12-15T00:00:00+14:00"),
            action("withdraw", "2026-12-02"),
            action("stop_charges", None),
            action("watch_statement", "2026-12-03"),
        ],
    }

    found = days_of(answer)

    assert [(each.what.value, str(each.by)) for each in found] == [
        ("dispute-by", "2026-12-28"),
        ("refund", "2026-11-29"),
        ("cancel", "2026-12-14"),
        ("withdrawal", "2026-12-02"),
        ("charge", "2026-12-03"),
    ]


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ((2026, 11, 26, 21, 59), None),
        ((2026, 11, 26, 22, 0), (2026, 11, 27, 7, 0)),
        ((2026, 11, 27, 6, 59), (2026, 11, 27, 7, 0)),
        ((2026, 11, 27, 7, 0), None),
        # the night in which the clocks go forward, and the one in which they go back
        ((2026, 3, 28, 23, 0), (2026, 3, 29, 7, 0)),
        ((2026, 10, 24, 23, 0), (2026, 10, 25, 7, 0)),
    ],
)
def test_quiet_hours_go_by_the_clock_of_the_place(
    now: tuple[int, ...], until: tuple[int, ...] | None
) -> None:
    quiet = QuietHours(start=time(22), end=time(7), zone=BERLIN)

    found = quiet.until(moment(now))

    assert found == (moment(until) if until else None)


def moment(parts: tuple[int, ...]) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def test_quiet_hours_can_lie_within_a_day() -> None:
    quiet = QuietHours(start=time(12), end=time(14), zone=ZoneInfo("UTC"))

    assert quiet.until(datetime(2026, 1, 1, 13, tzinfo=UTC)) == datetime(
        2026, 1, 1, 14, tzinfo=UTC
    )
    assert quiet.until(datetime(2026, 1, 1, 14, tzinfo=UTC)) is None


MONEY = row(K.LETTER_WRITTEN, pdf="sha256:a", subject="Money")
END = row(K.LETTER_WRITTEN, pdf="sha256:b", subject="End", kind="cancel")
SAID = row(K.SAID_SENT, 2, on="2026-11-03")


def waiting(*rows: Row) -> str | None:
    """Return the subject of the letter that a sending is of."""
    letter = next_to_send(letters_of(log(*rows), "refund"))
    return None if letter is None else letter.subject


def test_of_letters_that_wait_side_by_side_the_first_is_sent_first() -> None:
    assert waiting() is None
    assert waiting(MONEY, END) == "Money"
    assert waiting(MONEY, END, MONEY, SAID) == "End"
    assert waiting(MONEY, END, MONEY, SAID, END, SAID) == "End"


def test_a_sending_that_failed_is_tried_again_before_another_letter() -> None:
    refused = row(K.DISPATCH_REFUSED, 1, dispatch="d")

    assert waiting(MONEY, END, ORDER, BEGUN, refused) == "End"


def test_a_draft_that_is_written_anew_takes_the_place_of_the_first() -> None:
    anew = row(K.LETTER_WRITTEN, 1, subject="End now", pdf="sha256:3", kind="cancel")

    (end,) = letters_of(log(END, anew), "refund")

    assert (end.subject, end.state) == ("End now", CaseState.DRAFT)


def test_a_draft_that_is_taken_up_again_is_one_letter() -> None:
    end, money = letters_of(log(MONEY, END, MONEY, SAID), "refund")

    assert (end.kind, end.state, end.number) == ("cancel", CaseState.DRAFT, 2)
    assert (money.kind, money.state, money.number) == ("refund", CaseState.SENT, 3)
    # once it went out, the same words are another letter
    assert len(letters_of(log(MONEY, SAID, MONEY), "refund")) == 2
