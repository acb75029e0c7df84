"""The desk: recorded before and after, sent at most once, forgotten whole.

Runs on SQLite here, and on PostgreSQL through test_postgresql.py.
"""

import shutil
import threading
from collections.abc import Callable
from email import message_from_bytes
from typing import Any
from uuid import UUID, uuid4

import icalendar
import pytest

from rescind.adapters import clock
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.input.attachments import media_type
from rescind.adapters.mail.compose import build_draft, mailto_link
from rescind.app.act import letters
from rescind.app.follow import answers, case_letters, cases, feed, queries, received
from rescind.app.know import check
from rescind.core.errors import BadInput, PermanentError, TransientError, UnknownOutcome
from rescind.core.prove.chain import find_breaks, head
from rescind.ports import Handover, Submission
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")


class Recorder:
    """A mailer that counts, and does what it is told."""

    name = "recorder"

    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[bytes] = []
        self._error = error

    def send(self, submission: Submission, dialogue: list[str]) -> Handover:
        self.sent.append(submission.content)
        dialogue.append(f"C: {submission.recipient}")
        if self._error is not None:
            raise self._error
        return Handover(answers=(f"250 taken for {submission.recipient}",))


def open_case(**sender: Any) -> str:
    return cases.new_case(FACTS, SENDER | sender)


def send(case_id: str, mailer: Recorder) -> cases.Sent:
    return cases.send(
        case_id, way="smtp", to="desk@merchant.example.org", mailer=mailer
    )


def kinds(case_id: str) -> list[str]:
    return [event["kind"] for event in queries.show_case(case_id)["events"]]


def test_what_was_previewed_is_sent_even_if_the_catalogue_has_changed() -> None:
    case_id = open_case()
    before = selectors.letter(selectors.read_case(case_id))
    overlay = HOME / "catalogue-overlay" / "catalogue" / "c" / "coursera.yaml"
    overlay.parent.mkdir(parents=True)
    ours = (SHIPPED / "catalogue" / "c" / "coursera.yaml").read_text(encoding="utf-8")
    renamed = ours.replace("name: Coursera\n", "name: Renamed\n")
    overlay.write_text(renamed, encoding="utf-8")
    check.catalogue.cache_clear()
    mailer = Recorder()

    try:
        other = selectors.letter(selectors.read_case(open_case()))
        send(case_id, mailer)
    finally:
        shutil.rmtree(HOME / "catalogue-overlay")
        check.catalogue.cache_clear()

    parts = message_from_bytes(mailer.sent[0]).walk()
    sent = [part.get_payload(decode=True) for part in parts]
    assert "contract with Renamed" in other.text
    assert before.pdf in sent
    assert before.text.encode() in [
        part.replace(b"\r\n", b"\n") for part in sent if isinstance(part, bytes)
    ]


def test_a_dispatch_is_recorded_before_and_after() -> None:
    case_id, mailer = open_case(), Recorder()

    sent = send(case_id, mailer)

    assert sent.outcome == "dispatch_taken"
    assert kinds(case_id) == [
        "opened",
        "letter_written",
        "dispatch_ordered",
        "dispatch_begun",
        "dispatch_taken",
    ]
    assert queries.show_case(case_id)["state"] == "sent"
    begun = queries.show_case(case_id)["events"][3]["details"]
    assert (
        bytes(selectors.file(selectors.find_case(case_id), begun["message"]).content)
        == mailer.sent[0]
    )


def test_the_same_letter_is_never_sent_twice() -> None:
    case_id, mailer = open_case(), Recorder()
    send(case_id, mailer)

    with pytest.raises(BadInput, match="only once"):
        send(case_id, mailer)

    assert len(mailer.sent) == 1


def test_an_unknown_outcome_is_shown_and_never_repeated() -> None:
    case_id = open_case()
    mailer = Recorder(UnknownOutcome("mail.example.org", "broke off"))

    sent = send(case_id, mailer)

    assert sent.outcome == "dispatch_unknown"
    assert queries.show_case(case_id)["state"] == "doubtful"
    with pytest.raises(BadInput):
        send(case_id, mailer)
    cases.say_not_sent(case_id)
    assert send(case_id, Recorder()).outcome == "dispatch_taken"


def test_a_doubtful_letter_can_be_said_to_be_sent() -> None:
    case_id = open_case()
    send(case_id, Recorder(UnknownOutcome("mail.example.org", "broke off")))

    cases.say_sent(case_id, "found in the sent folder", None)

    assert queries.show_case(case_id)["state"] == "sent"
    assert queries.show_case(case_id)["by_word_only"]


def test_what_was_refused_for_good_may_be_sent_again() -> None:
    case_id = open_case()

    error = PermanentError("mail.example.org", "answered 550 no")
    refused = send(case_id, Recorder(error))

    assert refused.outcome == "dispatch_refused"
    assert "550" in refused.said
    assert queries.show_case(case_id)["state"] == "failed"
    assert send(case_id, Recorder()).outcome == "dispatch_taken"


