"""Any statement: its bytes tell what it is, never its name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.archive import files_inside, is_archive
from rescind.adapters.statements.camt import is_camt, read_camt
from rescind.adapters.statements.delimited import read_delimited
from rescind.adapters.statements.excel import is_workbook, read_workbook
from rescind.adapters.statements.json_export import read_json
from rescind.adapters.statements.markup import read_markup
from rescind.adapters.statements.mt940 import is_mt940, read_mt940
from rescind.adapters.statements.norma43 import is_norma43, read_norma43
from rescind.adapters.statements.ofx import is_ofx, read_ofx
from rescind.adapters.statements.parted_dates import with_our_years, with_whole_dates
from rescind.adapters.statements.pdf import is_pdf, read_pdf
from rescind.adapters.statements.presets import bank_of
from rescind.adapters.statements.qif import is_qif, read_qif
from rescind.adapters.statements.rows import with_counted_days
from rescind.adapters.statements.table import Table, TableEntries, entries_of
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
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
    "norma43",
    "json",
    "xlsx",
    "xls",
    "ods",
    "pdf",
)
MOST_BYTES = 4_000_000_000
_HEAD = 4096
_WHOLE = (
    (is_camt, read_camt),
    (is_mt940, read_mt940),
    (is_norma43, read_norma43),
)
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
    if is_archive(content):
        return _of_archive(name, content, corrections)
    if is_ofx(head):
        read_file = read_ofx(name, content, corrections.get("spending", ""))
        return _confirmed(read_file, corrections)
    for is_it, read in _WHOLE:
        if is_it(head):
            return _confirmed(read(name, content), corrections)
    if is_qif(head):
        read_file = read_qif(name, content, corrections.get("dates", ""))
        return _confirmed(read_file, corrections)
    if is_pdf(head):
        pdf = read_pdf(content)
        read_file = _of_tables(name, [pdf.table], corrections)
        read_file = replace(
            read_file,
            checked=pdf.checks,
            notes=(*read_file.notes, *pdf.notes),
            assumed=(*read_file.assumed, *pdf.assumed),
        )
        return _confirmed(read_file, corrections)
    return _of_tables(name, _tables(head, content, corrections), corrections)


def _confirmed(statement: Statement, corrections: Mapping[str, str]) -> Statement:
    """Return a statement; what a person has said of it is sure."""
    assumed = tuple(
        replace(each, sureness=1.0) if corrections.get(each.field) else each
        for each in statement.assumed
    )
    return replace(statement, assumed=assumed)


def _of_archive(name: str, content: bytes, corrections: Mapping[str, str]) -> Statement:
    """Return the entries of all files in an archive, as those of one."""
    parts = []
    for inner, bytes_inside in files_inside(content):
        if is_archive(bytes_inside):
            message = f"{inner}: an archive inside an archive is not opened"
            raise BadInput("file", message)
        try:
            parts.append(_read(inner, bytes_inside, corrections))
        except BadInput as error:
            raise BadInput(
                error.field, f"{inner}: {ENGLISH.say(error.message)}", error.suggestions
            ) from error
    frames = [part.entries for part in parts]
    names = ", ".join(part.file for part in parts)
    together = Sentence.of("noted", "files", count=len(parts), names=names)
    return Statement(
        file=name,
        entries=pl.concat(frames).with_columns(_rows_of(frames)),
        layout=parts[0].layout,
        checked=tuple(dict.fromkeys(c for part in parts for c in part.checked)),
        notes=(ENGLISH.say(together), *(note for part in parts for note in part.notes)),
        assumed=tuple(each for part in parts for each in part.assumed),
    )


def _tables(
    head: bytes, content: bytes, corrections: Mapping[str, str]
) -> Sequence[Table]:
    if is_workbook(head):
        return read_workbook(content)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start in (b"{", b"["):
        return [read_json(content)]
    if start == b"<":
        return read_markup(content)
    delimiter, quotes = corrections.get("delimiter", ""), corrections.get("quotes", "")
    return [read_delimited(content, delimiter, quotes)]


def _of_tables(
    name: str,
    tables: Sequence[Table],
    corrections: Mapping[str, str],
) -> Statement:
    """Return the entries of all tables in a file, one after the other."""
    read = [_of_table(table, corrections) for table in tables]
    frames = [each.frame for each in read]
    entries = pl.concat(frames)
    notes = [note for each in read for note in each.notes]
    if len(read) > 1:
        heights = " and ".join(str(frame.height) for frame in frames)
        entries = entries.with_columns(_rows_of(frames))
        together = Sentence.of("noted", "tables", count=len(read), heights=heights)
        notes.insert(0, ENGLISH.say(together))
    assert entries.schema == ENTRIES  # noqa: S101 - every reader promises it
    assumed = {(each.field, each.value): each for r in read for each in r.assumed}
    return Statement(
        file=name,
        entries=entries,
        layout=read[0].layout,
        notes=tuple(notes),
        assumed=tuple(assumed.values()),
    )


def _rows_of(frames: Sequence[pl.DataFrame]) -> pl.Series:
    """Return the places of entries in several tables, counted through all of them."""
    rows: list[pl.Series] = []
    before = 0
    for frame in frames:
        rows.append(frame["row"].cast(pl.Int64) + before)
        before += int(frame["row"].max() or 0)  # type: ignore[arg-type]  # numbers
    return pl.concat(rows).cast(ENTRIES["row"]).alias("row")


def _of_table(table: Table, corrections: Mapping[str, str]) -> TableEntries:
    table = with_counted_days(with_whole_dates(with_our_years(table)))
    bank = bank_of(table.header)
    usual = dict(bank.columns) if bank else {}
    read = entries_of(table, corrections, usual)
    if not bank:
        return read
    frame = read.frame
    assumed = read.assumed
    if bank.currency:
        frame = frame.with_columns(pl.col("currency").fill_null(bank.currency))
        assumed = tuple(each for each in assumed if each.field != "currency")
    layout = replace(read.layout, bank=bank.name)
    return replace(read, frame=frame, layout=layout, assumed=assumed)
