"""Workers: who looks for what is due, what they missed, and what there is to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet

from rescind.core.model.work import PlannedWork, WorkerAtWork, WorkOverview
from rescind.store.models import WorkerRecord, WorkRecord
from rescind.store.work import LEASE

MOST_ROWS = 50
"""Of what is due and of what failed, in an overview."""
LATE_AFTER = timedelta(minutes=3)
"""A worker that has not looked for so long is not at work: nine of its beats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """When a worker started, and for how long nobody had looked before."""

    started_at: datetime
    missed_from: datetime | None
    missed: int
    """How much had come due in that time."""


def arrive(*, now: datetime, missed_after: timedelta) -> Start:
    """Return how things stand for a worker that starts.

    It is recorded with the first look that ends well: one that starts again and again
    and never gets to look is not at work.
    """
    last = WorkerRecord.objects.aggregate(last=Max("looked_at"))["last"]
    if last is None or now - last <= missed_after:
        return Start(started_at=now, missed_from=None, missed=0)
    missed = WorkRecord.objects.filter(at__gt=last, at__lte=now).count()
    return Start(started_at=now, missed_from=last, missed=missed)


def beat(name: str, start: Start, *, done: int, failed: int, now: datetime) -> None:
    """Record that a worker's look ended well, and what it did since the last one."""
    row = {
        "started_at": start.started_at,
        "looked_at": now,
        "missed_from": start.missed_from,
        "missed": start.missed,
    }
    WorkerRecord.objects.update_or_create(
        name=name,
        defaults=row | {"done": F("done") + done, "failed": F("failed") + failed},
        create_defaults=row | {"done": done, "failed": failed},
    )


def overview(now: datetime) -> WorkOverview:
    """Return who works, what is due next, and what failed."""
    rows = list(WorkerRecord.objects.order_by("name"))
    upcoming = WorkRecord.objects.order_by("at")
    failed = WorkRecord.objects.filter(has_failed=True).order_by("at")
    return WorkOverview(
        workers=tuple(_worker(row, now) for row in rows),
        last_run=max((row.looked_at for row in rows), default=None),
        is_running=any(_is_running(row, now) for row in rows),
        due=WorkRecord.objects.filter(at__lte=now).count(),
        next=tuple(_work(row) for row in _with_names(upcoming)),
        failed=tuple(_work(row) for row in _with_names(failed)),
    )


def _is_running(row: WorkerRecord, now: datetime) -> bool:
    return now - row.looked_at <= LATE_AFTER


def _worker(row: WorkerRecord, now: datetime) -> WorkerAtWork:
    return WorkerAtWork(
        name=row.name,
        started_at=row.started_at,
        looked_at=row.looked_at,
        is_running=_is_running(row, now),
        done=row.done,
        failed=row.failed,
        missed_from=row.missed_from,
        missed=row.missed,
    )


class _Named(Protocol):
    """A row of work, with what the query adds to it."""

    case_id: UUID | None
    service_name: str | None
    action: str
    at: datetime
    tries: int
    said: str


def _with_names(rows: QuerySet[WorkRecord]) -> Iterable[_Named]:
    """Return the first rows with the services' names, and nothing else of the cases."""
    named: Any = rows.annotate(service_name=F("case__standing__service_name"))
    first: Iterable[_Named] = named[:MOST_ROWS]
    return first


def _work(row: _Named) -> PlannedWork:
    return PlannedWork(
        case_id=str(row.case_id) if row.case_id else None,
        service_name=row.service_name or "",
        action=row.action,
        at=row.at,
        tries=row.tries,
        said=row.said,
    )


def since_last_look(now: datetime) -> timedelta | None:
    """Return how long ago a worker's look ended well; ``None`` where none ever did."""
    last: datetime | None = WorkerRecord.objects.aggregate(last=Max("looked_at"))[
        "last"
    ]
    return now - last if last else None


def is_any_stuck(now: datetime, after: timedelta) -> bool:
    """Return whether work that the engine was given neither ended nor failed in time.

    What is taken comes up again after ``LEASE``; taken a second time, it is stuck too.
    """
    taken = WorkRecord.objects.filter(tries__gt=0, has_failed=False, said="")
    is_late = Q(at__gt=now, at__lte=now + LEASE - after) | Q(tries__gt=1)
    return taken.filter(is_late).exists()


def oldest_due(now: datetime) -> timedelta:
    """Return for how long the oldest work is due; no time at all where none is."""
    oldest = WorkRecord.objects.filter(at__lte=now).aggregate(oldest=Min("at"))
    at: datetime | None = oldest["oldest"]
    return now - at if at else timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerMetrics:
    """What a worker did, and how long ago it last looked."""

    name: str
    done: int
    failed: int
    since_look: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The numbers for monitoring."""

    due: Mapping[str, int]
    """How much is due, by action."""
    oldest_due: timedelta
    failed: int
    workers: tuple[WorkerMetrics, ...]


def metrics(now: datetime) -> Metrics:
    """Return the metrics for monitoring; each costs what is due, not what is open."""
    due = WorkRecord.objects.filter(at__lte=now)
    by_action = due.values("action").annotate(count=Count("id"))
    return Metrics(
        due={row["action"]: row["count"] for row in by_action},
        oldest_due=oldest_due(now),
        failed=WorkRecord.objects.filter(has_failed=True).count(),
        workers=tuple(
            WorkerMetrics(
                name=row.name,
                done=row.done,
                failed=row.failed,
                since_look=now - row.looked_at,
            )
            for row in WorkerRecord.objects.all()
        ),
    )
