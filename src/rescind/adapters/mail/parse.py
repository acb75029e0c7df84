"""Messages as bytes and as rows: read inside limits, decoded, visible text only.

Hostile mail is expected (nested parts, endless headers, odd charsets, hidden text):
every step has a bound, and what cannot be read is left out, never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from rescind.adapters.data.words import why_not
from rescind.adapters.mail.charsets import decode, parse_bytes
from rescind.adapters.mail.dsn import read_notices
from rescind.adapters.mail.visible import MOST_HTML, visible_text
from rescind.core.errors import BadInput
from rescind.core.model.message import Message, RecipientReport

MOST_BYTES = 3_000_000
MOST_HEADERS = 1_000_000
"""Bytes: the longest of ordinary mail have some ten thousand."""
MOST_PARTS, DEEPEST = 60, 12
MOST_TEXT = 100_000
MOST_HEADER = 1_000
MOST_RECIPIENTS = 50
_BROKEN = (ValueError, IndexError, LookupError, RecursionError, AttributeError)
_TELLING_HEADERS = (
    "auto-submitted",
    "from",
    "list-unsubscribe",
    "precedence",
    "return-path",
    "x-autoreply",
    "x-failed-recipients",
)
"""Those by which a program's message is known."""
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers"})
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}")
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_LOOKS_LIKE_HTML = re.compile(r"<(?:html|body|div|p|br|table|span)\b", re.IGNORECASE)


def parse_message(raw: bytes, name: str) -> Message:
    """Return a message from its bytes; ``name`` stands for a missing Message-ID.

    Raises BadInput where its headers have no end.
    """
    headers_of(raw)
    try:
        mail: Mail = parse_bytes(raw[:MOST_BYTES].lstrip(b"\r\n"))
    except _BROKEN:
        mail = Mail()
        mail.set_payload(raw[:MOST_TEXT].decode("utf-8", "replace"))
    parts = list(_parts(mail, 0))[:MOST_PARTS]
    headers = {
        n: header_in_words(mail, n) for n in _TELLING_HEADERS if mail.get(n) is not None
    }
    return Message(
        id=header_in_words(mail, "Message-ID") or name,
        at=_date(mail),
        sender=_author(mail),
        subject=header_in_words(mail, "Subject"),
        text=_text(parts),
        recipients=tuple(
            address.lower()
            for name in ("To", "Cc")
            for address in _ADDRESS.findall(header_in_words(mail, name))
        )[:MOST_RECIPIENTS],
        content_type=mail.get_content_type(),
        headers=headers,
        returns_message=any(p.get_content_type() in _RETURNED for p in parts),
        reports=_reports(raw),
        disposition=_disposition(parts),
    )


def headers_of(raw: bytes) -> bytes:
    """Return what stands before the first empty line.

    Raises BadInput where that is longer than ``MOST_HEADERS``.
    """
    end = _EMPTY_LINE.search(raw[: MOST_HEADERS + 4])
    if end is None and len(raw) > MOST_HEADERS:
        raise BadInput("mail", why_not("headers_too_long", most=MOST_HEADERS))
    return raw[: end.start()] if end else raw


def message_of_row(row: Mapping[str, Any], name: str) -> Message:
    """Return a message from a row: ``id``, ``date``, ``from``, ``subject``, ``body``.

    A ``date`` is ISO 8601 or as in a mail (RFC 5322); one that is neither is left out.
    """
    body = str(row.get("body") or "")[:MOST_HTML]
    text = visible_text(body) if _LOOKS_LIKE_HTML.search(body[:5000]) else body
    return Message(
        id=str(row.get("id") if row.get("id") is not None else name),
        sender=_first_address(str(row.get("from") or "")[:MOST_HEADER]),
        subject=_one_line(str(row.get("subject") or "")),
        text=text[:MOST_TEXT],
        at=_moment(str(row.get("date") or "")[:MOST_HEADER]),
    )


def _moment(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text.strip())
        except (TypeError, ValueError):
            continue
    return None


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


def header_in_words(mail: Mail, name: str) -> str:
    """Return a header as people read it, its encoded words (RFC 2047) decoded."""
    value = _raw_header(mail, name)[:MOST_HEADER]
    try:
        parts = decode_header(value)
        text = "".join(
            part if isinstance(part, str) else decode(part, charset or "utf-8")
            for part, charset in parts
        )
    except (HeaderParseError, *_BROKEN):
        text = value
    return _one_line(text)


def _raw_header(mail: Mail, name: str) -> str:
    """Return a field as it was sent; bytes beyond ASCII are UTF-8 (RFC 6532)."""
    wanted = name.lower()
    value = next((v for key, v in mail.raw_items() if key.lower() == wanted), "")
    text = str(value)[:MOST_HEADER]
    if text.isascii():
        return text
    return decode(text.encode("utf-8", "surrogateescape"), "utf-8")


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
        return parsedate_to_datetime(header_in_words(mail, "Date"))
    except (TypeError, *_BROKEN):
        return None


def _reports(raw: bytes) -> tuple[RecipientReport, ...]:
    return tuple(
        RecipientReport(
            address=notice.recipient,
            action=notice.action,
            status=notice.status,
            permanent=None,
            diagnostic=notice.diagnostic,
        )
        for notice in read_notices(raw)
    )


def _disposition(parts: list[Mail]) -> str:
    """Return what became of a message by its notice (RFC 8098 section 3.2.6).

    The type stands after the modes, and may have a modifier: ``deleted/error``.
    """
    for part in parts:
        if part.get_content_type() == "message/disposition-notification":
            inside = part.get_payload()
            fields = (
                [each for each in inside if isinstance(each, Mail)]
                if isinstance(inside, list)
                else [part]
            )
            text = " ".join(header_in_words(each, "Disposition") for each in fields)
            text = text or _disposition_line(_part_text(part)[:2000])
            word = re.sub(r"[^a-z].*", "", text.rpartition(";")[2].strip().lower())
            return word or "unknown"
    return ""


def _disposition_line(text: str) -> str:
    found = re.search(r"^disposition:(.*)$", text, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""
