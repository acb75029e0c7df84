"""A worker's place on PostgreSQL: an advisory lock that ends with its session."""

from typing import LiteralString

import psycopg

from rescind.core.errors import TransientError

NAMESPACE = 0x5E5C1D
"""The first of the two numbers that name an advisory lock; the second is the place."""


class SessionLease:
    """Places as advisory locks of one session of PostgreSQL."""

    def __init__(self, address: str) -> None:
        """Keep the database's address; connect when a place is taken."""
        self._address = address
        self._session: psycopg.Connection | None = None
        self._places: set[int] = set()

    def take(self, place: int) -> bool:
        """Take a place, if no living session has it."""
        if place in self._places:
            return False
        if self._ask("SELECT pg_try_advisory_lock(%s, %s)", place):
            self._places.add(place)
            return True
        return False

    def give_back(self, place: int) -> None:
        """Give a place back."""
        if place in self._places:
            self._ask("SELECT pg_advisory_unlock(%s, %s)", place)
            self._places.discard(place)

    def holds(self, place: int) -> bool:
        """Return whether the session lives; with it every place was lost."""
        return place in self._places and self._lives()

    def _lives(self) -> bool:
        if self._session is None:
            return False
        try:
            self._session.execute("SELECT 1")
        except psycopg.Error:
            self._places.clear()
            self._session = None
            return False
        return True

    def _ask(self, question: LiteralString, place: int) -> bool:
        """Ask the database; raises TransientError where it does not answer."""
        try:
            if self._session is None:
                self._session = psycopg.connect(self._address, autocommit=True)
            answer = self._session.execute(question, (NAMESPACE, place)).fetchone()
        except psycopg.Error as error:
            self._places.clear()
            self._session = None
            line = str(error).strip().splitlines()[0]
            raise TransientError("the database", f"does not answer: {line}") from error
        return bool(answer and answer[0])
