"""What an event holds is read from the log's text, and written as the log has it."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rescind.core.model.case import Case, Event, EventKind, happened, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    AnsweredDetails,
    BankBlockedDetails,
    ChargedDetails,
    ClosedDetails,
    ConfirmedDetails,
    DispatchRefusedDetails,
    EventDetails,
    LetterWrittenDetails,
)
from rescind.core.model.event_text import BY_KIND, read_details, texts_of
from rescind.core.model.message import Label
from rescind.core.model.proof_details import (
    StampedDetails,
)

K = EventKind
AT = datetime(2026, 11, 26, tzinfo=UTC)
OUTCOME = {"dispatch": "d", "way": "smtp", "said": "250 taken"}
NOTICE = {
    "dispatch": "d",
    "action": "failed",
    "recipient": "a@b.org",
    "status": "5.1.1",
    "said": "no such user",
    "by": "mx.b.org",
}
SENDING = {
    "dispatch": "d",
    "way": "smtp",
    "recipient": "a@b.org",
    "message": "sha256:1",
    "message_id": "<1@x>",
}
LETTER = {
    "pdf": "sha256:1",
    "text": "sha256:2",
    "picture": "sha256:3",
    "about": "sha256:4",
    "subject": "Cancellation",
    "language": "en",
    "confirm_by": "2026-12-10",
    "problems": "detail_missing; plan_unnamed",
}
STAMP = {
    "what": "log",
    "number": "7",
    "covers": "ab",
    "token": "sha256:1",
    "by": "authority",
    "stamped_at": "2026-11-26T09:00:00.250000+00:00",
}
TEXTS: list[tuple[EventKind, dict[str, str]]] = [
    (K.OPENED, {"verdict": "sha256:1"}),
    (K.LETTER_WRITTEN, LETTER),
    (K.LETTER_WRITTEN, LETTER | {"problems": ""}),
    (K.LETTER_WRITTEN, LETTER | {"kind": "second-notice"}),
    (K.DISPATCH_ORDERED, SENDING | {"not_before": "2026-11-26T09:00:00+00:00"}),
    (K.DISPATCH_RECALLED, {"dispatch": "d"}),
    (K.DISPATCH_BEGUN, SENDING),
    (K.DISPATCH_TAKEN, OUTCOME | {"dialogue": "sha256:1"}),
    (K.DISPATCH_TAKEN, OUTCOME),
    (K.DISPATCH_REFUSED, OUTCOME | {"dialogue": "sha256:1", "again": "yes"}),
    (K.DISPATCH_REFUSED, OUTCOME),
    (K.DISPATCH_UNKNOWN, OUTCOME),
    (K.DISPATCH_UNKNOWN, {"dispatch": "d", "said": "the program stopped"}),
    (K.HANDED_OVER, {"way": "draft"}),
    (K.SAID_SENT, {"way": "post", "on": "2026-11-26"}),
    (K.SAID_NOT_SENT, {}),
    (K.DELIVERED, NOTICE),
    (K.DELIVERY_FAILED, NOTICE),
    (K.DELIVERY_FAILED, {"dispatch": "d", "action": "failed"}),
    (K.NOTICE_KEPT, {"message": "sha256:1"} | NOTICE),
    (K.COPY_KEPT, {"message": "sha256:1", "dispatch": "d"}),
    (K.FILE_KEPT, {"file": "sha256:1", "name": "a.png", "note": ""}),
    (K.ANSWERED, {"message": "sha256:1", "reads_as": "offer"}),
    (K.ANSWERED, {"message": "sha256:1"}),
    (
        K.AUTHENTICATED,
        {
            "message": "sha256:1",
            "result": "signed",
            "claims_from": "b.org",
            "signed_by": "b.org",
            "spf": "",
            "arc": "none",
            "said": "Signed by b.org.",
            "keys": "sha256:2",
        },
    ),
    (K.STAMPED, STAMP),
    (K.STAMPED, STAMP | {"what": "message", "number": "0", "stamped_at": ""}),
    (
        K.ANCHORED,
        {
            "what": "log",
            "number": "7",
            "covers": "ab",
            "proof": "sha256:1",
            "by": "https://calendar.example.org",
            "state": "pending",
        },
    ),
    (K.CONFIRMED, {"ends_on": "2026-12-10", "note": ""}),
    (K.CONFIRMED, {"ends_on": "2026-12-10", "note": "", "outcome": "pays_back"}),
    (K.CHARGED, {"on": "2026-12-11", "amount": "59.00 USD", "note": ""}),
    (
        K.CHARGED,
        {
            "on": "2026-12-11",
            "amount": "",
            "note": "seen",
            "dispute_by": "2027-04-10",
            "rests_on": "A rule",
        },
    ),
    (K.CHARGED, {"on": "2026-12-01", "amount": "", "note": "", "rightful": "yes"}),
    (K.STEP_SKIPPED, {"step": "complaint", "note": ""}),
    (
        K.BUTTON_USED,
        {"note": "done", "on": "2026-11-26", "confirm_by": "2026-11-29"},
    ),
    (
        K.CALLED,
        {
            "with_whom": "B",
            "said": "it ends",
            "reference": "",
            "on": "2026-11-26",
            "confirm_by": "2026-11-29",
        },
    ),
    (K.BANK_BLOCKED, {"until": "2027-05-01", "note": ""}),
    (K.BANK_BLOCKED, {"until": "", "note": ""}),
    (K.FACTS_TOLD, {"verdict": "sha256:1"}),
    (K.RESUMED, {"note": ""}),
    (K.CLOSED, {"note": "done"}),
    (
        K.BUTTON_USED,
        {
            "note": "",
            "on": "2026-11-26",
            "confirm_by": "2026-12-01",
            "where": "Apple",
            "what": "refund; at_store",
        },
    ),
    (K.OPENED, {"verdict": "sha256:1", "practice_of": "c"}),
    (
        K.ANSWERED,
        {"message": "sha256:1", "reads_as": "offer", "by_person": "yes"},
    ),
    (
        K.THIRD_PARTY,
        {
            "by": "body",
            "who": "A body",
            "says": "proposes",
            "message": "sha256:1",
            "amount": "30.00 EUR",
            "until": "2026-12-15",
        },
    ),
    (K.ANSWERED, {"message": "sha256:1", "reads_as": "offer", "by": "store"}),
    (K.REOPENED, {"note": "by mistake"}),
    (K.SET_ASIDE, {"number": "7", "note": "another firm's"}),
    (K.PUT_BACK, {"number": "7", "note": ""}),
    (
        K.RESTORED,
        {
            "backup_at": "2026-11-26T12:00:00+00:00",
            "dispatch": "d",
            "in_doubt": "yes",
        },
    ),
]
"""What an earlier release wrote, as it wrote it."""


def event(kind: EventKind, number: int = 1, **details: str) -> Event:
    return Event(number=number, kind=kind, at=AT, known_by="person", details=details)


def test_every_kind_has_its_class_and_its_texts() -> None:
    assert set(BY_KIND) == {kind.value for kind in K} == {k.value for k, _ in TEXTS}


@pytest.mark.parametrize(("kind", "texts"), TEXTS)
def test_what_is_read_is_written_as_it_was(
    kind: EventKind, texts: dict[str, str]
) -> None:
    details = read_details(kind.value, texts)

    assert kind.value == details.KIND
    assert list(texts_of(details).items()) == list(texts.items())
    assert read_details(kind.value, texts_of(details)) == details


@pytest.mark.parametrize("of_kind", BY_KIND.values())
def test_what_is_not_known_is_left_out_or_stands_as_it_always_did(
    of_kind: type[EventDetails],
) -> None:
    needed: dict[str, Any] = {"what": "log", "number": 1, "state": "pending"}
    names = {each.name for each in fields(of_kind)}

    empty = of_kind(**{n: v for n, v in needed.items() if n in names})

    assert read_details(of_kind.KIND, texts_of(empty)) == empty


def test_details_have_types() -> None:
    letter = read_details("letter_written", LETTER)
    stamp = read_details("stamped", STAMP)

    assert isinstance(letter, LetterWrittenDetails)
    assert letter.confirm_by == date(2026, 12, 10)
    assert letter.problems == ("detail_missing", "plan_unnamed")
    assert isinstance(stamp, StampedDetails)
    assert (stamp.number, stamp.stamped_at) == (
        7,
        datetime(2026, 11, 26, 9, 0, 0, 250000, tzinfo=UTC),
    )
    assert texts_of(BankBlockedDetails()) == {"until": "", "note": ""}
    assert texts_of(DispatchRefusedDetails(again=True))["again"] == "yes"


def test_what_a_later_release_adds_is_left_out() -> None:
    answer = read_details(
        "answered", {"message": "m", "reads_as": "of a later release", "colour": "red"}
    )

    assert answer == AnsweredDetails(message="m")


def test_an_outcome_of_a_later_release_is_not_known_here() -> None:
    known = read_details("confirmed", {"outcome": "rest_open"})
    later = read_details("confirmed", {"outcome": "half_of_it"})

    assert known == ConfirmedDetails(outcome=EndOutcome.REST_OPEN)
    assert later == ConfirmedDetails()


def test_what_a_kind_cannot_be_without_is_named() -> None:
    with pytest.raises(KeyError, match="what"):
        read_details("stamped", {"number": "1"})
    with pytest.raises(ValueError, match="soon"):
        read_details("confirmed", {"ends_on": "soon"})


def test_an_event_is_read_as_what_it_is() -> None:
    answered = event(K.ANSWERED, message="m", reads_as="offer")
    charged = event(K.CHARGED, 2, on="2026-12-11")

    assert answered.payload == AnsweredDetails(message="m", reads_as=Label.OFFER)
    assert answered.read(ChargedDetails) is None
    assert charged.read(ChargedDetails) == ChargedDetails(on=date(2026, 12, 11))
    assert payloads([answered, charged], AnsweredDetails) == [answered.payload]
    assert happened([answered, charged], ChargedDetails) == [(charged, charged.payload)]


def test_a_case_has_the_newest_details_of_a_kind() -> None:
    case = Case(
        id="1",
        service="x",
        service_name="X",
        offer=None,
        kind="cancel",
        opened_at=AT,
        facts={},
        verdict={},
        sender={},
        events=(
            event(K.CONFIRMED, 1, ends_on="2026-12-10"),
            event(K.CONFIRMED, 2, ends_on="2026-12-31"),
        ),
    )

    assert case.last(ConfirmedDetails) == ConfirmedDetails(ends_on=date(2026, 12, 31))
    assert case.last(ClosedDetails) is None
