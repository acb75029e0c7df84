"""Turns: one process at a time, and by name whoever the others wait for."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from rescind.core.errors import TransientError
from rescind.core.model.sentence import Sentence
from rescind.store.speech import said, say_damage

SECONDS = 60.0
"""How long a start waits for another one's migrations."""
BETWEEN = 0.1
_KEY = 0x5E5C1D5E
"""Names the advisory lock of PostgreSQL."""
_WRITE_LOCK = 120
"""Which byte of the index a writer locks (SQLite, "WAL-mode File Format" 2.3.1)."""


@contextmanager
def turn_to_start(folder: Path) -> Iterator[None]:
    """Let one start at a time bring the database up to date.

    Raises TransientError naming who holds the turn, where that takes too long.
    """
    if connection.vendor == "postgresql":
        with _session_turn():
            yield
    else:
        with _file_turn(folder / "start.lock"):
            yield


@contextmanager
def _file_turn(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + SECONDS
        while not _is_locked(descriptor):
            if time.monotonic() > until:
                _give_up(_process(int(os.pread(descriptor, 20, 0) or b"0")))
            time.sleep(BETWEEN)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _session_turn() -> Iterator[None]:
    until = time.monotonic() + SECONDS
    while not _ask("SELECT pg_try_advisory_lock(%s)"):
        if time.monotonic() > until:
            _give_up(_session())
        time.sleep(BETWEEN)
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)")


def _ask(question: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [_KEY])
        return bool(cursor.fetchone()[0])


def _session() -> Sentence:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.pid, a.application_name, a.backend_start FROM pg_locks l"
            " JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory'"
            " AND l.objid = %s AND l.granted LIMIT 1",
            [_KEY],
        )
        return _session_in_words(cursor.fetchone())


def _give_up(holder: Sentence) -> None:
    what = say_damage("starting", seconds=int(SECONDS), holder=said(holder))
    raise TransientError("the database", what)


def _session_in_words(row: tuple[int, str, datetime] | None) -> Sentence:
    if row is None:
        return Sentence.of("damage", "somebody")
    pid, application, since = row
    return Sentence.of(
        "damage",
        "session",
        pid=pid,
        application=application or "-",
        since=since.astimezone(UTC).isoformat(timespec="seconds"),
    )


def writer() -> Sentence | None:
    """Return who writes to the database now; ``None`` where that cannot be told."""
    if connection.vendor == "postgresql":
        return _writing_session()
    path = Path(f"{connection.settings_dict['NAME']}-shm")
    pid = _locking_process(path)
    return _process(pid) if pid else None


def _writing_session() -> Sentence | None:
    connection.close()
    with suppress(Exception), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, application_name, xact_start FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_xid IS NOT NULL ORDER BY xact_start LIMIT 1"
        )
        if row := cursor.fetchone():
            return _session_in_words(row)
    return None


def _locking_process(path: Path) -> int:
    """Return the process that has a file's write lock, as Linux lists it; else 0.

    The file is not opened for that: closing it again would drop this process's own
    locks (fcntl(2)).
    """
    with suppress(OSError, ValueError):
        about = path.stat()
        place = (
            f"{os.major(about.st_dev):02x}:{os.minor(about.st_dev):02x}:{about.st_ino}"
        )
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            words = line.replace("->", "").split()
            first, last = words[6], words[7]
            covers = int(first) <= _WRITE_LOCK and (
                last == "EOF" or int(last) >= _WRITE_LOCK
            )
            if words[3] == "WRITE" and words[5] == place and covers:
                return int(words[4])
    return 0


def _process(pid: int) -> Sentence:
    """Return a process by its number, its program, and since when it runs."""
    with suppress(OSError, ValueError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        command = " ".join(w.decode("utf-8", "replace") for w in words[:4] if w)
        since = _started_at(pid)
        return Sentence.of(
            "damage",
            "process",
            pid=pid,
            command=command[:100],
            since=since.isoformat(timespec="seconds"),
        )
    return Sentence.of("damage", "somebody")


def _started_at(pid: int) -> datetime:
    """Return when a process was started (proc(5): ticks after the machine's start)."""
    # the program's name stands in brackets, and may hold spaces and brackets itself
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[19])
    lines = Path("/proc/stat").read_text().splitlines()
    booted = next(int(line.split()[1]) for line in lines if line.startswith("btime"))
    return datetime.fromtimestamp(booted + ticks / os.sysconf("SC_CLK_TCK"), UTC)
