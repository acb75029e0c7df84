"""Mail is parsed in a confined process alone: no mail holds or fills this one."""

import imaplib
import io
import mailbox as boxes
import os
import re
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from rescind.adapters.evidence.authentication import Authentication, authenticate
from rescind.adapters.evidence.dns import DnsAnswer, text_answer
from rescind.adapters.mail import inbox, mbox
from rescind.app import confined
from rescind.app.confined import ReadingLimits, mailboxes
from rescind.app.confined.mailboxes import read_headers, split
from rescind.app.find import receipts
from rescind.app.follow import received, sync
from rescind.app.follow.reading import read_all, read_answer, read_mail
from rescind.app.prove.proof import SIGNERS
from rescind.core.errors import BadInput, TransientError
from tests.proof.test_senders import MERCHANT, signed

NOW = datetime(2026, 11, 28, tzinfo=UTC)
SOURCES = Path(__file__).parents[2] / "src" / "rescind"
FROM = b"From desk@merchant.example Mon Nov  2 10:00:00 2026\n"
ENDED = b"From: desk@merchant.example\nSubject: A\n\nIt has been cancelled.\n"
ENDLESS = b"X: y\r\n" * 8_500_000
"""Headers of 51 MB."""


def test_no_use_case_parses_mail_itself() -> None:
    parsing = re.compile(
        r"^(from email\.(parser|header|utils)|import mailbox|import dkim)"
        r"|authentication import .*authenticate\b|import parse_message|parse_bytes"
        r"|readable_text|attached_message|looks_like_receipt",
        re.MULTILINE,
    )
    outside = [
        path
        for folder in ("app", "web", "cli")
        for path in (SOURCES / folder).rglob("*.py")
        if path.parent.name != "confined"
    ]

    assert len(outside) > 100
    assert [p.name for p in outside if parsing.search(p.read_text())] == []


def test_headers_of_fifty_megabytes_are_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(ENDED)
    (tmp_path / "2.eml").write_bytes(ENDLESS)
    (tmp_path / "3.eml").write_bytes(ENDED)

    rows = list(read_all([str(tmp_path)], io.StringIO()))

    assert [row["label"] for row in rows] == ["confirmed", "other", "confirmed"]
    assert rows[1]["needs_person"]
    assert "too much" in str(rows[1]["because"])
    with pytest.raises(BadInput, match="1,000,000 bytes of headers"):
        receipts.keep_content("2.eml", ENDLESS[:2_000_000])
    shown, reading = read_answer(ENDLESS[:2_000_000], ours="")
    assert (len(shown), reading.needs_person) == (100_000, True)
    assert received.naming_of(ENDLESS[:2_000_000]).message_id == ""


def test_a_mailbox_of_a_million_messages_is_refused_in_a_sentence(
    tmp_path: Path,
) -> None:
    box, begun = tmp_path / "million.mbox", time.process_time()
    box.write_bytes(b"From \n" * 1_000_000)

    with pytest.raises(BadInput, match=r"million.mbox holds more than 500,000 mess"):
        next(read_all([str(box)], io.StringIO()))
    with pytest.raises(BadInput, match=r"this mailbox holds more than 5,000 messages"):
        receipts.keep_content("mail.mbox", box.read_bytes())
    with pytest.raises(BadInput, match=r"holds more than 500,000"):
        next(inbox.FolderInbox(box, split).headers(NOW.date()))

    assert time.process_time() - begun < 5
    assert read_mail(ENDED, "1")[1].label == "confirmed"


def test_a_mailbox_that_is_uploaded_has_a_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receipts, "UPLOAD_SECONDS", -1)

    with pytest.raises(BadInput, match="box takes more than -1 seconds"):
        receipts.keep_content("box", FROM + ENDED)


def test_a_mailbox_is_split_as_python_does(tmp_path: Path) -> None:
    """Of each message Python's own mailbox tells the same bytes."""
    random, pieces = (
        Random(18),
        [FROM, b"From \n", b"\n", b"\r\n", b"a\n", b">From x\n"],
    )
    path = tmp_path / "box"
    for _ in range(200):
        path.write_bytes(b"".join(random.choices([*pieces, b" From ", b"x"], k=12)))
        with closing(boxes.mbox(path, create=False)) as box:
            theirs = [box.get_bytes(key) for key in box.iterkeys()]

        assert list(mbox.messages(path, split(path))) == theirs, path.read_bytes()

    path.write_bytes(b"")
    assert split(path) == b""
    with pytest.raises(BadInput, match="No such file"):
        split(tmp_path / "none")


def test_a_mailbox_in_one_file_is_an_inbox(tmp_path: Path) -> None:
    path = tmp_path / "box"
    large = b"Subject: B\n\n" + b"x" * mbox.MOST_BYTES
    path.write_bytes(FROM + ENDED + b"\n" + FROM + large)
    box = inbox.FolderInbox(path, split)

    keys = dict(box.headers(NOW.date()))

    subjects = [head.splitlines()[-1] for head in keys.values()]
    assert subjects == [b"Subject: A", b"Subject: B"]
    assert [box.message(key) for key in keys] == [ENDED, None]
    assert list(box.headers(NOW.date(), skip=set(keys))) == []


