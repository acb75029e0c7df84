"""A table of text becomes entries: headers and cells tell which column is what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from rescind.adapters.statements.numbers import Dates, read_amounts, read_dates
from rescind.adapters.statements.roles import Columns, columns_of
from rescind.adapters.statements.signs import signed_amounts
from rescind.adapters.statements.words import marks
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, THOUSANDTHS, Layout

_CODE, _GLUED_CODE = re.compile(r"\b[A-Z]{3}\b"), re.compile(r"[A-Z]{3}")
"""A currency's code in a header; among amounts, which are looked at as one text."""
_SAMPLE = 20
"""Cells of a column in which a currency's sign is looked for."""
_MOST_NAMES, _MOST_SHOWN = 6, 120
"""Columns that a message suggests; characters of a line that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as text, with the line of the file where each row stands."""

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

    def name(self, column: str) -> str:
        """Return a column's header, or its 1-based number where it has none."""
        index = int(column)
        header = self.header[index] if index < len(self.header) else ""
        return header or str(index + 1)


def entries_of(
    table: Table, corrections: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, Layout, list[str]]:
    """Return a table's entries, how it was understood, and what to know.

    ``corrections`` is what a person knows better: a role and its column's name or
    1-based number, ``dates`` and ``spending``. Raises BadInput with the line that
    cannot be read.
    """
    corrections = corrections or {}
    columns = columns_of(table, corrections)
    _check_columns(table, columns)
    cells, lines, total_lines = _split_lines(table, columns)
    dates = read_dates(cells[columns["booked"][0]], corrections.get("dates"))
    text = _joined(cells, [*columns.get("payee", ()), *columns.get("text", ())])
    amounts = signed_amounts(cells, columns, text, corrections.get("spending", ""))
    frame = pl.DataFrame(
        {
            "on": _days(cells, columns, dates),
            "amount": amounts.values,
            "currency": _currency(table, cells, columns),
            "account": _account(table, cells, columns),
            "text": text,
            "kind": _joined(cells, columns.get("kind", [])),
            "line": lines,
            **_foreign(cells, columns),
        }
    )
    sums = _totals(total_lines, amounts.values, columns)
    frame, notes = _booked(table, frame, cells, columns)
    layout = replace(
        table.layout,
        header=table.header,
        columns=tuple(
            (role, table.name(c)) for role, choices in columns.items() for c in choices
        ),
        dates=dates.order,
        dates_sure=dates.is_sure,
        decimal=amounts.decimal,
        spending=amounts.spending,
    )
    # the stub of cast takes no mapping from names alone
    return frame.select(*ENTRIES.names()).cast(dict(ENTRIES)), layout, [*sums, *notes]  # type: ignore[arg-type]


def _check_columns(table: Table, columns: Columns) -> None:
    """Refuse a table in which no column has dates, or none has amounts."""
    if "booked" not in columns:
        missing = "a column of dates"
    elif not {"amount", "debit", "credit"} & columns.keys():
        missing = "a column of amounts"
    else:
        return
    names = [name for name in table.header if name] or list(table.cells.columns)
    suggestions = [f"booked={name}" for name in names[:_MOST_NAMES]]
    raise BadInput("file", f"{missing} was not found", suggestions)


def _days(cells: pl.DataFrame, columns: Columns, dates: Dates) -> pl.Series:
    """Return the booking's days; another column's where a cell has none."""
    other = next((columns[r][0] for r in ("made", "valued") if r in columns), None)
    if other is None or not dates.values.null_count():
        return dates.values
    others = read_dates(cells[other], dates.order).values
    return pl.select(pl.coalesce(dates.values, others)).to_series()


def _split_lines(
    table: Table, columns: Columns
) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
    """Return the rows that are entries, their place in the table, and lines of totals.

    Blank lines, balances and totals are no entries; nor is a tail of notes.
    """
    cells = table.cells.with_row_index("line")
    needed = [
        column
        for role in ("booked", "amount", "debit", "credit")
        for column in columns.get(role, ())
    ]
    is_filled = pl.any_horizontal(
        pl.col(c).str.strip_chars().str.len_chars() > 0 for c in needed
    )
    cells = cells.filter(is_filled.fill_null(value=False))
    texts = [*columns.get("payee", ()), *columns.get("text", ()), columns["booked"][0]]

    def is_one_of(words: str) -> pl.Expr:
        known = list(marks(words))
        bare = (pl.col(c).str.strip_chars(" :.").str.to_lowercase() for c in texts)
        return pl.any_horizontal(t.is_in(known) for t in bare).fill_null(value=False)

    totals = cells.filter(is_one_of("totals"))
    cells = cells.filter(~is_one_of("not_entries"))
    return cells.drop("line"), cells["line"], totals


