"""The page: what a window shows, what the file carries, how it is signed."""

import json
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from rescind.adapters.data.layouts import find_layout, layouts
from rescind.adapters.data.printable import unprintable
from rescind.adapters.public.letter import letter_json, page_digest
from rescind.adapters.typst import page_data
from rescind.app.act import letters
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter
from rescind.core.prove.digest import digest
from tests.conftest import find_program, needs
from tests.letters.scenarios import NOW, PLACES, all_letters, written

POINT = 25.4 / 72
PAPER = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}
ENVELOPES = [name for name, layout in layouts().items() if "envelope" in layout]
SENDER = {
    "name": "Ada Lovelace",
    "email": "ada@home.example.org",
    "address": ["12 St James's Square", "London SW1Y 4JH"],
    "country": "GB",
    "card_last4": "4242",
}
FACTS = {
    "service": "coursera",
    "offer": "plus-annual",
    "channel": "web",
    "country": "GB",
    "purchased_at": "2026-11-10",
    "as_of": "2026-11-20",
}


def make(**wanted: Any) -> letters.Written:
    return letters.write(FACTS, SENDER, letters.Wanted(**wanted), now=NOW)


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_on(pdf: bytes, tmp_path: Path) -> list[Word]:
    """Return the words of the first page and where they stand, in millimetres."""
    needs("pdftotext")
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    program = str(find_program("pdftotext"))
    done = subprocess.run(
        [program, "-bbox", "-l", "1", path, "-"], capture_output=True, check=True
    )
    pattern = r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>'
    return [
        Word(text, *(float(n) * POINT for n in numbers))
        for *numbers, text in re.findall(pattern, done.stdout.decode())
    ]


def in_window(layout: Any, word: Word) -> Iterator[tuple[bool, bool]]:
    """Yield, for each way the sheet can lie, if a word shows whole, or at all."""
    envelope, window = layout["envelope"], layout["envelope"]["window"]
    width, height = PAPER[layout["paper"]]
    edges = [0.0, *layout["folds"], height]
    panels = [b - a for a, b in pairwise(edges)]
    lowered = max(panels) - panels[0]
    for across in (0.0, envelope["width"] - width):
        for down in (0.0, envelope["height"] - max(panels)):
            left, right = word.left + across, word.right + across
            top, bottom = word.top + down + lowered, word.bottom + down + lowered
            whole = (
                window["x"] <= left
                and right <= window["x"] + window["width"]
                and window["y"] <= top
                and bottom <= window["y"] + window["height"]
            )
            at_all = (
                window["x"] < right
                and left < window["x"] + window["width"]
                and window["y"] < bottom
                and top < window["y"] + window["height"]
                and word.bottom <= layout["folds"][0]
            )
            yield whole, at_all


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_window_shows_the_address_and_nothing_else(
    name: str, tmp_path: Path
) -> None:
    letter = make(layout=name).letter
    longest = (
        "Coursera Europe B.V.",
        "Attn. Kundenbetreuung",
        *letter.recipient.lines[1:],
    )
    letter = replace(letter, recipient=replace(letter.recipient, lines=longest))
    layout = layouts()[name]
    words = words_on(letters.renderer().pdf(letter), tmp_path)

    field = layout["field"]
    top, bottom = field["y"] - 1, field["y"] + field["height"] + 1
    address = [
        w
        for w in words
        if field["x"] - 1 <= w.left <= field["x"] + field["width"]
        and top <= w.top <= bottom
    ]
    assert " ".join(w.text for w in address) == " ".join(longest)
    for word in address:
        assert all(whole for whole, _ in in_window(layout, word)), word
    own_line = layout.get("return_line", 1000.0)
    for word in words:
        is_return_line = own_line - 1 < word.top < own_line + 3
        if word not in address and not is_return_line:
            assert not any(at_all for _, at_all in in_window(layout, word)), word


@pytest.mark.parametrize(
    ("country", "layout"),
    [
        *(
            ("DE", "din-5008-b"),
            ("US", "us-10"),
            ("GB", "uk-dl"),
            ("FR", "nf-z-11-001"),
        ),
        *(
            ("CH", "ch-right"),
            ("SE", "se-e65"),
            ("JP", "jp-long-3"),
            ("MX", "plain-letter"),
        ),
        *(("NZ", "din-5008-b"), (None, "din-5008-b"), ("US-CA", "us-10")),
    ],
)
def test_a_country_has_its_envelope(country: str | None, layout: str) -> None:
    assert find_layout(None, country)["id"] == layout


