"""Restoring: rows of a backup in a new database, and every case told that it was."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from rescind.core.errors import BadInput, TransientError
from rescind.core.follow.restoring import restored_details
from rescind.core.model.case import CaseState
from rescind.store import copies, selectors
from rescind.store.copies import Bring, Row
from rescind.store.models import CaseRecord, DispatchRecord
from rescind.store.services import PROGRAM, add

BY_RESTORING = "restored"
"""What stands for the work that may have begun a sending after the backup."""


def fill(
    steps: Iterable[str], tables: Mapping[str, Iterable[Row]], bring: Bring
) -> None:
    """Make the database's tables and write the rows into them.

    Raises BadInput where tables or rows do not fit the form that they are to have.
    """
    with copies.database_in_form(steps) as registry, transaction.atomic():
        ours = copies.tables(registry)
        for name in tables.keys() - ours.keys():
            raise BadInput("file", f"there is no table {name}")
        for name, model in ours.items():
            try:
                copies.write_rows(model, tables.get(name, ()), bring)
            except (ValueError, TypeError, KeyError) as error:
                raise BadInput("file", f"a row of {name} does not fit") from error


def doubt_all(backup_at: datetime, *, now: datetime, nothing_since: bool) -> list[str]:
    """Record in every case that it was restored; return those with a letter in doubt.

    A sending that may have begun after the backup counts as begun: nothing can claim
    it a second time, and a server's notice of it is known again.
    """
    doubtful = []
    for case in CaseRecord.objects.all():
        with transaction.atomic():
            events = selectors.fresh_events(case)
            details = restored_details(events, backup_at, nothing_since=nothing_since)
            if details.dispatch:
                waiting = DispatchRecord.objects.filter(
                    pk=details.dispatch, begun_at=None
                )
                waiting.update(begun_at=backup_at, begun_by=BY_RESTORING)
            add(case, details, now=now, known_by=PROGRAM)
            standing = selectors.standing_of(selectors.fresh_events(case), now.date())
            if standing.state is CaseState.DOUBTFUL:
                doubtful.append(str(case.pk))
    return doubtful


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Have this process's database be another file of SQLite for a while."""
    settings = connection.settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = str(path)
    try:
        yield
        with connection.cursor() as cursor:
            # no log and no index beside it: one file is all that changes places
            cursor.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
        settings["NAME"] = before


_OURS = """SELECT count(*) FROM pg_tables
    WHERE schemaname = current_schema() AND tablename LIKE 'desk\\_%%'"""
_IN_USE = """SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory'
    AND classid = %s AND pid <> pg_backend_pid() AND database =
    (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION SELECT pid FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND application_name LIKE 'rescind%%'"""
_ASIDE = """DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT tablename FROM pg_tables
        WHERE schemaname = current_schema() AND tablename LIKE 'desk\\_%%' LOOP
      EXECUTE format('ALTER TABLE %%I SET SCHEMA {name}', each.tablename);
    END LOOP; END $$"""


@contextmanager
def server_set_aside(name: str, *, workers: int) -> Iterator[bool]:
    """Move our tables of PostgreSQL into a schema of that name; all or nothing holds.

    ``workers`` is the first number of the advisory locks that are workers' places.
    Yields whether there were any tables. Raises TransientError where sessions use them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute(_IN_USE, [workers])
        if sessions := [str(row[0]) for row in cursor.fetchall()]:
            listed = ", ".join(sorted(sessions))
            raise TransientError("the database", f"is in use: sessions {listed}")
        cursor.execute(_OURS)
        is_there = bool(cursor.fetchone()[0])
        if is_there:
            cursor.execute(f"CREATE SCHEMA {name}")
            cursor.execute(_ASIDE.format(name=name).replace("%%", "%"))
            cursor.execute(f"ALTER FUNCTION desk_event_refuse() SET SCHEMA {name}")
            cursor.execute(
                f"CREATE TABLE {name}.django_migrations AS TABLE django_migrations"
            )
            cursor.execute("DELETE FROM django_migrations WHERE app = 'desk'")
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'dbos'")
        if cursor.fetchone()[0]:
            # what the engine was to do goes aside with them: nothing of it is resumed
            cursor.execute(f"ALTER SCHEMA dbos RENAME TO {name}_engine")
        yield is_there


def erase_asides() -> None:
    """Erase the schemas of PostgreSQL that earlier restores put aside."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^before_restore_[0-9]'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(name)} CASCADE")
