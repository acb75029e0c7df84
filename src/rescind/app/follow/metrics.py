"""Metrics: health, and metrics in the text format of Prometheus."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from rescind.adapters import clock
from rescind.adapters.public.worker import HealthJson
from rescind.store import workers

LOOPBACK = "127.0.0.1"
OLDEST = timedelta(minutes=10)
"""Work that is due for longer means that something is wrong."""


class _Collector(Collector):
    def collect(self) -> Iterator[Metric]:
        """Yield each metric, read off the database now."""
        now = workers.metrics(clock.now())
        due = GaugeMetricFamily("rescind_due", "Work that is due.", labels=["action"])
        for action, count in now.due.items():
            due.add_metric([action], count)
        yield due
        yield GaugeMetricFamily(
            "rescind_oldest_due_seconds",
            "How long the oldest work is due.",
            now.oldest_due.total_seconds(),
        )
        yield GaugeMetricFamily(
            "rescind_failed", "Work whose last try failed.", now.failed
        )
        ages = GaugeMetricFamily(
            "rescind_worker_last_look_seconds", "Since it looked.", labels=["worker"]
        )
        counts = CounterMetricFamily(
            "rescind_work", "Work that ended, by how.", labels=["worker", "outcome"]
        )
        for worker in now.workers:
            ages.add_metric([worker.name], worker.since_look.total_seconds())
            counts.add_metric([worker.name, "done"], worker.done)
            counts.add_metric([worker.name, "failed"], worker.failed)
        yield ages
        yield counts


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Collector())
    return registry


def metrics() -> bytes:
    """Return the metrics as Prometheus reads them."""
    return generate_latest(_registry())


def health() -> HealthJson:
    """Return whether work is done in time: by the looks that ended, not by starts."""
    try:
        now = clock.now()
        age, oldest = workers.since_last_look(now), workers.oldest_due(now)
        is_stuck = workers.is_any_stuck(now, OLDEST)
    except DatabaseError:
        return {"ok": False, "database": False, "worker": False, "last_look": None}
    is_running = age is not None and age <= workers.LATE_AFTER
    return {
        "ok": is_running and oldest < OLDEST and not is_stuck,
        "database": True,
        "worker": is_running,
        "last_look": None if age is None else round(age.total_seconds()),
    }


def serve_metrics(port: int) -> None:
    """Answer Prometheus on a port of this machine alone, in a thread.

    Raises OSError where the port is taken.
    """
    start_http_server(port, addr=LOOPBACK, registry=_registry())
