"""Letters as they are written: the words, the page, and hostile text in both.

The golden files change only through ``make golden``; the difference is read.
"""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from rescind.adapters.mail.compose import build_message, readable_text
from rescind.app.act import letters
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter
from tests.conftest import FACTS, SENDER, find_program, needs

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"
TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
CASES: dict[str, dict[str, Any]] = {
    "cancel-en-plus-monthly": {},
    "cancel-en-paypal-undated": {"channel": "paypal", "purchased_at": None},
    "cancel-en-course-us": {"offer": "course", "country": "US"},
}


def written(
    facts: dict[str, Any], sender: dict[str, Any] | None = None
) -> letters.Written:
    return letters.write(FACTS | facts, SENDER | (sender or {}), now=TODAY)


def write(facts: dict[str, Any], sender: dict[str, Any] | None = None) -> Letter:
    return written(facts, sender).letter


@pytest.mark.parametrize("name", CASES)
def test_the_letter_reads_as_it_did(name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    text = as_text(write(CASES[name]))
    if os.environ.get("RESCIND_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


def test_the_same_letter_gives_the_same_bytes() -> None:
    first = letters.renderer().pdf(write({}))
    second = letters.renderer().pdf(write({}))

    assert first == second


def test_the_pdf_holds_the_words_a_title_and_a_language(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(write({})))

    reader = PdfReader(path)

    words = " ".join(reader.pages[0].extract_text().split())
    assert "I am cancelling my contract with Coursera" in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Cancellation: Coursera Plus, monthly"
    root: Any = reader.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_qpdf_finds_no_error(tmp_path: Path) -> None:
    needs("qpdf")
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(write({})))

    done = subprocess.run(
        [str(find_program("qpdf")), "--check", path], capture_output=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_the_paper_follows_the_country() -> None:
    from rescind.adapters.typst import page_data

    american = write({}, {"country": "US"})

    assert json.loads(page_data(american))["layout"]["paper"] == "us-letter"
    assert json.loads(page_data(write({})))["layout"]["paper"] == "a4"


def test_the_preview_is_a_picture_of_the_page() -> None:
    assert letters.renderer().picture(write({})).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name",
    ["#set text(red)", "*bold* _x_ $1$", "<script>alert(1)</script>", "@a\\b`c`"],
)
def test_markup_in_a_name_comes_out_as_typed(name: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(write({}, {"name": name})))

    assert name in PdfReader(path).pages[0].extract_text()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Ada\nBcc: evil@example.org"),
        ("name", "Ada \u202elived\u202c"),
        ("name", "Ada\x00"),
        ("name", "A" * 10_000),
        ("name", ["a", "list"]),
        ("name", None),
        ("email", "ada@home.example.org\r\nBcc: evil@example.org"),
        ("email", "not an address"),
        ("email", "ada@münchen.example"),
        ("email", "adä@home.example.org"),
        ("address", ["line"] * 9),
        ("address", 7),
        ("card_last4", "4242424242424242"),
    ],
)
def test_what_could_forge_a_letter_is_refused_by_its_field(
    field: str, value: object
) -> None:
    with pytest.raises(BadInput) as caught:
        write({}, {field: value})

    assert caught.value.field == field


@pytest.mark.parametrize("name", ["สมชาย", "Ada 😀", "محمد", "김철수"])
def test_a_character_without_a_glyph_is_told_not_boxed(name: str) -> None:
    with pytest.raises(BadInput, match="a letter cannot print") as caught:
        write({}, {"name": name})

    assert caught.value.field == "name"


@pytest.mark.parametrize(
    "address",
    [
        "12 St James's Square\nLondon SW1Y 4JH",
        {"street": "12 St James's Square", "city": "London SW1Y 4JH"},
        None,
    ],
)
def test_an_address_may_come_in_several_shapes(address: object) -> None:
    flat = {"street": "12 St James's Square", "city": "London SW1Y 4JH"}
    letter = write({}, {"address": address} | ({} if address else flat))

    assert letter.sender.address == ("12 St James's Square", "London SW1Y 4JH")


def test_a_sender_from_an_address_book_is_understood() -> None:
    sender = {
        "full_name": "Ada Lovelace",
        "address_lines": ["12 St James's Square", "London"],
        "mail": "ada@home.example.org",
    }

    letter = letters.write(FACTS, sender, now=TODAY).letter

    assert letter.sender.name == "Ada Lovelace"
    assert letter.sender.address == ("12 St James's Square", "London")
    assert letter.sender.email == "ada@home.example.org"


def mail(plan: str) -> bytes:
    final = letters.printed(written({}, {"plan": plan}))
    return build_message(
        final, to="a@b.org", message_id="<1@x.invalid>", at=TODAY
    ).as_bytes()


def test_an_encoded_word_in_a_name_adds_no_header() -> None:
    raw = mail("=?utf-8?q?x=0ABcc=3A_evil=40e.example?=")

    head = raw.split(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head


def test_a_mail_without_a_sender_is_refused() -> None:
    letter = written({}, {"email": None})

    with pytest.raises(BadInput, match="needed for a mail"):
        build_message(
            letters.printed(letter), to="a@b.org", message_id="<1@x>", at=TODAY
        )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"Subject: yes\n\nIt is done.\n", "It is done."),
        (b"Content-Type: text/html\n\n<b>x</b>", "no plain text"),
        (b"Content-Type: text/plain; charset=klingon\n\ncaf\xc3\xa9", "caf"),
        (b"Content-Transfer-Encoding: quoted-printable\n\na=3Db", "a=b"),
        (b"", ""),
    ],
)
def test_a_received_message_is_read_as_far_as_it_can_be(raw: bytes, words: str) -> None:
    assert words in readable_text(raw)


def test_deeply_nested_parts_do_no_harm() -> None:
    part = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n"

    assert isinstance(readable_text(part * 3000), str)
