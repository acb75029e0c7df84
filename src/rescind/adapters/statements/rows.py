"""Tables that come as rows: sheets of a workbook, lists in JSON, lines of a PDF."""

from collections.abc import Mapping, Sequence

import polars as pl

from rescind.adapters.statements.numbers import is_entry
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import known_headers
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_MOST_PREAMBLE = 80
_FEWEST_KNOWN = 2
"""Words on file that make a row the header."""


def table_of_rows(rows: Sequence[Sequence[str]], layout: Layout) -> Table | None:
    """Return the table in some rows: the header with the most known words, and below.

    None where no row has a date and an amount.
    """
    entries = [i for i, row in enumerate(rows[: _MOST_PREAMBLE * 2]) if is_entry(row)]
    if not entries:
        return None
    known = [known_headers(row) for row in rows[:_MOST_PREAMBLE]]
    has_header = max(known) >= _FEWEST_KNOWN
    start = known.index(max(known)) + 1 if has_header else entries[0]
    header = [cell.strip() for cell in rows[start - 1]] if has_header else []
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
