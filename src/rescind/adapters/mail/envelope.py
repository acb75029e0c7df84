"""What headers say a message is called, whom it names, and where it belongs."""

import re
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from rescind.adapters.mail.compose import tags
from rescind.adapters.mail.dsn import DeliveryNotice, read_notices
from rescind.adapters.mail.parse import headers_of, parse_message
from rescind.core.follow.matching import Envelope

MOST_ANSWERED = 50
_ID = re.compile(r"<[^<>\s]{3,300}>")
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_BROKEN = (ValueError, IndexError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a message that came is called, and which of ours it speaks of."""

    message_id: str
    answers: frozenset[str]
    """The Message-IDs that it answers (RFC 5322 section 3.6.4)."""
    notices: tuple[DeliveryNotice, ...]


def read_naming(raw: bytes) -> Naming:
    """Return what a message is called and names; BadInput for endless headers."""
    headers = _parsed(headers_of(raw))
    answers = f"{_field(headers, 'In-Reply-To')} {_field(headers, 'References')}"
    return Naming(
        message_id=_field(headers, "Message-ID").strip(),
        answers=frozenset(answers.split()),
        notices=read_notices(raw),
    )


def read_envelope(header: bytes) -> Envelope:
    """Return where a message belongs, by its headers alone."""
    headers = _parsed(header)
    answers = f"{_field(headers, 'In-Reply-To')} {_field(headers, 'References')}"
    try:
        at = parsedate_to_datetime(_field(headers, "Date"))
    except (ValueError, TypeError, IndexError):
        at = None
    return Envelope(
        message_id=_field(headers, "Message-ID").strip(),
        answers=frozenset(_ID.findall(answers)[:MOST_ANSWERED]),
        sender=parse_message(header + b"\r\n\r\n", "").sender,
        at=at,
        is_report=headers.get_content_type() == "multipart/report",
        tags=tags(" ".join(_field(headers, name) for name in _ADDRESSED)),
    )


def _parsed(header: bytes) -> Message:
    try:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(header)
    except _BROKEN:
        return Message()


def _field(headers: Message, name: str) -> str:
    try:
        return str(headers.get(name, ""))
    except _BROKEN:
        return ""
