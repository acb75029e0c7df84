"""Mailboxes in one file (mbox, RFC 4155): where each message stands, and its bytes.

A line that begins with ``From `` begins a message; the empty line before the next one
belongs to neither.
"""

import re
from array import array
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput

MOST_MESSAGES = 500_000
"""In one file: some years of a busy mailbox."""
MOST_BYTES = 10_000_000
"""Of one message; what lies behind is an attachment, and is not read."""
_BEGINS = re.compile(rb"^From [^\n]*\n?", re.MULTILINE)


def places(path: Path, most: int = MOST_MESSAGES) -> bytes:
    """Return where each message begins and ends, as pairs of numbers of 64 bits.

    Raises BadInput where there are more than ``most``, or the file cannot be read.
    """
    try:
        if path.stat().st_size == 0:
            return b""
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as box:
            return _places(box, path.name, most).tobytes()
    except OSError as error:
        message = why_not("cannot_read", name=str(path), why=error.strerror)
        raise BadInput("file", message) from error


def _places(box: mmap, name: str, most: int) -> "array[int]":
    found = array("Q")
    for match in _BEGINS.finditer(box):
        if found:
            found.append(_end(box, match.start()))
        if len(found) >= 2 * most:
            raise BadInput("file", why_not("too_many_messages", name=name, most=most))
        found.append(match.end())
    if found:
        found.append(_end(box, len(box)))
    return found


def _end(box: mmap, stop: int) -> int:
    return stop - 1 if box[max(0, stop - 2) : stop] == b"\n\n" else stop


def pairs(found: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each message begins and ends."""
    numbers = array("Q", found)
    yield from zip(numbers[::2], numbers[1::2], strict=True)


def messages(path: Path, found: bytes, most: int = MOST_BYTES) -> Iterator[bytes]:
    """Yield each message, of each ``most`` bytes at most."""
    with path.open("rb") as file:
        for start, stop in pairs(found):
            file.seek(start)
            yield file.read(max(0, min(stop - start, most)))
