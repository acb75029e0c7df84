"""The work that is done by itself, in the public JSON form."""

from datetime import datetime
from typing import TypedDict

from rescind.core.follow.limits import Limits
from rescind.core.model.work import PlannedWork, WorkerAtWork, WorkOverview


class WorkerJson(TypedDict):
    """A worker; moments in ISO 8601."""

    name: str
    started_at: str
    looked_at: str
    is_running: bool
    done: int
    failed: int
    missed_from: str | None
    missed: int


class PlannedWorkJson(TypedDict):
    """A piece of work; ``case`` is null for the inbox."""

    case: str | None
    service_name: str
    action: str
    at: str
    tries: int
    said: str


class LimitsJson(TypedDict):
    """How many letters are sent at most; null: any number."""

    per_hour: int | None
    per_day: int | None
    per_domain_hour: int | None


class WorkerStatusJson(TypedDict):
    """Who works, what was missed, what is due and what failed, and why."""

    workers: list[WorkerJson]
    last_run: str | None
    is_running: bool
    due: int
    next: list[PlannedWorkJson]
    failed: list[PlannedWorkJson]
    now: str
    limits: LimitsJson


class HealthJson(TypedDict):
    """Whether work is done in time; ``ok`` says it in one word."""

    ok: bool
    database: bool
    worker: bool
    last_look: int | None
    """Seconds since a worker's look at what is due last ended well; null: never."""


def worker_status_json(
    overview: WorkOverview, limits: Limits, now: datetime
) -> WorkerStatusJson:
    """Return who works, what was missed, what is due and what failed, and why."""
    return {
        "workers": [_worker(each) for each in overview.workers],
        "last_run": overview.last_run.isoformat() if overview.last_run else None,
        "is_running": overview.is_running,
        "due": overview.due,
        "next": [_planned(each) for each in overview.next],
        "failed": [_planned(each) for each in overview.failed],
        "now": now.isoformat(),
        "limits": {
            "per_hour": limits.per_hour,
            "per_day": limits.per_day,
            "per_domain_hour": limits.per_domain_hour,
        },
    }


def _worker(each: WorkerAtWork) -> WorkerJson:
    return {
        "name": each.name,
        "started_at": each.started_at.isoformat(),
        "looked_at": each.looked_at.isoformat(),
        "is_running": each.is_running,
        "done": each.done,
        "failed": each.failed,
        "missed_from": each.missed_from.isoformat() if each.missed_from else None,
        "missed": each.missed,
    }


def _planned(each: PlannedWork) -> PlannedWorkJson:
    return {
        "case": each.case_id,
        "service_name": each.service_name,
        "action": each.action,
        "at": each.at.isoformat(),
        "tries": each.tries,
        "said": each.said,
    }
