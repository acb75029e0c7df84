"""Mail, as it is read in a confined process: parsed, and said what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.compose import readable_text
from rescind.adapters.mail.envelope import read_envelope
from rescind.adapters.mail.opinions import opinion
from rescind.adapters.mail.parse import message_of_row, parse_message
from rescind.adapters.mail.receipts import looks_like_receipt
from rescind.core.follow.matching import Envelope
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Message, Reading

if TYPE_CHECKING:
    from rescind.adapters.evidence.authentication import Authentication
    from rescind.adapters.evidence.dns import Lookup


def read_mail(raw: bytes, name: str, ours: str) -> tuple[Message, Reading]:
    """Return a message, and what it is; ``ours`` is the letter that it may quote."""
    message = parse_message(raw, name)
    return message, read_message(message, ours=ours)


def read_answer(raw: bytes, ours: str, came_on: date) -> tuple[str, Reading]:
    """Return the words of a kept message, and what it is.

    What tells no day of its own, as pasted words do, is of the day on which it came.
    """
    message = parse_message(raw, "")
    if message.at is None:
        message = replace(message, at=datetime.combine(came_on, time(), tzinfo=UTC))
    answered = read(message, tongues(), ours=ours, judge=opinion, is_awaited=True)
    return readable_text(raw), answered


def authenticate_mail(lookup: "Lookup", raw: bytes, at: datetime) -> "Authentication":
    """Return who signed a message; ``lookup`` asks the DNS where that may be asked."""
    from rescind.adapters.evidence import authentication  # noqa: PLC0415 - 0.1 s

    return authentication.authenticate(raw, lookup, at=at)


def read_envelopes(headers: Sequence[bytes]) -> list[Envelope]:
    """Return where messages belong, by their headers."""
    return [read_envelope(each) for each in headers]


def look_like_receipts(headers: Sequence[bytes]) -> list[bool]:
    """Return which messages are worth reading for a receipt, by their headers."""
    return [looks_like_receipt(each) for each in headers]


def read_row(row: Mapping[str, Any], name: str) -> tuple[Message, Reading]:
    """Return the message in a row of JSON Lines, and what it is."""
    message = message_of_row(row, name)
    return message, read_message(message)


def read_message(message: Message, *, ours: str = "") -> Reading:
    """Return what a message is, by the rules and by what was learnt."""
    return read(message, tongues(), ours=ours, judge=opinion)
