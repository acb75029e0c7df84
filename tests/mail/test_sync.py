"""Answers are found in a real mailbox, kept once, and nothing else is touched."""

import json
import mailbox as boxes
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.mail import inbox
from rescind.adapters.mail.parse import parse_message
from rescind.adapters.settings import imap as imap_settings
from rescind.adapters.settings import smtp
from rescind.app.follow import cases, queries, received, sync
from rescind.core.errors import BadInput, TransientError
from rescind.core.follow.matching import Envelope, Expected, belongs_to
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.mail import imap, servers
from tests.program import run
from tests.proof.test_sending import a_notice
from tests.store.test_cases import Recorder

pytestmark = pytest.mark.usefixtures("ready_desk")
NOW = datetime.now(UTC)
CONFIRMED = "Your subscription has been cancelled and ends on 10 December 2026.\n"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[imap.Mailbox]:
    needs("/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "openssl")
    with imap.running(tmp_path_factory.mktemp("imap")) as found:
        yield found


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(imap_settings.PASSWORD, servers.PASSWORD)
    yield
    imap_settings.INBOX.forget(HOME)


def use(box: imap.Mailbox, **more: Any) -> None:
    given = {
        "host": servers.HOST,
        "port": str(box.port),
        "user": servers.USER,
        "ca_file": str(box.ca_file),
    }
    sync.change_settings(given | more)


def a_case(merchant: str) -> tuple[str, str]:
    """Return a case whose letter was sent to a merchant, and its Message-ID."""
    case_id = cases.new_case(FACTS, SENDER)
    to = f"desk@{merchant}"
    cases.send(case_id, way="smtp", to=to, mailer=Recorder())
    events = queries.show_case(case_id)["events"]
    return case_id, events[2]["details"]["message_id"]


def mail(body: str = CONFIRMED, **headers: str) -> bytes:
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = headers.pop("sender", "desk@else.example.org")
    made["Subject"] = "Re: Cancellation"
    made["Date"] = headers.pop("date", format_datetime(NOW + timedelta(minutes=1)))
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made.as_bytes()


def test_an_answer_to_a_closed_case_belongs_to_no_other() -> None:
    letter = Expected(
        case_id="open", message_id="<o@x>", recipient="desk@shop.example.org",
        sent_at=NOW,
    )  # fmt: skip
    answer = Envelope(
        message_id="<a@y>", answers=frozenset({"<c@x>"}),
        sender="help@shop.example.org", at=NOW,
    )  # fmt: skip

    assert belongs_to(answer, [letter]) == "open"
    assert belongs_to(answer, [letter], frozenset({"<c@x>"})) is None


def test_a_case_has_an_address_of_its_own_that_can_be_forwarded_to(
    box: imap.Mailbox,
) -> None:
    smtp.MAILBOX.write(
        HOME, {"host": "h", "user": servers.USER, "plus": "cases@bureau.example.org"}
    )
    use(box)
    case_id, other = a_case("plus.example.org")[0], a_case("plus.example.org")[0]
    smtp.MAILBOX.forget(HOME)
    begun = queries.show_case(case_id)["events"][2]["details"]
    sent = message_from_bytes(
        bytes(selectors.file(selectors.find_case(case_id), begun["message"]).content)
    )
    own = str(sent["Reply-To"])
    assert own.startswith("cases+r")
    box.deliver(mail(CONFIRMED, To=own, Message_ID="<p1@x>"), "p1")
    inner = mail(CONFIRMED, sender="help@else.example.org", Message_ID="<p2@x>")
    carrier = EmailMessage(policy=policy.SMTP)
    carrier["From"], carrier["To"] = "ada@private.example.org", own
    carrier["Subject"], carrier["Message-ID"] = "Fwd", "<p3@x>"
    carrier["Date"] = format_datetime(NOW)
    carrier.set_content("See below.")
    carrier.add_attachment(message_from_bytes(inner, policy=policy.SMTP))
    box.deliver(carrier.as_bytes(), "p3")

    found = sync.sync()

    rows = [row for row in found.kept if row["case"] in (case_id, other)]
    assert [(r["case"], r["label"]) for r in rows] == [(case_id, "confirmed")] * 2
    assert {row["id"] for row in rows} == {"<p1@x>", "<p2@x>"}
    assert [r for r in sync.sync().kept if r["case"] == case_id] == []


def kinds(case_id: str) -> list[str]:
    return [event["kind"] for event in queries.show_case(case_id)["events"]]


def test_answers_come_in_by_imap_once_and_nothing_is_marked(
    box: imap.Mailbox,
) -> None:
    use(box)
    case_id, sent_as = a_case("one.example.org")
    answer = box.deliver(mail(In_Reply_To=sent_as, Message_ID="<a@x>"), "1")
    box.deliver(mail("Hello", Message_ID="<b@x>"), "2")
    box.deliver(mail("It is out.", Message_ID=sent_as), "3")

    first = sync.sync(case_id)
    again = sync.sync(case_id)

    assert [row["label"] for row in first.kept[:1]] == ["confirmed"]
    assert {row["case"] for row in first.kept} == {case_id}
    assert len(first.kept) == 2
    assert (again.kept, again.known) == ([], 2)
    assert sorted(kinds(case_id)[5:]) == ["answered", "copy_kept"]
    assert queries.show_case(case_id)["state"] in ("answered", "sent")
    assert not list((box.folder / "cur").glob("*:2,*S*"))  # nothing was read for them
    name = answer.name.split(":")[0]
    assert any(path.name.startswith(name) for path in box.folder.rglob("*"))


def test_a_sender_that_anybody_can_name_changes_nothing_until_the_person_says_so(
    box: imap.Mailbox,
) -> None:
    """From is free text: without our letter's number or a signature it is a claim."""
    use(box)
    case_id, _ = a_case("spoof.example.org")
    forged = mail(sender="Desk <desk@spoof.example.org>", Message_ID="<s1@x>")
    box.deliver(forged, "s1")

    sync.sync(case_id)
    claimed = queries.show_case(case_id)
    received.accept(case_id, claimed["events"][-1]["details"]["message"])
    accepted = queries.show_case(case_id)

    assert claimed["events"][-1]["details"]["unverified"] == "yes"
    assert claimed["state"] == "sent"
    assert "nothing shows it" in claimed["next_step"]
    assert accepted["state"] == "answered"


@pytest.mark.parametrize(
    "sender",
    [
        "desk@two.example.org, help@two.example.org",
        "Shop: desk@two.example.org, help@two.example.org;",
        "=?utf-8?q?desk=40two.example.org?=",
        "=?utf-8?q?desk=40two.example.org?= <>",
        "desk@two.example.org <thief@evil.example>",
        '"desk@two.example.org" <thief@evil.example>',
    ],
)
def test_a_sender_that_can_be_read_two_ways_is_nobody(sender: str) -> None:
    raw = f"From: {sender}\r\nSubject: x\r\n\r\nIt has ended.\r\n".encode()

    assert parse_message(raw, "1").sender in ("", "thief@evil.example")
    twice = b"From: desk@two.example.org\r\n" + raw
    assert parse_message(twice, "1").sender == ""


def test_a_delivery_notice_is_found_by_what_it_is_about(box: imap.Mailbox) -> None:
    use(box)
    case_id, _ = a_case("two.example.org")
    notice = a_notice(case_id, action="delivered", recipient="desk@two.example.org")
    date = format_datetime(NOW + timedelta(minutes=1)).encode()
    box.deliver(b"Date: " + date + b"\r\n" + notice, "4")

    found = sync.sync(case_id)

    assert [row["label"] for row in found.kept] == ["delivered"]
    assert kinds(case_id)[-2:] == ["notice_kept", "delivered"]


def test_another_folder_and_starttls(box: imap.Mailbox) -> None:
    use(box, security="starttls", port=str(box.plain), folders=["INBOX", "Nowhere"])

    a_case("three.example.org")

    with pytest.raises(TransientError, match="no folder 'Nowhere'"):
        sync.sync()


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"ca_file": None}, "SSLCertVerificationError"), ({"port": "9"}, "could not be")],
)
def test_a_server_that_cannot_be_used_is_told(
    changes: dict[str, Any], words: str, box: imap.Mailbox
) -> None:
    use(box, **changes)
    a_case("four.example.org")

    with pytest.raises(TransientError, match=words):
        sync.sync()


