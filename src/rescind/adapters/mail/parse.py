"""Messages as bytes and as rows: read inside limits, decoded, visible text only.

Hostile mail is expected (nested parts, endless headers, odd charsets, hidden text):
every step has a bound, and what cannot be read is left out, never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from rescind.adapters.mail.charsets import decode, parse_bytes
from rescind.adapters.mail.dsn import read_notices
from rescind.adapters.mail.visible import MOST_HTML, visible_text
from rescind.core.follow.reading.transport import SOFT
from rescind.core.model.message import Message, RecipientReport

MOST_BYTES = 3_000_000
MOST_PARTS, DEEPEST = 60, 12
MOST_TEXT = 100_000
MOST_HEADER = 1_000
MOST_RECIPIENTS = 50
_BROKEN = (ValueError, IndexError, LookupError, RecursionError, AttributeError)
_TELLING_HEADERS = ("auto-submitted", "x-autoreply", "precedence", "list-unsubscribe")
"""Those by which an automatic message is known."""
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}")
_LOOKS_LIKE_HTML = re.compile(r"<(?:html|body|div|p|br|table|span)\b", re.IGNORECASE)


def parse_message(raw: bytes, name: str) -> Message:
    """Return a message from its bytes; ``name`` stands for a missing Message-ID."""
    try:
        mail: Mail = parse_bytes(raw[:MOST_BYTES])
    except _BROKEN:
        mail = Mail()
        mail.set_payload(raw[:MOST_TEXT].decode("utf-8", "replace"))
    parts = list(_parts(mail, 0))[:MOST_PARTS]
    headers = {n: _header(mail, n) for n in _TELLING_HEADERS if mail.get(n) is not None}
    return Message(
        id=_header(mail, "Message-ID") or name,
        at=_date(mail),
        sender=_author(mail),
        subject=_header(mail, "Subject"),
        text=_text(parts),
        recipients=tuple(
            address.lower()
            for name in ("To", "Cc")
            for address in _ADDRESS.findall(_header(mail, name))
        )[:MOST_RECIPIENTS],
        content_type=mail.get_content_type(),
        headers=headers,
        reports=_reports(raw),
        disposition=_disposition(parts),
    )


def message_of_row(row: Mapping[str, Any], name: str) -> Message:
    """Return a message from a row: ``id``, ``from``, ``subject``, ``body``."""
    body = str(row.get("body") or "")[:MOST_HTML]
    text = visible_text(body) if _LOOKS_LIKE_HTML.search(body[:5000]) else body
    return Message(
        id=str(row.get("id") if row.get("id") is not None else name),
        sender=_first_address(str(row.get("from") or "")[:MOST_HEADER]),
        subject=_one_line(str(row.get("subject") or "")),
        text=text[:MOST_TEXT],
    )


def _parts(mail: Mail, depth: int) -> Iterator[Mail]:
    """Yield the parts that are not another message inside this one."""
    inside = mail.get_payload()
    if not isinstance(inside, list) or mail.get_content_maintype() == "message":
        yield mail
        return
    if depth < DEEPEST:
        for part in inside[:MOST_PARTS]:
            if isinstance(part, Mail):
                yield from _parts(part, depth + 1)


def _text(parts: list[Mail]) -> str:
    """Return the plain text, or what of the HTML can be seen."""
    inline = [part for part in parts if part.get_content_disposition() != "attachment"]
    plain = [p for p in inline if p.get_content_type() == "text/plain"]
    text = "\n".join(_part_text(part) for part in plain[:5])[:MOST_TEXT]
    rich = [p for p in inline if p.get_content_type() == "text/html"]
    if rich and len(text.strip()) < _FEWEST_LETTERS:
        return visible_text(_part_text(rich[0])[:MOST_HTML])[:MOST_TEXT]
    return text


_FEWEST_LETTERS = 10
"""With fewer the plain part is a stub ("see the HTML"), and the HTML is read."""


def _part_text(part: Mail) -> str:
    try:
        content = part.get_payload(decode=True)
    except _BROKEN:
        return ""
    if not isinstance(content, bytes):
        return ""
    return decode(content, _charset(part))


def _charset(part: Mail) -> str:
    try:
        return str(part.get_content_charset() or "utf-8")
    except (*_BROKEN, TypeError):
        return "utf-8"


def _header(mail: Mail, name: str) -> str:
    value = str(mail.get(name, ""))[:MOST_HEADER]
    try:
        parts = decode_header(value)
        text = "".join(
            part if isinstance(part, str) else decode(part, charset or "utf-8")
            for part, charset in parts
        )
    except (HeaderParseError, *_BROKEN):
        text = value
    return _one_line(text)


def _one_line(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text[:MOST_HEADER])
    return " ".join(printable.split())


def _first_address(text: str) -> str:
    """Return the address in From: the one in angle brackets, or the only one."""
    match = _ADDRESS.search(text.rpartition("<")[2] if "<" in text else text)
    return match[0].lower() if match else ""


def _author(mail: Mail) -> str:
    """Return the one address in From; empty where it is not one, or hides another.

    Two fields, two addresses, a group, or an address inside an encoded word are read
    differently by different programs.
    """
    fields = [str(value)[:MOST_HEADER] for value in mail.get_all("From", [])]
    if len(fields) != 1:
        return ""
    try:
        addresses = [address for _, address in getaddresses(fields) if address]
    except _BROKEN:
        return ""
    address = addresses[0].lower() if len(addresses) == 1 else ""
    return address if _ADDRESS.fullmatch(address) else ""


def _date(mail: Mail) -> Any:  # noqa: ANN401 - a moment, or nothing
    try:
        return parsedate_to_datetime(_header(mail, "Date"))
    except (TypeError, *_BROKEN):
        return None


def _reports(raw: bytes) -> tuple[RecipientReport, ...]:
    return tuple(
        RecipientReport(
            address=notice.recipient,
            action=notice.action,
            status=notice.status,
            permanent=_is_permanent(notice.action, notice.status),
        )
        for notice in read_notices(raw)
    )


def _is_permanent(action: str, status: str) -> bool | None:
    """Return whether an address is bad: it failed for good, and not for being full."""
    if action != "failed":
        return False if action == "delayed" else None
    return status.startswith("5") and status not in SOFT


def _disposition(parts: list[Mail]) -> str:
    """Return what a disposition notice says (RFC 8098 section 3.2.6)."""
    for part in parts:
        if part.get_content_type() == "message/disposition-notification":
            inside = part.get_payload()
            fields = (
                [each for each in inside if isinstance(each, Mail)]
                if isinstance(inside, list)
                else [part]
            )
            text = " ".join(_header(each, "Disposition") for each in fields)
            text = f"{text} {_part_text(part)[:2000]}".lower()
            for word in ("displayed", "deleted", "dispatched", "processed"):
                if word in text:
                    return word
    return ""
