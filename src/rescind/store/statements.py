"""Writes of statements and decisions: what was read, and what the person said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import polars as pl
from django.db import IntegrityError, transaction

from rescind.core.errors import BadInput
from rescind.core.find.decisions import Act, Decision
from rescind.store import services
from rescind.store.models import DecisionRecord, ImportRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A file as it was read."""

    name: str
    digest: str
    entries: pl.DataFrame
    layout: Mapping[str, Any]
    content: bytes | None = None
    """The file itself, while it waits for the person's word."""


def keep(read: Read, *, now: datetime) -> ImportRecord:
    """Keep a file's entries; raises BadInput where the same file is there already."""
    try:
        with transaction.atomic():
            return ImportRecord.objects.create(
                imported_at=now,
                name=read.name[:200],
                digest=read.digest,
                layout=dict(read.layout),
                entries=packed(read.entries),
                content=read.content,
            )
    except IntegrityError as error:
        message = f"{read.name} is there already, byte for byte"
        raise BadInput("file", message, ["another file"]) from error


def packed(entries: pl.DataFrame) -> bytes:
    """Return entries as the bytes of a Parquet file."""
    file = BytesIO()
    entries.write_parquet(file, compression="zstd")
    return file.getvalue()


def understood(
    record: ImportRecord, entries: pl.DataFrame, layout: Mapping[str, Any]
) -> None:
    """Keep that the person said how a file is understood; the file itself goes."""
    record.entries = packed(entries)
    record.layout = dict(layout)
    record.content = None
    record.save()


def entries_of(record: ImportRecord) -> pl.DataFrame:
    """Return the entries of an import."""
    return pl.read_parquet(BytesIO(bytes(record.entries)))


def forget(record: ImportRecord) -> None:
    """Erase an import whole; decisions stay, as digests that tell no text."""
    record.delete()
    services.clear_erased()


def decide(decision: Decision, *, now: datetime) -> None:
    """Keep a decision."""
    DecisionRecord.objects.create(
        decided_at=now,
        act=decision.act.value,
        marks=sorted(decision.marks),
        others=sorted(decision.others),
        identity=decision.identity,
        changes=dict(decision.changes),
    )


def undo(marks: frozenset[str]) -> int:
    """Take back what was decided about some charges; return how many decisions."""
    about = [r.pk for r in DecisionRecord.objects.all() if marks & set(r.marks)]
    return DecisionRecord.objects.filter(pk__in=about).delete()[0]


def decisions() -> list[Decision]:
    """Return what was decided, in order."""
    return [
        Decision(
            act=Act(record.act),
            marks=frozenset(record.marks),
            others=frozenset(record.others),
            identity=record.identity,
            changes=record.changes,
        )
        for record in DecisionRecord.objects.all()
    ]
