"""Files that ask for far more than they hold, one for each way to do so."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.confined.test_confined import far_cell

CAMT = (
    b'<?xml version="1.0"?>%s<Document '
    b'xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">%s</Document>'
)


def _pack(*entries: tuple[str, bytes]) -> bytes:
    """Return a container as packs are: its type first, nothing compressed."""
    kind = ("mimetype", b"application/vnd.etsi.asic-e+zip")
    return _archive(kind, *entries, how=zipfile.ZIP_STORED)


def _archive(*entries: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def overlapping(count: int = 3_000, size: int = 1_000_000) -> bytes:
    """Return a ZIP whose entries are all one and the same stretch of bytes."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(b"\0" * size) + squeezer.flush()
    check = zlib.crc32(b"\0" * size)
    fixed = (20, 0, 8, 0, 0, check, len(packed), size, 1, 0)
    one = struct.pack("<4s5H3I2H", b"PK\3\4", *fixed) + b"a" + packed
    row = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *fixed, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(row) * count, len(one), 0
    )
    return one + row * count + end


def many_names(count: int = 60_000) -> bytes:
    """Return a ZIP of very many empty files."""
    return _archive(*((f"files/{n}", b"") for n in range(count)))


def lying_about_size() -> bytes:
    """Return a ZIP whose entry says that it is small, and is not."""
    raw = bytearray(_archive(("log.json", b"\0" * 300_000_000)))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = raw.index(mark) + place
        raw[at : at + 4] = struct.pack("<I", 100)
    return bytes(raw)


def pdf_stream(size: int = 700_000_000) -> bytes:
    """Return a PDF of some hundred kilobytes whose one page unpacks to this."""
    squeezer = zlib.compressobj(9)
    piece = b"0 0 m " * 100_000
    packed = b"".join(squeezer.compress(piece) for _ in range(size // len(piece)))
    packed += squeezer.flush()
    head = b"<</Length %d/Filter/FlateDecode>>" % len(packed)
    return _pdf(PAGES, _page(b"200 200"), head + b"stream\n" + packed + b"\nendstream")


def pdf_page(side: int = 2_000_000) -> bytes:
    """Return a PDF with a page the size of a town."""
    empty = b"<</Length 0>>stream\n\nendstream"
    return _pdf(PAGES, _page(b"%d %d" % (side, side)), empty)


def pdf_in_circles() -> bytes:
    """Return a PDF whose tree of pages leads back to itself."""
    return _pdf(b"<</Type/Pages/Count 100000000/Kids[2 0 R 2 0 R]>>")


PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def _page(corner: bytes) -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R>>" % corner


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 2 on, with a sound table."""
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", *objects), 1):
        places.append(len(content))
        content += b"%d 0 obj" % number + each + b"endobj\n"
    size, start = len(places) + 1, len(content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + rows
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return content + table + end


def entities() -> bytes:
    """Return a camt.053 of a billion laughs."""
    rows = [b'<!ENTITY a0 "ha">']
    rows += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return CAMT % (b"<!DOCTYPE x [" + b"".join(rows) + b"]>", b"&a9;")


STATEMENTS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "a far cell": ("a.xlsx", far_cell),
    "a workbook of one stretch": ("b.xlsx", overlapping),
    "a page that unpacks without end": ("a.pdf", pdf_stream),
    "a page like a town": ("b.pdf", pdf_page),
    "pages in circles": ("c.pdf", pdf_in_circles),
    "a billion laughs": ("a.xml", entities),
    "elements in elements": (
        "b.xml",
        lambda: CAMT % (b"", b"<A>" * 300_000 + b"</A>" * 300_000),
    ),
    "an attribute without end": (
        "c.xml",
        lambda: CAMT % (b"", b'<A x="' + b"y" * 20_000_000 + b'"/>'),
    ),
    "brackets in brackets": ("a.json", lambda: b"[" * 3_000_000),
    "objects in objects": ("b.json", lambda: b'{"a":' * 500_000),
    "a number without end": ("c.json", lambda: b"[" + b"9" * 5_000_000 + b"]"),
    "a row without end": ("a.csv", lambda: b"Date,Amount\n" + b"x," * 8_000_000),
    "a quote that stays open": (
        "b.csv",
        lambda: b'Date,Description,Amount\n2026-01-02,"' + b"a\n" * 5_000_000,
    ),
    "a million empty rows": ("c.csv", lambda: b"Date,Amount\n" + b",\n" * 1_000_000),
    "tags in tags": ("a.ofx", lambda: b"OFXHEADER:100\n<OFX>" + b"<A>" * 800_000),
    "a tag of a mile": ("a.sta", lambda: b":20:A\n:61:" + b"9" * 9_000_000),
    "blanks": ("b.sta", lambda: b":20:A\n:86:" + b" " * 4_000_000 + b"x"),
    "lines": ("a.qif", lambda: b"!Type:Bank\n" + b"D1/1'26\n" * 1_500_000),
}
"""Names of files, and what makes their bytes, by what is odd about them."""

PACKS: Mapping[str, Callable[[], bytes]] = {
    "one stretch many times": overlapping,
    "very many names": many_names,
    "a size that is a lie": lying_about_size,
    "zeros without end": lambda: _archive(("log.json", b"\0" * 600_000_000)),
    "a pack in a pack in a pack": lambda: _archive(
        ("a.asice", _archive(("a.asice", _archive(("x", b"\0" * 100_000_000)))))
    ),
    "a log in brackets": lambda: _pack(("log.json", b"[" * 4_000_000)),
    "a log of numbers": lambda: _pack(
        ("log.json", b'{"events":[' + b"9" * 3_000_000 + b"]}")
    ),
    "a manifest of laughs": lambda: _pack(("META-INF/ASiCManifest.xml", entities())),
    "a manifest in manifests": lambda: _pack(
        ("META-INF/ASiCManifest.xml", b"<a>" * 2_000_000)
    ),
    "a log of a million events": lambda: _pack(
        ("log.json", json.dumps({"events": [{"number": 1}] * 1_000_000}).encode())
    ),
    "a seal of a mile": lambda: _pack(("META-INF/signature.p7s", b"0\x80" * 3_000_000)),
}
