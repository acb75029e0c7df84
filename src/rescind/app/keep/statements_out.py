"""Statements written out: their entries as tables, and what was found in them."""

from collections.abc import Callable, Iterator
from datetime import datetime

import polars as pl

from rescind.adapters import clock
from rescind.adapters.evidence.names import canonical_name
from rescind.app.find.spending import spending
from rescind.app.keep.written_out import OutFile, as_json
from rescind.core.model.statement import THOUSANDTHS
from rescind.store.statements import Import, find_import, read_ledger

_FORMULA = r"^([=+\-@\t])"
"""How a text begins that a spreadsheet would work out instead of showing it."""


def statement_files(named: Callable[[str, datetime], str]) -> Iterator[OutFile]:
    """Yield what was found, and for each file its entries and how it was read.

    ``named`` names the folder of a file.
    """
    yield OutFile(
        name="statements/found.json",
        content=as_json(spending()),
        written_at=clock.now(),
    )
    for each in read_ledger().imports:
        place = named(each.name, each.imported_at)
        entries = each.entries()
        if not entries.is_empty():
            yield _of(each, f"{place}/entries.csv", _table(entries))
        yield _of(each, f"{place}/read-as.json", as_json(each.layout))
        if not each.is_confirmed:
            # the file itself waits until the person says how it is understood
            content = bytes(find_import(each.id).content or b"")
            yield _of(each, f"{place}/waits/{canonical_name(each.name)}", content)


def _of(each: Import, name: str, content: bytes) -> OutFile:
    return OutFile(
        name=f"statements/{name}", content=content, written_at=each.imported_at
    )


def _table(entries: pl.DataFrame) -> bytes:
    """Return entries as a table that a spreadsheet opens, sums in whole units."""
    shown = entries.with_columns(
        pl.col("amount", "foreign") / THOUSANDTHS,
        pl.col(pl.String).str.replace(_FORMULA, "'${1}"),
    )
    # the mark by which spreadsheets know UTF-8
    return shown.write_csv(include_bom=True).encode()