def test_what_is_put_off_stays_ordered_and_can_be_recalled() -> None:
    case_id = open_case()

    refused = send(case_id, Recorder(TransientError("mail.example.org", "451 later")))

    assert refused.outcome == "dispatch_refused"
    assert queries.show_case(case_id)["state"] == "ordered"
    with pytest.raises(BadInput, match="only once"):
        send(case_id, Recorder())
    cases.recall(case_id)
    assert queries.show_case(case_id)["state"] == "draft"
    with pytest.raises(BadInput, match="nothing of it waits"):
        cases.recall(case_id)
    assert send(case_id, Recorder()).outcome == "dispatch_taken"


def test_a_process_that_dies_while_sending_leaves_a_case_that_says_so() -> None:
    class Killed(BaseException):
        pass

    case_id = open_case()

    with pytest.raises(Killed):
        send(case_id, Recorder(Killed()))  # type: ignore[arg-type]  # no error of ours

    assert queries.show_case(case_id)["state"] == "sending"
    with pytest.raises(BadInput):
        send(case_id, Recorder())


def test_two_who_send_at_once_send_one_letter() -> None:
    case_id, mailer = open_case(), Recorder()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def race() -> None:
        from django.db import connection

        start.wait()
        try:
            outcomes.append(send(case_id, mailer).outcome)
        except BadInput:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["dispatch_taken", "refused"]
    assert len(mailer.sent) == 1


def test_the_same_dispatch_is_claimed_once() -> None:
    from rescind.adapters import clock
    from rescind.store import dispatches, selectors

    case_id, mailer = open_case(), Recorder()
    message = case_letters.message_for(
        selectors.read_case(case_id), "desk@merchant.example.org"
    )
    case = selectors.find_case(case_id)
    outgoing = dispatches.Outgoing(
        content=message.as_bytes(),
        message_id=str(message["Message-ID"]),
        recipient="desk@merchant.example.org",
    )
    record = dispatches.order(case, outgoing, way="smtp", now=clock.now())
    attempt = dispatches.Attempt(work="test", clock=clock.now)
    dispatches.dispatch(record, mailer, attempt)

    with pytest.raises(BadInput, match="never sent twice"):
        dispatches.dispatch(record, mailer, attempt)

    assert len(mailer.sent) == 1


def test_the_database_itself_refuses_to_change_an_event() -> None:
    from django.db import DatabaseError, transaction

    from rescind.store.models import EventRecord

    case_id = open_case()
    changes: list[Callable[[], object]] = [
        lambda: EventRecord.objects.filter(case=UUID(case_id)).update(kind="confirmed"),
        lambda: EventRecord.objects.filter(case=UUID(case_id), number=2).delete(),
    ]

    for change in changes:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()

    assert kinds(case_id) == ["opened", "letter_written"]


def test_forgetting_a_case_leaves_nothing_of_it() -> None:
    from rescind.store.models import DispatchRecord, EventRecord, FileRecord

    case_id, other = open_case(), open_case()
    send(case_id, Recorder())

    cases.forget(case_id)

    for model in (EventRecord, FileRecord, DispatchRecord):
        assert not model.objects.filter(case_id=UUID(case_id)).exists()
    assert kinds(other) == ["opened", "letter_written"]


def test_the_practice_merchant_answers_and_is_confirmed_by_hand() -> None:
    case_id = open_case()

    cases.send(case_id, way="practice")

    assert queries.show_case(case_id)["state"] == "answered"
    assert "Your subscription is cancelled. It ends on 9 December 2026" in (
        " ".join(answers.answers(selectors.read_case(case_id))[0].text.split())
    )
    cases.confirm(case_id, ends_on="2026-12-10", note="")
    assert queries.show_case(case_id)["state"] == "confirmed"


def test_a_draft_has_nothing_to_confirm() -> None:
    with pytest.raises(BadInput, match="nothing to confirm"):
        cases.confirm(open_case(), ends_on="2026-12-10", note="")


def test_a_sent_letter_cannot_be_said_to_be_sent_again() -> None:
    case_id = open_case()
    send(case_id, Recorder())

    with pytest.raises(BadInput):
        cases.say_sent(case_id, "post", None)


def test_handing_over_changes_nothing_by_itself() -> None:
    case_id = open_case()

    cases.hand_over(case_id, "draft")

    assert queries.show_case(case_id)["state"] == "draft"
    assert "handed_over" in kinds(case_id)


def test_an_answer_is_kept_byte_for_byte() -> None:
    from rescind.core.prove.digest import digest

    case_id, raw = open_case(), b"Subject: x\r\n\r\n\xff\x00 bytes\r\n"

    received.take_in(case_id, raw)

    assert (
        bytes(selectors.file(selectors.find_case(case_id), digest(raw)).content) == raw
    )
    with pytest.raises(BadInput, match="larger than"):
        received.take_in(case_id, b"x" * 10_000_001)
    with pytest.raises(BadInput, match="not kept"):
        selectors.file(selectors.find_case(case_id), "sha256:0")


