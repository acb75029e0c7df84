"""Typst lays letters out as tagged, archivable PDF (PDF/A-3a and PDF/UA-1)."""

import json
import threading
from datetime import UTC, datetime
from functools import cache

import typst

from rescind.adapters.catalogue import SHIPPED
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter

TEMPLATE = SHIPPED / "layouts" / "letter.typ"
STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
"""Countries whose everyday sheet is US Letter."""


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts inside the package: the same bytes on every machine."""
    return typst.Fonts(include_system_fonts=False)


class TypstRenderer:
    """Renders letters; one compiler a thread."""

    def __init__(self) -> None:
        """Keep a place for each thread's compiler."""
        self._local = threading.local()

    def pdf(self, letter: Letter) -> bytes:
        """Return the letter as PDF; the same letter gives the same bytes.

        Raises BadInput when a character has no glyph in the bundled fonts.
        """
        noon = datetime(
            letter.written_on.year,
            letter.written_on.month,
            letter.written_on.day,
            12,
            tzinfo=UTC,
        )
        try:
            pdf = self._compiler().compile(
                format="pdf",
                sys_inputs={"data": page_data(letter)},
                pdf_standards=STANDARDS,
                timestamp=noon,
            )
        except typst.TypstError as error:
            raise BadInput("letter", f"cannot be printed: {error}") from error
        assert isinstance(pdf, bytes)  # noqa: S101 - one file for a PDF
        return pdf

    def picture(self, letter: Letter) -> bytes:
        """Return the first page as PNG."""
        png = self._compiler().compile(
            format="png", ppi=110, sys_inputs={"data": page_data(letter)}
        )
        page = png[0] if isinstance(png, list) else png
        assert isinstance(page, bytes)  # noqa: S101 - a page is bytes
        return page

    def _compiler(self) -> typst.Compiler:
        if not hasattr(self._local, "compiler"):
            self._local.compiler = typst.Compiler(str(TEMPLATE), font_paths=_fonts())
        compiler: typst.Compiler = self._local.compiler
        return compiler


def page_data(letter: Letter) -> str:
    """Return the letter as the template's JSON."""
    sender = letter.sender
    return json.dumps(
        {
            "paper": "us-letter" if sender.country in LETTER_PAPER else "a4",
            "language": letter.language,
            "sender": sender.name,
            "sender_lines": sender.lines,
            "recipient_lines": letter.recipient.lines,
            "written_on": letter.written_on_text,
            "year": letter.written_on.year,
            "month": letter.written_on.month,
            "day": letter.written_on.day,
            "subject": letter.subject,
            "salutation": letter.salutation,
            "references": letter.references,
            "paragraphs": [paragraph.text for paragraph in letter.paragraphs],
            "closing": letter.closing,
        },
        ensure_ascii=False,
    )
