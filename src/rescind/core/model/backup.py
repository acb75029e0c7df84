"""A backup as it was looked at: what it holds, what it lacks, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rescind.core.model.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup says of itself, and holds."""

    made_at: datetime
    """What happened later is not in it."""
    made_by: str
    """The release that wrote it."""
    schema: tuple[str, ...]
    """The steps that had brought the database to the form that it is in."""
    rows: Mapping[str, int]
    """How many there are of each table."""
    members: Mapping[str, int]
    """The bytes of each part, by its name in the archive."""
    lacks: tuple[Sentence, ...]
    """What a person has to bring from elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What looking at a backup came to."""

    backup: Backup | None
    """``None`` where it does not even say what it is."""
    faults: tuple[Sentence, ...]
    """All that is wrong with it; nothing is, where this is empty."""
