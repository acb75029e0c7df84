"""Reading: files, mailboxes and rows become messages, and are read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeAlias

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.mail import mbox
from rescind.adapters.public.reading import MessageJson, message_json
from rescind.app import confined
from rescind.app.confined.mailboxes import split
from rescind.core.errors import BadInput
from rescind.core.model.message import Label, Message, Reading
from rescind.core.model.sentence import Sentence

MOST_LINE = 20_000_000
"""Bytes of one row of JSON Lines."""
STANDARD_INPUT = "-"
MOST_SHOWN = 100_000
"""Bytes of a message that cannot be read."""


def read_all(names: Sequence[str], standard_input: TextIO) -> Iterator[MessageJson]:
    """Yield what each message of some files is, in the public form, in their order.

    Raises BadInput naming the file that cannot be read, or the line that is no row.
    """
    for name in names:
        if name == STANDARD_INPUT:
            for number, line in enumerate(standard_input, 1):
                if line.strip():
                    row = _row(line, number)
                    yield message_json(*_confined("row", row, str(number)))
            continue
        for raw, label in raw_messages(Path(name)):
            yield {**message_json(*read_mail(raw, label)), "file": label}


LIMITS = confined.ReadingLimits(seconds=10, memory=500_000_000, output=50_000_000)
"""For reading one message."""


def read_mail(raw: bytes, name: str, *, ours: str = "") -> tuple[Message, Reading]:
    """Return a message, and what it is; ``ours`` is the letter that it may quote.

    One that takes too much to be read is left to a person.
    """
    return _confined("message", raw, name, ours)


def _confined(reader: str, content: object, name: str, *more: str) -> "_Read":
    try:
        read: _Read = confined.run("mail", LIMITS, reader, content, name, *more)
    except BadInput:
        return Message(id=name, sender="", subject="", text=""), UNREAD
    return read


UNREAD = Reading(
    label=Label.OTHER,
    sureness=0.0,
    needs_person=True,
    new_text="",
    because=(Sentence.of("bad_input", "asks_too_much"),),
)
"""Of a message that takes too much: a person has to look."""


def read_answer(
    raw: bytes, *, ours: str, came_on: date | None = None
) -> tuple[str, Reading]:
    """Return the words of a kept message, and what it is, by one reading.

    ``came_on`` is the day of a message that tells none itself; else it is today. One
    that takes too much is shown as it came.
    """
    on = came_on or clock.today()
    try:
        answer: tuple[str, Reading] = confined.run(
            "mail", LIMITS, "answer", raw, ours, on
        )
    except BadInput:
        return raw[:MOST_SHOWN].decode("utf-8", "replace"), UNREAD
    return answer


_Read: TypeAlias = tuple[Message, Reading]


def read_raw(raw: bytes, *, ours: str = "", came_on: date | None = None) -> Reading:
    """Return what a kept message is, read as an answer to a case."""
    return read_answer(raw, ours=ours, came_on=came_on)[1]


def _row(line: str, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line[:MOST_LINE])
    except (ValueError, RecursionError) as error:
        message = why_not("line_no_json", line=number)
        raise BadInput("file", message, ['{"id": "1", "body": "…"}']) from error
    if not isinstance(row, dict):
        raise BadInput(
            "file", why_not("line_no_object", line=number), ['{"body": "…"}']
        )
    return row


def raw_messages(
    path: Path, most: int = mbox.MOST_MESSAGES
) -> Iterator[tuple[bytes, str]]:
    """Yield the messages of a file or folder: mail, mbox, Maildir.

    Of each as much as is read. Raises BadInput naming what cannot be read, or an mbox
    of more than ``most`` messages.
    """
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
    for number, raw in enumerate(mbox.messages(path, split(path, most)), 1):
        yield raw, f"{path}#{number}"


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        message = why_not("cannot_read", name=str(path), why=error.strerror)
        raise BadInput("file", message) from error


def _bytes(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read(mbox.MOST_BYTES)