def test_a_wrong_password_is_told(
    box: imap.Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(box)
    a_case("five.example.org")
    monkeypatch.setenv(imap_settings.PASSWORD, "wrong")

    with pytest.raises(TransientError, match="AUTHENTICATIONFAILED"):
        sync.sync()
    monkeypatch.delenv(imap_settings.PASSWORD)
    with pytest.raises(BadInput, match="no password"):
        sync.sync()


def test_a_folder_of_mail_is_an_inbox_too(tmp_path: Path) -> None:
    case_id, sent_as = a_case("six.example.org")
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "1.eml").write_bytes(mail(References=f"<x@y> {sent_as}"))
    (folder / "2.eml").write_bytes(mail(sender="news@mail.six.example.org"))
    (folder / "3.eml").write_bytes(b"\xff\x00 no mail at all")
    file = tmp_path / "box"
    written = boxes.mbox(file)
    written.add(mail(In_Reply_To=sent_as, Message_ID="<third@x>"))
    written.close()

    sync.change_settings({"path": str(folder)})
    from_folder = sync.sync(case_id)
    sync.change_settings({"path": str(file)})
    from_box = sync.sync(case_id)

    assert len(from_folder.kept) == 2
    assert from_folder.others == 1
    assert len(from_box.kept) == 1


def test_a_message_that_is_too_large_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_BYTES", 50)
    case_id, sent_as = a_case("seven.example.org")
    (tmp_path / "1.eml").write_bytes(mail(In_Reply_To=sent_as))
    sync.change_settings({"path": str(tmp_path)})

    found = sync.sync(case_id)

    assert (found.kept, found.too_large) == ([], 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "host"),
        ({"host": "x.org"}, "user"),
        ({"host": "x.org", "user": "a", "security": "none"}, "security"),
        ({"host": "x.org", "user": "a", "port": "0"}, "port"),
        ({"path": "/nowhere"}, "path"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(
    given: dict[str, str], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        sync.change_settings(given)

    assert caught.value.field == field


def test_without_an_inbox_it_is_said_how_to_name_one() -> None:
    with pytest.raises(BadInput, match="where answers come in"):
        sync.sync()


def test_at_the_command_line(tmp_path: Path) -> None:
    case_id, sent_as = a_case("eight.example.org")
    (tmp_path / "1.eml").write_bytes(mail(In_Reply_To=sent_as, Message_ID="<cli@x>"))

    nothing = run("case", "sync")
    set_up = run("mailbox", "inbox", "--path", str(tmp_path))
    found = run("case", "sync", case_id)
    again = run("case", "sync", case_id, "--json")

    assert nothing.returncode == 2
    assert set_up.returncode == 0, set_up.stderr
    assert "a confirmation" in found.stdout
    assert "1 new, 0 known, 0 others" in found.stdout
    assert json.loads(again.stdout)["known"] == 1
