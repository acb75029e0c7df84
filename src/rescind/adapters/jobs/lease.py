"""A worker's place: held by one living process, free again when that one is gone.

On SQLite a locked file says so, on PostgreSQL an advisory lock of the session.
"""

import fcntl
import os
from pathlib import Path
from typing import Protocol

MOST_PLACES = 64


class Lease(Protocol):
    """One place among those that workers take."""

    def take(self, place: int) -> bool:
        """Take a place, if no living process has it; hold it until given back."""
        ...

    def give_back(self, place: int) -> None:
        """Give a place back."""
        ...

    def holds(self, place: int) -> bool:
        """Return whether a place that was taken is still held."""
        ...


class FileLease:
    """Places as locked files in a folder; the system frees a dead process's."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; lock nothing yet."""
        self._folder = folder
        self._descriptors: dict[int, int] = {}

    def take(self, place: int) -> bool:
        """Take a place, if no living process has it."""
        if place in self._descriptors:
            return False
        path = self._folder / f"worker-{place}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptors[place] = descriptor
        return True

    def give_back(self, place: int) -> None:
        """Give a place back."""
        descriptor = self._descriptors.pop(place, None)
        if descriptor is not None:
            os.close(descriptor)

    def holds(self, place: int) -> bool:
        """Return whether a place is held; a file's lock is not lost while we live."""
        return place in self._descriptors


def lease_for(database_url: str | None, folder: Path) -> Lease:
    """Return how places are held where the cases are kept."""
    if not database_url:
        return FileLease(folder)
    from rescind.adapters.jobs.session_lease import (  # noqa: PLC0415 - 0.04 s, psycopg
        SessionLease,
    )

    return SessionLease(database_url)
