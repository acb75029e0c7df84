"""Statements that are kept: read in, decided about, forgotten whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from rescind.adapters import clock
from rescind.adapters.input.days import Order, order_of
from rescind.adapters.input.lengths import read_written_length
from rescind.adapters.public.finding import stated_money_json
from rescind.adapters.public.spending import ListedJson
from rescind.adapters.public.statement import (
    AssumptionJson,
    layout_json,
    sampled_layout_json,
)
from rescind.adapters.settings.profile import PROFILE
from rescind.adapters.statements.currencies import is_currency
from rescind.adapters.statements.subscription_lists import ListedSubscription
from rescind.app import confined
from rescind.app.find import finding, receipts
from rescind.app.find.categories import CATEGORIES
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.find.accounts import together
from rescind.core.find.decisions import Act, Decided, UserDecision, decided, identity
from rescind.core.model.descriptor import Kind
from rescind.core.model.statement import ENTRIES, Layout, Place, Statement
from rescind.core.prove.digest import digest
from rescind.settings import data_folder
from rescind.store import statements
from rescind.store.statements import Import, Ledger

MOST_UPLOADED = 50_000_000
"""Bytes of a file that the page takes; the command line takes any."""
KINDS = tuple(kind.value for kind in Kind)
LIST = "list"
"""The format of a list of subscriptions that the person keeps elsewhere."""
_ORDERS = {
    Order.DAY_FIRST: "DMY",
    Order.MONTH_FIRST: "MDY",
    Order.YEAR_FIRST: "YMD",
}
_WITHOUT_ENTRIES = frozenset({receipts.FORMAT, LIST})
"""Formats of imports that hold no entries of an account."""


def keep(
    name: str,
    content: bytes,
    columns: Mapping[str, str] | None = None,
    *,
    is_confirmed: bool = True,
    is_taken_as_read: bool = False,
) -> Import:
    """Read a statement or a list of subscriptions, and keep its entries.

    One that is not confirmed counts for nothing until ``confirm_import``; nor does one
    of which something is not sure (``asks`` of its layout), unless it is taken as read.
    Raises BadInput where it cannot be read whole, or is there already.
    """

    def is_clear(statement: Statement) -> bool:
        return is_confirmed and (is_taken_as_read or not statement.asks)

    return _keep(name, content, columns or {}, is_clear)


def keep_upload(name: str, content: bytes, *, asks: bool) -> Import:
    """Keep a file that was given on a page, as ``keep`` does.

    It waits for the person's word also where it names no currency, or where they want
    to see first how it is read (``asks``).
    """

    def is_clear(statement: Statement) -> bool:
        no_money = any(not e.value for e in statement.assumed if e.field == "currency")
        return not asks and not statement.asks and not no_money

    return _keep(name, content, {}, is_clear)


def _keep(
    name: str,
    content: bytes,
    columns: Mapping[str, str],
    is_clear: Callable[[Statement], bool],
) -> Import:
    subscriptions = [] if columns else _read_list(content)
    is_confirmed = True
    if subscriptions:
        table, layout = pl.DataFrame(schema=ENTRIES), _list_layout(subscriptions)
    else:
        statement = finding.read_content(name, content, columns)
        table, layout = statement.entries, dict(layout_json(statement))
        is_confirmed = is_clear(statement)
    file = statements.NewImport(
        name=name,
        digest=digest(content),
        entries=table,
        layout=layout,
        content=None if is_confirmed else content,
    )
    return statements.keep(file, now=clock.now())


def _read_list(content: bytes) -> list[ListedSubscription]:
    subscriptions: list[ListedSubscription] = confined.run(
        "file", finding.UPLOADED, "list", content
    )
    return subscriptions


def _list_layout(subscriptions: Sequence[ListedSubscription]) -> dict[str, object]:
    rows = [_listed_json(each) for each in subscriptions]
    days = [row["next_on"] for row in rows if row["next_on"]]
    return {
        "format": LIST,
        "entries": len(rows),
        "from": min(days, default=None),
        "to": max(days, default=None),
        "list": rows,
    }


def _listed_json(each: ListedSubscription) -> ListedJson:
    return {
        "name": each.name,
        "amount": stated_money_json(each.amount),
        "period": each.period,
        "next_on": each.next_on.isoformat() if each.next_on else None,
    }


def listed(ledger: Ledger) -> list[ListedJson]:
    """Return what stands on lists that the person keeps elsewhere."""
    layouts = [each.layout for each in ledger.imports]
    return [
        row for layout in layouts if layout["format"] == LIST for row in layout["list"]
    ]


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises BadInput naming one that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("file", f"cannot read {path}: {error.strerror}") from error


def confirm_import(import_id: str, corrections: Mapping[str, str]) -> str:
    """Keep that a file is understood, corrected where ``corrections`` says so.

    A correction is a role and its column, or the field of an assumption (``asks`` in
    the layout) with its value or one of its choices.
    """
    record = statements.find_import(import_id)
    if record.content is not None:
        columns = {name: text for name, text in corrections.items() if text}
        statement = finding.read_content(record.name, bytes(record.content), columns)
        table, money = statement.entries, columns.get("currency", "")
        if is_currency(money):
            # not every format takes it while it is read
            table = table.with_columns(pl.col("currency").fill_null(money))
        statements.confirm(record, table, layout_json(statement))
    return record.name


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingImport:
    """A file, and how it is understood: for a person to confirm."""

    id: str
    name: str
    layout: Mapping[str, Any]
    """In the public form; with the first entries while it waits."""
    waits: bool = False
    """It counts for nothing until the person said that it is understood."""
    asks: tuple[AssumptionJson, ...] = ()
    """What is not sure of it; and the currency, where it names none."""


def pending_import(import_id: str) -> PendingImport:
    """Return how a file is understood, with its first entries, to be confirmed.

    Days that can be read in two ways are read as is usual where the person lives.
    """
    record = statements.find_import(import_id)
    about = PendingImport(id=str(record.pk), name=record.name, layout=record.layout)
    if record.content is None:
        return about
    statement = finding.read_content(record.name, bytes(record.content), {})
    layout = sampled_layout_json(statement)
    asks = tuple(e for e in layout["assumed"] if e in layout["asks"] or _no_money(e))
    usual = order_of((PROFILE.read(data_folder()) or {}).get("country"))
    if usual is not None and any(each["field"] == "dates" for each in asks):
        order = {"dates": _ORDERS[usual[0]]}
        statement = finding.read_content(record.name, bytes(record.content), order)
        layout = sampled_layout_json(statement)
    return replace(about, layout=layout, waits=True, asks=asks)


def _no_money(assumption: AssumptionJson) -> bool:
    """Return whether this says that a file names no currency."""
    return assumption["field"] == "currency" and not assumption["value"]


def forget(import_id: str) -> str:
    """Erase an import whole and return its name; decisions stay, as digests."""
    record = statements.find_import(import_id)
    statements.forget(record)
    return record.name


def entries(ledger: Ledger) -> pl.DataFrame:
    """Return the entries of all that was read in, in one table, the oldest first."""
    counted = [
        each
        for each in sorted(ledger.imports, key=lambda i: (i.imported_at, i.id))
        if each.layout["format"] not in _WITHOUT_ENTRIES and each.is_confirmed
    ]
    read = [
        Statement(
            file=each.id,
            entries=each.entries(),
            layout=Layout(format=each.layout["format"]),
        )
        for each in counted
    ]
    return together(read, names={each.id: each.name for each in counted})


def findings(ledger: Ledger, table: pl.DataFrame) -> list[Decided]:
    """Return what is paid for by some entries, as the person left it."""
    if table.is_empty():
        return []
    ends = dict(table.group_by("account").agg(pl.col("on").max()).iter_rows())
    charges = finding.with_receipts(table, None, receipts.receipts_in(ledger))
    return decided(charges, ledger.decisions, marker(table), ends)


def marker(table: pl.DataFrame) -> Callable[[Place], str]:
    """Return what makes a charge's mark: a digest of day, amount and text.

    It is the same when the file is read again, and tells nothing by itself.
    """
    places = zip(table["file"].to_list(), table["row"].to_list(), strict=True)
    texts = dict(zip(places, table["text"].to_list(), strict=True))

    def mark(place: Place) -> str:
        content = f"{place.on}|{place.amount}|{texts[place.file, place.row]}"
        return sha256(content.encode()).hexdigest()[:24]

    return mark


def one(finding_id: str) -> Decided:
    """Return a finding by its id; raises BadInput with those that there are."""
    ledger = statements.read_ledger()
    every = findings(ledger, entries(ledger))
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
    corrections = {
        name: text.strip()[:100] for name, text in changes.items() if text.strip()
    }
    if "kind" in corrections and corrections["kind"] not in KINDS:
        raise BadInput.unknown_value("kind", corrections["kind"], KINDS)
    if "service" in corrections:
        check.catalogue().service(corrections["service"])
    if "period" in corrections:
        length = read_written_length(corrections["period"], "period")
        corrections["period"] = length.iso()
    if not corrections:
        raise BadInput("merchant", "nothing is changed", ["merchant", "kind"])
    return _decide(one(finding_id), Act.CORRECT, changes=corrections)


def join(finding_id: str, other_id: str) -> str:
    """Keep that two findings are one contract."""
    first, second = one(finding_id), one(other_id)
    if first.id == second.id:
        raise BadInput("other", "a finding cannot be joined with itself")
    return _decide(first, Act.JOIN, others=second.marks)


def split(finding_id: str, rows: Sequence[str]) -> str:
    """Keep that some charges of a finding are another contract; days name them."""
    whole = one(finding_id)
    mark = marker(entries(statements.read_ledger()))
    apart = [p for p in whole.finding.transactions if p.on.isoformat() in set(rows)]
    if not apart or len(apart) == len(whole.finding.transactions):
        days = [p.on.isoformat() for p in whole.finding.transactions]
        raise BadInput("charges", "some of the charges have to be named", days[:12])
    return _decide(whole, Act.SPLIT, marks=frozenset(map(mark, apart)))


def sort(finding_id: str, category: str) -> str:
    """Keep to which category a finding belongs; raises BadInput for none such."""
    if category not in CATEGORIES:
        raise BadInput.unknown_value("category", category, CATEGORIES)
    return _decide(one(finding_id), Act.SORT, changes={"category": category})


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

    name = identity(about.finding)
    statements.decide(
        UserDecision(
            act=act,
            marks=about.marks if marks is None else marks,
            others=others,
            identity=name if act in {Act.CONFIRM, Act.DISMISS} else "",
            changes=changes or {},
        ),
        now=clock.now(),
    )
    return about.finding.merchant
