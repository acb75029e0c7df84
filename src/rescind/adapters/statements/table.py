"""A table of text becomes entries: which column is what is found out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from rescind.adapters.statements.numbers import read_amounts, read_dates
from rescind.adapters.statements.roles import columns_of
from rescind.adapters.statements.signs import signed
from rescind.adapters.statements.words import marks
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, Layout

_CODE = re.compile(r"\b(?:[A-Z]{3})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as text, with where they stood in the file."""

    header: tuple[str, ...]
    cells: pl.DataFrame
    """Columns ``0``, ``1`` …, all text, in the order of the file."""
    layout: Layout
    lines: Sequence[int] | None = None
    """The line of each row; None: they follow each other from ``first_line``."""
    first_line: int = 1
    currency: str = ""
    """What the file says above its table, if it does."""
    account: str = ""

    def line(self, index: int) -> int:
        """Return the line in the file where a row stands."""
        return self.lines[index] if self.lines else self.first_line + index


def entries_of(
    table: Table, given: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, Layout, list[str]]:
    """Return a table's entries, how it was understood, and what to know.

    ``given`` sets what a person knows better: a role and its column's name or 1-based
    number, ``dates`` and ``spending``. Raises BadInput with the line that is none.
    """
    given = given or {}
    found = columns_of(table, given)
    if "booked" not in found or not ({"amount", "debit", "credit"} & found.keys()):
        missing = (
            "a column of dates" if "booked" not in found else "a column of amounts"
        )
        names = [name for name in table.header if name] or list(table.cells.columns)
        raise BadInput(
            "file", f"{missing} was not found", [f"booked={n}" for n in names[:6]]
        )
    cells, dropped, others = _without_other_lines(table, found)
    dates = read_dates(cells[found["booked"][0]], given.get("dates"))
    second = next((found[r][0] for r in ("made", "valued") if r in found), None)
    on = dates.values
    if second and on.null_count():
        on = pl.select(
            pl.coalesce(on, read_dates(cells[second], dates.order).values)
        ).to_series()
    text = _joined(cells, [*found.get("payee", ()), *found.get("text", ())])
    kind = _joined(cells, found.get("kind", []))
    amounts, spending, decimal = signed(cells, found, text, given.get("spending", ""))
    frame = pl.DataFrame(
        {
            "on": on,
            "amount": amounts,
            "currency": _currency(table, cells, found),
            "account": _account(table, cells, found),
            "text": text,
            "kind": kind,
            "line": dropped,
            **_foreign(cells, found),
        }
    )
    sums = _totals(others, amounts, found)
    frame, notes = _whole(table, frame, cells, found)
    layout = replace(
        table.layout,
        header=table.header,
        columns=tuple(
            (role, _named(table, c)) for role, cs in found.items() for c in cs
        ),
        dates=dates.order,
        dates_sure=dates.is_sure,
        decimal=decimal,
        spending=spending,
    )
    return frame.select(*ENTRIES.names()).cast(dict(ENTRIES)), layout, [*sums, *notes]  # type: ignore[arg-type]


def _named(table: Table, column: str) -> str:
    index = int(column)
    return (index < len(table.header) and table.header[index]) or str(index + 1)


def _without_other_lines(
    table: Table, found: Mapping[str, list[str]]
) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
    """Return the rows that are entries, their place in the table, and lines of totals.

    Blank lines, balances and totals are no entries; nor is a tail of notes.
    """
    cells = table.cells.with_row_index("line")
    used = [
        c
        for role in ("booked", "amount", "debit", "credit")
        for c in found.get(role, ())
    ]
    filled = pl.any_horizontal(
        pl.col(c).str.strip_chars().str.len_chars() > 0 for c in used
    )
    cells = cells.filter(filled.fill_null(value=False))
    texts = [*found.get("payee", ()), *found.get("text", ()), found["booked"][0]]

    def says(words: str) -> pl.Expr:
        known = list(marks(words))
        said = (pl.col(c).str.strip_chars(" :.").str.to_lowercase() for c in texts)
        return pl.any_horizontal(t.is_in(known) for t in said).fill_null(value=False)

    others = cells.filter(says("totals"))
    cells = cells.filter(~says("not_entries"))
    return cells.drop("line"), cells["line"], others


def _totals(
    others: pl.DataFrame, amounts: pl.Series, found: Mapping[str, list[str]]
) -> list[str]:
    """Return what lines of totals say beside the sums of the entries.

    What differs is told and not refused: a total may leave out what the bank likes.
    """
    ours = {
        "debit": -int(amounts.filter(amounts < 0).sum() or 0),
        "credit": int(amounts.filter(amounts > 0).sum() or 0),
        "amount": abs(int(amounts.sum() or 0)),
    }
    told = []
    for role in ours.keys() & found.keys():
        stated = read_amounts(others[found[role][0]]).values.drop_nulls().abs()
        for total in stated.to_list():
            if total == ours[role]:
                told.append(f"the total of {role} adds up")
            else:
                said = f"the file states a total of {total / 1000:.2f} for {role}"
                told.append(f"{said}; the entries give {ours[role] / 1000:.2f}: look")
    return sorted(told)


