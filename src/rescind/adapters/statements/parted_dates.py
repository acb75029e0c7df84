"""Year, month and day in three columns become one column of dates."""

from dataclasses import replace

import polars as pl

from rescind.adapters.statements.dates import PARTS
from rescind.adapters.statements.table import Table

_SAMPLE = 400
_MOST = 0.8
"""Share of a sample's rows that must have a year, a month and a day."""
_TWO = 2


def with_whole_dates(table: Table) -> Table:
    """Return a table in which a date that stands in three columns stands in one."""
    names = table.cells.columns
    sample = table.cells.head(_SAMPLE)
    for start in range(len(names) - len(PARTS) + 1):
        beside = names[start : start + len(PARTS)]
        for parts in (beside, beside[::-1]):
            if _are_parts(sample, parts):
                return _joined(table, parts)
    return table


def _are_parts(sample: pl.DataFrame, columns: list[str]) -> bool:
    fits = pl.repeat(value=True, n=sample.height, eager=True)
    for pattern, column in zip(PARTS, columns, strict=True):
        cells = sample[column].fill_null("").str.strip_chars()
        fits &= cells.str.contains(f"^(?:{pattern.pattern})$")
    return sample.height > 0 and int(fits.sum()) >= _MOST * sample.height


def _joined(table: Table, columns: list[str]) -> Table:
    """Return a table with the date in the first of three columns, the others empty."""
    year, month, day = (pl.col(c).str.strip_chars() for c in columns)
    whole = pl.concat_str(
        year, month.str.zfill(_TWO), day.str.zfill(_TWO), separator="-"
    )
    first, *others = sorted(columns, key=int)
    cells = table.cells.with_columns(
        whole.alias(first), *(pl.lit("").alias(c) for c in others)
    )
    header = list(table.header)
    for column in others:
        if int(column) < len(header):
            header[int(column)] = ""
    if int(first) < len(header):
        header[int(first)] = "date"
    return replace(table, cells=cells, header=tuple(header))
