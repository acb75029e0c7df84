"""Which rows of a table are entries; every other row is named, or stops the reading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.assumed import days_assumption
from rescind.adapters.statements.dates import impossible_year
from rescind.adapters.statements.numbers import Amounts
from rescind.adapters.statements.roles import Columns
from rescind.adapters.statements.words import fold_header, marks
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import Assumption

if TYPE_CHECKING:
    from rescind.adapters.statements.table import Table

_SUMS = ("amount", "debit", "credit")
_MOST_SHOWN, _MOST_NAMED = 120, 8
"""Characters of a line that a message shows; lines that a note names."""
_FEWEST_LETTERS = 3
"""Letters in the cell of the day from which it is words, and no slip of a date."""
_GROUPED, _FEWEST_GROUPED = 0.2, 3
"""Share of rows without a day from which a day stands only where it changes."""
_YES = ["true", "yes", "y", "1", "ja", "j", "oui", "si", "sim", "tak", "ano", "x"]
"""Cells that say yes."""
_NOTHING = ["n/a", "na", "none", "null", "nan", "nil"]
"""What stands in a cell of amounts that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table's entries among its rows."""

    is_entry: pl.Series
    """Those that are booked or pending."""
    is_pending: pl.Series
    days: pl.Series
    """The day of each row, where a row above it names it too."""
    more_text: Mapping[int, str]
    """What stands on lines below an entry, by the entry's place among the rows."""
    totals: Sequence[int]
    """Places of lines of totals."""
    opening: Sequence[int]
    """Places of lines of the balance before the entries."""
    closing: Sequence[int]
    notes: Sequence[str]
    assumed: Sequence[Assumption]
    """That days were taken from rows above."""


def _is_of(text: str, words: Iterable[str]) -> bool:
    """Return whether a text is one of some words, or begins or ends with it."""
    return any(
        text == word or text.startswith(f"{word} ") or text.endswith(f" {word}")
        for word in words
    )


@dataclass(slots=True)
class _Sorter:
    """Tells rows apart that have no day, no amount, or words of a total."""

    table: "Table"
    columns: Columns
    money: Mapping[str, Amounts]
    days: pl.Series
    good: pl.Series
    more_text: dict[int, str] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    balances: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    entry: int | None = None
    """The entry above, as long as nothing else stands between."""

    def sort(self, odd: Sequence[int]) -> None:
        """Put each odd row where it belongs."""
        before = -2
        for at in odd:
            if at - 1 != before:
                self.entry = at - 1 if at and self.good[at - 1] else None
            elif before >= 0 and self.good[before]:
                self.entry = before
            before = at
            row = [(cell or "").strip() for cell in self.table.cells.row(at)]
            if any(row):
                self._put(at, row)

    def _put(self, at: int, row: list[str]) -> None:
        if self._is_header(row):
            self.repeated.append(at)
        elif self._is_balance(at, row):
            self.balances.append(at)
        elif self._goes_on(at, row):
            assert self.entry is not None  # noqa: S101 - asked by _goes_on
            words = " ".join(cell for cell in row if cell)
            self.more_text[self.entry] = f"{self.more_text.get(self.entry, '')} {words}"
            return
        elif self._is_remark(at, row):
            self.remarks.append(at)
        elif self._is_bare_total(at, row):
            self.totals.append(at)
        else:
            self.broken.append(at)
        self.entry = None

    def _cells(self, row: list[str], *roles: str) -> list[str]:
        columns = (c for role in roles for c in self.columns.get(role, ()))
        return [row[int(c)] for c in columns]

    def _is_header(self, row: list[str]) -> bool:
        header = [cell.strip() for cell in self.table.header]
        filled = [(a, b) for a, b in zip(row, header, strict=False) if a]
        return len(filled) > 1 and all(a == b for a, b in filled)

    def _is_balance(self, at: int, row: list[str]) -> bool:
        """Return whether a row's words are those of a balance or a total."""
        words = marks("not_entries")
        texts = [fold_header(c) for c in self._cells(row, "booked", "payee", "text")]
        if self.days[at] is None:  # under any column: "#Saldo końcowe"
            texts += [fold_header(cell) for cell in row if cell]
        exact = words.intersection(texts)
        if not exact and (self.days[at] is None or not any(self._cells(row, *_SUMS))):
            exact = frozenset(t for t in texts if _is_of(t, words))
        if any(_is_of(t, marks("totals")) for t in exact):
            self.totals.append(at)
        return bool(exact)

    def is_of(self, at: int, name: str) -> bool:
        """Return whether a row's words are among those on file under a name."""
        row = [cell or "" for cell in self.table.cells.row(at)]
        texts = map(fold_header, self._cells(row, "booked", "payee", "text"))
        return any(_is_of(text, marks(name)) for text in texts)

    def _goes_on(self, at: int, row: list[str]) -> bool:
        """Return whether a row is the rest of the text above it."""
        texts = {
            int(c) for r in ("text", "payee", "kind") for c in self.columns.get(r, ())
        }
        filled = {index for index, cell in enumerate(row) if cell}
        return self.entry is not None and self.days[at] is None and filled <= texts

    def _is_remark(self, at: int, row: list[str]) -> bool:
        """Return whether a row has neither day nor amount: a section, a footnote."""
        if self.days[at] is not None or any(self._cells(row, *_SUMS)):
            return False
        (day,) = self._cells(row, "booked")
        is_words = sum(c.isalpha() for c in day) >= _FEWEST_LETTERS
        return not day or is_words or sum(map(bool, row)) == 1

    def _is_bare_total(self, at: int, row: list[str]) -> bool:
        """Return whether a row is only sums, and one of them is the entries' own."""
        if self.days[at] is not None or any(
            self._cells(row, "booked", "text", "payee")
        ):
            return False
        return any(
            amounts.values[at] is not None
            and abs(amounts.values[at])
            == abs(int(amounts.values.filter(self.good).sum() or 0))
            for amounts in self.money.values()
        )


