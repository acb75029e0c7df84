"""Which of two columns is money out, where their headers do not tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.statements.content import follows
from rescind.adapters.statements.headers import side_of, sides_of
from rescind.adapters.statements.numbers import read_amounts
from rescind.adapters.statements.roles import Columns
from rescind.adapters.statements.signs import INCOME

if TYPE_CHECKING:
    from rescind.adapters.statements.table import Table

SIDES = ("columns", "swapped")
"""What a person says: the first column taken is money out, or the other one is."""
_TWICE = 2
_SURE_INCOME, _SURE_OPEN = 0.9, 0.5
"""Where a word of income stands in the column taken for money in; where nothing tells,
or that word speaks against the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The columns with money out and in told apart, and how sure that is."""

    columns: Columns
    spending: str = "columns"
    """One of ``SIDES``."""
    sureness: float = 1.0
    because: str = "spending_sides"
    """Why: a code of the words' table ``assumed``."""


def told_apart(table: "Table", columns: Columns, given: Mapping[str, str]) -> Sides:
    """Return the columns of money out and in, the other way round where that is so.

    Headers tell it, or what a person or the bank on file says (``given``); else the
    balances; else it is asked.
    """
    if not {"debit", "credit"} <= columns.keys() or given.keys() & {"debit", "credit"}:
        return Sides(columns=columns)
    names = [
        table.header[int(c)] if int(c) < len(table.header) else ""
        for c in (columns["debit"][0], columns["credit"][0])
    ]
    if any(map(side_of, names)) or sides_of(*names):
        return Sides(columns=columns)
    said = given.get("spending", "")
    if said in SIDES:
        return _turned(columns) if said == "swapped" else Sides(columns=columns)
    by_balance = _by_balance(table, columns)
    if by_balance:
        turned = by_balance == "positive"
        return _turned(columns) if turned else Sides(columns=columns)
    by_words = _by_words(table, columns)
    if by_words == "debit" or (not by_words and _is_fuller(table, columns, "credit")):
        return _turned(columns, _SURE_OPEN)
    sureness = _SURE_INCOME if by_words == "credit" else _SURE_OPEN
    return Sides(columns=columns, sureness=sureness)


def _turned(columns: Columns, sureness: float = 1.0) -> Sides:
    turned = {**columns, "debit": columns["credit"], "credit": columns["debit"]}
    return Sides(columns=turned, spending="swapped", sureness=sureness)


def _by_balance(table: "Table", columns: Columns) -> str:
    """Return the sign under which the balances follow from the amounts, or nothing."""
    if "balance" not in columns:
        return ""
    out, into, balance = (
        read_amounts(table.cells[columns[role][0]]).values
        for role in ("debit", "credit", "balance")
    )
    moved = into.fill_null(0).abs() - out.fill_null(0).abs()
    is_entry = balance.is_not_null() & (moved != 0)
    return follows(moved.filter(is_entry), balance.filter(is_entry))


def _is_fuller(table: "Table", columns: Columns, side: str) -> bool:
    """Return whether a column has twice the sums of the other one.

    People pay more often than they are paid.
    """
    filled = {
        each: int((read_amounts(table.cells[columns[each][0]]).values != 0).sum())
        for each in ("debit", "credit")
    }
    return filled[side] >= _TWICE * (sum(filled.values()) - filled[side])


def _by_words(table: "Table", columns: Columns) -> str:
    """Return the one side on which words of income stand, or nothing."""
    texts = [pl.col(c) for r in ("payee", "text") for c in columns.get(r, ())]
    if not texts:
        return ""
    words = table.cells.select(pl.concat_str(texts, separator=" ", ignore_nulls=True))
    is_income = words.to_series().str.contains(INCOME)
    sides = [
        side
        for side in ("debit", "credit")
        if (read_amounts(table.cells[columns[side][0]]).values.filter(is_income) != 0)
        .fill_null(value=False)
        .any()
    ]
    return sides[0] if len(sides) == 1 else ""
