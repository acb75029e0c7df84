"""Statements that are kept: read in, decided about, forgotten whole."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl

from rescind.adapters import clock
from rescind.adapters.statements.reader import read_content
from rescind.adapters.statements.subscription_lists import Listed, read_list
from rescind.app.find import finding, receipts
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.find.accounts import together
from rescind.core.find.decisions import Act, Decided, Decision, decided, identity
from rescind.core.model.descriptor import Kind
from rescind.core.model.period import Period
from rescind.core.model.statement import ENTRIES, Layout, Place, Statement
from rescind.core.prove.digest import digest
from rescind.store import statements
from rescind.store.models import ImportRecord

MOST_UPLOADED = 50_000_000
"""Bytes of a file that the page takes; the command line takes any."""
KINDS = tuple(kind.value for kind in Kind)
_LISTS = frozenset({"receipts", "list"})
"""Forms of imports that hold no entries of an account."""


def look(
    name: str, content: bytes, given: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return how a file is understood, with its first entries; nothing is kept."""
    statement = read_content(name, content, given)
    shown = finding.layout_json(statement)
    head = statement.entries.head(5).iter_rows(named=True)
    return shown | {
        "sample": [
            {
                "row": row["row"],
                "on": row["on"].isoformat(),
                "amount": f"{row['amount'] / 1000:.2f}",
                "currency": row["currency"],
                "text": row["text"][:120],
            }
            for row in head
        ]
    }


def keep(
    name: str,
    content: bytes,
    given: Mapping[str, str] | None = None,
    *,
    is_confirmed: bool = True,
) -> dict[str, Any]:
    """Read a statement and keep its entries; return how it was understood.

    One that is not confirmed counts for nothing until ``confirm_import``. Raises
    BadInput where it cannot be read whole, or is there already.
    """
    listed = [] if given else read_list(content)
    if listed:
        rows = [_listed_json(each) for each in listed]
        table, layout = pl.DataFrame(schema=ENTRIES), _list_layout(rows)
    else:
        statement = read_content(name, content, given)
        table, layout = statement.entries, finding.layout_json(statement)
    read = statements.Read(
        name=name,
        digest=digest(content),
        entries=table,
        layout=layout,
        content=None if is_confirmed or listed else content,
    )
    record = statements.keep(read, now=clock.now())
    return layout | {"id": str(record.pk)}


def _listed_json(each: Listed) -> dict[str, Any]:
    return {
        "name": each.name,
        "amount": finding.money_json(each.amount),
        "period": each.period,
        "next_on": each.next_on.isoformat() if each.next_on else None,
    }


