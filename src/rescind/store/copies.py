"""Copies of what is kept: each table as rows that any database of ours can take.

Rows are read at one moment, beside whoever writes; they are written into tables of the
form that they were read from, which is then brought up to date.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, QuerySet

from rescind.store.packed import PackedBytes, pack

APP = "desk"
MADE_ANEW = frozenset({"WorkRecord", "WorkerRecord", "StandingRecord", "DayRecord"})
"""Tables that are worked out from the others, or are about processes."""
FIRST = "CaseRecord"
"""The table that all others refer to."""
SNAPSHOT = "snapshot"
AT_A_TIME = 50
LONGEST = 400
"""Characters of what has no length of its own."""

Row = dict[str, object]
Keep = Callable[[bytes], Mapping[str, str]]
"""Keeps bytes beside the rows, and returns what stands for them in one."""
Bring = Callable[[object], bytes]
"""Returns the bytes that stand under a digest."""
Model = type[models.Model]


@contextmanager
def snapshot() -> Iterator[str]:
    """Read everything as it is at one moment; yields the connection's name.

    Nobody who writes waits for it: SQLite's write-ahead log and PostgreSQL's versions
    of rows let them go on.
    """
    ours = connections.settings["default"]
    settings = dict(ours)
    if connection.vendor == "sqlite":
        settings["OPTIONS"] = ours["OPTIONS"] | {
            "transaction_mode": "DEFERRED",
            "init_command": "PRAGMA query_only=ON;",
        }
    connections.settings[SNAPSHOT] = settings
    try:
        with transaction.atomic(using=SNAPSHOT):
            if connection.vendor == "postgresql":
                with connections[SNAPSHOT].cursor() as cursor:
                    cursor.execute(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                    )
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]
        del connections.settings[SNAPSHOT]


def tables(registry: Apps = apps) -> dict[str, Model]:
    """Return the tables that are copied, by name, in an order to write them in."""
    named = {m.__name__: m for m in registry.get_app_config(APP).get_models()}
    rest = sorted(named.keys() - MADE_ANEW - {FIRST})
    return {name: named[name] for name in (FIRST, *rest)}


def schema() -> tuple[str, ...]:
    """Return the steps that brought the database to its form."""
    executor = MigrationExecutor(connection)
    done = executor.loader.applied_migrations
    return tuple(sorted(name for app, name in done if app == APP))


def known_schema() -> frozenset[str]:
    """Return the steps that this release knows."""
    # without a connection: merely looking at a backup must not begin a database
    steps = MigrationLoader(None).disk_migrations
    return frozenset(name for app, name in steps or () if app == APP)


def read_rows(model: Model, using: str, keep: Keep) -> Iterator[Row]:
    """Yield a table's rows; its bytes are kept beside them.

    Events come case by case and in order. A number that only this database gave a row
    is left out, for the next one gives its own.
    """
    columns = _columns(model)
    named = {field.name for field in columns}
    order = ("case_id", "number") if {"case", "number"} <= named else ("pk",)
    rows: QuerySet[models.Model] = _all(model).using(using).order_by(*order)
    for record in rows.iterator(chunk_size=AT_A_TIME):
        yield {
            field.name: _plain(getattr(record, field.attname), field, keep)
            for field in columns
        }


def _all(model: Model) -> "QuerySet[models.Model]":
    return QuerySet(model)


def _columns(model: Model) -> "list[Field[Any, Any]]":
    fields = model._meta.local_concrete_fields  # noqa: SLF001 - Django names it so
    return [field for field in fields if not isinstance(field, models.AutoField)]


def _plain(value: Any, field: "Field[Any, Any]", keep: Keep) -> Any:  # noqa: ANN401 - any column's
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return keep(bytes(value))
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@contextmanager
def database_in_form(steps: Iterable[str]) -> Iterator[Apps]:
    """Make empty tables as these steps leave them; afterwards bring them up to date.

    Yields the tables' classes in that form. Raises ValueError where the steps are not
    those that lead to any form of this release.
    """
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    names = sorted(steps)
    last = (APP, names[-1] if names else "")
    before = graph.forwards_plan(last) if last in graph.nodes else ()
    if not names or names != sorted(name for app, name in before if app == APP):
        raise ValueError(names)
    executor.migrate([last])
    is_ours = known_schema() == set(names)
    # our own classes keep some columns packed; those of an earlier form do not
    yield apps if is_ours else executor.loader.project_state([last]).apps
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # rows that wait to be checked keep a table from being changed
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def write_rows(model: Model, rows: Iterable[Row], bring: Bring) -> int:
    """Write a table's rows; return how many. Raises ValueError for one that fits not.

    What ``bring`` raises passes through.
    """
    columns = {field.name: field for field in _columns(model)}
    count = 0
    waiting: list[models.Model] = []
    for row in rows:
        if row.keys() != columns.keys():
            raise ValueError(count + 1)
        values = {
            field.attname: _value(row[name], field, bring)
            for name, field in columns.items()
        }
        waiting.append(model(**values))
        count += 1
        if len(waiting) == AT_A_TIME:
            _all(model).bulk_create(waiting)
            waiting = []
    _all(model).bulk_create(waiting)
    return count


def _value(value: Any, field: "Field[Any, Any]", bring: Bring) -> Any:  # noqa: ANN401 - any column's
    if value is None and field.null:
        return None
    if isinstance(field, models.BinaryField):
        content = bring(value["file"])
        return pack(content) if _is_packed_later(field) else content
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return UUID(value)
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError(value)
        return at
    if isinstance(field, models.JSONField):
        return value
    return _simple(value, field)


def _is_packed_later(field: "Field[Any, Any]") -> bool:
    """Return whether a column of an earlier form is one that we read as packed."""
    ours = apps.get_app_config(APP).models.get(field.model.__name__.lower())
    if ours is None or ours is field.model:
        return False
    columns = ours._meta.local_concrete_fields  # noqa: SLF001 - Django names it so
    packed = {each.name for each in columns if isinstance(each, PackedBytes)}
    return field.name in packed


def _simple(value: Any, field: "Field[Any, Any]") -> Any:  # noqa: ANN401 - any column's
    """Return text, a number or a yes; raises ValueError for what the column is not."""
    fits: type = int if isinstance(field, models.IntegerField) else str
    if isinstance(field, models.BooleanField):
        fits = bool
    if type(value) is not fits or len(str(value)) > (field.max_length or LONGEST):
        raise ValueError(value)
    return value
