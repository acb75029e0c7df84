"""Connections to the engine's file on which its clock runs, whatever SQLite there is.

From Python 3.12 on DBOS reads the time by ``unixepoch('subsec')``. SQLite knows that
since 3.42 only; before, it is NULL, every row that the engine writes is refused, and no
work is done. A Python is built against the system's SQLite: Debian 12 has 3.40.
"""

import sqlite3
from typing import Any

from rescind.adapters import clock

KNOWS_SUBSEC = (3, 42, 0)
"""The first SQLite whose ``unixepoch`` knows the modifier ``subsec``."""


class Connection(sqlite3.Connection):
    """A connection that knows ``unixepoch('subsec')``."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - sqlite3's own
        """Open it, and teach it what an older SQLite lacks."""
        super().__init__(*given, **named)
        if sqlite3.sqlite_version_info < KNOWS_SUBSEC:
            self.create_function("unixepoch", 1, _unixepoch)


def _unixepoch(moment: str) -> float:
    """Return the seconds since 1970 with their fraction, as SQLite 3.42 does.

    Raises ValueError for anything but ``subsec``: the engine asks for nothing else.
    """
    if moment != "subsec":
        msg = f"only 'subsec' is known here, not {moment!r}"
        raise ValueError(msg)
    return clock.since_1970()
