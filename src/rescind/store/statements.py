"""Statements and decisions: what was read in, and what the person said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import polars as pl
from django.db import IntegrityError, transaction
from django.db.models import Q

from rescind.core.errors import BadInput
from rescind.core.find.decisions import Act, UserDecision
from rescind.core.model.statement import ENTRIES
from rescind.store import by_hand, services
from rescind.store.by_hand import PaidByHand
from rescind.store.models import DecisionRecord, ImportRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NewImport:
    """A file as it was read, to be kept."""

    name: str
    digest: str
    entries: pl.DataFrame
    layout: Mapping[str, Any]
    content: bytes | None = None
    """The file itself, while it waits for the person's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A statement, a list or receipts that were read in."""

    id: str
    name: str
    imported_at: datetime
    layout: Mapping[str, Any]
    """How it was understood, in the public form; ``format`` says which one it is."""
    is_confirmed: bool
    """Nobody has to say any longer whether it was understood."""
    parquet: bytes
    """Its entries."""

    def entries(self) -> pl.DataFrame:
        """Return its entries, in the form of ``ENTRIES``."""
        kept = pl.read_parquet(BytesIO(self.parquet))
        # what was read before a column was known has nothing in it
        return kept.with_columns(
            pl.lit(None, kind).alias(name)
            for name, kind in ENTRIES.items()
            if name not in kept.columns
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All that was read in and all that was decided, as it was at one moment."""

    imports: tuple[Import, ...]
    """The newest first."""
    decisions: tuple[UserDecision, ...]
    """In the order in which they were made."""
    by_hand: tuple[PaidByHand, ...] = ()
    """What the person wrote down themselves."""


def read_ledger() -> Ledger:
    """Return all that was read in and decided; it asks the database three times."""
    records = ImportRecord.objects.defer("content").annotate(
        confirmed=Q(content__isnull=True)
    )
    return Ledger(
        imports=tuple(_import(r, is_confirmed=r.confirmed) for r in records),
        decisions=tuple(
            UserDecision(
                act=Act(record.act),
                marks=frozenset(record.marks),
                others=frozenset(record.others),
                identity=record.identity,
                changes=record.changes,
            )
            for record in DecisionRecord.objects.all()
        ),
        by_hand=by_hand.paid_by_hand(),
    )


def _import(record: ImportRecord, *, is_confirmed: bool) -> Import:
    return Import(
        id=str(record.pk),
        name=record.name,
        imported_at=record.imported_at,
        layout=record.layout,
        is_confirmed=is_confirmed,
        parquet=bytes(record.entries),
    )


def find_import(name: str) -> ImportRecord:
    """Return an import by its id or an unambiguous beginning of it.

    Raises BadInput with the ids that there are.
    """
    ids = [str(pk) for pk in ImportRecord.objects.values_list("pk", flat=True)]
    near = [pk for pk in ids if pk.startswith(name.lower())]
    if len(near) != 1:
        raise BadInput.unknown_value("import", name, [pk[:8] for pk in ids])
    return ImportRecord.objects.get(pk=UUID(near[0]))


class KnownFile(BadInput):
    """The same file is there already: nothing is read twice."""


def keep(file: NewImport, *, now: datetime) -> Import:
    """Keep a file's entries; raises KnownFile where the same one is there already."""
    try:
        with transaction.atomic():
            record = ImportRecord.objects.create(
                imported_at=now,
                name=file.name[:200],
                digest=file.digest,
                layout=dict(file.layout),
                entries=parquet_of(file.entries),
                content=file.content,
            )
    except IntegrityError as error:
        message = f"{file.name} is there already, byte for byte"
        raise KnownFile("file", message, ["another file"]) from error
    return _import(record, is_confirmed=record.content is None)


def parquet_of(entries: pl.DataFrame) -> bytes:
    """Return entries as the bytes of a Parquet file."""
    file = BytesIO()
    entries.write_parquet(file, compression="zstd")
    return file.getvalue()


def confirm(
    record: ImportRecord, entries: pl.DataFrame, layout: Mapping[str, Any]
) -> None:
    """Keep that the person said how a file is understood; the file itself goes."""
    record.entries = parquet_of(entries)
    record.layout = dict(layout)
    record.content = None
    record.save()


def forget(record: ImportRecord) -> None:
    """Erase an import whole; decisions stay, as digests that tell no text."""
    record.delete()
    services.clear_erased()


def decide(decision: UserDecision, *, now: datetime) -> None:
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
    # marks are a list in JSON, which SQLite cannot search; decisions are few
    keys = [r.pk for r in DecisionRecord.objects.all() if marks & set(r.marks)]
    return DecisionRecord.objects.filter(pk__in=keys).delete()[0]
