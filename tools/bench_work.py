"""Measure the worker: a look among many open cases, and letters a second, end to end.

``RESCIND_OPEN`` sets how many cases are open at most (1,000,000), ``RESCIND_LETTERS``
how many letters go out for each number of workers (300).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from tests.mail import servers
from tests.store import postgres

DUE = 1_000
OPEN = int(os.environ.get("RESCIND_OPEN", "1000000"))
LETTERS = int(os.environ.get("RESCIND_LETTERS", "300"))
ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print a table of figures; each part runs in a process with its own database."""
    if sys.argv[1:2] == ["looks"]:
        looks()
        return
    print("| what | SQLite | PostgreSQL |\n|---|---|---|")
    with _databases() as urls:
        rows = [_run(url, "looks") for url in urls]
    for name in rows[0]:
        print(f"| {name} | {rows[0][name]} | {rows[1][name]} |", flush=True)
    for workers in (1, 2, 4):
        with _databases() as urls:
            found = [_letters(url, workers) for url in urls]
        name = f"letters a second, end to end, {workers} worker"
        print(f"| {name} | {found[0]:.1f} | {found[1]:.1f} |", flush=True)


@contextmanager
def _databases() -> Iterator[tuple[str | None, str]]:
    folder = Path(tempfile.mkdtemp(prefix="rescind-bench-"))
    with postgres.running(folder) as server:
        yield None, server.url


def _environment(url: str | None) -> dict[str, str]:
    environment = os.environ | {"RESCIND_HOME": tempfile.mkdtemp(prefix="rescind-b-")}
    environment.pop("RESCIND_DATABASE_URL", None)
    environment |= {"RESCIND_SMTP_PASSWORD": servers.PASSWORD}
    return environment | ({"RESCIND_DATABASE_URL": url} if url else {})


def _run(url: str | None, part: str) -> dict[str, str]:
    words = [sys.executable, "-W", "ignore", "-m", "tools.bench_work", part]
    done = subprocess.run(
        words, env=_environment(url), capture_output=True, text=True, check=True,
        cwd=ROOT,
    )  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def looks() -> None:
    """Time a look at what is due, with more and more cases open; print JSON."""
    from rescind.app.setup import setup

    setup()
    from rescind.store import workers

    now = datetime.now(UTC).replace(microsecond=0)
    found: dict[str, str] = {}
    there = 0
    for count in (OPEN // 100, OPEN // 10, OPEN):
        _fill(count - there, now)
        there = count
        times, watched = [], []
        for _ in range(5):
            _make_due(now)
            times.append(_timed(lambda: _take_all(now)))
            watched.append(_timed(lambda: workers.metrics(now)))
        name = f"find and take {DUE:,} due among {count:,} open"
        found[name] = f"{median(times) * 1000:.0f} ms"
        name = f"figures for monitoring, {count:,} open"
        found[name] = f"{median(watched) * 1000:.1f} ms"
    print(json.dumps(found))


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _take_all(now: datetime) -> None:
    from rescind.store import work

    while found := work.due_tasks(now, 200):
        work.take(found, now)


def _fill(count: int, now: datetime) -> None:
    """Add open cases whose next moment is weeks away."""
    from uuid import uuid4

    from rescind.store.models import CaseRecord, WorkRecord

    for begin in range(0, count, 10_000):
        cases = [
            CaseRecord(
                id=uuid4(), opened_at=now, service="s", service_name="S",
                kind="cancel", facts={}, verdict={}, sender={},
            )
            for _ in range(min(10_000, count - begin))
        ]  # fmt: skip
        CaseRecord.objects.bulk_create(cases, batch_size=1_000)
        WorkRecord.objects.bulk_create(
            [
                WorkRecord(
                    case=case, action="tell", key="x",
                    at=now + timedelta(days=7, seconds=begin + number),
                )
                for number, case in enumerate(cases)
            ],
            batch_size=1_000,
        )  # fmt: skip


def _make_due(now: datetime) -> None:
    from rescind.store.models import WorkRecord

    names = list(WorkRecord.objects.order_by("-pk").values_list("pk", flat=True)[:DUE])
    rows = WorkRecord.objects.filter(pk__in=names)
    rows.update(at=now - timedelta(minutes=1), tries=0)


def _letters(url: str | None, workers: int) -> float:
    """Order letters, and return how many a second so many workers hand over."""
    folder = Path(tempfile.mkdtemp(prefix="rescind-mail-"))
    environment = _environment(url)
    home = Path(environment["RESCIND_HOME"])
    with servers.running(folder) as mail:
        settings = {"host": servers.HOST, "port": mail.port, "user": servers.USER}
        settings |= {"ca_file": str(mail.ca_file)}
        (home / "mailbox.json").write_text(json.dumps(settings))
        limits = dict.fromkeys(("per_hour", "per_day", "per_domain_hour"), "none")
        (home / "sending.json").write_text(json.dumps(limits))
        python = [sys.executable, "-W", "ignore", "-m"]
        ordered = [*python, "tests.worker.orders", str(LETTERS)]
        subprocess.run(ordered, env=environment, check=True, capture_output=True,
                       cwd=ROOT)  # fmt: skip
        running = [
            subprocess.Popen(
                [*python, "rescind.cli.main", "worker"], env=environment, cwd=ROOT,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for _ in range(workers)
        ]  # fmt: skip
        try:
            return _rate(mail)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=60)


def _rate(mail: servers.MailServer) -> float:
    """Return letters a second between the first tenth and the last that arrived."""
    begun, first = 0.0, 0
    until = time.monotonic() + 600
    while time.monotonic() < until:
        count = len(list(mail.maildir.glob("new/*")))
        if not begun and count >= LETTERS // 10:
            begun, first = time.monotonic(), count
        if count >= LETTERS:
            return (count - first) / (time.monotonic() - begun)
        time.sleep(0.05)
    message = "not all letters arrived"
    raise RuntimeError(message)


if __name__ == "__main__":
    main()
