"""Ports: what the use cases need of the outside, and nothing about who provides it."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from rescind.core.model.letter import Letter


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


class Mailer(Protocol):
    """Hands a message over; a postal or an operator's sender can stand here too."""

    name: str
    """What the case records as the way it was sent."""

    def send(self, message: EmailMessage, recipient: str) -> Handover:
        """Hand a message over, once.

        Raises TransientError or PermanentError only when it is certain that nothing
        was taken; UnknownOutcome when it is not.
        """
        ...