def sort_rows(
    table: "Table", columns: Columns, days: pl.Series, money: Mapping[str, Amounts]
) -> Rows:
    """Return which rows are entries.

    Raises BadInput with the lines that have a day or an amount that cannot be read.
    """
    is_readable, is_filled = _money(table, columns, money)
    grouped = _grouped(table, columns, days, is_readable)
    if grouped is not None:
        days = days.forward_fill()
    good = days.is_not_null() & is_readable & ~is_filled & ~_is_special(table, columns)
    if grouped is not None:
        good &= days.is_not_null()
    pending = _pending(table, columns)
    odd = (~good & ~pending).arg_true().to_list()
    sorter = _Sorter(table, columns, money, days, good | pending)
    sorter.sort(odd)
    _refuse(table, columns, days, sorter.broken)
    pending |= _pending_sections(table, columns, sorter.remarks, pending)
    return Rows(
        is_entry=good | pending,
        is_pending=pending,
        days=days,
        more_text=sorter.more_text,
        totals=sorter.totals,
        opening=[at for at in sorter.balances if sorter.is_of(at, "opening")],
        closing=[at for at in sorter.balances if sorter.is_of(at, "closing")],
        notes=_notes(table, sorter, pending),
        assumed=() if grouped is None else (days_assumption("days_above"),),
    )


def _money(
    table: "Table", columns: Columns, money: Mapping[str, Amounts]
) -> tuple[pl.Series, pl.Series]:
    """Return which rows have an amount, and which have one that cannot be read.

    Money out and money in on one line is such a one: a cell too many moved them.
    """
    height = table.cells.height
    is_readable = pl.repeat(value=False, n=height, eager=True)
    is_unreadable = pl.repeat(value=False, n=height, eager=True)
    for role, amounts in money.items():
        is_null = amounts.values.is_null()
        is_readable |= ~is_null
        if is_null.any():
            cell = table.cells[columns[role][0]].fill_null("").str.strip_chars()
            is_written = cell.str.contains(r"[\p{L}\p{N}]")
            is_nothing = cell.str.to_lowercase().is_in(_NOTHING)
            is_unreadable |= is_null & is_written & ~is_nothing
    if {"debit", "credit"} <= money.keys():
        out, into = money["debit"].values, money["credit"].values
        is_unreadable |= ((out != 0) & (into != 0)).fill_null(value=False)
    return is_readable, is_unreadable


def _grouped(
    table: "Table", columns: Columns, days: pl.Series, is_readable: pl.Series
) -> pl.Series | None:
    """Return the rows whose day stands above, where a file writes each day once."""
    if not days.null_count():
        return None
    is_blank = table.cells[columns["booked"][0]].fill_null("").str.strip_chars() == ""
    without = is_blank & is_readable & days.is_null()
    texts = [*columns.get("text", ()), *columns.get("payee", ())]
    for column in texts[:1]:
        without &= table.cells[column].fill_null("").str.strip_chars() != ""
    count = int(without.sum())
    if count < max(_FEWEST_GROUPED, _GROUPED * int(is_readable.sum())):
        return None
    return without


def _is_special(table: "Table", columns: Columns) -> pl.Series:
    """Return the rows whose text is nothing but the words of a balance or a total."""
    known = list(marks("not_entries"))
    special = pl.repeat(value=False, n=table.cells.height, eager=True)
    for role in ("payee", "text"):
        for column in columns.get(role, ()):
            bare = table.cells[column].str.strip_chars(" :.").str.to_lowercase()
            special |= bare.is_in(known).fill_null(value=False)
    return special


