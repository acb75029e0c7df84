"""What a case says of its letters after it was brought back from a backup."""

from datetime import UTC, datetime

import pytest

from rescind.core.follow.jobs import WorkKind, agenda
from rescind.core.follow.letters import letters_of
from rescind.core.follow.outlook import standing
from rescind.core.follow.reminders import reminders
from rescind.core.follow.restoring import restored_details
from rescind.core.follow.state import ordered, position
from rescind.core.follow.transitions import possible
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.event_text import texts_of
from tests.logs import (
    CLOSED,
    CONFIRMED,
    DRAFT,
    LOGS,
    ORDER,
    REFUSED,
    REOPENED,
    SENDING,
    START,
    TAKEN,
    UNKNOWN,
    Row,
    log,
)

K, S = EventKind, CaseState
BACKUP_AT = datetime(2026, 11, 5, 12, tzinfo=UTC)
NOT_SENT: Row = (K.SAID_NOT_SENT, {})
SAID_SENT: Row = (K.SAID_SENT, {"way": "smtp", "on": "2026-11-05"})
BUTTON: Row = (K.BUTTON_USED, {"on": "2026-11-20", "confirm_by": "2026-11-23"})


def restored(*rows: Row, nothing_since: bool = False) -> tuple[Event, ...]:
    """Return a log with the event that a restoring adds to it."""
    details = restored_details(log(*rows), BACKUP_AT, nothing_since=nothing_since)
    return log(*rows, (K.RESTORED, texts_of(details)))


def and_then(events: tuple[Event, ...], *rows: Row) -> tuple[Event, ...]:
    earlier = [(event.kind, dict(event.details)) for event in events]
    return log(*earlier, *rows)


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("nothing_since", [True, False])
def test_nothing_that_was_ordered_is_sent_after_a_restore(
    *, name: str, nothing_since: bool
) -> None:
    events = restored(*LOGS[name], nothing_since=nothing_since)

    assert ordered(events) is None
    assert K.DISPATCH_BEGUN not in possible(events)
    actions = {work.action for work in agenda(events, ())}
    assert not actions & {WorkKind.SEND, WorkKind.DOUBT}


@pytest.mark.parametrize(
    ("rows", "dispatch"), [((*DRAFT, ORDER), "d"), (SENDING, "d"), (DRAFT, "")]
)
def test_a_letter_that_may_have_gone_since_is_in_doubt(
    rows: tuple[Row, ...], dispatch: str
) -> None:
    events = restored(*rows)

    assert position(events).state is S.DOUBTFUL
    assert position(events).dispatch == dispatch
    assert K.DISPATCH_ORDERED not in possible(events)
    assert {K.SAID_SENT, K.SAID_NOT_SENT} <= possible(events)
    step = standing(events, START.date()).next_step
    assert step.code == "after_a_restore"
    (reminder,) = reminders(events, ())
    assert reminder.text == step
    (letter,) = letters_of(events, "cancel")
    assert (letter.state, letter.dispatch) == (S.DOUBTFUL, dispatch)


def test_the_persons_word_settles_the_doubt() -> None:
    events = restored(*DRAFT, ORDER)

    unsent, sent = and_then(events, NOT_SENT), and_then(events, SAID_SENT)

    assert position(unsent).state is S.FAILED
    assert K.DISPATCH_ORDERED in possible(unsent)
    assert position(sent).state is S.SENT
    assert K.DISPATCH_ORDERED not in possible(sent)


def test_a_servers_notice_of_that_sending_settles_the_doubt() -> None:
    events = restored(*DRAFT, ORDER)

    known = and_then(events, (K.DELIVERED, {"dispatch": "d"}))
    other = and_then(events, (K.DELIVERED, {"dispatch": "another"}))

    assert position(known).state is S.DELIVERED
    assert position(other).state is S.DOUBTFUL


def test_who_says_that_nothing_was_sent_since_is_asked_only_for_orders() -> None:
    assert position(restored(*DRAFT, nothing_since=True)).state is S.DRAFT
    under_way = restored(*DRAFT, ORDER, nothing_since=True)
    assert position(under_way).state is S.DOUBTFUL


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ((*SENDING, TAKEN), S.SENT),
        ((*SENDING, TAKEN, CONFIRMED), S.CONFIRMED),
        ((*DRAFT, BUTTON, CONFIRMED), S.CONFIRMED),
        ((*DRAFT, CLOSED), S.CLOSED),
        ((*SENDING, REFUSED), S.DOUBTFUL),
        ((*SENDING, UNKNOWN), S.DOUBTFUL),
    ],
)
def test_where_a_restored_case_stands(rows: tuple[Row, ...], state: CaseState) -> None:
    assert position(restored(*rows)).state is state


def test_a_doubt_of_before_is_asked_for_as_before() -> None:
    events = restored(*SENDING, UNKNOWN)

    assert standing(events, START.date()).next_step.code == "doubtful"


def test_a_closed_case_that_is_opened_again_is_in_doubt() -> None:
    events = and_then(restored(*DRAFT, CLOSED), REOPENED)

    assert position(events).state is S.DOUBTFUL
