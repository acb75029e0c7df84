"""The file of SQLite, looked at before anything is built upon it.

SQLite takes a file of no bytes for a new database, and makes one where there is none:
an empty case book would take the place of one that was cut off or lost.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rescind.core.model.sentence import Sentence

MARK = "-was-here"
"""Ends the name of the file that says that there was a database."""
_NOTE = b"""\
Rescind made its database beside this file. While this file is here, it does not begin
an empty one in the place of one that was lost.
"""
_HEADER = b"SQLite format 3\x00"
_BETWEEN = 0.05
_LOOKS = 3
MOST_LINES = 100
"""Faults that are looked at."""


def mark_of(path: Path) -> Path:
    """Return the file that says that there was a database."""
    return path.with_name(path.name + MARK)


def note() -> bytes:
    """Return what the mark says to whoever reads it."""
    return _NOTE


def file_fault(path: Path) -> Sentence | None:
    """Return what is wrong with a database's file; ``None`` for a whole one, or none.

    It reads the whole file: pages, tables and indexes (SQLite's ``integrity_check``,
    which takes a third more than ``quick_check`` and compares the indexes as well).
    """
    fault = begin_fault(path)
    return lines_fault(path) if fault is None and path.exists() else fault


def begin_fault(path: Path) -> Sentence | None:
    """Return what is wrong with what lies beside a file, and with its first bytes."""
    beside = _fault_beside(path)
    if beside is not None or not path.exists():
        return beside
    with path.open("rb") as file:
        begins = file.read(len(_HEADER))
    if not begins:
        return Sentence.of("damage", "empty")
    if begins != _HEADER:
        return Sentence.of("damage", "no_database")
    return None


def _fault_beside(path: Path) -> Sentence | None:
    """Return what the files beside a database say of it."""
    log = path.with_name(f"{path.name}-wal")
    index = path.with_name(f"{path.name}-shm")
    if not path.exists():
        if log.exists():
            return Sentence.of("damage", "log_without_database", log=log.name)
        mark = mark_of(path)
        return Sentence.of("damage", "gone", mark=mark.name) if mark.exists() else None
    # SQLite takes the index away before the log, and makes it after the log; whoever
    # looks while another process does so looks again
    for _ in range(_LOOKS):
        if not index.exists() or log.exists():
            return None
        time.sleep(_BETWEEN)
    return Sentence.of("damage", "log_gone", log=log.name, index=index.name)


def lines_fault(path: Path, table: str | None = None) -> Sentence | None:
    """Return what SQLite finds wrong inside a file, or a table and its indexes.

    Raises sqlite3.OperationalError where the file cannot be read now: no permission,
    or a lock.
    """
    try:
        # opened for writing: what a log holds is taken in, as at any other opening
        with closing(sqlite3.connect(path, timeout=20)) as database:
            lines = list(_lines(database, table))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        lines = [str(error)]
    if lines in ([], ["ok"]):
        return None
    return Sentence.of("damage", "malformed", line=lines[0])


def _lines(database: sqlite3.Connection, table: str | None) -> Iterator[str]:
    what = MOST_LINES if table is None else '"' + table.replace('"', '""') + '"'
    for (line,) in database.execute(f"PRAGMA integrity_check({what})"):
        last = str(line).strip().splitlines()[-1]
        # a value that may not stand there damages a case, not the file: it is named
        # when the case is read, and the case can still be forgotten
        if not last.startswith(("CHECK constraint failed", "NULL value in")):
            yield last