def _pending(table: "Table", columns: Columns) -> pl.Series:
    """Return the rows that their status, or a word for their day, calls pending."""
    pending = _says_pending(table, columns["booked"][0], [])
    if "status" in columns:
        column = columns["status"][0]
        header = fold_header(table.name(column).rsplit(".", maxsplit=1)[-1])
        pending |= _says_pending(table, column, _YES if _is_pending(header) else [])
    for index, name in enumerate(table.header[: table.cells.width]):
        if fold_header(name) in marks("booked_or_not"):
            pending |= _says_no(table.cells[str(index)])
    used = {column for each in columns.values() for column in each}
    for column in table.cells.columns:
        if column not in used:  # "Umsatz vorgemerkt" under "Info"
            pending |= _says_pending(table, column, [], fewest=2)
    return pending


def _says_pending(
    table: "Table", column: str, words: Sequence[str], *, fewest: int = 1
) -> pl.Series:
    """Return the cells that are among some words, or say pending in so many words."""
    cells = table.cells[column].fill_null("")
    different = (cell for cell in cells.unique().to_list() if cell[:1].isalpha())
    folded = {cell: fold_header(cell) for cell in different}
    said = [
        cell
        for cell, word in folded.items()
        if word in words or (_is_pending(word) and len(word.split()) >= fewest)
    ]
    return cells.is_in(said)


def _is_pending(word: str) -> bool:
    return word in marks("pending")


def _says_no(cells: pl.Series) -> pl.Series:
    """Return the cells that say no, in a column of yes and no."""
    different = {cell: fold_header(cell or "") for cell in cells.unique().to_list()}
    words = frozenset(different.values()) - {""}
    if not words or not words <= marks("says_no") | frozenset(_YES):
        return pl.repeat(value=False, n=len(cells), eager=True)
    no = [c for c, word in different.items() if c and word in marks("says_no")]
    return cells.is_in(no).fill_null(value=False)


def _pending_sections(
    table: "Table", columns: Columns, remarks: Sequence[int], pending: pl.Series
) -> pl.Series:
    """Return the rows below a line that says that what follows is pending."""
    is_pending = pl.repeat(value=False, n=table.cells.height, eager=True).to_list()
    ends = [*remarks, table.cells.height]
    if opens_pending(table.above):
        is_pending[: ends[0]] = [True] * ends[0]
    for start, end in zip(remarks, ends[1:], strict=True):
        if opens_pending([cell or "" for cell in table.cells.row(start)]):
            is_pending[start + 1 : end] = [True] * (end - start - 1)
    section = pl.Series(is_pending, dtype=pl.Boolean)
    is_blank = table.cells[columns["booked"][0]].fill_null("").str.strip_chars() == ""
    return (section & ~is_blank) | pending


def opens_pending(row: Sequence[str]) -> bool:
    """Return whether a line says that what follows is pending.

    >>> opens_pending(["Pending transactions", ""]), opens_pending(["Posted"])
    (True, False)
    """
    filled = [cell for cell in row if cell.strip()]
    words = fold_header(filled[0]).split() if len(filled) == 1 else []
    return bool(words) and words[0] in marks("pending")


def _refuse(
    table: "Table", columns: Columns, days: pl.Series, broken: Sequence[int]
) -> None:
    """Refuse the file where rows are neither entries nor anything that is known."""
    if not broken:
        return
    at = broken[0]
    cells = " | ".join(cell or "" for cell in table.cells.row(at))
    what = "date" if days[at] is None else "amount"
    more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
    day = table.cells[columns["booked"][0]][at] or ""
    year = impossible_year(day) if what == "date" else ""
    why = f", since the year {year} cannot be" if year else ""
    line = f"line {table.line(at)} has no {what} that can be read{why}{more}"
    skip = ",".join(str(table.line(each)) for each in broken[:_MOST_NAMED])
    raise BadInput("file", f"{line}: {cells[:_MOST_SHOWN]}", [f"skip={skip}"])


def _notes(table: "Table", sorter: _Sorter, pending: pl.Series) -> list[str]:
    """Return what was left out, by the lines where it stands."""
    balances = [at for at in sorter.balances if at not in sorter.totals]
    kinds = (
        (pending.arg_true().to_list(), "pending"),
        (sorter.repeated, "headers"),
        (balances, "balances"),
        (sorter.remarks, "remarks"),
    )
    return [_note(table, code, places) for places, code in kinds if places]


def _note(table: "Table", code: str, places: Sequence[int]) -> str:
    shown = [table.line(at) for at in places[:_MOST_NAMED]]
    numbers = ", ".join(map(str, shown)) + (", …" if len(places) > len(shown) else "")
    lines = Sentence.of("noted", "lines", count=len(places), numbers=numbers)
    count = len(places)
    return ENGLISH.say(Sentence.of("noted", code, count=count, lines=lines))
