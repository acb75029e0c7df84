"""Ports: what the use cases need of the outside, and nothing about who provides it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Protocol, TypeAlias

from rescind.core.model.letter import Letter
from rescind.core.model.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The other side took responsibility for the message, and said so."""

    answers: tuple[str, ...]
    """The other side's words, in order, without secrets."""


class Renderer(Protocol):
    """Lays a letter out."""

    def pdf(self, letter: Letter) -> bytes:
        """Return the letter as PDF; the same letter gives the same bytes."""
        ...

    def picture(self, letter: Letter) -> bytes:
        """Return the letter's page as PNG, for a preview."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What is to be sent, byte for byte, and to whom."""

    content: bytes
    """The whole message; lines end with CRLF."""
    recipient: str
    envelope_id: str
    """What a delivery notice names it by (RFC 3461 section 4.4)."""
    wants_notice: bool = True
    """Whether a notice of its delivery is asked for (RFC 3461)."""
    copy_to: str | None = None
    """The sender's own address, for a blind copy; it stands in no header."""


class Mailer(Protocol):
    """Hands a message over; a postal or an operator's sender can stand here too."""

    name: str
    """What the case records as the way it was sent."""

    def send(self, submission: Submission, dialogue: list[str]) -> Handover:
        """Hand a message over, once.

        What both sides said is added to ``dialogue`` line by line, without secrets,
        also where it ends in an error. Raises TransientError or PermanentError only
        when it is certain that nothing was taken; UnknownOutcome when it is not.
        """
        ...


class Speaker(Protocol):
    """Says sentences in a language."""

    def say(self, sentence: Sentence) -> str:
        """Return a sentence in words."""
        ...


ZoneOf: TypeAlias = Callable[[Mapping[str, Any]], tzinfo]
"""Tells in which zone the days of a purchase are read, from its facts."""
