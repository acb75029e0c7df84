"""Workers: who looks for what is due, what they missed, and what there is to do."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min

from rescind.store.models import WorkerRecord, WorkRecord

SHOWN = 50
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


def overview(now: datetime) -> dict[str, Any]:
    """Return who works, what is due next, and what failed."""
    rows = list(WorkerRecord.objects.order_by("name"))
    upcoming = WorkRecord.objects.order_by("at")
    failed = WorkRecord.objects.filter(has_failed=True).order_by("at")
    return {
        "workers": [_worker(row, now) for row in rows],
        "last_run": max((r.looked_at for r in rows), default=None),
        "is_running": any(now - r.looked_at <= LATE_AFTER for r in rows),
        "due": WorkRecord.objects.filter(at__lte=now).count(),
        "next": [_work(row) for row in upcoming.select_related("case")[:SHOWN]],
        "failed": [_work(row) for row in failed.select_related("case")[:SHOWN]],
    }


def _worker(row: WorkerRecord, now: datetime) -> dict[str, Any]:
    return {
        "name": row.name,
        "started_at": row.started_at,
        "looked_at": row.looked_at,
        "is_running": now - row.looked_at <= LATE_AFTER,
        "done": row.done,
        "failed": row.failed,
        "missed_from": row.missed_from,
        "missed": row.missed,
    }


def _work(row: WorkRecord) -> dict[str, Any]:
    return {
        "case": str(row.case_id) if row.case_id else None,
        "service_name": row.case.service_name if row.case else "",
        "action": row.action,
        "at": row.at,
        "tries": row.tries,
        "said": row.said,
    }


def figures(now: datetime) -> dict[str, Any]:
    """Return the numbers for monitoring; each costs what is due, not what is open."""
    due = WorkRecord.objects.filter(at__lte=now)
    by_action = due.values("action").annotate(count=Count("id"))
    oldest = due.aggregate(oldest=Min("at"))["oldest"]
    rows = list(WorkerRecord.objects.all())
    return {
        "due": {row["action"]: row["count"] for row in by_action},
        "oldest_due": (now - oldest).total_seconds() if oldest else 0.0,
        "failed": WorkRecord.objects.filter(has_failed=True).count(),
        "workers": [
            (r.name, r.done, r.failed, (now - r.looked_at).total_seconds())
            for r in rows
        ],
    }
