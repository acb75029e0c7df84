"""The letter: a value, not a file; laid out and sent by others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rescind.core.model.source import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes, and what the merchant needs to find the contract."""

    name: str
    address: tuple[str, ...]
    """Lines of the postal address; empty where none was given."""
    email: str | None
    country: str | None
    phone: str | None = None
    identifiers: Mapping[str, str]
    """By the names that the catalogue's identifiers use: ``account_email``."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return name, address and ways to answer, as they stand in the letter."""
        reach = tuple(part for part in (self.email, self.phone) if part)
        return (self.name, *self.address, *reach)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is written to, and where that address comes from."""

    lines: tuple[str, ...]
    country: str | None
    email: str | None
    claim: Claim | None
    """``None`` where no source stands behind the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One clause, and the claims it rests on."""

    id: str
    text: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to know, or to mend, before the letter is sent."""

    code: str
    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter in one language."""

    kind: str
    language: str
    sender: Sender
    recipient: Recipient
    written_on: date
    written_on_text: str
    subject: str
    salutation: str
    references: tuple[tuple[str, str], ...]
    """Labels and values that name the contract."""
    paragraphs: tuple[Paragraph, ...]
    closing: str
    confirm_by: date
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """A letter as it will be sent: its words and its page, final."""

    kind: str
    language: str
    subject: str
    sender_email: str | None
    recipient: tuple[str, ...]
    recipient_email: str | None
    recipient_source: str
    """Where the address comes from; empty where no source stands behind it."""
    confirm_by: date
    problems: tuple[Problem, ...]
    text: str
    pdf: bytes
    picture: bytes
    """The page as PNG, for the preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """The words of one kind of letter in one language, as data."""

    kind: str
    language: str
    subject: str
    salutation: str
    closing: str
    paragraphs: tuple[tuple[str, str, str], ...]
    """Id, condition (empty: always) and text of each clause, in order."""
    months: tuple[str, ...]
    date_format: str
    reviewed: bool
    """A native reader has looked at it."""
