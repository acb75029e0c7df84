"""What waits to be proved is read off the events."""

from datetime import UTC, datetime

import pytest

from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Check, Indication
from rescind.core.model.proof_details import (
    StampedDetails,
)
from rescind.core.prove.pending import (
    anchors_to_complete,
    head_to_prove,
    message_of,
    messages_to_authenticate,
)
from rescind.core.prove.purposes import offered

AT = datetime(2026, 11, 26, tzinfo=UTC)
K = EventKind


def log(*rows: tuple[EventKind, dict[str, str]]) -> tuple[Event, ...]:
    return tuple(
        Event(number=number, kind=kind, at=AT, known_by="program", details=details)
        for number, (kind, details) in enumerate(rows, 1)
    )


def stamp(number: int, what: str = "log") -> tuple[EventKind, dict[str, str]]:
    return K.STAMPED, {"what": what, "number": str(number)}


def anchor(number: int, state: str) -> tuple[EventKind, dict[str, str]]:
    return K.ANCHORED, {"what": "log", "number": str(number), "state": state}


OPENED: tuple[EventKind, dict[str, str]] = (K.OPENED, {})
ANSWERED: tuple[EventKind, dict[str, str]] = (K.ANSWERED, {"message": "sha256:a"})


@pytest.mark.parametrize(
    ("events", "number"),
    [
        (log(), None),
        (log(OPENED), 1),
        (log(OPENED, stamp(1)), None),
        (log(OPENED, stamp(1), ANSWERED), 3),
        (log(OPENED, stamp(0, "message")), 2),
        (log(OPENED, anchor(1, "pending"), stamp(1)), None),
        (log(OPENED, anchor(1, "pending"), stamp(2)), None),
        (log(stamp(1)), None),
    ],
)
def test_the_log_waits_until_a_stamp_covers_all_that_happened(
    events: tuple[Event, ...], number: int | None
) -> None:
    found = head_to_prove(events, StampedDetails)

    assert (found.number if found else None) == number


def test_only_what_keeps_a_message_names_one() -> None:
    opened, answered = log(OPENED, ANSWERED)

    assert (message_of(opened), message_of(answered)) == ("", "sha256:a")


def test_an_anchor_waits_for_its_block_and_a_later_block_will_do() -> None:
    waiting = log(OPENED, anchor(1, "pending"), ANSWERED, anchor(3, "pending"))
    done = (*waiting, *log(*[OPENED] * 4, anchor(3, "complete"))[4:])

    assert [event.number for event in anchors_to_complete(waiting)] == [2, 4]
    assert anchors_to_complete(done) == ()


def test_a_message_waits_until_its_signer_was_looked_up() -> None:
    came = log(OPENED, ANSWERED, (K.COPY_KEPT, {"message": "sha256:b"}))
    done = log(*[OPENED], ANSWERED, (K.AUTHENTICATED, {"message": "sha256:a"}))

    assert [event.number for event in messages_to_authenticate(came)] == [2, 3]
    assert messages_to_authenticate(done) == ()


def test_each_file_is_offered_for_what_named_it_first() -> None:
    events = log(
        (K.OPENED, {"verdict": "sha256:v"}),
        (K.DISPATCH_BEGUN, {"message": "sha256:m", "way": "smtp"}),
        (K.COPY_KEPT, {"message": "sha256:m"}),
        (K.NOTICE_KEPT, {"message": "sha256:n"}),
        (K.CONFIRMED, {"message": "sha256:x"}),
        (K.STAMPED, {"token": "sha256:t", "covers": "c0"}),
    )

    assert offered(events) == {
        "sha256:v": "verdict",
        "sha256:m": "message_sent",
        "sha256:n": "delivery_notice",
        "sha256:x": "unnamed",
        "sha256:t": "token",
    }


def test_a_check_holds_only_with_three_yes() -> None:
    def check(*, intact: bool, valid: bool, trusted: bool) -> Check:
        return Check(
            what="x",
            intact=intact,
            valid=valid,
            trusted=trusted,
            indication=Indication.PASSED,
            code="",
            text="",
        )

    assert check(intact=True, valid=True, trusted=True).holds
    assert not check(intact=True, valid=True, trusted=False).holds
    assert not check(intact=True, valid=False, trusted=True).holds
    assert not check(intact=False, valid=True, trusted=True).holds
