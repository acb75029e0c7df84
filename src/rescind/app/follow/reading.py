"""Reading: files, mailboxes and rows become messages, and are read."""

import json
import mailbox
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.data.words import why_not
from rescind.adapters.mail.parse import message_of_row, parse_message
from rescind.adapters.public.reading import MessageJson, message_json
from rescind.core.errors import BadInput
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Message, Reading

MOST_LINE = 20_000_000
"""Bytes of one row of JSON Lines."""
STANDARD_INPUT = "-"


def read_all(names: Sequence[str], standard_input: TextIO) -> Iterator[MessageJson]:
    """Yield what each message of some files is, in the public form, in their order.

    Raises BadInput naming the file that cannot be read, or the line that is no row.
    """
    for name in names:
        if name == STANDARD_INPUT:
            for number, line in enumerate(standard_input, 1):
                if line.strip():
                    message = message_of_row(_row(line, number), str(number))
                    yield message_json(message, read_message(message))
            continue
        for raw, label in raw_messages(Path(name)):
            message = parse_message(raw, label)
            yield {**message_json(message, read_message(message)), "file": label}


def read_message(message: Message, *, ours: str = "") -> Reading:
    """Return what a message is; ``ours`` is the letter that it may quote."""
    return read(message, tongues(), ours=ours)


def read_raw(raw: bytes, *, ours: str = "") -> Reading:
    """Return what a kept message is."""
    return read_message(parse_message(raw, ""), ours=ours)


def _row(line: str, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line[:MOST_LINE])
    except ValueError as error:
        message = why_not("line_no_json", line=number)
        raise BadInput("file", message, ['{"id": "1", "body": "…"}']) from error
    if not isinstance(row, dict):
        raise BadInput(
            "file", why_not("line_no_object", line=number), ['{"body": "…"}']
        )
    return row


def raw_messages(path: Path) -> Iterator[tuple[bytes, str]]:
    """Yield the messages of a file or folder: mail, mbox, Maildir, or rows."""
    if path.is_dir():
        folders = [path / name for name in ("new", "cur")]
        inside = [f for f in folders if f.is_dir()] or [path]
        for each in sorted(p for f in inside for p in f.iterdir() if p.is_file()):
            yield _bytes(each), str(each)
        return
    with _opened(path) as file:
        is_mbox = file.read(5) == b"From "
    if not is_mbox:
        yield _bytes(path), str(path)
        return
    with closing(mailbox.mbox(path, create=False)) as box:
        for number, key in enumerate(box.iterkeys(), 1):
            yield box.get_bytes(key), f"{path}#{number}"


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        message = why_not("cannot_read", name=str(path), why=error.strerror)
        raise BadInput("file", message) from error


def _bytes(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read()
