"""What is proved, what waits, and whom the person asks, in the public JSON form."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from rescind.core.model.case import Case, EventKind


class ProofSettingsJson(TypedDict):
    """Whom the person asks for proof."""

    stamp_by: list[str]
    stamps: int
    """How many authorities have to stamp."""
    anchor_by: list[str]
    dns: str | None
    """Where the keys of senders are looked up; null: nowhere."""


class ProofStatusJson(TypedDict):
    """What of a case is proved, what waits, and what the last try said."""

    waiting: list[str]
    stamps: list[dict[str, str]]
    """The details of each stamp's event."""
    said: str
    tries: int
    next_try_at: str | None


class WaitingCaseJson(ProofStatusJson):
    """A case in which something waits to be proved."""

    case: str


class ProofOverviewJson(ProofSettingsJson):
    """Whom the person asks, and where something waits."""

    waiting: list[WaitingCaseJson]


def proof_status_json(
    case: Case, waiting: Sequence[str], next_try_at: datetime | None
) -> ProofStatusJson:
    """Return what of a case is proved and what waits, in words."""
    failed = case.failed_proof
    return {
        "waiting": list(waiting),
        "stamps": [dict(e.details) for e in case.events if e.kind is EventKind.STAMPED],
        "said": failed.said if failed else "",
        "tries": failed.tries if failed else 0,
        "next_try_at": next_try_at.isoformat(timespec="seconds")
        if next_try_at
        else None,
    }