def test_headers_that_cannot_be_read_belong_nowhere_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def breaking(
        about: str, limits: ReadingLimits, name: str, heads: list[bytes]
    ) -> object:
        asked.append(len(heads))
        if any(b"hostile" in head for head in heads):
            raise BadInput(about, "too much")
        return confined.run(about, limits, name, heads)

    monkeypatch.setattr(mailboxes, "run", breaking)
    heads = [(str(n), b"Message-ID: <%d@x>" % n) for n in range(70)]
    heads[3] = ("3", b"hostile")

    found = dict(read_headers("envelopes", heads, sync.NOWHERE))

    assert asked == [50, *[1] * 50, 20]
    assert found.pop("3") == sync.NOWHERE
    assert [each.message_id for each in found.values()] == [
        f"<{n}@x>" for n in range(70) if n != 3
    ]


def test_an_answer_of_a_server_has_an_end() -> None:
    """Three gigabytes are announced, and none of them is waited for."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as commands:
                line.sendall(b"* OK\r\n")
                tag = commands.readline().split()[0]
                line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
                commands.readline()
                line.sendall(b"* 1 FETCH (UID 1 BODY[] {3000000000}\r\n")
                commands.readline()

        thread = threading.Thread(target=answer)
        thread.start()
        box = inbox._Line("127.0.0.1", server.getsockname()[1], timeout=20)  # noqa: SLF001 - a login is beside the point
        box.state = "SELECTED"
        with pytest.raises(imaplib.IMAP4.abort, match="3,000,000,000 bytes"):
            box.uid("FETCH", "1", "(BODY.PEEK[])")
        box.shutdown()
        thread.join()


def signers(raw: bytes, lookup: Callable[[str, str], DnsAnswer]) -> Authentication:
    found: Authentication = confined.run(
        "mail", SIGNERS, "signers", raw, NOW, lookup=lookup
    )
    return found


def test_who_signed_a_mail_is_judged_inside_and_the_dns_asked_from_here() -> None:
    raw = signed()
    asked: list[tuple[str, str]] = []

    def lookup(name: str, kind: str) -> DnsAnswer:
        asked.append((name, kind))
        return text_answer(name, kind, MERCHANT.record if kind == "TXT" else "", NOW)

    found = signers(raw, lookup)

    assert found.verdict == "signed"
    assert found == authenticate(raw, lookup, at=NOW)
    assert asked[0][1] == "TXT"


def test_a_dns_that_does_not_answer_is_what_the_person_hears_and_costs_no_clock() -> (
    None
):
    raw = signed()

    def slow(name: str, kind: str) -> DnsAnswer:
        time.sleep(1.2)
        raise TransientError("DNS", f"did not answer for {name} {kind}")

    # the clock of the reader is shorter than the DNS takes
    limits = ReadingLimits(seconds=1.0, memory=SIGNERS.memory)
    signers(raw, lambda name, kind: text_answer(name, kind, "", NOW))

    with pytest.raises(TransientError, match="DNS: did not answer"):
        confined.run("mail", limits, "signers", raw, NOW, lookup=slow)
    assert read_mail(ENDED, "1")[1].label == "confirmed"


DKIM = (
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=merchant.example; s=s;"
    b" h=from%s; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=%s\r\n"
)
HUGE = {
    "a signature of a megabyte": DKIM % (b"", b"A" * 900_000),
    "one of twenty thousand bytes": DKIM % (b"", b"A" * 20_000),
    "folds without end": DKIM % (b"", b"A" + b"\r\n " * 60_000),
    "names without end": DKIM % (b":x" * 400_000, b"AAAA"),
    "blanks": DKIM % (b"", b"A" + b" " * 9_000 + b"x"),
    "a seal of thirty thousand": b"ARC-Seal: i=1; b=" + b"A" * 30_000 + b"\r\n",
    "brackets": b"From: " + b"(" * 300_000 + b"\r\n",
    "a line of nine million blanks": (DKIM % (b"", b"AAAA"))
    + b"\r\n" + b" " * 9_000_000 + b"x",
}  # fmt: skip


@pytest.mark.parametrize("what", HUGE)
def test_a_huge_signature_holds_nobody_and_never_holds(what: str) -> None:
    raw = HUGE[what] + b"From: desk@merchant.example\r\n\r\nHello\r\n"
    begun = time.process_time()

    found = signers(raw, lambda n, k: text_answer(n, k, MERCHANT.record, NOW))

    assert found.verdict in ("broken", "unsigned")
    assert found.arc in ("none", "fail")
    assert time.process_time() - begun < 2
    # who checks a pack later comes to the same, with the time that it has
    begun = time.process_time()
    again = authenticate(
        raw, lambda n, k: text_answer(n, k, MERCHANT.record, NOW), at=NOW
    )
    assert (again, time.process_time() - begun < 5) == (found, True)


def test_a_mail_does_not_wait_for_statements_that_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    slow = ReadingLimits(seconds=6, memory=10**9)
    ended: list[float] = []

    def hang() -> None:
        with pytest.raises(BadInput, match="too much"):
            confined.run("file", slow, "statement_file", pipe, "p", {})
        ended.append(time.monotonic())

    threads = [threading.Thread(target=hang) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert read_mail(ENDED, "1")[1].label == "confirmed"
    read_at = time.monotonic()
    for thread in threads:
        thread.join()

    assert read_at < min(ended)
