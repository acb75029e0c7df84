"""Days that stand in three columns, or in years of another era, become days of ours."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from rescind.adapters.statements.dates import (
    PARTS,
    in_our_years,
    looks_like_date,
    month_names,
)
from rescind.adapters.statements.eras import BUDDHIST, MINGUO, is_thai, plain_date
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


def with_our_years(table: Table) -> Table:
    """Return a table in which days of another era are days of ours.

    Only where every day of a column is of that era, and can be none of ours: a year of
    two digits needs Thai words, or Thai money, beside it.
    """
    sample = table.cells.head(_SAMPLE)
    days = {}
    for column in table.cells.columns:
        first = [cell for cell in sample[column].to_list() if cell and cell.strip()]
        is_dated = first and sum(map(looks_like_date, first)) >= _MOST * len(first)
        if is_dated and any(map(_is_odd, first)):
            cells = table.cells[column]
            ours = _in_our_years([c for c in cells.unique().to_list() if c], table)
            if ours:
                days[column] = cells.replace_strict(ours, default=cells)
    return replace(table, cells=table.cells.with_columns(**days)) if days else table


def _is_odd(cell: str) -> bool:
    """Return whether a day may be of another era, or is written in other signs."""
    plain = plain_date(cell)
    return plain != cell or any(
        in_our_years(plain, era, is_short=True) for era in (BUDDHIST, MINGUO)
    )


def _in_our_years(cells: Sequence[str], table: Table) -> dict[str, str]:
    """Return different days as we write them, where they are written otherwise."""
    plain = {cell: plain_date(cell) for cell in cells if looks_like_date(cell)}
    for era in (BUDDHIST, MINGUO):
        ours = {
            cell: in_our_years(each, era, is_short=era == BUDDHIST)
            for cell, each in plain.items()
        }
        is_whole = any(in_our_years(each, era) for each in plain.values())
        if all(ours.values()) and (is_whole or _is_thai(table)):
            return ours
    return {cell: each for cell, each in plain.items() if each != cell}


def _is_thai(table: Table) -> bool:
    rows = table.cells.head(_SAMPLE).iter_rows()
    return is_thai(" ".join([*table.header, *(c for row in rows for c in row if c)]))