def test_sending_needs_an_address_and_a_mailbox() -> None:
    case_id = open_case()

    for way, to, field in (
        ("smtp", None, "mailbox"),
        ("pigeon", "a@b.org", "way"),
    ):
        with pytest.raises(BadInput) as caught:
            cases.send(case_id, way=way, to=to)
        assert caught.value.field == field
    for to in (None, "nobody", "a@b.org\nBcc: c@d.org"):
        with pytest.raises(BadInput) as caught:
            cases.send(case_id, way="smtp", to=to, mailer=Recorder())
        assert caught.value.field == "to"


def test_a_case_is_found_by_the_beginning_of_its_id() -> None:
    case_id = open_case()

    assert queries.show_case(case_id[:8])["id"] == case_id
    with pytest.raises(BadInput, match="no case here"):
        queries.show_case(str(uuid4()))
    with pytest.raises(BadInput, match="no case here"):
        queries.show_case("")


def test_a_mailto_link_carries_the_text_and_a_draft_is_marked_unsent() -> None:
    case_id = open_case()

    letter = selectors.letter(selectors.read_case(case_id))
    assert mailto_link(letter, "a@b.org").startswith("mailto:a@b.org?subject=Canc")
    draft = build_draft(letter, to=None, at=clock.now())
    assert b"X-Unsent: 1" in draft
    assert b"\nTo:" not in draft


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff...", "image/jpeg"),
        (b"RIFF1234WEBP", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<script>alert(1)</script>", "text/plain"),
    ],
)
def test_a_file_is_kept_as_what_its_bytes_say(content: bytes, kind: str) -> None:
    assert media_type(content) == kind


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"x" * 20_000_001])
def test_what_is_no_picture_or_paper_is_told(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        media_type(content)

    assert caught.value.field == "upload"


def test_a_letter_that_ends_nothing_is_not_answered_with_an_end() -> None:
    wanted = letters.Wanted(kind="erase")
    case_id = cases.new_case(FACTS, SENDER, wanted)

    cases.send(case_id, way="practice")

    (answer,) = answers.answers(selectors.read_case(case_id))
    assert "is cancelled" not in answer.text


def test_a_kept_file_changes_no_state() -> None:
    case_id = cases.new_case(FACTS, SENDER)

    cases.keep_file(case_id, b"a note", name="note.txt", note="what I saw")

    shown = queries.show_case(case_id)
    assert shown["state"] == "draft"
    assert shown["events"][-1]["details"]["name"] == "note.txt"


def test_every_event_stands_on_the_one_before() -> None:
    case_id = cases.new_case(FACTS, SENDER)
    cases.send(case_id, way="practice")

    events = selectors.read_case(case_id).events

    assert len(events) > 4
    assert find_breaks(events) == ()
    assert queries.show_case(case_id)["events"][-1]["digest"] == head(events)


def calendar_days() -> list[Any]:
    calendar: Any = icalendar.Calendar.from_ical(feed.due_calendar().content)
    return list(calendar.walk("VEVENT"))


def test_the_days_that_count_are_listed_and_put_in_a_calendar() -> None:
    case_id = open_case()
    send(case_id, Recorder())
    forgotten = open_case()
    cases.close(forgotten, note="")

    listed = [day for day in queries.due_days() if day.case_id == case_id]
    days, again = calendar_days(), calendar_days()

    asked = [day for day in listed if day.due.what == "confirmation"]
    assert asked[0].by.isoformat() == queries.show_case(case_id)["confirm_by"]
    assert all(day.due.why for day in listed)
    assert forgotten not in {day.case_id for day in queries.due_days()}
    assert asked[0].by in [day["DTSTART"].dt for day in days]
    assert [str(day["UID"]) for day in days] == [str(day["UID"]) for day in again]


def came(case_id: str, text: str) -> str:
    """Return where a case stands once a message came."""
    raw = f"From: help@merchant.example.org\nSubject: Re: Cancellation\n\n{text}\n"
    received.take_in(case_id, raw.encode())
    state: str = queries.show_case(case_id)["state"]
    return state


def test_a_mere_receipt_is_no_answer() -> None:
    case_id = open_case()
    send(case_id, Recorder())
    was = queries.show_case(case_id)["state"]

    receipt = came(case_id, "We have received your request. We will get back to you.")
    shown = queries.show_case(case_id)
    answer = came(case_id, "Your subscription has been cancelled as of today.")
    late = came(case_id, "We have received your request. We will reply soon.")

    assert receipt == was
    assert shown["events"][-1]["details"]["reads_as"] == "acknowledged"
    assert answer == late == "answered"
