"""Work: who does it, what is planned, and what failed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerAtWork:
    """A worker, when it last looked for what is due, and what it missed before."""

    name: str
    started_at: datetime
    looked_at: datetime
    is_running: bool
    """It looked lately."""
    done: int
    failed: int
    missed_from: datetime | None
    """When nobody had looked for long before it started: from when on."""
    missed: int
    """How much had come due in that time, and was done late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork:
    """A piece of work that is to be done, or done again."""

    case_id: str | None
    """``None`` for what belongs to no case: the inbox."""
    service_name: str
    action: str
    at: datetime
    tries: int
    said: str
    """Why the last try came to nothing, or what it waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOverview:
    """Who works, what comes next, and what failed, as of one moment."""

    workers: tuple[WorkerAtWork, ...]
    last_run: datetime | None
    is_running: bool
    """One of the workers looked lately."""
    due: int
    """How much is due now."""
    next: tuple[PlannedWork, ...]
    failed: tuple[PlannedWork, ...]
