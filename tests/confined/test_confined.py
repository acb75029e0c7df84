"""Files that ask for too much: the person is told, and everything else goes on."""

import io
import os
import pickle
import struct
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from string import ascii_uppercase

import pytest
from pypdfium2 import PdfDocument

from rescind.adapters.evidence.authentication import authenticate
from rescind.adapters.evidence.dns import DnsAnswer
from rescind.adapters.mail import opinions
from rescind.adapters.mail.charsets import decode
from rescind.adapters.mail.compose import attached_message, readable_text
from rescind.adapters.mail.dsn import read_notices
from rescind.adapters.mail.parse import parse_message
from rescind.adapters.mail.receipts import read_receipts
from rescind.adapters.mail.visible import visible_text
from rescind.adapters.statements.counts import Counts
from rescind.app import confined
from rescind.app.confined import ReadingLimits, parent, wire
from rescind.app.confined.mail import read_mail as read_directly
from rescind.app.confined.readers import READERS, reader
from rescind.app.find import finding
from rescind.app.follow.reading import read_mail
from rescind.core.errors import BadInput
from rescind.core.follow.message_bytes import message_fault
from rescind.core.model.message import Label
from tests.confined.hostile import message

NOW = datetime(2026, 11, 28, tzinfo=UTC)
HEAD = b"From: desk@merchant.example\r\nSubject: Hello\r\n\r\n"
HTML = HEAD.replace(b"\r\n\r\n", b"\r\nContent-Type: text/html\r\n\r\n")
SMALL = ReadingLimits(seconds=10, memory=400_000_000)
SHEET = """<?xml version="1.0"?><worksheet
xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row>
<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"""
BOOK = """<?xml version="1.0"?><workbook
xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"""
ROOT = """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Id="rId1" Target="xl/workbook.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""
TYPES = """<?xml version="1.0"?><Types
xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""
RELATIONS = """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Id="rId1" Target="worksheets/sheet1.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
</Relationships>"""


def far_cell(corner: str = "XFD1048576") -> bytes:
    """Return a workbook of a kilobyte with one cell in its last corner."""
    sheet = SHEET.replace("XFD1048576", corner)
    sheet = sheet.replace("1048576", corner.lstrip(ascii_uppercase))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return target.getvalue()


def test_a_workbook_with_a_far_cell_is_told_and_the_next_file_is_read() -> None:
    with pytest.raises(BadInput, match="too much"):
        finding.read_content("far.xlsx", far_cell(), {})

    good = b"Date,Description,Amount\n2026-01-02,Lumen,-9.99\n2026-02-02,Lumen,-9.99\n"
    assert finding.read_content("a.csv", good, {}).entries.height == 2


def pages(count: int) -> bytes:
    """Return a PDF with so many empty pages."""
    document = PdfDocument.new()
    for _ in range(count):
        document.new_page(200, 200)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.xlsx", far_cell("Z100"), "has 2,600 cells, and 2,599 at most are read"),
        ("a.pdf", pages(4), "has 4 pages, and 3 at most are read"),
    ],
)
def test_what_has_too_many_cells_or_pages_is_refused_whole(
    name: str, content: bytes, what: str
) -> None:
    few = replace(SMALL, counts=Counts(cells=2_599, pages=3))
    enough = replace(SMALL, counts=Counts(cells=2_600, pages=4))

    for limits, words in ((few, what), (enough, "no sheet has|has no text")):
        with pytest.raises(BadInput, match=words):
            confined.run("file", limits, "statement", name, content, {})


def test_whoever_takes_too_long_is_ended() -> None:
    begun = time.monotonic()

    with pytest.raises(BadInput, match="too much") as caught:
        confined.run(
            "mail", ReadingLimits(seconds=0.0, memory=10**9), "message", HEAD, "1", ""
        )

    assert caught.value.field == "mail"
    assert time.monotonic() - begun < 30


