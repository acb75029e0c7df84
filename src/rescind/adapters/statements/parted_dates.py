"""Year, month and day in three columns become one column of dates."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from rescind.adapters.statements.dates import PARTS, month_names
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import fold_header, marks

_SAMPLE = 400
_MOST = 0.8
"""Share of a sample's rows that must have a year, a month and a day."""
_TWO = 2


def with_whole_dates(table: Table) -> Table:
    """Return a table in which a date that stands in three columns stands in one."""
    sample = table.cells.head(_SAMPLE)
    named = named_parts(table.header)
    if named and _are_parts(sample, [str(column) for column in named]):
        return _joined(table, [str(column) for column in named])
    names = table.cells.columns
    for start in range(len(names) - len(PARTS) + 1):
        beside = names[start : start + len(PARTS)]
        for parts in (beside, beside[::-1], [beside[2], beside[0], beside[1]]):
            if _are_parts(sample, parts):
                return _joined(table, parts)
    return table


def named_parts(header: Sequence[str]) -> list[int]:
    """Return the places of the headers of year, month and day, or nothing.

    >>> named_parts(["Day", "Payee", "Month", "Year"]), named_parts(["Year", "Sum"])
    ([3, 2, 0], [])
    """
    folded = [fold_header(name) for name in header]
    places = [
        next((at for at, name in enumerate(folded) if name in marks(part)), None)
        for part in ("year", "month", "day")
    ]
    return [at for at in places if at is not None] if None not in places else []


def _are_parts(sample: pl.DataFrame, columns: Sequence[str]) -> bool:
    fits = pl.repeat(value=True, n=sample.height, eager=True)
    for pattern, column in zip(PARTS, columns, strict=True):
        cells = sample[column].fill_null("").str.strip_chars().str.to_lowercase()
        is_part = cells.str.contains(f"^(?:{pattern.pattern})$")
        if pattern is PARTS[1]:
            is_part |= cells.str.strip_chars_end(".").is_in(list(month_names()))
        fits &= is_part
    return sample.height > 0 and int(fits.sum()) >= _MOST * sample.height


def _joined(table: Table, columns: Sequence[str]) -> Table:
    """Return a table with the date in the first of three columns, the others empty."""
    year, month, day = (pl.col(c).str.strip_chars() for c in columns)
    names = {name: str(number) for name, number in month_names().items()}
    month = month.str.to_lowercase().str.strip_chars_end(".").replace(names)
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