def test_an_unknown_layout_is_told_with_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        find_layout("din5008b", "DE")

    assert (caught.value.field, caught.value.suggestions[0]) == ("layout", "din-5008-b")


@pytest.mark.parametrize(("kind", "language"), list(all_letters()))
def test_every_letter_prints_on_one_page(kind: str, language: str) -> None:
    """PDF/A refuses what has no glyph: nothing can fall back to boxes."""
    pdf = letters.renderer().pdf(written(kind, language).letter)

    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") <= 1


def attached(pdf: bytes, tmp_path: Path) -> dict[str, list[bytes]]:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    return dict(PdfReader(path).attachments)


def test_the_letter_as_data_is_inside_and_its_digest_is_on_the_page(
    tmp_path: Path,
) -> None:
    letter = make(with_code=True).letter
    inside = attached(letters.renderer().pdf(letter), tmp_path)["letter.json"][0]
    data = json.loads(inside)

    assert inside.decode() == letter_json(letter)
    assert page_digest(letter) == digest(inside)
    assert data["format"] == "rescind-letter/1"
    assert data["recipient"]["lines"][0] == "Coursera Europe B.V."
    clauses = {clause["id"]: clause for clause in data["clauses"]}
    assert clauses["declare"]["rests_on"][0]["id"] == "C16-terms"
    assert [clause["text"] for clause in data["clauses"]] == [
        paragraph.text for paragraph in letter.paragraphs
    ]


def test_the_code_holds_the_digest(tmp_path: Path) -> None:
    """Read back by another program's decoder: zbar, from Debian."""
    needs("zbarimg")
    # a letter of one page: the code stands on its last
    letter = make(kind="erase", with_code=True).letter
    path = tmp_path / "page.png"
    path.write_bytes(letters.renderer().picture(letter))

    done = subprocess.run(
        [str(find_program("zbarimg")), "--quiet", "--raw", path],
        capture_output=True,
        check=True,
    )

    assert done.stdout.decode().strip() == page_digest(letter)


