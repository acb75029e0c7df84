"""Mailboxes are split, and their headers read, in a confined process."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from rescind.adapters.mail import mbox
from rescind.app.confined.parent import ReadingLimits, run
from rescind.core.errors import BadInput

T = TypeVar("T")
AT_ONCE = 50
"""Headers that are handed over together: asking costs more than reading them."""
HEADERS = ReadingLimits(seconds=10, memory=500_000_000, output=50_000_000)


def read_headers(
    reader: str, headers: Iterable[tuple[str, bytes]], unread: T
) -> Iterator[tuple[str, T]]:
    """Yield each key with what a reader makes of its headers.

    ``unread`` stands for those that take too much; the others are read all the same.
    """
    waiting = iter(headers)
    while batch := list(islice(waiting, AT_ONCE)):
        try:
            read: list[T] = run("mail", HEADERS, reader, [head for _, head in batch])
        except BadInput:
            read = [_alone(reader, head, unread) for _, head in batch]
        yield from zip((key for key, _ in batch), read, strict=True)


def _alone(reader: str, head: bytes, unread: T) -> T:
    try:
        read: list[T] = run("mail", HEADERS, reader, [head])
    except BadInput:
        return unread
    return read[0]


def split(path: Path, most: int = mbox.MOST_MESSAGES) -> bytes:
    """Return where each message of an mbox stands, as ``mbox.places`` does.

    Raises BadInput where it holds too many, or cannot be read.
    """
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    # the file is mapped, which counts as memory
    limits = ReadingLimits(seconds=10 + size / 20_000_000, memory=200_000_000 + size)
    places: bytes = run("file", limits, "mbox", path.absolute(), most)
    return places
