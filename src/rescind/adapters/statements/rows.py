"""Tables that come as rows: sheets of a workbook, lists in JSON, lines of a PDF."""

from collections.abc import Mapping, Sequence

import polars as pl

from rescind.adapters.statements.numbers import looks_like_amount, looks_like_date
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import folded, roles
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_MOST_PREAMBLE = 80


def table_of_rows(rows: Sequence[Sequence[str]], layout: Layout) -> Table | None:
    """Return the table in some rows: the header with the most known words, and below.

    None where no row has a date and an amount.
    """
    entries = [i for i, row in enumerate(rows[: _MOST_PREAMBLE * 2]) if _is_entry(row)]
    if not entries:
        return None
    known = [
        (sum(folded(c) in roles() for c in row), -i)
        for i, row in enumerate(rows[:_MOST_PREAMBLE])
    ]
    most, place = max(known)
    start = -place + 1 if most >= 2 else entries[0]
    header = [cell.strip() for cell in rows[start - 1]] if most >= 2 else []
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


def _is_entry(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return any(map(looks_like_date, filled)) and any(map(looks_like_amount, filled))


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
