"""What a look into the inbox brought, in the public JSON form."""

from dataclasses import dataclass, field
from typing import TypedDict


class KeptMessageJson(TypedDict):
    """A message that was new in the inbox, and the case that it is kept in."""

    case: str
    id: str
    label: str
    needs_person: bool


class SyncedJson(TypedDict):
    """What a look into the inbox brought."""

    kept: list[KeptMessageJson]
    known: int
    """Messages that were kept before."""
    others: int
    """Messages that belong to no case, or to one that is not certain; not read."""
    too_large: int
    letters: int
    """Letters that answers were looked for; with none, the inbox is not opened."""


@dataclass(slots=True)
class Synced:
    """The same while it is counted."""

    kept: list[KeptMessageJson] = field(default_factory=list)
    known: int = 0
    others: int = 0
    too_large: int = 0
    letters: int = 0


def synced_json(synced: Synced) -> SyncedJson:
    """Return what a look into the inbox brought."""
    return {
        "kept": synced.kept,
        "known": synced.known,
        "others": synced.others,
        "too_large": synced.too_large,
        "letters": synced.letters,
    }
