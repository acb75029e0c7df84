"""Which case a message belongs to: by what it answers, or by who sent it and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

EARLY = timedelta(hours=12)
"""Clocks differ: a message may bear a time that early before our letter."""

SHARED = frozenset(
    [
        "aol.com",
        "fastmail.com",
        "free.fr",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "laposte.net",
        "libero.it",
        "live.com",
        "mail.ru",
        "mailbox.org",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "t-online.de",
        "wanadoo.fr",
        "web.de",
        "yahoo.com",
        "yandex.ru",
        "zoho.com",
    ]
)
"""Domains under which anyone may have an address: only the very address counts.

Common knowledge and not all of them; to be named here only makes matching stricter.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A letter that was sent, and what an answer to it is known by."""

    case_id: str
    message_id: str
    recipient: str
    """The address that it was sent to."""
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What of a message tells where it belongs."""

    message_id: str
    answers: frozenset[str]
    """The Message-IDs in In-Reply-To and References (RFC 5322 section 3.6.4)."""
    sender: str
    at: datetime | None
    is_report: bool = False
    """A delivery notice: it is looked into."""
    tags: frozenset[str] = frozenset()
    """What stands behind a plus in the addresses that it was sent to (RFC 5233)."""


def belongs_to(
    envelope: Envelope,
    expected: Sequence[Expected],
    other_letters: frozenset[str] = frozenset(),
) -> str | None:
    """Return the case that a message belongs to; ``None`` where that is not certain.

    ``other_letters`` are Message-IDs of letters of ours that no answer is looked for
    any more: what names one of them belongs to its case, and to no other.

    An answer names our letter, or is our letter come back, or was sent to the case's
    own address. Else it counts only if it
    comes from the family of the domain that was written to, after the letter, and no
    other case was written there; under a shared domain, from that very address.
    """
    case_id = named_case(envelope, expected)
    if case_id is not None:
        return case_id
    if other_letters & (envelope.answers | {envelope.message_id}):
        return None
    at = envelope.at
    if at is None or at.tzinfo is None:
        return None
    near = {
        letter.case_id
        for letter in expected
        if _is_family(envelope.sender.lower(), letter.recipient.lower())
        and at >= letter.sent_at - EARLY
    }
    return near.pop() if len(near) == 1 else None


def named_case(envelope: Envelope, expected: Sequence[Expected]) -> str | None:
    """Return the case whose letter a message names, or whose own address it went to.

    Only who was written to knows either; any stranger can name a sender.
    """
    for letter in expected:
        if letter.message_id in envelope.answers | {envelope.message_id}:
            return letter.case_id
    for letter in expected:
        if letter.case_id.replace("-", "")[:12] in envelope.tags:
            return letter.case_id
    return None


def _is_family(one: str, other: str) -> bool:
    """Return whether two addresses are of one domain, or one domain lies below."""
    if one == other:
        return "@" in one
    one, other = one.rpartition("@")[2], other.rpartition("@")[2]
    if "." not in one or "." not in other or SHARED & {one, other}:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def first_day(expected: Iterable[Expected]) -> datetime | None:
    """Return since when messages are looked for; ``None`` where nothing was sent."""
    return min((letter.sent_at - EARLY for letter in expected), default=None)
