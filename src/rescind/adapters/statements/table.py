"""A table of text becomes entries: headers and cells tell which column is what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from rescind.adapters.statements.assumed import table_assumptions, total_assumption
from rescind.adapters.statements.charge_days import booking_days, charge_days
from rescind.adapters.statements.currencies import order_by_currency
from rescind.adapters.statements.dates import Dates, read_dates
from rescind.adapters.statements.lines import Rows, sort_rows
from rescind.adapters.statements.numbers import Amounts, read_amounts
from rescind.adapters.statements.roles import Columns, columns_of
from rescind.adapters.statements.running import skipped_entries, with_fees
from rescind.adapters.statements.sides import told_apart
from rescind.adapters.statements.signs import SignedAmounts, signed_amounts
from rescind.adapters.statements.table_currencies import currencies_of, same
from rescind.adapters.statements.words import day_comes_first
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, THOUSANDTHS, Assumption, Layout

_MOST_NAMES = 6
"""Columns that a message suggests."""
_SUMS = ("amount", "debit", "credit")


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
    above: Sequence[str] = ()
    """The last line above the header that is not empty."""

    def line(self, index: int) -> int:
        """Return the line in the file where a row stands."""
        return self.lines[index] if self.lines else self.first_line + index

    def place(self, index: int) -> str:
        """Return what a person is told of where a row stands."""
        has_lines = self.lines is not None or self.first_line > 1
        return f"{'line' if has_lines else 'entry'} {self.line(index)}"

    def name(self, column: str) -> str:
        """Return a column's header, or its 1-based number where it has none."""
        index = int(column)
        header = self.header[index] if index < len(self.header) else ""
        return header or str(index + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntries:
    """A table's entries, and how it was understood."""

    frame: pl.DataFrame
    layout: Layout
    notes: tuple[str, ...]
    assumed: tuple[Assumption, ...]


def entries_of(
    table: Table,
    corrections: Mapping[str, str] | None = None,
    usual: Mapping[str, str] | None = None,
) -> TableEntries:
    """Return a table's entries, how it was understood, and what to know.

    ``corrections`` is what a person knows better: a role and its column's name or
    1-based number, ``dates``, ``spending``, ``decimal``, ``currency`` and ``skip``, the
    lines to leave out; ``usual`` is what the bank on file lets expect, and yields to
    what the cells say. Raises BadInput with the line that cannot be read.
    """
    given = corrections or {}
    usual = usual or {}
    table = _without(table, given.get("skip", ""))
    sides = told_apart(table, columns_of(table, {**usual, **given}), {**usual, **given})
    columns = sides.columns
    _check_columns(table, columns)
    currencies = currencies_of(table, columns, given.get("currency", ""))
    dates = _dates(table, columns, given.get("dates", ""), usual, currencies.code)
    money = {
        role: read_amounts(table.cells[columns[role][0]], given.get("decimal") or None)
        for role in _SUMS
        if role in columns
    }
    rows = sort_rows(table, columns, booking_days(table.cells, columns, dates), money)
    cells = table.cells.filter(rows.is_entry)
    booked = rows.days.filter(rows.is_entry)
    text = _text(cells, columns, rows)
    own = {
        role: replace(each, values=each.values.filter(rows.is_entry))
        for role, each in money.items()
    }
    beside = [role for role in ("balance", "fee") if role in columns]
    own |= {role: read_amounts(cells[columns[role][0]]) for role in beside}
    said = given.get("spending") or usual.get("spending", "")
    signed = signed_amounts(cells, columns, text, own, said)
    is_booked = ~rows.is_pending.filter(rows.is_entry)
    frame = pl.DataFrame(
        {
            "account": _account(table, cells, columns),
            "text": text,
            "kind": _joined(cells, columns.get("kind", [])),
            **_foreign(cells, columns),
        }
    ).with_columns(
        **charge_days(cells, columns, booked, dates.order),
        amount=signed.values,
        currency=currencies.values.filter(rows.is_entry),
    )
    frame = with_fees(frame, own, is_booked)
    entries = frame.with_row_index("row", offset=1).filter(is_booked)
    totals = _totals(rows.totals, money, signed.values)
    off = [total_assumption(role, *sums) for role, sums, ours in totals if not ours]
    balances = _balances(table, columns, rows, money, entries["amount"])
    if balances and balances[0] != balances[1]:
        off.append(total_assumption("a closing balance", *balances))
    placed = frame.with_columns(
        on=booked, place=rows.is_entry.arg_true(), is_booked=is_booked
    )
    off += skipped_entries(placed, own, table.place)
    # the stub of cast takes no mapping from names alone
    return TableEntries(
        frame=entries.select(*ENTRIES.names()).cast(dict(ENTRIES)),  # type: ignore[arg-type]
        layout=_layout(table, columns, dates, money, signed),
        notes=(*_total_notes(totals), *rows.notes),
        assumed=(
            *_confirmed(
                [
                    *table_assumptions(
                        dates, signed, sides, list(money.values()), currencies
                    ),
                    *rows.assumed,
                ],
                given,
            ),
            *(() if given.get("totals") else off),
        ),
    )


def _without(table: Table, skip: str) -> Table:
    """Return a table without the lines that a person leaves out."""
    if not skip:
        return table
    numbers = {part.strip() for part in skip.split(",")}
    lines = [table.line(index) for index in range(table.cells.height)]
    kept = [str(line) not in numbers for line in lines]
    return replace(
        table,
        cells=table.cells.filter(pl.Series(kept, dtype=pl.Boolean)),
        lines=[line for line, keep in zip(lines, kept, strict=True) if keep],
    )


def _confirmed(
    assumed: Sequence[Assumption], given: Mapping[str, str]
) -> list[Assumption]:
    """Return assumptions; what a person said is sure."""
    return [
        replace(each, sureness=1.0, choices=()) if given.get(each.field) else each
        for each in assumed
    ]


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


def _dates(
    table: Table,
    columns: Columns,
    given: str,
    usual: Mapping[str, str],
    currency: str,
) -> Dates:
    likely = usual.get("dates", "")
    if not likely and day_comes_first(table.header):
        likely = "DMY"
    likely = likely or order_by_currency(currency)
    return read_dates(table.cells[columns["booked"][0]], given or None, likely)


def _text(cells: pl.DataFrame, columns: Columns, rows: Rows) -> pl.Series:
    """Return each entry's text, with what stands on the lines below it."""
    text = _joined(cells, [*columns.get("payee", ()), *columns.get("text", ())])
    if not rows.more_text:
        return text
    places = rows.is_entry.arg_true().to_list()
    more = [rows.more_text.get(at, "") for at in places]
    return (text + pl.Series(more, dtype=pl.String)).str.strip_chars()


def _layout(
    table: Table,
    columns: Columns,
    dates: Dates,
    money: Mapping[str, Amounts],
    signed: SignedAmounts,
) -> Layout:
    return replace(
        table.layout,
        header=table.header,
        columns=tuple(
            (role, table.name(c)) for role, choices in columns.items() for c in choices
        ),
        dates=dates.order,
        dates_sure=dates.is_sure,
        decimal=next((each.decimal for each in money.values()), "."),
        spending=signed.spending,
    )


def _totals(
    places: Sequence[int], money: Mapping[str, Amounts], amounts: pl.Series
) -> list[tuple[str, tuple[int, int], bool]]:
    """Return each stated total: its column, what it states and what the entries give.

    The last says whether both are the same.
    """
    ours = {
        "debit": -int(amounts.filter(amounts < 0).sum() or 0),
        "credit": int(amounts.filter(amounts > 0).sum() or 0),
        "amount": abs(int(amounts.sum() or 0)),
    }
    stated = [
        (role, abs(total))
        for role, each in money.items()
        for at in places
        if (total := each.values[at]) is not None
    ]
    return sorted(
        (role, (total, ours[role]), total == ours[role]) for role, total in stated
    )


def _balances(
    table: Table,
    columns: Columns,
    rows: Rows,
    money: Mapping[str, Amounts],
    amounts: pl.Series,
) -> tuple[int, int] | None:
    """Return the closing balance that lines of balances state, and ours.

    The first opening one counts and the last closing one: pages repeat theirs.
    """
    stated = dict(money)
    if "balance" in columns:
        stated = {"balance": read_amounts(table.cells[columns["balance"][0]])}

    def of(places: Sequence[int]) -> list[int]:
        values = (each.values[at] for at in places for each in stated.values())
        return [value for value in values if value is not None]

    opening, closing = of(rows.opening), of(rows.closing)
    return (
        (closing[-1], opening[0] + int(amounts.sum() or 0))
        if opening and closing
        else None
    )


def _total_notes(totals: Sequence[tuple[str, tuple[int, int], bool]]) -> list[str]:
    return [
        f"the total of {role} adds up"
        if is_same
        else f"the file states a total of {stated / THOUSANDTHS:.2f} for {role}; "
        f"the entries give {ours / THOUSANDTHS:.2f}: look"
        for role, (stated, ours), is_same in totals
    ]


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


def _account(table: Table, cells: pl.DataFrame, columns: Columns) -> pl.Series:
    if "account" in columns:
        accounts = cells[columns["account"][0]].str.strip_chars()
        return accounts.set(accounts == "", None)
    return same(table.account, cells.height)


def _foreign(cells: pl.DataFrame, columns: Columns) -> dict[str, pl.Series]:
    nothing = pl.Series([None] * cells.height)
    if not {"foreign", "foreign_currency"} <= columns.keys():
        return {
            "foreign": nothing.cast(pl.Int64),
            "foreign_currency": nothing.cast(pl.String),
        }
    codes = cells[columns["foreign_currency"][0]].str.strip_chars()
    return {
        "foreign": read_amounts(cells[columns["foreign"][0]]).values.abs(),
        "foreign_currency": codes.set(codes == "", None),
    }
