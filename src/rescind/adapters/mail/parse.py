"""Messages as bytes and as rows: read inside limits, decoded, visible text only.

Hostile mail is expected (nested parts, endless headers, odd charsets, hidden text):
every step has a bound, and what cannot be read is left out, never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from rescind.adapters.mail.dsn import read_notices
from rescind.core.follow.reading.transport import SOFT
from rescind.core.model.message import Message, RecipientReport

MOST_BYTES = 3_000_000
MOST_PARTS, DEEPEST = 60, 12
MOST_TEXT = 100_000
MOST_HTML = 400_000
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
        mail: Mail = BytesParser(policy=policy.compat32).parsebytes(raw[:MOST_BYTES])
    except _BROKEN:
        mail = Mail()
        mail.set_payload(raw[:MOST_TEXT].decode("utf-8", "replace"))
    parts = list(_parts(mail, 0))[:MOST_PARTS]
    headers = {n: _header(mail, n) for n in _TELLING_HEADERS if mail.get(n) is not None}
    return Message(
        id=_header(mail, "Message-ID") or name,
        at=_date(mail),
        sender=_first_address(_header(mail, "From")),
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
    charset = str(part.get_content_charset() or "utf-8")
    for name in (charset, "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeError, LookupError):
            continue
    return content.decode("latin-1")


def _header(mail: Mail, name: str) -> str:
    value = str(mail.get(name, ""))[:MOST_HEADER]
    try:
        parts = decode_header(value)
        text = "".join(
            part
            if isinstance(part, str)
            else part.decode(charset or "latin-1", "replace")
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


_UNSEEN_TAGS = frozenset({"script", "style", "head", "title", "template", "noscript"})
_QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
_QUOTE_FOLLOWS = frozenset({"appendonsend", "divrplyfwdmsg"})
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "ul"})
_VOID = frozenset({"br", "img", "hr", "meta", "input", "link", "area", "col", "wbr"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?![.\d])|max-height\s*:\s*0(?![.\d])|mso-hide\s*:\s*all"
)


class _Visible(HTMLParser):
    """Collects what a reader sees; nothing is loaded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: list[str] = []
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: (value or "").lower() for name, value in attrs}
        if attributes.get("id") in _QUOTE_FOLLOWS:
            self._is_over = True
        if tag in _BLOCKS and not self._unseen:
            self.pieces.append("\n")
        if tag not in _VOID and (self._unseen or _is_unseen(tag, attributes)):
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen and self._unseen.pop() != tag:
                pass
        elif tag in _BLOCKS and not self._unseen:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen and not self._is_over:
            self.pieces.append(" ".join(data.split()) + " " if data.strip() else " ")


def _is_unseen(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in _UNSEEN_TAGS or tag == "blockquote" or "hidden" in attributes:
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return any(quote in names for quote in _QUOTES) or bool(
        _HIDDEN.search(attributes.get("style", ""))
    )


def visible_text(html: str) -> str:
    """Return what of HTML can be seen, quotes left out; a line for each block."""
    reader = _Visible()
    try:
        reader.feed(html[:MOST_HTML])
        reader.close()
    except (AssertionError, *_BROKEN):
        pass
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
