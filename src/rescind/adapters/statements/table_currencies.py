"""The currency of each row of a table, and how it is known."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.statements.currencies import (
    currency_code,
    currency_named,
    is_currency,
)
from rescind.adapters.statements.roles import Columns

if TYPE_CHECKING:
    from rescind.adapters.statements.table import Table

_SAMPLE = 20
"""Cells of a column in which a currency's sign is looked for."""
_SUMS = ("amount", "debit", "credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Currencies:
    """The currency of each row, and how it is known."""

    values: pl.Series
    code: str
    """The one of all rows, if they have one; empty where none is named."""
    is_by_sign: bool = False
    """Whether only a sign that several currencies share names it."""


def currencies_of(table: "Table", columns: Columns, given: str) -> Currencies:
    """Return the currency of each row; ``given`` is a person's word."""
    height = table.cells.height
    if is_currency(given):
        return Currencies(values=same(given, height), code=given)
    if own := _currency_in(table, columns, of_cells=False):
        # a column of currencies beside it is that of the purchases, not of the card
        return Currencies(values=same(own, height), code=own)
    if "currency" in columns:
        cells = table.cells[columns["currency"][0]]
        different = [cell for cell in cells.unique().to_list() if cell]
        named = {c: currency_code(c) or c.strip().upper() or None for c in different}
        codes = cells.replace_strict(named, default=None, return_dtype=pl.String)
        known = codes.drop_nulls().unique().to_list()
        code = next((code for code in known if is_currency(code)), "")
        return Currencies(values=codes, code=code if len(known) == 1 else "")
    code = table.currency
    is_by_sign = False
    if not code:
        code = _currency_in(table, columns)
        is_by_sign = code == "USD" and not _names_code(table, columns)
    return Currencies(values=same(code, height), code=code, is_by_sign=is_by_sign)


def same(text: str, height: int) -> pl.Series:
    """Return a column of one text, or of nothing."""
    return pl.Series([text or None] * height, dtype=pl.String)


def _currency_in(table: "Table", columns: Columns, *, of_cells: bool = True) -> str:
    """Return the currency that the header of the amounts, or the amounts, name."""
    for role in (*_SUMS, "balance") if of_cells else _SUMS:
        for column in columns.get(role, ()):
            index = int(column)
            header = table.header[index] if index < len(table.header) else ""
            cells = table.cells[column].head(_SAMPLE).to_list() if of_cells else ()
            sample = [cell for cell in cells if cell]
            code = currency_named(header, sample)
            if code:
                return code
    return ""


def _names_code(table: "Table", columns: Columns) -> bool:
    """Return whether dollars are named as American ones, and not by ``$`` alone."""
    places = [c for role in (*_SUMS, "balance") for c in columns.get(role, ())]
    headers = " ".join(table.name(column) for column in places)
    cells = " ".join(
        cell for c in places for cell in table.cells[c].head(_SAMPLE).to_list() if cell
    )
    return "US" in headers + cells
