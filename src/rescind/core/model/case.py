"""The case: a purchase, a goal, and events that are added and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen to a case."""

    OPENED = "opened"
    LETTER_WRITTEN = "letter_written"
    DISPATCH_BEGUN = "dispatch_begun"
    DISPATCH_TAKEN = "dispatch_taken"
    DISPATCH_REFUSED = "dispatch_refused"
    DISPATCH_UNKNOWN = "dispatch_unknown"
    HANDED_OVER = "handed_over"
    SAID_SENT = "said_sent"
    SAID_NOT_SENT = "said_not_sent"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    NOTICE_KEPT = "notice_kept"
    """A delivery notice came (RFC 3464)."""
    COPY_KEPT = "copy_kept"
    """The blind copy of the letter came back to the sender's own mailbox."""
    FILE_KEPT = "file_kept"
    """The person added a picture or a paper: proof of what was done."""
    ANSWERED = "answered"
    AUTHENTICATED = "authenticated"
    """Who signed a message was looked up, with the keys as found that day."""
    STAMPED = "stamped"
    """An authority stamped the log so far, or a message (RFC 3161)."""
    ANCHORED = "anchored"
    """A calendar took the log's head for a block chain (OpenTimestamps)."""
    CONFIRMED = "confirmed"
    CLOSED = "closed"


class CaseState(StrEnum):
    """Where a case stands; computed from its events and today, never stored."""

    DRAFT = "draft"
    SENDING = "sending"
    DOUBTFUL = "doubtful"
    """It may have been sent; a person has to look."""
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, when, and how it is known."""

    number: int
    kind: EventKind
    at: datetime
    known_by: str
    """``program``, ``person`` (their word) or ``server`` (a third party's)."""
    details: Mapping[str, str]
    digest: str = ""
    """Of this event and all before it; empty while it is not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case's state with what it follows from."""

    state: CaseState
    next_step: str
    confirm_by: date | None
    by_word_only: bool
    """That it was sent rests on the person's word."""