def test_two_files_are_read_at_once_and_one_that_hangs_holds_nobody(
    tmp_path: Path,
) -> None:
    """A pipe that nobody writes to never ends."""
    pipe, told = tmp_path / "pipe", []
    os.mkfifo(pipe)

    def hang() -> None:
        with pytest.raises(BadInput, match="too much"):
            confined.run(
                "file",
                ReadingLimits(seconds=12, memory=10**9),
                "statement_file",
                pipe,
                "p",
                {},
            )
        told.append("ended")

    thread = threading.Thread(target=hang)
    thread.start()
    parsed, _ = read_mail(HEAD + b"Hello", "1")
    assert parsed.subject == "Hello"
    assert told == []
    thread.join()
    assert told == ["ended"]


def test_a_reader_is_asked_by_name_alone() -> None:
    assert all(callable(reader(name)) for name in READERS)
    with pytest.raises(KeyError):
        reader("os:system")


def test_an_answer_holds_our_records_and_nothing_that_runs() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    for content in (pickle.dumps(Evil()), pickle.dumps(parent.run)):
        stream = io.BytesIO(struct.pack(">Q", len(content)) + content)
        with pytest.raises(pickle.UnpicklingError, match="nothing that is sent"):
            wire.read(stream, 10**6)
    with pytest.raises(wire.TooMuch):
        wire.read(io.BytesIO(struct.pack(">Q", 10**9)), 10**6)
    with pytest.raises(EOFError):
        wire.read(io.BytesIO(struct.pack(">Q", 10)), 10**6)


BOMBS = {
    "dashes": HEAD + b"-" * 40 + b"\r\n",
    "compounds": HEAD + b"a.b-" * 22_000,
    "tags": HTML + b"<a " * 300_000,
    "comments": HTML + b"<!--" * 100_000,
    "quotes": HTML + b'<a="' * 100_000,
    "nested": HTML + b"<div>" * 100_000,
    "markup": HTML + b'<script type="application/ld+json">' * 30_000,
    "headers": b"X: y\r\n" * 100_000 + b"\r\n",
    "words": b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\n",
    "parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 50_000,
    "deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n)
        for n in range(3000)
    ),
    "on": HEAD + b"On " * 20_000,
    "blanks": HEAD + b" " * 200_000 + b"x",
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_message_holds_the_reader(name: str) -> None:
    """Each took between ten seconds and for ever at some time."""
    begun = time.process_time()
    parsed, _ = read_mail(BOMBS[name], name)
    receipts = finding.receipts_of(BOMBS[name], name)

    assert parsed.text is not None
    assert receipts == []
    assert time.process_time() - begun < 5  # of this process: the reader has a clock


CHARSETS = [
    *("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"),
    *("rot13", "base64", "zip", "utf-7", "mbcs", "x" * 5000, "\udc80", "a\0b", ""),
]


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_that_is_none_is_taken_for_utf8(charset: str) -> None:
    assert decode("Kündigung\0".encode(), charset) == "Kündigung"


def test_a_charset_of_mail_is_read() -> None:
    assert decode("Kündigung".encode("cp1252"), "Windows-1252") == "Kündigung"
    assert decode("解約".encode("iso2022_jp"), '"ISO-2022-JP"') == "解約"
    assert decode("Kündigung".encode("latin-1"), "utf-8") == "Kündigung"


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "unicode_escape"])
def test_a_mail_in_no_charset_is_read_all_the_same(charset: str) -> None:
    raw = (
        f"From: a@b.example\r\nSubject: =?{charset}?q?ended?=\r\n"
        f"Content-Type: text/plain; charset={charset}\r\n\r\n"
        "Your subscription has been cancelled.\0\r\n"
    ).encode()

    parsed = parse_message(raw, "1")

    assert "cancelled" in parsed.text
    assert "\0" not in parsed.text
    assert read_mail(raw, "1")[1].label is Label.CONFIRMED


SEEN = "<p>Please call us.</p>"
STYLES = [
    "display:none",
    "DISPLAY : none !important",
    "visibility:hidden",
    "font-size:0",
    "font-size:1px",
    "opacity:0",
    "color:#fff",
    "color:#FDFDFD",
    "color:rgb(255, 255, 254)",
    "color:white",
    "color:transparent",
    "background:#000;color:#010101",
    "position:absolute;left:-9999px",
    "text-indent:-999em",
    "height:0;overflow:hidden",
    "max-height:0",
    "clip:rect(0,0,0,0)",
]


