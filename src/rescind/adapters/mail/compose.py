"""Messages: the letter as a mail, built so that no text can become a header."""

import re
from datetime import datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from rescind.adapters.mail.charsets import decode, parse_bytes
from rescind.adapters.mail.parse import header_in_words
from rescind.adapters.mail.smime import sign_message
from rescind.core.errors import BadInput
from rescind.core.model.letter import PrintedLetter

if TYPE_CHECKING:
    from rescind.adapters.evidence.signing_keys import Key

OWN_HEADERS = frozenset(
    {
        *("from", "to", "reply-to", "subject", "date", "message-id"),
        *("mime-version", "content-type"),
    }
)
"""The headers that we write; a message that holds another was forged by its text."""
MAX_MESSAGE = 2_000_000
MAX_PARTS = 50
MAX_TEXT = 100_000
MAX_SUBJECT = 300


def build_message(
    letter: PrintedLetter,
    *,
    to: str,
    message_id: str,
    at: datetime,
    reply_to: str | None = None,
) -> EmailMessage:
    """Return the mail that carries a letter: its text, and the PDF attached.

    Raises BadInput when the sender has no e-mail address, or when the finished
    headers hold anything but what was put in.
    """
    if letter.sender_email is None:
        raise BadInput("email", "the sender's e-mail address is needed for a mail")
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = letter.sender_email
    message["To"] = to
    if reply_to is not None:
        message["Reply-To"] = reply_to
    # the start of an encoded word (RFC 2047), which could hide a line break
    message["Subject"] = letter.subject.replace("=?", "= ?")
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message.set_content(letter.text, cte="quoted-printable")
    message.add_attachment(
        letter.pdf,
        maintype="application",
        subtype="pdf",
        filename=f"{letter.kind}.pdf",
    )
    _check_headers(message)
    return message


def final_bytes(message: EmailMessage, key: "Key | None" = None) -> bytes:
    """Return a mail's final bytes, signed (S/MIME) where there is a key for it."""
    content = message.as_bytes()
    return sign_message(content, key) if key else content


def build_draft(letter: PrintedLetter, *, to: str | None, at: datetime) -> bytes:
    """Return the mail as a draft for the person's own program; nobody is guessed."""
    nobody = "unknown@recipient.invalid"
    message_id = new_message_id()
    message = build_message(letter, to=to or nobody, message_id=message_id, at=at)
    if to is None:
        del message["To"]
    message["X-Unsent"] = "1"
    return message.as_bytes()


def mailto_link(letter: PrintedLetter, to: str | None) -> str:
    """Return a ``mailto:`` address (RFC 6068) that carries subject and text."""
    subject, text = quote(letter.subject), quote(letter.text)
    return f"mailto:{quote(to or '', safe='@')}?subject={subject}&body={text}"


_TAG = re.compile(r"\+r([0-9a-f]{12})@", re.IGNORECASE)


def with_tag(address: str, case_id: str) -> str:
    """Return an address with a case's tag behind a plus (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local}+r{case_id.replace('-', '')[:12]}@{domain}"


def tags(text: str) -> frozenset[str]:
    """Return the tags of cases in the addresses of a header."""
    return frozenset(tag.lower() for tag in _TAG.findall(text[:5000]))


def attached_message(raw: bytes) -> bytes | None:
    """Return the one message that another carries as an attachment, as it came.

    ``None`` where there is none, or more than one, or the carrier is a report.
    """
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        if message.get_content_type() != "multipart/mixed":
            return None
        inner = [
            part.get_payload(0)
            for part in message.walk()
            if part.get_content_type() == "message/rfc822" and part.is_multipart()
        ]
    except (RecursionError, ValueError, IndexError, LookupError):
        return None
    if len(inner) != 1 or not isinstance(inner[0], Message):
        return None
    return inner[0].as_bytes()


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322 section 3.6.4) that names no machine."""
    return f"<{uuid4().hex}@rescind.invalid>"


def _check_headers(message: EmailMessage) -> None:
    """Raise BadInput where the final bytes have a header that nobody set.

    A raw encoded word can hide a line break that only shows when serialised.
    """
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(message.as_bytes())
    names = [name.lower() for name in headers.keys()]  # noqa: SIM118 - repeats count
    extra = set(names) - OWN_HEADERS
    if extra or len(names) != len(set(names)):
        raise BadInput("subject", f"forges a mail header: {', '.join(sorted(extra))}")


def readable_text(raw: bytes) -> str:
    """Return subject and plain text of a received message, as far as they can be read.

    Hostile input is expected: size and parts are capped, and what cannot be parsed
    is shown as it came.
    """
    try:
        message = parse_bytes(raw[:MAX_MESSAGE])
        parts = [message] if not message.is_multipart() else list(message.walk())
    except (RecursionError, ValueError, IndexError, LookupError):
        return raw[:MAX_TEXT].decode("utf-8", "replace")
    subject = "".join(
        character if character.isprintable() else " "
        for character in header_in_words(message, "Subject")
    )[:MAX_SUBJECT]
    for part in parts[:MAX_PARTS]:
        if part.get_content_type() == "text/plain":
            return f"{subject}\n\n{_part_text(part)[:MAX_TEXT]}"
    return f"{subject}\n\n(no plain text in this message)"


def _part_text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        charset = str(part.get_content_charset() or "utf-8")
    except (ValueError, LookupError, TypeError, AttributeError):
        charset = "utf-8"
    return decode(content, charset)