def a_png(width: int, height: int) -> bytes:
    """Return a black rectangle (PNG, sections 5 and 11)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\0" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_a_drawn_signature_is_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(make(signature=a_png(200, 60)).letter))

    assert len(PdfReader(path).pages[0].images) == 1


def test_a_typed_signature_repeats_the_name(tmp_path: Path) -> None:
    pdf = letters.renderer().pdf(make(typed=True).letter)
    plain = letters.renderer().pdf(make().letter)

    names = [w for w in words_on(pdf, tmp_path) if w.text == "Lovelace"]
    assert (
        len(names)
        == len([w for w in words_on(plain, tmp_path) if w.text == "Lovelace"]) + 1
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        a_png(5000, 1),
        a_png(2, 2) + b"\0" * 300_000,
    ],
)
def test_what_is_no_small_picture_is_no_signature(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        make(signature=content)

    assert caught.value.field == "signature"


def test_a_broken_picture_is_told() -> None:
    broken = a_png(20, 20)[:24] + b"\xff" * 40
    with pytest.raises(BadInput, match="cannot be printed"):
        letters.renderer().pdf(make(signature=broken).letter)


@pytest.mark.parametrize(("kind", "language"), [("cancel", name) for name in PLACES])
def test_the_page_says_its_language_and_its_title(
    kind: str, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    letter = written(kind, language).letter
    path.write_bytes(letters.renderer().pdf(letter))
    root: Any = PdfReader(path).root_object

    assert str(root["/Lang"]).split("-")[0] == language.split("-", maxsplit=1)[0]
    assert root["/MarkInfo"]["/Marked"]
    assert PdfReader(path).metadata.title == letter.subject  # type: ignore[union-attr]  # UA wants one


def test_a_long_reason_goes_on_to_a_second_page(tmp_path: Path) -> None:
    reason = "\n".join(["I have asked three times and was told nothing." * 2] * 20)
    letter = letters.write(FACTS | {"reason": reason}, SENDER, now=NOW).letter
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(letter))

    pages = PdfReader(path).pages
    assert len(pages) == 2
    assert "Page 2 / 2" in " ".join(pages[1].extract_text().split())


def test_every_shared_glyph_of_the_languages_can_be_printed() -> None:
    assert (
        unprintable("Ελληνικά हिन्दी 日本語 Čeština Łódź São – — … „“ « » ₹ € £ ¥") == []
    )
    assert unprintable("😀 ไทย 한국") != []


def test_letters_of_another_language_are_glossed() -> None:
    made = written("withdraw", "de")

    pairs = letters.gloss(made, "en-GB")

    assert pairs[0] == (
        "Widerruf: Nordstern Plus",
        "Notice of cancellation of contract: Nordstern Plus",
    )
    assert pairs[1][1].startswith("I hereby give notice that I cancel")
    assert len(pairs) == len(made.letter.paragraphs) + 1


def test_a_kind_not_written_in_the_readers_language_is_glossed_in_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "languages", lambda _: ("de", "en"))
    pairs = letters.gloss(written("complaint", "de"), "nl")

    assert pairs[0][1] == "Complaint about Nordstern Media"


def test_a_gloss_in_no_language_is_told() -> None:
    with pytest.raises(BadInput) as caught:
        letters.gloss(written("cancel", "de"), "tlh")

    assert caught.value.field == "lang"


def letter_for(country: str, merchant_country: str) -> Letter:
    facts = {"service": "coursera", "country": merchant_country}
    return letters.write(facts, SENDER | {"country": country}, now=NOW).letter


def test_abroad_the_country_stands_in_capitals_in_the_letters_language() -> None:
    assert letter_for("DE", "DE").recipient.lines[-1] == "NETHERLANDS"
    assert letter_for("FR", "US").recipient.lines[-1] == "UNITED STATES"
    assert letter_for("IN", "IN").recipient.lines[-1] == "UNITED STATES"
    assert letter_for("US", "US").recipient.lines[-1] == "Mountain View, CA 94040"
    assert letter_for("NL", "NL").recipient.lines[-1] == "1118 BG Schiphol"


def test_parts_of_an_address_stand_as_its_country_orders_them() -> None:
    sender = {
        "name": "Ada",
        "street": "Hauptstr. 1",
        "postal_code": "10115",
        "city": "Berlin",
    }
    german = letters.write(FACTS, sender | {"country": "DE"}, now=NOW).letter
    japanese = {
        "street": "丸の内1-1",
        "postal_code": "100-0005",
        "city": "千代田区",
        "state": "東京都",
    }
    tokyo = letters.write(
        FACTS, {"name": "花子", "country": "JP", "address": japanese}, now=NOW
    )

    assert german.sender.address == ("Hauptstr. 1", "10115 BERLIN")
    assert tokyo.letter.sender.address[0] == "〒100-0005"


@pytest.mark.parametrize("text", ["x", "word " * 17, "word " * 60])
@pytest.mark.parametrize("language", ["de", "ja"])
def test_a_letter_that_needs_two_pages_counts_them(
    language: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    for count in range(1, min(20, 1900 // len(text))):
        letter = written("cancel", language, reason="\n".join([text] * count)).letter
        letter = replace(letter, page=replace(letter.page, layout="ch-right"))
        path.write_bytes(letters.renderer().pdf(letter))
        pages = len(PdfReader(path).pages)
        assert pages == 1 or json.loads(page_data(letter))["is_long"]


@pytest.mark.parametrize("language", ["de", "el", "hi", "ja"])
def test_every_font_is_inside_with_its_characters(
    language: str, tmp_path: Path
) -> None:
    """By poppler: embedded, and mapped to Unicode (ISO 19005-3, 6.2.11)."""
    needs("pdffonts")
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(written("cancel", language).letter))

    done = subprocess.run(
        [str(find_program("pdffonts")), path], capture_output=True, check=True
    )

    rows = done.stdout.decode().splitlines()[2:]
    assert rows
    for row in rows:
        embedded, _, unicode = row.split()[-5:-2]
        assert (embedded, unicode) == ("yes", "yes"), row


def test_the_data_inside_is_an_associated_file(tmp_path: Path) -> None:
    """As PDF/A-3 wants it: named by the document, with what it is to it."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters.renderer().pdf(make().letter))
    root: Any = PdfReader(path).root_object

    associated = [item.get_object() for item in root["/AF"]]
    assert [str(item["/AFRelationship"]) for item in associated] == ["/Data"]
    assert str(associated[0]["/UF"]) == "letter.json"


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import hashlib, sys; from tests.letters.scenarios import written;"
        "from rescind.app.act import letters;"
        "pdf = letters.renderer().pdf(written('withdraw', 'ja').letter);"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(found) == 1