@pytest.mark.parametrize("style", STYLES)
def test_what_nobody_sees_is_not_read(style: str) -> None:
    hidden = f'<div style="{style}">Your contract has been cancelled.</div>'
    by_class = f"<style>.x {{{style}}}</style><div class='a x'>It has ended.</div>"

    assert visible_text(hidden + SEEN) == "Please call us."
    assert visible_text(by_class + SEEN) == "Please call us."


def test_what_is_seen_is_read() -> None:
    for style in ("color:#333", "background:#000;color:#fff", "font-size:12px"):
        assert "ended" in visible_text(f'<p style="{style}">It has ended.</p>')
    dark = (
        '<table bgcolor="#003366"><tr><td style="color:#fff">Ended.</td></tr></table>'
    )
    assert visible_text(dark) == "Ended."
    assert visible_text('<font color="#ffffff">x</font>') == ""


def test_what_follows_outlooks_mark_is_the_quote() -> None:
    html = '<div><p>New.</p><div id="appendonsend"></div><p>Old</p></div><p>Older</p>'

    assert visible_text(html) == "New."


def test_a_page_of_a_case_shows_what_could_not_be_read(tmp_path: Path) -> None:
    """One message in a folder that hangs is named; those around it are read."""
    from rescind.app.follow.reading import read_all

    (tmp_path / "1.eml").write_bytes(HEAD + b"Hello")
    (tmp_path / "2.eml").write_bytes(BOMBS["tags"])
    (tmp_path / "3.eml").write_bytes(HEAD + b"Your subscription has been cancelled.")

    rows = list(read_all([str(tmp_path)], io.StringIO()))

    assert [row["label"] for row in rows] == ["other", "other", "confirmed"]


BY_ENCODER = 15


def test_random_hostile_mail_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by every function that the inbox, the cases and the pages use on it.

    ``make chaos`` tries 5,000; here no reader's process saves this one. The encoder,
    which reads some ten a second, has its say on the first.
    """
    random = Random(18)
    for number in range(200):
        if number == BY_ENCODER:
            monkeypatch.setattr(opinions, "encoder", lambda: None)
        raw = message(random)
        for read in MAIL_READERS:
            read(raw)
        parsed, reading = read_directly(raw, str(number), "")
        assert "\0" not in parsed.text + parsed.subject + readable_text(raw)
        assert reading.label in Label


def silence(name: str, kind: str) -> DnsAnswer:
    """Answer no question: nobody is asked here."""
    return DnsAnswer(name=name, kind=kind, at=NOW, server="", wire=b"")


MAIL_READERS: tuple[Callable[[bytes], object], ...] = (
    lambda raw: read_directly(raw, "1", ""),
    lambda raw: read_receipts(raw, "1"),
    read_notices,
    attached_message,
    readable_text,
    message_fault,
    lambda raw: authenticate(raw, silence, at=NOW),
)
"""Whatever reads the bytes of a mail that somebody else wrote."""


@pytest.mark.parametrize(
    "what",
    [
        *("elements in elements", "a billion laughs"),
        *("pages in circles", "brackets in brackets"),
    ],
)
def test_a_statement_that_asks_for_too_much_is_answered(what: str) -> None:
    """The others, which take their time, in ``make chaos``."""
    from tests.confined import bombs

    name, make = bombs.STATEMENTS[what]
    with pytest.raises(BadInput):
        finding.read_content(name, make(), {})


@pytest.mark.parametrize(
    "what", ["one stretch many times", "very many names", "a log in brackets"]
)
def test_a_pack_that_asks_for_too_much_is_answered(what: str) -> None:
    from rescind.app.prove.packs import TrustedFiles, verify_upload
    from tests.confined import bombs

    raw = bombs.PACKS[what]()
    try:
        checks = verify_upload(raw, TrustedFiles(contents={}))
    except BadInput:
        return
    assert not all(check.holds for check in checks)
