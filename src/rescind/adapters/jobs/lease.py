"""A worker's place: held by one living process, free again when that one is gone.

On SQLite a locked file says so, on PostgreSQL an advisory lock of the session.
"""

import fcntl
import os
from pathlib import Path
from typing import Any, Protocol

from rescind.core.errors import TransientError

MOST_PLACES = 64
NAMESPACE = 0x5E5C1D
"""The first of the two numbers that name an advisory lock; the second is the place."""


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
        self._held: dict[int, int] = {}

    def take(self, place: int) -> bool:
        """Take a place, if no living process has it."""
        if place in self._held:
            return False
        path = self._folder / f"worker-{place}.lock"
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(opened)
            return False
        self._held[place] = opened
        return True

    def give_back(self, place: int) -> None:
        """Give a place back."""
        opened = self._held.pop(place, None)
        if opened is not None:
            os.close(opened)

    def holds(self, place: int) -> bool:
        """Return whether a place is held; a file's lock is not lost while we live."""
        return place in self._held


class SessionLease:
    """Places as advisory locks of one session of PostgreSQL."""

    def __init__(self, address: str) -> None:
        """Keep the database's address; connect when a place is taken."""
        self._address = address
        self._session: Any = None
        self._held: set[int] = set()

    def take(self, place: int) -> bool:
        """Take a place, if no living session has it."""
        if place in self._held:
            return False
        if self._ask("SELECT pg_try_advisory_lock(%s, %s)", place):
            self._held.add(place)
            return True
        return False

    def give_back(self, place: int) -> None:
        """Give a place back."""
        if place in self._held:
            self._ask("SELECT pg_advisory_unlock(%s, %s)", place)
            self._held.discard(place)

    def holds(self, place: int) -> bool:
        """Return whether the session lives; with it every place was lost."""
        return place in self._held and self._lives()

    def _lives(self) -> bool:
        import psycopg

        try:
            self._session.execute("SELECT 1")
        except psycopg.Error:
            self._held.clear()
            self._session = None
            return False
        return True

    def _ask(self, question: str, place: int) -> bool:
        """Ask the database; raises TransientError where it does not answer."""
        import psycopg

        try:
            if self._session is None:
                self._session = psycopg.connect(self._address, autocommit=True)
            answer = self._session.execute(question, (NAMESPACE, place)).fetchone()
        except psycopg.Error as error:
            self._held.clear()
            self._session = None
            line = str(error).strip().splitlines()[0]
            raise TransientError("the database", f"does not answer: {line}") from error
        return bool(answer and answer[0])


def lease_for(database_url: str | None, folder: Path) -> Lease:
    """Return how places are held where the cases are kept."""
    return SessionLease(database_url) if database_url else FileLease(folder)
