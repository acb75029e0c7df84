"""Delivery notices (RFC 3464), read as far as they say what became of our letter.

Notices that follow no standard are kept as answers and read by a person.
"""

from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

from rescind.adapters.mail.charsets import parse_bytes

MOST_BYTES = 2_000_000
MOST_PARTS = 20
MOST_TEXT = 300
_UNREADABLE = (ValueError, IndexError, LookupError, RecursionError, AttributeError)


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
        message = parse_bytes(raw[:MOST_BYTES])
        if message.get_content_type() != "multipart/report":
            return ()
        parts = list(message.walk())[:MOST_PARTS]
        return tuple(_notices(parts))
    except _UNREADABLE:
        return ()


def _notices(parts: list[Message]) -> list[DeliveryNotice]:
    groups: list[Message] = []
    for part in parts:
        inside = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(
            inside, list
        ):
            groups += [group for group in inside if isinstance(group, Message)]
    if not groups:
        return []
    # the first group is about the message, each after it about one recipient
    about, message_id = groups[0], _returned_id(parts)
    return [
        DeliveryNotice(
            action=_text(group, "Action").lower().split(" ")[0],
            recipient=_address(group),
            status=_text(group, "Status").split(" ")[0],
            diagnostic=_text(group, "Diagnostic-Code"),
            reporting_server=_text(about, "Reporting-MTA"),
            envelope_id=_text(about, "Original-Envelope-Id"),
            message_id=message_id,
        )
        for group in groups[1:]
        if group.get("Action")
    ]


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
    field = _text(group, "Original-Recipient") or _text(group, "Final-Recipient")
    return field.rpartition(";")[2].strip()


def _text(part: Message, name: str) -> str:
    value = " ".join(str(part.get(name, "")).split())
    return "".join(c if c.isprintable() else " " for c in value)[:MOST_TEXT]
