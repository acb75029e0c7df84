"""Typst lays letters out as tagged, archivable PDF (PDF/A-3a and PDF/UA-1)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from unicodedata import east_asian_width

import segno
import typst

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.fonts import fonts
from rescind.adapters.data.layouts import find_layout
from rescind.adapters.public.letter import letter_json, page_digest
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter

TEMPLATE = SHIPPED / "layouts" / "letter.typ"
LINE = 85
"""Characters that fit on a line of the letter, about."""
LINES_OF_A_PAGE = 32
"""Below this a letter is certain to fit on its first page."""
STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]


class TypstRenderer:
    """Renders letters; one compiler a thread."""

    def __init__(self) -> None:
        """Keep a place for each thread's compiler."""
        self._local = threading.local()

    def pdf(self, letter: Letter) -> bytes:
        """Return the letter as PDF; the same letter gives the same bytes.

        Raises BadInput when the page cannot be laid out.
        """
        day = letter.written_on
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        inputs = {"data": page_data(letter)}
        with self._compiler() as compiler:
            pdf = compiler.compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARDS,
                timestamp=noon,
            )
        assert isinstance(pdf, bytes)  # noqa: S101 - one file for a PDF
        return pdf

    def picture(self, letter: Letter) -> bytes:
        """Return the first page as PNG."""
        inputs = {"data": page_data(letter)}
        with self._compiler() as compiler:
            png = compiler.compile(format="png", ppi=110, sys_inputs=inputs)
        page = png[0] if isinstance(png, list) else png
        assert isinstance(page, bytes)  # noqa: S101 - a page is bytes
        return page

    @contextmanager
    def _compiler(self) -> Iterator[typst.Compiler]:
        """Lend the thread's compiler; one that stopped half way is thrown away.

        Raises BadInput for what it cannot lay out.
        """
        if not hasattr(self._local, "compiler"):
            self._local.compiler = typst.Compiler(str(TEMPLATE), font_paths=fonts())
        try:
            yield self._local.compiler
        except typst.TypstError as error:
            raise BadInput("letter", f"cannot be printed: {error}") from error
        except BaseException as error:
            del self._local.compiler
            # the library raises a panic of the typesetter under no type of its own
            if type(error).__name__ != "PanicException":
                raise
            message = "cannot be printed: it stopped the typesetter"
            raise BadInput("letter", message) from error


def page_data(letter: Letter) -> str:
    """Return the letter as the template's JSON."""
    sender, page = letter.sender, letter.page
    digest = page_digest(letter)
    layout = find_layout(page.layout, sender.country)
    data = {
        "layout": {name: layout.get(name) for name in _LAYOUT_PARTS},
        "language": letter.language.split("-")[0],
        "region": page.region or None,
        "sender": sender.name,
        "sender_lines": sender.lines,
        "return_line": ", ".join((sender.name, *sender.address)),
        "recipient_lines": letter.recipient.lines,
        "written_on": letter.written_on_text,
        "year": letter.written_on.year,
        "month": letter.written_on.month,
        "day": letter.written_on.day,
        "subject": letter.subject,
        "salutation": letter.salutation,
        "references": letter.references,
        "colon": letter.colon,
        "paragraphs": [paragraph.text for paragraph in letter.paragraphs],
        "closing": letter.closing,
        "is_long": _line_count(letter) > LINES_OF_A_PAGE,
        "page_word": page.page_word,
        "data_word": page.data_word,
        "signature": list(page.signature) if page.signature else None,
        "typed": page.typed,
        "digest": digest,
        "digest_code": digest_code(digest) if page.with_code else None,
        "data": letter_json(letter),
    }
    return json.dumps(data, ensure_ascii=False)


def _line_count(letter: Letter) -> int:
    """Return about how many lines a letter fills, rather too many than too few."""
    texts = [paragraph.text for paragraph in letter.paragraphs]
    widths = [sum(1 + (east_asian_width(c) in "WF") for c in text) for text in texts]
    lines = sum(width // LINE + 2 for width in widths)
    return lines + len(letter.references)


_LAYOUT_PARTS = ("paper", "field", "return_line", "date", "body", "folds", "hole")


def digest_code(digest: str) -> str:
    """Return a QR code of a digest as SVG (ISO/IEC 18004)."""
    code: str = segno.make(digest, error="m").svg_inline(border=0)
    return code.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
