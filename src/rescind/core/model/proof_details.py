"""What the events hold that prove when and from whom: stamps, anchors, signatures."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

ALWAYS = "always"
"""Marks a field that the log has even where nothing is known: as empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticatedDetails:
    """Who signed a message was looked up."""

    KIND: ClassVar = "authenticated"
    message: str = ""
    result: str = ""
    claims_from: str = ""
    signed_by: str = ""
    spf: str = ""
    arc: str = ""
    said: str = ""
    keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedDetails:
    """An authority stamped the log or a message (RFC 3161)."""

    KIND: ClassVar = "stamped"
    what: str
    """``log`` or ``message``."""
    number: int
    """Of the last event that it covers; 0 for a message."""
    covers: str = ""
    token: str = ""
    by: str = ""
    stamped_at: datetime | None = field(default=None, metadata={ALWAYS: True})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredDetails:
    """A calendar took the log's head (OpenTimestamps)."""

    KIND: ClassVar = "anchored"
    what: str
    number: int
    covers: str = ""
    proof: str = ""
    by: str = ""
    state: str
    """``pending`` or ``complete``."""
