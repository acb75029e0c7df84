"""Opening: the database found whole, of no newer release, and brought up to date."""

import sqlite3
from datetime import datetime
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from rescind.core.errors import Damaged, PermanentError
from rescind.core.model.sentence import Sentence
from rescind.settings import write_private
from rescind.store import database_file, looking
from rescind.store.speech import RESTORE, said, say_damage
from rescind.store.turns import turn_to_start


def open_database(folder: Path) -> None:
    """Look at the database, and bring it up to date; one start at a time.

    Raises Damaged where it is not as it was written, PermanentError for one of a newer
    release, TransientError where another start takes too long, and Django's errors
    where it does not answer.
    """
    file = _file()
    # before the turn: a look at a large file keeps no other start waiting
    fault = looking.start_fault(file) if file else None
    with turn_to_start(folder):
        if fault is not None and file:
            # it may have been another first start, which is over now
            require_whole_file(file)
        is_new = file is not None and not file.exists()
        try:
            _require_known_release()
            call_command("migrate", interactive=False, verbosity=0)
            # by its name: models can only be imported once Django is ready
            call_command("standings", stale=True, stdout=StringIO())
        except BaseException:
            if is_new and file:
                _take_back(file)
            raise
        if file and not database_file.mark_of(file).exists():
            write_private(database_file.mark_of(file), database_file.note())


def _file() -> Path | None:
    """Return the file of SQLite; ``None`` on PostgreSQL."""
    is_file = connection.vendor == "sqlite"
    return Path(str(connection.settings_dict["NAME"])) if is_file else None


def require_whole_file(file: Path) -> None:
    """Raise Damaged where a database's file is not whole, with what to do."""
    fault = looking.start_fault(file)
    if fault is None:
        return
    remedy = say_damage("restore")
    if not file.exists() or file.stat().st_size == 0:
        mark = database_file.mark_of(file).name
        remedy = f"{remedy}. {say_damage('begin_anew', mark=mark)}"
    what = say_damage("whole", what=said(fault), remedy=remedy)
    raise Damaged(str(file), what, [RESTORE])


def look_at_a_table(now: datetime) -> None:
    """Look at one table of SQLite's file, if one waits; raises Damaged for a fault.

    On PostgreSQL that is the server's own business.
    """
    file = _file()
    fault = looking.next_fault(file, now) if file else None
    if fault is not None:
        what = say_damage("whole", what=said(fault), remedy=say_damage("restore"))
        raise Damaged(str(file), what, [RESTORE])


def _require_known_release() -> None:
    """Raise PermanentError for a database that a newer release brought up to date."""
    loader = MigrationLoader(connection)
    ours = {name for app, name in loader.disk_migrations if app == "desk"}
    theirs = {name for app, name in loader.applied_migrations if app == "desk"}
    if newer := sorted(theirs - ours):
        what = Sentence.of("damage", "newer", names=", ".join(newer))
        remedy = Sentence.of("damage", "use_newer")
        where = str(connection.settings_dict["NAME"])
        words = say_damage("whole", what=what, remedy=remedy)
        raise PermanentError(where, words, [RESTORE])


def _take_back(file: Path) -> None:
    """Take away a database that this very start began and could not finish."""
    connection.close()
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def database_fault() -> Sentence | None:
    """Return what is wrong with SQLite's file, before it is copied; ``None`` if whole.

    On PostgreSQL that is the server's own business: ``None``.
    """
    file = _file()
    try:
        return database_file.file_fault(file) if file else None
    except sqlite3.OperationalError as error:
        return Sentence.of("damage", "no_answer", line=str(error))