def _joined(cells: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    if not columns:
        return pl.Series([""] * cells.height, dtype=pl.String)
    if len(columns) == 1:
        return cells[columns[0]].fill_null("").str.strip_chars()
    parts = [pl.col(c).str.strip_chars() for c in columns]
    seen = [
        pl.when(
            pl.lit(value=False)
            if i == 0
            else pl.any_horizontal(parts[i] == parts[j] for j in range(i))
        )
        .then(None)
        .otherwise(pl.when(parts[i] != "").then(parts[i]))
        for i in range(len(parts))
    ]
    return cells.select(
        pl.concat_str(seen, separator=" ", ignore_nulls=True)
    ).to_series()


def _currency(
    table: Table, cells: pl.DataFrame, found: Mapping[str, list[str]]
) -> pl.Series:
    if "currency" in found:
        return (
            cells[found["currency"][0]]
            .str.strip_chars()
            .str.to_uppercase()
            .replace("", None)
        )
    said = table.currency or _currency_in(table, found)
    return pl.Series([said or None] * cells.height, dtype=pl.String)


_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "R$": "BRL",
    "$": "USD",
    "¥": "JPY",
    "￥": "JPY",
    "円": "JPY",
    "zł": "PLN",
    "₹": "INR",
    "Kč": "CZK",
    "CHF": "CHF",
    "Fr.": "CHF",
}


def _currency_in(table: Table, found: Mapping[str, list[str]]) -> str:
    """Return the currency that the header of the amounts, or the amounts, name."""
    columns = [
        c
        for role in ("amount", "debit", "credit", "balance")
        for c in found.get(role, ())
    ]
    for column in columns:
        header = table.header[int(column)] if int(column) < len(table.header) else ""
        code = _CODE.search(header)
        if code:
            return code[0]
        held = "".join(c for c in table.cells[column].head(20).to_list() if c)
        for text in (header, held):
            for sign, name in _SIGNS.items():
                if sign in text:
                    return name
            code = re.search(r"[A-Z]{3}", text) if text is held else None
            if code:
                return code[0]
    return ""


def _account(
    table: Table, cells: pl.DataFrame, found: Mapping[str, list[str]]
) -> pl.Series:
    if "account" in found:
        return cells[found["account"][0]].str.strip_chars().replace("", None)
    return pl.Series([table.account or None] * cells.height, dtype=pl.String)


def _foreign(
    cells: pl.DataFrame, found: Mapping[str, list[str]]
) -> dict[str, pl.Series]:
    nothing = pl.Series([None] * cells.height)
    if not {"foreign", "foreign_currency"} <= found.keys():
        return {
            "foreign": nothing.cast(pl.Int64),
            "foreign_currency": nothing.cast(pl.String),
        }
    return {
        "foreign": read_amounts(cells[found["foreign"][0]]).values.abs(),
        "foreign_currency": cells[found["foreign_currency"][0]]
        .str.strip_chars()
        .replace("", None),
    }


def _whole(
    table: Table,
    frame: pl.DataFrame,
    cells: pl.DataFrame,
    found: Mapping[str, list[str]],
) -> tuple[pl.DataFrame, list[str]]:
    """Return the entries numbered, without pending ones; refuse a broken line."""
    frame = frame.with_row_index("row", offset=1)
    notes: list[str] = []
    waiting = pl.Series([False] * frame.height, dtype=pl.Boolean)
    if "status" in found:
        status = (
            cells[found["status"][0]].fill_null("").str.to_lowercase().str.strip_chars()
        )
        waiting = status.is_in(list(marks("pending")))
        if waiting.any():
            notes.append(f"{waiting.sum()} entries are pending or failed: left out")
    broken = (frame["on"].is_null() | frame["amount"].is_null()) & ~waiting
    if broken.any():
        frame, waiting = _without_tail(table, frame, broken, waiting)
    return frame.filter(~waiting), notes


def _without_tail(
    table: Table, frame: pl.DataFrame, broken: pl.Series, waiting: pl.Series
) -> tuple[pl.DataFrame, pl.Series]:
    """Return the entries without notes below them; refuse a broken line between."""
    whole = (~broken).arg_true()
    end = int(whole[-1]) + 1 if len(whole) else 0
    inside = broken.head(end).arg_true()
    if len(inside) or not end:
        at = int(inside[0]) if len(inside) else 0
        index = int(frame["line"][at])
        shown = " | ".join(cell or "" for cell in table.cells.row(index))[:120]
        what = "date" if frame["on"][at] is None else "amount"
        message = f"line {table.line(index)} has no {what} that can be read: {shown}"
        raise BadInput("file", message)
    return frame.head(end), waiting.head(end)
