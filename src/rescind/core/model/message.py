"""Messages that come back, and what they are read as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence


class Label(StrEnum):
    """What a message is."""

    ACKNOWLEDGED = "acknowledged"
    """It came in; nothing is promised."""
    CONFIRMED = "confirmed"
    ALREADY_CANCELLED = "already_cancelled"
    REFUND_GRANTED = "refund_granted"
    REFUND_REFUSED = "refund_refused"
    OFFER = "offer"
    """Something is offered for staying."""
    NEEDS_INFORMATION = "needs_information"
    REDIRECTED = "redirected"
    """To a form, a store, or somebody else."""
    REFUSED = "refused"
    """Also a cancellation that was taken back."""
    ACCOUNT_DELETED = "account_deleted"
    INVOICE = "invoice"
    """Also a receipt and a payment reminder."""
    OUT_OF_OFFICE = "out_of_office"
    MARKETING = "marketing"
    BOUNCE_PERMANENT = "bounce_permanent"
    BOUNCE_TEMPORARY = "bounce_temporary"
    """Not delivered for good, but the address stands: a full mailbox."""
    DELAYED = "delayed"
    DELIVERED = "delivered"
    READ = "read"
    OTHER = "other"


class Before(StrEnum):
    """Whether an end had come before an answer to it."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    """Its year is not told, and the day is long past or far ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientReport:
    """What became of a message for one recipient (RFC 3464)."""

    address: str
    action: str
    status: str
    """The enhanced code (RFC 3463); empty where none is stated."""
    permanent: bool | None
    """The address itself is bad; ``None`` where that is not known."""
    diagnostic: str = ""
    """The server's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as far as it is read: bounded, decoded, visible text only."""

    id: str
    sender: str
    """The address in From, in lower case; empty where there is none."""
    subject: str
    text: str
    at: datetime | None = None
    recipients: tuple[str, ...] = ()
    """The addresses in To and Cc, in lower case."""
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    """The few that tell an automatic message, by name in lower case."""
    returns_message: bool = False
    """Another message, or its headers, is attached."""
    reports: tuple[RecipientReport, ...] = ()
    disposition: str = ""
    """Of a disposition notice (RFC 8098): ``displayed``, ``deleted`` and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a message is read as, how surely, and why."""

    label: Label
    sureness: float
    """From 0 to 1."""
    needs_person: bool
    """The label is too unsure to rely on."""
    new_text: str
    because: tuple[Sentence, ...]
    effective_on: str | None = None
    """A day (ISO 8601), ``period_end`` or ``immediate``; ``None``: not told."""
    takes_effect: bool = False
    """The end takes effect on that day: it is over as the day begins."""
    refused_until: date | None = None
    """The end that a refusal names in place of the one that was asked for."""
    refund: Money | None = None
    refund_adds: bool = False
    """It comes on top of what was named before: it is the rest of a larger sum."""
    asks_fee: bool = False
    """It asks money of the reader: for the leaving itself, or what is still owed."""
    fee: Money | None = None
    """How much that is; ``None``: it names no sum."""
    is_dues: bool = False
    """What it asks is owed for time that has passed: no fee for leaving."""
    recipients: tuple[RecipientReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What an answer means, whose turn it is, and what is prepared."""

    label: Label
    means: str
    do: tuple[str, ...]
    is_ours: bool
    """Whether it is the person's turn; else there is nothing to do but wait."""
    letter: str | None
    """The kind of letter that answers it."""
    rights: tuple[str, ...]
    """Kinds of rights that speak to it, where the case's verdict has them."""
    rests_on: tuple[Mapping[str, str], ...]
    """Each with ``title``, ``url``, ``at`` and ``checked_on``."""
