"""Mail, as it is read in a confined process: parsed, and said what it is."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.parse import message_of_row, parse_message
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Message, Reading


def read_mail(raw: bytes, name: str, ours: str) -> tuple[Message, Reading]:
    """Return a message, and what it is; ``ours`` is the letter that it may quote."""
    message = parse_message(raw, name)
    return message, read_message(message, ours=ours)


def read_row(row: Mapping[str, Any], name: str) -> tuple[Message, Reading]:
    """Return the message in a row of JSON Lines, and what it is."""
    message = message_of_row(row, name)
    return message, read_message(message)


def read_message(message: Message, *, ours: str = "") -> Reading:
    """Return what a message is, by the phrases of every language on file."""
    return read(message, tongues(), ours=ours)
