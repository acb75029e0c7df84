"""The rules that a log keeps by itself, before any signature is looked at."""

from datetime import UTC, datetime

import pytest

from rescind.core.model.case import Event, EventKind
from rescind.core.prove.log_rules import (
    compare_blocks,
    files_named,
    newest_anchors,
    provable_digests,
)


def event(number: int, kind: EventKind, /, **details: str) -> Event:
    return Event(
        number=number,
        kind=kind,
        at=datetime(2026, 11, number, tzinfo=UTC),
        known_by="program",
        details=details,
        digest=f"sha256:{number}",
    )


def anchor(number: int, up_to: int, state: str) -> Event:
    about = {"what": "log", "number": str(up_to), "state": state}
    return event(number, EventKind.ANCHORED, **about)


ANSWERED = event(1, EventKind.ANSWERED, message="sha256:mail", said="sha 256")


def test_the_files_of_a_log_are_named_once_each() -> None:
    events = [
        ANSWERED,
        event(2, EventKind.AUTHENTICATED, message="sha256:mail", keys="sha256:keys"),
    ]

    assert files_named(events) == ("sha256:keys", "sha256:mail")


def test_a_stamp_over_the_log_is_over_an_event_before_it() -> None:
    stamp = event(2, EventKind.STAMPED, what="log", number="1")

    assert provable_digests([ANSWERED, stamp], stamp) == {"sha256:1"}


@pytest.mark.parametrize("number", ["2", "3"])
def test_a_stamp_over_itself_or_what_comes_later_proves_nothing(number: str) -> None:
    stamp = event(2, EventKind.STAMPED, what="log", number=number)
    events = [ANSWERED, stamp, event(3, EventKind.CLOSED)]

    assert provable_digests(events, stamp) == frozenset()


def test_a_stamp_over_a_message_is_over_one_that_the_log_keeps() -> None:
    stamp = event(2, EventKind.STAMPED, what="message")

    assert "sha256:mail" in provable_digests([ANSWERED, stamp], stamp)
    assert "sha256:1" not in provable_digests([ANSWERED, stamp], stamp)


@pytest.mark.parametrize(
    "details", [{}, {"what": "log"}, {"what": "log", "number": "x"}]
)
def test_a_stamp_that_does_not_say_what_it_is_over_is_no_stamp(
    details: dict[str, str],
) -> None:
    stamp = event(2, EventKind.STAMPED, **details)

    with pytest.raises((KeyError, ValueError)):
        provable_digests([ANSWERED, stamp], stamp)


def test_an_anchor_that_was_completed_is_not_repeated() -> None:
    waiting, complete = anchor(2, 1, "pending"), anchor(3, 1, "complete")
    newer = anchor(4, 3, "pending")

    assert newest_anchors([ANSWERED, waiting]) == (waiting,)
    assert newest_anchors([ANSWERED, waiting, complete, newer]) == (complete, newer)


def test_a_block_that_the_reader_does_not_have_says_nothing() -> None:
    comparison = compare_blocks({7: b"a"}, {8: b"a"})

    assert comparison.agreeing == comparison.conflicting == ()
