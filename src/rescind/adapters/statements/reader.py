"""Any statement: its bytes tell what it is, never its name."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.camt import is_camt, read_camt
from rescind.adapters.statements.delimited import read_delimited
from rescind.adapters.statements.excel import is_workbook, read_workbook
from rescind.adapters.statements.json_export import read_json
from rescind.adapters.statements.mt940 import is_mt940, read_mt940
from rescind.adapters.statements.ofx import is_ofx, read_ofx
from rescind.adapters.statements.pdf import is_pdf, read_pdf
from rescind.adapters.statements.presets import bank_of
from rescind.adapters.statements.qif import is_qif, read_qif
from rescind.adapters.statements.table import Table, entries_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, Statement

FORMATS = (
    "csv",
    "ofx",
    "qfx",
    "qif",
    "camt.052",
    "camt.053",
    "camt.054",
    "mt940",
    "mt942",
    "json",
    "xlsx",
    "xls",
    "ods",
    "pdf",
)
MOST_BYTES = 4_000_000_000
_HEAD = 4096
_WHOLE = ((is_ofx, read_ofx), (is_camt, read_camt), (is_mt940, read_mt940))
"""Formats that say themselves what is what."""


def read_statement(
    path: Path, name: str = "", corrections: Mapping[str, str] | None = None
) -> Statement:
    """Return the entries of a file; ``name`` is how answers call it.

    ``corrections`` is what a person knows of a table's columns (see
    ``table.entries_of``). Raises BadInput naming the line that stopped the reading.
    """
    label = name or str(path)
    try:
        if path.is_dir():
            raise BadInput("file", f"{label} is a folder", ["the files in it"])
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("file", f"{label} is larger than 4 GB", ["split it by year"])
        content = path.read_bytes()
    except OSError as error:
        raise BadInput("file", f"cannot read {label}: {error.strerror}") from error
    return read_content(label, content, corrections)


def read_content(
    name: str, content: bytes, corrections: Mapping[str, str] | None = None
) -> Statement:
    """Return the entries of a file's bytes; raises BadInput, naming file and line."""
    try:
        return _read(name, content, corrections or {})
    except BadInput as error:
        if error.field != "file":
            raise
        raise BadInput(
            "file", f"{name}: {ENGLISH.say(error.message)}", error.suggestions
        ) from error


def _read(name: str, content: bytes, corrections: Mapping[str, str]) -> Statement:
    if not content.strip():
        raise BadInput("file", "the file is empty", FORMATS)
    head = content[:_HEAD]
    for is_it, read in _WHOLE:
        if is_it(head):
            return read(name, content)
    if is_qif(head):
        return read_qif(name, content, corrections.get("dates", ""))
    if is_pdf(head):
        table, checks = read_pdf(content)
        return _of_table(name, table, corrections, checks)
    delimiter = corrections.get("delimiter", "")
    return _of_table(name, _table(head, content, delimiter), corrections)


def _table(head: bytes, content: bytes, delimiter: str) -> Table:
    if is_workbook(head):
        return read_workbook(content)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start in (b"{", b"["):
        return read_json(content)
    if start == b"<":
        raise BadInput("file", "this is no bank statement", FORMATS)
    return read_delimited(content, delimiter)


def _of_table(
    name: str,
    table: Table,
    corrections: Mapping[str, str],
    checks: tuple[str, ...] = (),
) -> Statement:
    bank = bank_of(table.header)
    columns = {**(dict(bank.columns) if bank else {}), **corrections}
    columns.pop("delimiter", None)
    entries, layout, notes = entries_of(table, columns)
    if bank:
        layout = replace(layout, bank=bank.name)
        if bank.currency:
            entries = entries.with_columns(pl.col("currency").fill_null(bank.currency))
    assert entries.schema == ENTRIES  # noqa: S101 - every reader promises it
    return Statement(
        file=name, entries=entries, layout=layout, checked=checks, notes=tuple(notes)
    )
