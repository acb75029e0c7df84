"""Who uses the folder of all that is kept: each process that opened the database.

A lock that all of them share says so; restoring takes it alone. The system frees it
when a process ends, however it does.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rescind.adapters.backup.swap import finish, finish_is_needed
from rescind.adapters.data.words import ENGLISH
from rescind.core.errors import TransientError
from rescind.core.model.sentence import Sentence

LOCK = "in-use.lock"
PATIENCE = 20.0
"""Seconds that a start waits for a restoring to end."""
_BETWEEN = 0.1


def come_in(folder: Path) -> None:
    """Say that this process uses a folder, until it ends.

    Where a restoring was broken off while it changed places, that is finished first.
    Raises TransientError where one is under way for long.
    """
    descriptor = _opened(folder)
    _share(descriptor, folder)
    # kept open on purpose: it is what says that we are here
    _HELD.append(descriptor)


_HELD: list[int] = []


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others out of a folder; raises TransientError where somebody is in it."""
    descriptor = _opened(folder)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _in_use(descriptor) from error
        yield
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    return os.open(folder / LOCK, flags, 0o600)


def _share(descriptor: int, folder: Path) -> None:
    """Take the lock with the others; with a note in the folder, alone for a moment."""
    until = time.monotonic() + PATIENCE
    while True:
        is_noted = finish_is_needed(folder)
        how = fcntl.LOCK_EX if is_noted else fcntl.LOCK_SH
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                os.close(descriptor)
                raise _outside("restoring") from error
            time.sleep(_BETWEEN)
            continue
        if is_noted:
            finish(folder)
        elif not finish_is_needed(folder):
            return


def _outside(code: str, **values: str) -> TransientError:
    who = ENGLISH.say(Sentence.of("backup", "the_folder"))
    return TransientError(who, ENGLISH.say(Sentence.of("backup", code, **values)))


def _in_use(descriptor: int) -> TransientError:
    processes = ", ".join(map(str, _processes(descriptor)))
    if not processes:
        return _outside("in_use")
    return _outside("in_use_by", processes=processes)


def _processes(descriptor: int) -> list[int]:
    """Return who has a lock on a file, where the system tells it (Linux)."""
    number = os.fstat(descriptor).st_ino
    try:
        lines = Path("/proc/locks").read_text("ascii").splitlines()
    except OSError:
        return []
    rows = [line.split() for line in lines if "->" not in line]
    # "1: FLOCK ADVISORY READ 123 08:01:456 0 EOF": the process, and the file's number
    held = {int(r[4]) for r in rows if r[5].rpartition(":")[2] == str(number)}
    return sorted(held - {os.getpid()})
