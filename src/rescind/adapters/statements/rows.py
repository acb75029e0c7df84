"""Tables that come as rows: sheets of a workbook, lists in JSON, lines of a PDF."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from rescind.adapters.statements.numbers import is_entry
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import fold_header, known_headers, roles
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_MOST_PREAMBLE = 80
_FEWEST_KNOWN = 2
"""Words on file that make a row the header."""
_DATES = frozenset({"booked", "made", "valued"})
_DAY_ZERO = date(1899, 12, 30)
"""What a workbook counts its days from (ECMA-376 Part 1, 18.17.4.1)."""
_SERIAL = range(32874, 62092)
"""Numbers that are days, from 1990 to 2069."""


def tables_of(sheets: Iterable[Sequence[Sequence[str]]], layout: Layout) -> list[Table]:
    """Return the tables of several sheets; one that repeats another is left out."""
    tables: list[Table] = []
    for rows in sheets:
        table = table_of_rows(_with_days(rows), layout)
        if table is not None and not any(_is_same(table, each) for each in tables):
            tables.append(table)
    return tables


def _is_same(table: Table, other: Table) -> bool:
    return table.header == other.header and table.cells.equals(other.cells)


def _with_days(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return rows in which days written as a workbook counts them are days.

    Only below a header of dates: a number alone says nothing.
    """
    known = [known_headers(row) for row in rows[:_MOST_PREAMBLE]]
    if max(known, default=0) < _FEWEST_KNOWN:
        return rows
    start = known.index(max(known))
    dated = {
        column
        for column, cell in enumerate(rows[start])
        if roles().get(fold_header(cell), ("",))[0] in _DATES
    }
    below = [
        [_day(cell) if column in dated else cell for column, cell in enumerate(row)]
        for row in rows[start + 1 :]
    ]
    return [*rows[: start + 1], *below] if dated else rows


def with_counted_days(table: Table) -> Table:
    """Return a table whose days, where all are counted as a workbook does, are days."""
    days = {}
    for column, name in zip(table.cells.columns, table.header, strict=False):
        if roles().get(fold_header(name), ("",))[0] in _DATES:
            cells = table.cells[column]
            different = [c for c in cells.unique().to_list() if c and c.strip()]
            read = {cell: _day(cell.strip()) for cell in different}
            if read and all(read[cell] != cell for cell in read):
                days[column] = cells.replace_strict(read, default=cells)
    return replace(table, cells=table.cells.with_columns(**days)) if days else table


def _day(cell: str) -> str:
    whole, _, part = cell.partition(".")
    if not whole.isdecimal() or part.strip("0123456789"):
        return cell
    count = int(whole)
    if count not in _SERIAL:
        return cell
    return (_DAY_ZERO + timedelta(days=count)).isoformat()


def table_of_rows(rows: Sequence[Sequence[str]], layout: Layout) -> Table | None:
    """Return the table in some rows: the header with the most known words, and below.

    None where no row has a date and an amount.
    """
    entries = [i for i, row in enumerate(rows[: _MOST_PREAMBLE * 2]) if is_entry(row)]
    if not entries:
        return None
    known = [known_headers(row) for row in rows[: min(entries[0] + 1, _MOST_PREAMBLE)]]
    has_header = max(known) >= _FEWEST_KNOWN
    start = known.index(max(known)) + 1 if has_header else entries[0]
    header = [cell.strip() for cell in rows[start - 1]] if has_header else []
    above = [row for row in rows[: start - 1] if any(map(str.strip, row))]
    width = max(len(header), *(len(row) for row in rows[start:]), 1)
    cells = {
        str(column): [row[column] if column < len(row) else "" for row in rows[start:]]
        for column in range(width)
    }
    return Table(
        header=tuple(header),
        cells=pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)),
        layout=layout,
        first_line=start + 1,
        above=above[-1] if above and has_header else (),
    )


def table_of_records(records: Sequence[Mapping[str, str]], layout: Layout) -> Table:
    """Return the table of records with named fields, in the order they come."""
    header = list(dict.fromkeys(key for record in records for key in record))
    if not header:
        raise BadInput(
            "file", "no record with named fields was found", ["a list of objects"]
        )
    cells = {
        str(i): [record.get(key, "") for record in records]
        for i, key in enumerate(header)
    }
    return Table(
        header=tuple(header),
        cells=pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)),
        layout=layout,
    )
