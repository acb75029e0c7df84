"""What each kind of event holds that takes another one back, or puts it right."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenedDetails:
    """The person took a closing, or a resumption, back."""

    KIND: ClassVar = "reopened"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideDetails:
    """What was kept or told by mistake no longer counts; it stays in the log."""

    KIND: ClassVar = "set_aside"
    number: int = 0
    """Of the event that no longer counts."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBackDetails:
    """What was set aside counts again."""

    KIND: ClassVar = "put_back"
    number: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredDetails:
    """The case was brought back from a backup."""

    KIND: ClassVar = "restored"
    backup_at: datetime | None = None
    """What happened after this moment is not in the log."""
    dispatch: str = ""
    """The sending that was ordered, or begun, when the backup was made."""
    in_doubt: bool = False
    """The newest letter may have gone out after that moment."""
