"""Evidence: what a pack holds, what each thing is offered for, and how it checks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Indication(StrEnum):
    """The outcome of a check (ETSI EN 319 102-1, table 5)."""

    PASSED = "TOTAL-PASSED"
    FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file of a pack, and what it is offered for."""

    name: str
    """Its place in the pack."""
    media_type: str
    content: bytes
    offer: str
    """The code of what it is offered for (``core/prove/purposes.py``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of verifying one thing; the three answers are kept apart."""

    what: str
    intact: bool
    """The bytes are those that were sealed."""
    valid: bool
    """The seal is sound by its standard."""
    trusted: bool
    """Somebody whom the reader trusts stands behind it."""
    indication: Indication
    code: str
    """The sub-indication of the standard, or ours; empty where all is well."""
    text: str
    looked_at: tuple[str, ...] = ()
    at: datetime | None = None
    """The time that it proves, if it proves one."""
    is_extra: bool = False
    """It would show more if the reader brought more; it decides nothing."""

    @property
    def holds(self) -> bool:
        """Return whether all three answers are yes."""
        return self.intact and self.valid and self.trusted
