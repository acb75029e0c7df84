"""Workers: who looks for what is due, what they missed, and what there is to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min

from rescind.core.model.work import PlannedWork, WorkerAtWork, WorkOverview
from rescind.store.models import WorkerRecord, WorkRecord

MOST_ROWS = 50
"""Of what is due and of what failed, in an overview."""
LATE_AFTER = timedelta(minutes=3)
"""A worker that has not looked for so long is not at work."""


def arrive(name: str, *, now: datetime, missed_after: timedelta) -> None:
    """Record that a worker starts, and how long nobody looked before."""
    last = WorkerRecord.objects.aggregate(last=Max("looked_at"))["last"]
    is_missed = last is not None and now - last > missed_after
    missed = WorkRecord.objects.filter(at__gt=last, at__lte=now) if is_missed else None
    WorkerRecord.objects.update_or_create(
        name=name,
        defaults={
            "started_at": now,
            "looked_at": now,
            "missed_from": last if is_missed else None,
            "missed": missed.count() if missed is not None else 0,
        },
    )


def beat(name: str, *, done: int, failed: int, now: datetime) -> None:
    """Record that a worker looked, and what it did since it last said so."""
    WorkerRecord.objects.filter(name=name).update(
        looked_at=now, done=F("done") + done, failed=F("failed") + failed
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
        next=tuple(_work(row) for row in upcoming.select_related("case")[:MOST_ROWS]),
        failed=tuple(_work(row) for row in failed.select_related("case")[:MOST_ROWS]),
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


def _work(row: WorkRecord) -> PlannedWork:
    return PlannedWork(
        case_id=str(row.case_id) if row.case_id else None,
        service_name=row.case.service_name if row.case else "",
        action=row.action,
        at=row.at,
        tries=row.tries,
        said=row.said,
    )


def is_any_running(now: datetime) -> bool:
    """Return whether a worker looked lately for what is due."""
    return WorkerRecord.objects.filter(looked_at__gte=now - LATE_AFTER).exists()


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