def _totals(lines: pl.DataFrame, amounts: pl.Series, columns: Columns) -> list[str]:
    """Return what lines of totals say beside the sums of the entries.

    What differs is told and not refused: a total may leave out what the bank likes.
    """
    ours = {
        "debit": -int(amounts.filter(amounts < 0).sum() or 0),
        "credit": int(amounts.filter(amounts > 0).sum() or 0),
        "amount": abs(int(amounts.sum() or 0)),
    }
    notes = []
    for role in ours.keys() & columns.keys():
        totals = read_amounts(lines[columns[role][0]]).values.drop_nulls().abs()
        for total in totals.to_list():
            if total == ours[role]:
                notes.append(f"the total of {role} adds up")
            else:
                notes.append(
                    f"the file states a total of {total / THOUSANDTHS:.2f} for {role}; "
                    f"the entries give {ours[role] / THOUSANDTHS:.2f}: look"
                )
    return sorted(notes)


def _joined(cells: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return the cells of several columns as one text, each once: banks repeat them."""
    if not columns:
        return pl.Series([""] * cells.height, dtype=pl.String)
    if len(columns) == 1:
        return cells[columns[0]].fill_null("").str.strip_chars()
    parts = [pl.col(c).str.strip_chars() for c in columns]
    new = [
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
        pl.concat_str(new, separator=" ", ignore_nulls=True)
    ).to_series()


def _currency(table: Table, cells: pl.DataFrame, columns: Columns) -> pl.Series:
    if "currency" in columns:
        codes = cells[columns["currency"][0]].str.strip_chars().str.to_uppercase()
        return codes.replace("", None)
    code = table.currency or _currency_in(table, columns)
    return pl.Series([code or None] * cells.height, dtype=pl.String)


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


def _currency_in(table: Table, columns: Columns) -> str:
    """Return the currency that the header of the amounts, or the amounts, name."""
    for role in ("amount", "debit", "credit", "balance"):
        for column in columns.get(role, ()):
            index = int(column)
            header = table.header[index] if index < len(table.header) else ""
            sample = table.cells[column].head(_SAMPLE).to_list()
            cells = "".join(cell for cell in sample if cell)
            codes: list[str] = [*_CODE.findall(header), *_signs_in(header)]
            codes += [*_signs_in(cells), *_GLUED_CODE.findall(cells)]
            if codes:
                return codes[0]
    return ""


def _signs_in(text: str) -> list[str]:
    return [name for sign, name in _SIGNS.items() if sign in text]


def _account(table: Table, cells: pl.DataFrame, columns: Columns) -> pl.Series:
    if "account" in columns:
        return cells[columns["account"][0]].str.strip_chars().replace("", None)
    return pl.Series([table.account or None] * cells.height, dtype=pl.String)


def _foreign(cells: pl.DataFrame, columns: Columns) -> dict[str, pl.Series]:
    nothing = pl.Series([None] * cells.height)
    if not {"foreign", "foreign_currency"} <= columns.keys():
        return {
            "foreign": nothing.cast(pl.Int64),
            "foreign_currency": nothing.cast(pl.String),
        }
    return {
        "foreign": read_amounts(cells[columns["foreign"][0]]).values.abs(),
        "foreign_currency": cells[columns["foreign_currency"][0]]
        .str.strip_chars()
        .replace("", None),
    }


def _booked(
    table: Table, frame: pl.DataFrame, cells: pl.DataFrame, columns: Columns
) -> tuple[pl.DataFrame, list[str]]:
    """Return the entries numbered, without pending ones; refuse a broken line.

    Pending ones are numbered all the same: a place is counted among all lines.
    """
    frame = frame.with_row_index("row", offset=1)
    notes: list[str] = []
    is_pending = pl.Series([False] * frame.height, dtype=pl.Boolean)
    if "status" in columns:
        status = cells[columns["status"][0]].fill_null("")
        words = status.str.to_lowercase().str.strip_chars()
        is_pending = words.is_in(list(marks("pending")))
        if is_pending.any():
            notes.append(f"{is_pending.sum()} entries are pending or failed: left out")
    is_broken = (frame["on"].is_null() | frame["amount"].is_null()) & ~is_pending
    if is_broken.any():
        end = _tail(table, frame, is_broken)
        frame, is_pending = frame.head(end), is_pending.head(end)
    return frame.filter(~is_pending), notes


def _tail(table: Table, frame: pl.DataFrame, is_broken: pl.Series) -> int:
    """Return where notes below the entries begin; refuse a broken line between them."""
    readable = (~is_broken).arg_true()
    end = int(readable[-1]) + 1 if len(readable) else 0
    between = is_broken.head(end).arg_true()
    if not len(between) and end:
        return end
    at = int(between[0]) if len(between) else 0
    index = int(frame["line"][at])
    cells = " | ".join(cell or "" for cell in table.cells.row(index))
    what = "date" if frame["on"][at] is None else "amount"
    line = f"line {table.line(index)} has no {what} that can be read"
    raise BadInput("file", f"{line}: {cells[:_MOST_SHOWN]}")
