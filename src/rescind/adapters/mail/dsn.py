"""Delivery notices (RFC 3464), read as far as they say what became of our letter.

Many servers keep only half of the standard: the part stands outside a report or inside
a forwarded message, the fields about the message are missing, an action is their own
word. What follows no standard at all is read by its words (``core.follow.reading``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

from rescind.adapters.mail.charsets import parse_bytes

MOST_BYTES = 2_000_000
MOST_PARTS = 20
MOST_TEXT = 300
DEEPEST = 8
_UNREADABLE = (ValueError, IndexError, LookupError, RecursionError, AttributeError)
_STATUS_PARTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
"""Those of RFC 3464 section 2.3.3."""
_BY_CLASS = {"2": "delivered", "4": "delayed", "5": "failed"}
"""What an action of a server's own means by the class of its code (RFC 3463)."""
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_ADDRESS = re.compile(r'[^\s<>"(),:;@\[\]]{1,64}@[^\s<>"(),:;@]{1,253}')
_FINAL = re.compile(r"^final-recipient:", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNotice:
    """What a mail server says became of a message, for one recipient."""

    action: str
    """``delivered``, ``failed``, ``delayed``, ``relayed`` or ``expanded``."""
    recipient: str
    status: str
    """The enhanced code (RFC 3463), such as ``5.1.1``."""
    diagnostic: str
    """The server's own words."""
    reporting_server: str
    envelope_id: str
    """The ENVID that the letter was sent with (RFC 3461), if it came back."""
    message_id: str
    """Of the message that the notice returns, if it does."""


def read_notices(raw: bytes) -> tuple[DeliveryNotice, ...]:
    """Return what a delivery notice says of each recipient; empty for other mail."""
    try:
        message = parse_bytes(raw[:MOST_BYTES].lstrip(b"\r\n"))
        parts = list(_walk(message))[:MOST_PARTS]
        return tuple(_notices(parts))
    except _UNREADABLE:
        return ()


def _walk(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield a message's parts, the outermost first: a notice may return a notice."""
    yield message
    inside = message.get_payload()
    if depth == DEEPEST or not isinstance(inside, list):
        return
    parts = [each for each in inside[:MOST_PARTS] if isinstance(each, Message)]
    returned = [p for p in parts if p.get_content_type() == "message/rfc822"]
    for part in parts:
        if part not in returned:
            yield from _walk(part, depth + 1)
    for part in returned:
        yield from _walk(part, depth + 1)


def _notices(parts: list[Message]) -> list[DeliveryNotice]:
    groups = _groups(parts)
    about = next((group for group in groups if not _is_of_one(group)), Message())
    message_id = _returned_id(parts)
    return [
        DeliveryNotice(
            action=action,
            recipient=_address(group),
            status=_status(group),
            diagnostic=_text(group, "Diagnostic-Code"),
            reporting_server=_text(about, "Reporting-MTA"),
            envelope_id=_text(about, "Original-Envelope-Id"),
            message_id=message_id,
        )
        for group in groups
        if _is_of_one(group) and (action := _action(group))
    ]


def _groups(parts: list[Message]) -> list[Message]:
    """Return the groups of fields of the first part that has any."""
    for part in parts:
        if part.get_content_type() in _STATUS_PARTS:
            inside = part.get_payload()
            if isinstance(inside, list):
                return [each for each in inside if isinstance(each, Message)]
            if groups := _groups_of_text(part):
                return groups
    for part in parts:
        if part.get_content_type() == "text/plain" and (found := _groups_of_text(part)):
            return found
    return []


def _groups_of_text(part: Message) -> list[Message]:
    """Return the groups that stand in a part as text, as some servers send them."""
    content = part.get_payload(decode=True)
    text = content.decode("latin-1") if isinstance(content, bytes) else ""
    text = text[: MOST_TEXT * MOST_PARTS].replace("\r\n", "\n")
    if not _FINAL.search(text):
        return []
    parser = BytesParser(policy=policy.compat32)
    return [
        parser.parsebytes(block.strip("\n").encode("latin-1"), headersonly=True)
        for block in _BLANK_LINE.split(text)[:MOST_PARTS]
        if _FINAL.search(block) or "reporting-mta:" in block.lower()
    ]


def _is_of_one(group: Message) -> bool:
    """Return whether a group is about one recipient, not the whole message."""
    names = ("Action", "Final-Recipient", "Original-Recipient")
    return any(group.get(name) is not None for name in names)


def _action(group: Message) -> str:
    """Return an action of the standard; a word of a server's own goes by its code.

    Without a code such a word is a failure: a notice that nobody asked for is sent
    when something went wrong.
    """
    word = re.sub(r"[^a-z].*", "", _text(group, "Action").lower())
    if word in ACTIONS:
        return word
    status = _status(group)
    if not word and not status and not _text(group, "Diagnostic-Code"):
        return ""
    return _BY_CLASS.get(status[:1], "failed")


def _status(group: Message) -> str:
    """Return the code of a group: its field's, or the one in the server's words."""
    for name in ("Status", "Diagnostic-Code"):
        if match := _STATUS.search(_text(group, name)):
            return match[1]
    return ""


def _returned_id(parts: list[Message]) -> str:
    """Return the Message-ID of what came back: the whole message or its headers."""
    for part in parts:
        kind = part.get_content_type()
        inside = part.get_payload()
        if kind == "message/rfc822" and isinstance(inside, list):
            first = next((each for each in inside if isinstance(each, Message)), None)
            return _text(first, "Message-ID") if first else ""
        if kind in ("text/rfc822-headers", "message/rfc822-headers"):
            text = inside if isinstance(inside, str) else ""
            headers = BytesParser(policy=policy.compat32).parsebytes(
                text.encode("utf-8", "replace"), headersonly=True
            )
            return _text(headers, "Message-ID")
    return ""


def _address(group: Message) -> str:
    """Return whom we wrote to, else whom the server delivered to."""
    fields = [_text(group, name) for name in ("Original-Recipient", "Final-Recipient")]
    for field in fields:
        if match := _ADDRESS.search(field.rpartition(";")[2]):
            return match[0].strip(".")
    return next((f.rpartition(";")[2].strip() for f in fields if f), "")


def _text(part: Message, name: str) -> str:
    value = " ".join(str(part.get(name, "")).split())
    return "".join(c if c.isprintable() else " " for c in value)[:MOST_TEXT]
