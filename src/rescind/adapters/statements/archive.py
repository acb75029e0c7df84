"""Archives: banks that give a file a day, or a month, put them into a ZIP."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from rescind.core.errors import BadInput

_MOST_UNPACKED, _MOST_FILES = 400_000_000, 2000
_WORKBOOK = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})
"""Parts by which a workbook in a ZIP is known (ECMA-376 Part 2; OpenDocument)."""
_OTHERS = ("__MACOSX/", ".")
"""How the names begin of what systems put beside a person's files."""


def is_archive(content: bytes) -> bool:
    """Return whether a file is a ZIP of files and no workbook."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            return not _WORKBOOK.intersection(archive.namelist())
    except (BadZipFile, ValueError, OSError):
        return False


def files_inside(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file, by name.

    Raises BadInput where there is none, one is locked or damaged, or they unpack to
    more than 400 MB.
    """
    with ZipFile(BytesIO(content)) as archive:
        parts = [
            part
            for part in archive.infolist()
            if not part.is_dir() and not part.filename.startswith(_OTHERS)
        ]
        if not parts:
            raise BadInput("file", "no file is in this archive", ["camt.053", "csv"])
        size = sum(part.file_size for part in parts)
        if size > _MOST_UNPACKED or len(parts) > _MOST_FILES:
            raise BadInput("file", "this archive unpacks to too much", ["its files"])
        for part in sorted(parts, key=lambda each: each.filename):
            try:
                yield part.filename, archive.read(part)
            except (BadZipFile, RuntimeError, OSError, EOFError, zlib.error) as error:
                message = f"{part.filename} cannot be unpacked: {error}"
                raise BadInput("file", message, ["its files"]) from error
