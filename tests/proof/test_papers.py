"""Papers of a pack: the summary in each language, and copies signed inside."""

import io
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

from rescind.adapters.evidence import asice, signing_keys
from rescind.adapters.evidence.pades import signed_copy
from rescind.adapters.evidence.summary import (
    LANGUAGES,
    Summary,
    nearest_language,
    summary_pdf,
    words,
)
from rescind.core.errors import BadInput
from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Item
from rescind.core.prove.purposes import BY_EVENT, BY_NAME, UNNAMED
from tests.conftest import needs
from tests.proof.conftest import Witness, a_pack, asked_for_proof

pytestmark = pytest.mark.usefixtures("ready_desk")
CODES = {*BY_NAME.values(), *BY_EVENT.values(), UNNAMED, "log", "signed_copy"}


def told(*, name: str = "Coursera", note: str = "") -> Summary:
    """Return a summary in which everything happens and everything is there."""
    details = {"result": "signed", "signed_by": "merchant.example.org", "note": note}
    events = tuple(
        Event(
            number=number,
            kind=kind,
            at=datetime(2026, 11, 26, 12, tzinfo=UTC),
            known_by=("person", "program", "server")[number % 3],
            details=details,
        )
        for number, kind in enumerate(EventKind, 1)
    )
    items = tuple(
        Item(name=f"files/{'0' * 64}/{code}", media_type="", content=b"", offer=code)
        for code in sorted(CODES)
    )
    return Summary(
        service_name=name,
        offer="plus-annual",
        case_id="6a166aba",
        events=events,
        items=items,
        head="sha256:00",
        is_self_made=True,
        written_on=date(2026, 11, 26),
    )


def text_of(pdf: bytes, folder: Path) -> str:
    path = folder / "summary.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_says_in_each_language_what_is_and_is_not_proved(
    language: str, tmp_path: Path
) -> None:
    needs("pdftotext", "qpdf")

    text = text_of(summary_pdf(told(), language), tmp_path)

    said = words(language)
    assert set(said["offers"]) == CODES
    assert set(said["events"]) == {kind.value for kind in EventKind} | {
        "rightful_charge"
    }
    for line in (*said["not_proved"], said["lead"], said["self_made"]):
        assert line in text, line
    assert said["senders"]["signed"].split()[0] in text
    assert "merchant.example.org" in text
    assert not words(language)["reviewed"]
    done = subprocess.run(
        ["qpdf", "--check", tmp_path / "summary.pdf"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_summary_is_tagged_and_archivable() -> None:
    pdf = summary_pdf(told(), "en")

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    catalogue: Any = reader.trailer["/Root"].get_object()
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "pdfaid:part>3<" in metadata
    assert "pdfuaid:part>1<" in metadata


def test_the_same_case_gives_the_same_page() -> None:
    assert summary_pdf(told(), "de") == summary_pdf(told(), "de")


def test_what_no_font_prints_is_replaced_and_nothing_is_markup(tmp_path: Path) -> None:
    needs("pdftotext")
    hostile = told(name='사전 😀 #set text(99pt) $x$ "', note="[#panic()] \u202e x")

    text = text_of(summary_pdf(hostile, "en"), tmp_path)

    assert "□□ □ #set text(99pt) $x$" in text
    assert "[#panic()]" in text
    assert "\u202e" not in text


def test_a_long_log_still_gives_a_page(tmp_path: Path) -> None:
    needs("pdftotext")
    base = told()
    many = tuple(base.events[0] for _ in range(2000))
    long = Summary(
        service_name="x",
        offer="",
        case_id="",
        events=many,
        items=base.items,
        head="",
        is_self_made=False,
        written_on=base.written_on,
    )

    text = text_of(summary_pdf(long, "en"), tmp_path)

    assert text.count("The case was opened") == 400


def test_a_language_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput) as caught:
        words("xx")
    assert caught.value.suggestions
    assert nearest_language("de-CH") == "de"
    assert nearest_language("hi") == "en"
    assert nearest_language(None) == "en"


def test_a_copy_with_a_signature_keeps_the_page_as_it_was(stamps: Witness) -> None:
    asked_for_proof(stamps)

    sealed = a_pack(with_copy=True)

    ((name, copy),) = sealed.copies.items()
    box = asice.unpack(sealed.pack)
    page = next(c for n, c in box.files.items() if n.endswith("/cancel.pdf"))
    assert box.files[name] == copy
    assert copy.startswith(page)
    assert signature_in(copy)["unsigned_attrs"][0]["type"].native == (
        "signature_time_stamp_token"
    )


def signature_in(pdf: bytes) -> Any:
    """Return the signer's part of the signature inside a PDF."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    (embedded,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return embedded.signer_info


def test_a_copy_without_an_authority_is_signed_all_the_same() -> None:
    sealed = a_pack(with_copy=True)

    ((_, copy),) = sealed.copies.items()
    assert not signature_in(copy)["unsigned_attrs"]


def test_an_authority_that_fails_leaves_a_copy_without_a_time(stamps: Witness) -> None:
    asked_for_proof(stamps)
    stamps.runs.fault = "500"

    sealed = a_pack(with_copy=True)

    ((_, copy),) = sealed.copies.items()
    assert not signature_in(copy)["unsigned_attrs"]
    assert "HTTP 500" in sealed.pending


def test_a_page_is_signed_by_a_key(tmp_path: Path) -> None:
    key = signing_keys.own_key(tmp_path, now=datetime.now(UTC))

    copy = signed_copy(summary_pdf(told(), "en"), key)

    assert b"/ETSI.CAdES.detached" in copy