def _list_layout(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    days = [row["next_on"] for row in rows if row["next_on"]] or [None]
    return {
        "format": "list",
        "entries": len(rows),
        "from": days[0] and min(days),
        "to": days[0] and max(days),
        "list": list(rows),
    }


def listed() -> list[dict[str, Any]]:
    """Return what stands on lists that the person keeps elsewhere."""
    layouts = ImportRecord.objects.values_list("layout", flat=True)
    return [row for told in layouts if told["format"] == "list" for row in told["list"]]


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises BadInput naming one that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("file", f"cannot read {path}: {error.strerror}") from error


def confirm_import(import_id: str, given: Mapping[str, str]) -> str:
    """Keep that a file is understood, corrected where ``given`` says so."""
    record = ImportRecord.objects.get(pk=_import(import_id).pk)
    if record.content is not None:
        said = {name: text for name, text in given.items() if text}
        statement = read_content(record.name, bytes(record.content), said)
        layout = finding.layout_json(statement)
        statements.understood(record, statement.entries, layout)
    return str(record.name)


def pending_import(import_id: str) -> dict[str, Any]:
    """Return how a file is understood, with its first entries, to be confirmed."""
    record = ImportRecord.objects.get(pk=_import(import_id).pk)
    if record.content is None:
        return {"id": str(record.pk), "name": record.name, "layout": record.layout}
    shown = look(record.name, bytes(record.content))
    return {"id": str(record.pk), "name": record.name, "layout": shown}


def imports() -> list[dict[str, Any]]:
    """Return what was read in, the newest first."""
    return [
        {
            "id": str(record.pk),
            "name": record.name,
            "imported_at": record.imported_at,
            "layout": record.layout,
            "is_confirmed": record.content is None,
        }
        for record in ImportRecord.objects.defer("entries")
    ]


def is_confirmed(import_id: str) -> bool:
    """Return whether nobody has to say how an import is understood."""
    return any(e["id"] == import_id and e["is_confirmed"] for e in imports())


def forget(import_id: str) -> str:
    """Erase an import whole and return its name; decisions stay, as digests."""
    record = _import(import_id)
    statements.forget(record)
    return str(record.name)


def _import(import_id: str) -> "ImportRecord":

    records = list(ImportRecord.objects.defer("entries"))
    found = [r for r in records if str(r.pk).startswith(import_id.lower())]
    if len(found) != 1:
        known = [str(r.pk)[:8] for r in records]
        raise BadInput.unknown_value("import", import_id, known)
    return found[0]


def entries() -> pl.DataFrame:
    """Return the entries of all that was read in, in one table."""
    kept = [
        Statement(
            file=str(record.pk),
            entries=statements.entries_of(record),
            layout=Layout(format=record.layout["format"]),
        )
        for record in ImportRecord.objects.order_by("imported_at", "pk")
        if record.layout["format"] not in _LISTS and record.content is None
    ]
    return together(kept, names={s.file: _name(s.file) for s in kept})


def _name(import_id: str) -> str:

    return str(ImportRecord.objects.only("name").get(pk=UUID(import_id)).name)


def found(table: pl.DataFrame | None = None) -> list[Decided]:
    """Return what is paid for by the statements kept, as the person left it."""
    table = entries() if table is None else table
    if table.is_empty():
        return []
    ends = dict(table.group_by("account").agg(pl.col("on").max()).iter_rows())
    findings = finding.with_receipts(table, None, receipts.kept())
    return decided(findings, statements.decisions(), marker(table), ends)


def marker(table: pl.DataFrame) -> Callable[[Place], str]:
    """Return what makes a charge's mark: a digest of day, amount and text.

    It is the same when the file is read again, and tells nothing by itself.
    """
    places = zip(table["file"].to_list(), table["row"].to_list(), strict=True)
    texts = dict(zip(places, table["text"].to_list(), strict=True))

    def mark(place: Place) -> str:
        told = f"{place.on}|{place.amount}|{texts[place.file, place.row]}"
        return sha256(told.encode()).hexdigest()[:24]

    return mark


def one(finding_id: str) -> Decided:
    """Return a finding by its id; raises BadInput with those that there are."""
    every = found()
    matching = [each for each in every if each.id.startswith(finding_id)]
    if len(matching) != 1 or not finding_id:
        known = [each.id for each in every]
        raise BadInput.unknown_value("finding", finding_id, known)
    return matching[0]


def confirm(finding_id: str) -> str:
    """Keep that a finding is right."""
    return _decide(one(finding_id), Act.CONFIRM)


def dismiss(finding_id: str) -> str:
    """Keep that a finding is none; it stays away, also when it is read again."""
    return _decide(one(finding_id), Act.DISMISS)


def correct(finding_id: str, changes: Mapping[str, str]) -> str:
    """Keep what a finding really is: ``merchant``, ``kind``, ``service``, ``period``.

    Raises BadInput naming the field that cannot be.
    """
    given = {name: text.strip()[:100] for name, text in changes.items() if text.strip()}
    if "kind" in given and given["kind"] not in KINDS:
        raise BadInput.unknown_value("kind", given["kind"], KINDS)
    if "service" in given:
        check.catalogue().service(given["service"])
    if "period" in given:
        try:
            Period.parse(given["period"])
        except ValueError as error:
            raise BadInput("period", str(error), ["P1M", "P1Y"]) from error
    if not given:
        raise BadInput("merchant", "nothing is changed", ["merchant", "kind"])
    return _decide(one(finding_id), Act.CORRECT, changes=given)


def join(finding_id: str, other_id: str) -> str:
    """Keep that two findings are one contract."""
    first, second = one(finding_id), one(other_id)
    if first.id == second.id:
        raise BadInput("other", "a finding cannot be joined with itself")
    return _decide(first, Act.JOIN, others=second.marks)


def split(finding_id: str, rows: Sequence[str]) -> str:
    """Keep that some charges of a finding are another contract; days name them."""
    whole = one(finding_id)
    mark = marker(entries())
    apart = [p for p in whole.finding.transactions if p.on.isoformat() in set(rows)]
    if not apart or len(apart) == len(whole.finding.transactions):
        days = [p.on.isoformat() for p in whole.finding.transactions]
        raise BadInput("charges", "some of the charges have to be named", days[:12])
    return _decide(whole, Act.SPLIT, marks=frozenset(map(mark, apart)))


def restore(finding_id: str) -> str:
    """Take back what was decided about a finding."""
    each = one(finding_id)
    statements.undo(each.marks)
    return each.finding.merchant


def _decide(
    about: Decided,
    act: Act,
    *,
    marks: frozenset[str] | None = None,
    others: frozenset[str] = frozenset(),
    changes: Mapping[str, str] | None = None,
) -> str:

    known = identity(about.finding)
    statements.decide(
        Decision(
            act=act,
            marks=about.marks if marks is None else marks,
            others=others,
            identity=known if act in {Act.CONFIRM, Act.DISMISS} else "",
            changes=changes or {},
        ),
        now=clock.now(),
    )
    return about.finding.merchant
