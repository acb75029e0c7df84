"""Faults: what a database's error means for the person, and what to do about it."""

import re

from django.db import Error, InterfaceError, OperationalError, connection

from rescind.core.errors import (
    Damaged,
    OutsideError,
    PermanentError,
    TransientError,
)
from rescind.core.model.sentence import Sentence
from rescind.settings import data_folder
from rescind.store.speech import RESTORE, say_damage
from rescind.store.turns import writer

WHO = "the database"
PATIENCE = 20
"""Seconds that a write waits for another one."""
FULL, READ_ONLY, BUSY, BROKEN = "full", "read_only", "busy", "malformed"
_KINDS = (
    (BROKEN, r"malformed|not a database|decode to UTF-8|invalid page|zero page"),
    (FULL, r"disk is full|disk I/O error|No space left|could not extend"),
    (
        READ_ONLY,
        r"readonly database|read-only|unable to open database|Permission denied",
    ),
    (BUSY, r"database (table )?is locked|lock timeout"),
)
"""What SQLite and PostgreSQL say, in their own words, by the kind of fault."""


def outside_error(error: Error) -> OutsideError | None:
    """Return what a door says of a database's error; ``None`` for a fault of ours."""
    line = (str(error).strip() or type(error).__name__).splitlines()[0]
    kinds = (kind for kind, words in _KINDS if re.search(words, line, re.IGNORECASE))
    match next(kinds, None):
        case "malformed":
            what = Sentence.of("damage", BROKEN, line=line)
            remedy = Sentence.of("damage", "restore")
            words = say_damage("whole", what=what, remedy=remedy)
            return Damaged(WHO, words, [RESTORE])
        case "read_only":
            folder = str(data_folder())
            return PermanentError(WHO, say_damage(READ_ONLY, folder=folder))
        case "full":
            return TransientError(WHO, say_damage(FULL))
        case "busy":
            return TransientError(WHO, _busy())
        case _:
            return _no_answer(error, line)


def _no_answer(error: Error, line: str) -> OutsideError | None:
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    # no connection outlives this: the next question makes a new one
    connection.close()
    return TransientError(WHO, say_damage("no_answer", line=line))


def _busy() -> str:
    holder = writer()
    if holder is None:
        return say_damage("busy", seconds=PATIENCE)
    return say_damage("busy_by", seconds=PATIENCE, holder=holder)
