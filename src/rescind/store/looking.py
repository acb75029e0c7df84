"""A large database is looked at in steps: a worker does what no start waits for.

A backup looks at all of it, whatever its size. Beside the file lies a note of when
each table was looked at; where a fault was found, the next start looks at all.
"""

import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from rescind.core.model.sentence import Sentence
from rescind.settings import write_private
from rescind.store.database_file import begin_fault, file_fault, lines_fault

LARGE = 256_000_000
"""Bytes that a start looks at whole: a third of a second, where they lie in memory."""
START_SECONDS = 1.0
"""After which a start begins no other table."""
EVERY = timedelta(days=1)
_FILES = "desk_filerecord"
"""Nearly all bytes of a large database; each file has a digest of its own besides."""


def start_fault(path: Path) -> Sentence | None:
    """Return what is wrong with a database's file at a start; ``None`` for nothing.

    Of a large one, of which no fault is noted, tables are looked at for a second, the
    one of files left out. Raises sqlite3.OperationalError where it cannot be read now.
    """
    is_suspect = _noted(path) is None
    is_small = not path.exists() or path.stat().st_size <= LARGE
    if is_suspect or is_small or _is_short(path):
        fault = file_fault(path)
        if is_suspect and fault is None:
            _note(path, {})
        return fault
    fault = begin_fault(path)
    until = time.monotonic() + START_SECONDS
    for name in [] if fault else _tables(path):
        if fault is not None or time.monotonic() > until:
            break
        fault = lines_fault(path, name or None) if name != _FILES else None
    return fault


def next_fault(path: Path, now: datetime) -> Sentence | None:
    """Look at one table, if one was not looked at for a day; return what is wrong.

    A fault is noted, for whoever starts next.
    """
    noted = _noted(path)
    if noted is None:
        return file_fault(path)
    old = (now - EVERY).isoformat()
    waiting = [n for n in _tables(path) if noted.get(n, "") <= old]
    if not waiting:
        return None
    name = min(waiting, key=lambda each: noted.get(each, ""))
    fault = lines_fault(path, name or None)
    _note(path, None if fault else {**noted, name: now.isoformat()})
    return fault


def _is_short(path: Path) -> bool:
    """Return whether a file holds fewer bytes than its header says.

    It may also be one that is just being written to: SQLite itself, with its locks,
    then says which.
    """
    with path.open("rb") as file:
        header = file.read(100)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    # 1 stands for 65,536 (SQLite, "Database File Format" 1.3.2)
    return path.stat().st_size < (65_536 if page_size == 1 else page_size) * pages


def _tables(path: Path) -> list[str]:
    """Return the names of tables; one empty name where they cannot be read."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    try:
        with closing(sqlite3.connect(path, timeout=20)) as database:
            return [str(name) for (name,) in database.execute(tables)]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return [""]


def _noted(path: Path) -> Mapping[str, str] | None:
    """Return when each table was looked at; ``None`` where a fault was found."""
    try:
        noted = json.loads(_note_of(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else None


def _note(path: Path, noted: Mapping[str, str] | None) -> None:
    write_private(_note_of(path), json.dumps(noted).encode())


def _note_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-looked-at")
