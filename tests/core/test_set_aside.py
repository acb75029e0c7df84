"""What was kept or told by mistake counts no longer, and can be put back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rescind.core.follow.due import due
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.escalation import escalation
from rescind.core.follow.outlook import AT_STORE, STEPS_TO_DO, outlook, standing
from rescind.core.follow.state import may_send, wrongful_charges
from rescind.core.follow.transitions import possible, possible_acts, refusal
from rescind.core.model.case import (
    Case,
    CaseState,
    Event,
    EventKind,
    practice_of,
    set_aside,
)
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.sentence import Sentence

K = EventKind
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def log(*rows: tuple[EventKind, dict[str, str]]) -> tuple[Event, ...]:
    return tuple(
        Event(
            number=number,
            kind=kind,
            at=AT + timedelta(hours=number),
            known_by="person",
            details=details,
        )
        for number, (kind, details) in enumerate(rows, 1)
    )


OPENED = (K.OPENED, {"verdict": "sha256:0"})
LETTER = (K.LETTER_WRITTEN, {"confirm_by": "2026-11-15"})
SENT = (K.SAID_SENT, {"way": "post", "on": "2026-11-01"})
NO = (K.ANSWERED, {"message": "sha256:1", "reads_as": "refused"})
YES = (
    K.ANSWERED,
    {"message": "sha256:1", "reads_as": "confirmed", "by_person": "yes"},
)
CONFIRMED = (K.CONFIRMED, {"ends_on": "2026-12-01"})
CHARGED = (K.CHARGED, {"on": "2026-12-05", "amount": "59.00 USD"})


def aside(number: int) -> tuple[EventKind, dict[str, str]]:
    return K.SET_ASIDE, {"number": str(number)}


def back(number: int) -> tuple[EventKind, dict[str, str]]:
    return K.PUT_BACK, {"number": str(number)}


def state(*rows: tuple[EventKind, dict[str, str]]) -> CaseState:
    return standing(log(*rows), date(2026, 11, 2)).state


def test_an_answer_set_aside_leaves_the_case_waiting_and_back_again() -> None:
    sent = (OPENED, LETTER, SENT)

    assert state(*sent, NO) is CaseState.ANSWERED
    assert state(*sent, NO, aside(4)) is CaseState.SENT
    assert state(*sent, NO, aside(4), back(4)) is CaseState.ANSWERED


def test_a_message_that_the_person_read_anew_goes_whole() -> None:
    events = log(OPENED, LETTER, SENT, NO, YES, aside(4))

    assert set_aside(events) == {4, 5}
    assert set_aside(log(OPENED, LETTER, SENT, NO, YES, aside(5), back(4))) == set()


def test_the_same_words_that_come_again_count_again() -> None:
    assert state(OPENED, LETTER, SENT, NO, aside(4), NO) is CaseState.ANSWERED


def test_a_confirmation_set_aside_names_no_end_any_more() -> None:
    events = log(OPENED, LETTER, SENT, CONFIRMED, aside(4))
    case = Case(
        id="c",
        service="s",
        service_name="S",
        offer=None,
        kind="cancel",
        opened_at=AT,
        facts={},
        verdict={},
        sender={},
        events=events,
    )

    assert case.last(ConfirmedDetails) is None
    assert case.newest(K.CONFIRMED) is None
    assert case.ends_on is None
    assert case.has_letter
    assert not outlook(events).is_settled


def test_a_charge_set_aside_asks_for_no_dispute() -> None:
    before = log(OPENED, LETTER, SENT, CONFIRMED, CHARGED)
    after = log(OPENED, LETTER, SENT, CONFIRMED, CHARGED, aside(5))

    assert len(wrongful_charges(before)) == 1
    assert wrongful_charges(after) == []
    assert escalation(after, CaseState.CONFIRMED, date(2026, 12, 6)) == ()
    assert state(OPENED, LETTER, SENT, CONFIRMED, CHARGED, aside(5)) is (
        CaseState.CONFIRMED
    )


def test_a_letter_that_was_said_to_be_sent_by_mistake_can_be_sent() -> None:
    assert not may_send(log(OPENED, LETTER, SENT))
    assert may_send(log(OPENED, LETTER, SENT, aside(3)))


@pytest.mark.parametrize("number", ["0", "3"])
def test_what_names_nothing_sets_nothing_aside(number: str) -> None:
    events = log(OPENED, LETTER, (K.SET_ASIDE, {"number": number}))

    assert standing(events, date(2026, 11, 2)).state is CaseState.DRAFT


def test_only_what_was_kept_or_told_can_be_set_aside() -> None:
    drafted = log(OPENED, LETTER)
    sent = log(OPENED, LETTER, SENT)
    undone = log(OPENED, LETTER, SENT, aside(3))

    assert K.SET_ASIDE not in possible(drafted)
    assert refusal(drafted, K.SET_ASIDE) is not None
    assert K.SET_ASIDE in possible_acts(sent)
    assert K.PUT_BACK not in possible(sent)
    assert refusal(sent, K.PUT_BACK) is not None
    assert K.PUT_BACK in possible_acts(undone)
    assert K.SET_ASIDE not in possible(undone)


STEPS = (K.BUTTON_USED, {"on": "2026-11-01", "confirm_by": "2026-12-01"})


def test_a_case_without_a_letter_waits_for_its_proof() -> None:
    opened, done = log(OPENED), log(OPENED, STEPS)

    assert outlook(opened).next_step == STEPS_TO_DO
    assert outlook(opened).state is CaseState.DRAFT
    assert not may_send(opened)
    assert outlook(done).next_step == AT_STORE
    assert outlook(done).state is CaseState.SENT
    late = standing(done, date(2026, 12, 2))
    assert late.state is CaseState.OVERDUE
    assert late.next_step == AT_STORE


def test_no_letter_can_go_out_of_a_case_that_has_none() -> None:
    events = log(OPENED, STEPS)
    why = refusal(events, K.SAID_SENT)

    assert why is not None
    assert dict(why.values)["why"] == Sentence.of("refusal", "no_letter")
    assert {K.CONFIRMED, K.CHARGED, K.LETTER_WRITTEN} <= possible(events)


def test_the_day_of_the_next_charge_is_due_for_the_proof() -> None:
    now = datetime(2026, 11, 2, tzinfo=UTC)

    days = due(log(OPENED, STEPS), (), now)

    assert [(day.what, day.by) for day in days] == [(DueKind.PROOF, date(2026, 12, 1))]


def test_a_charge_after_the_steps_is_disputed() -> None:
    events = log(OPENED, STEPS, CHARGED)

    steps = escalation(events, CaseState.CHARGED, date(2026, 12, 6))

    assert [step.do.value for step in steps] == ["dispute"]
    assert escalation(log(OPENED), CaseState.DRAFT, date(2026, 12, 6)) == ()


def test_a_copy_to_practise_with_names_its_check() -> None:
    assert practice_of(log((K.OPENED, {"practice_of": "c"}))) == "c"
    assert practice_of(log(OPENED)) is None
    assert practice_of(log(LETTER)) is None
    assert practice_of(()) is None
