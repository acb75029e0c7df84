"""PDF statements, by where the words stand: read only where every line can be trusted.

A line that starts with a date and ends with an amount is an entry; lines below it,
indented to its text, belong to it, or are entries of the same day where they end with
an amount too. What the statement says of itself (balances) is set beside the entries,
and lines with a sum that are no entries are named.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import polars as pl
import pypdfium2 as pdfium

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.assumed import days_assumption, total_assumption
from rescind.adapters.statements.counts import require_pages
from rescind.adapters.statements.dates import looks_like_date
from rescind.adapters.statements.headers import bare_names
from rescind.adapters.statements.numbers import looks_like_amount, read_amounts
from rescind.adapters.statements.pdf_words import (
    SHORT_DATE,
    Cell,
    PageWords,
    is_sum,
    parted,
)
from rescind.adapters.statements.rows import table_of_records
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import fold_header, marks, roles
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import Assumption, Layout

_SAME_LINE = 3.0
"""Points between the feet of words on one line."""
_BESIDE = 7.0
"""Points that a sum in a box of its own may stand above or below its line."""
_GAP, _BLANK = 6.0, 0.5
"""Points of white between two cells, and between two words of one."""
_CLEARLY = 2
"""How many times nearer a sum in a string has to be to its column than to another."""
_HEAD = 1024
"""Bytes in which a PDF has its mark; some have other bytes before it."""
_FEWEST_CELLS = 3
"""Cells of an entry: day, text and amount."""
_SHOWN, _MOST_SHOWN = 60, 5
"""Characters of a line, and lines, that a note shows."""
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_OPENING = re.compile(
    r"(?i)(?:opening|previous|beginning|start\w*) balance|brought forward"
    r"|alter (?:konto|saldo)|saldo alt|anfangssaldo|ancien solde"
    r"|solde (?:initial|pr[eé]c[eé]dent)|saldo (?:anterior|inicial|iniziale)"
    r"|beginsaldo|ing[åa]ende saldo"
)
_CLOSING = re.compile(
    r"(?i)(?:closing|new|ending|end) balance|carried forward|neuer (?:konto|saldo)"
    r"|saldo neu|endsaldo|nouveau solde|solde final|saldo (?:final|finale)"
    r"|eindsaldo|utg[åa]ende saldo"
)
_HEADS = {"debit": "out", "credit": "in", "balance": "balance"}
_LEAST_HEAD = 4
"""Letters of a column's name; of fewer, "in" and "ut" are words of a text as well."""
_SHORT_HEADS = frozenset({"af", "bij"})
_ROLES = {"out": "debit", "in": "credit", "balance": "balance"}


def is_pdf(head: bytes) -> bool:
    """Return whether a file is a PDF."""
    return b"%PDF-" in head[:_HEAD]


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfStatement:
    """The table of entries of a PDF statement, and what was found beside it."""

    table: Table
    checks: tuple[str, ...]
    notes: tuple[str, ...]
    assumed: tuple[Assumption, ...]


def read_pdf(content: bytes) -> PdfStatement:
    """Return what a PDF statement says.

    Raises BadInput where there is no text (a scan) or no entry.
    """
    reader = _LineReader()
    for cells in _lines(content):
        reader.take(cells)
    if not reader.records:
        raise BadInput(
            "file",
            "no line with a date and an amount was found in this PDF",
            ["csv", "ofx", "camt.053"],
        )
    checks, assumed = reader.check()
    if reader.dayless:
        assumed += (days_assumption("days_above"),)
    return PdfStatement(
        table=table_of_records(reader.records, Layout(format="pdf")),
        checks=checks,
        notes=reader.notes(),
        assumed=assumed,
    )


def _lines(content: bytes) -> list[list[Cell]]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise BadInput(
            "file", f"this PDF cannot be opened: {error}", ["csv"]
        ) from error
    lines: list[list[Cell]] = []
    try:
        # a part of a statement would seem to be all of it
        require_pages(len(document))
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            lines += _page_lines(text)
            text.close()
            page.close()
    except pdfium.PdfiumError as error:
        raise BadInput("file", f"a page cannot be read: {error}", ["csv"]) from error
    finally:
        document.close()
    if not lines:
        raise BadInput(
            "file",
            "this PDF has no text: it is a picture of a statement",
            ["csv", "ofx"],
        )
    return lines


def _page_lines(page: Any) -> list[list[Cell]]:  # noqa: ANN401 - a text page
    """Return a page's lines, top to bottom, each as its cells from left to right."""
    pieces = []
    for index in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(index)
        text = " ".join(page.get_text_bounded(left, bottom, right, top).split())
        if text:
            pieces.append((bottom, Cell(left, right, text, bottom, top)))
    pieces.sort(key=lambda piece: (-piece[0], piece[1].left))
    lines: list[list[Cell]] = []
    feet: list[float] = []
    for bottom, piece in pieces:
        if lines and abs(feet[-1] - bottom) <= _SAME_LINE:
            lines[-1].append(piece)
        else:
            feet.append(bottom)
            lines.append([piece])
    whole = [_cells(sorted(line, key=attrgetter("left"))) for line in lines]
    whole = parted(whole, PageWords(page), _head)
    return _with_sums_beside(whole, feet)


def _with_sums_beside(
    lines: list[list[Cell]], feet: Sequence[float]
) -> list[list[Cell]]:
    """Return lines, each with the sums in a box of their own that stands a bit off.

    Such sums belong to the line with a day and no sum that is nearest, if any is so
    near that no other line of text would fit between.
    """
    bare = [
        at
        for at, cells in enumerate(lines)
        if _is_day(cells[0]) and not _sums_in(cells)
    ]
    moved = set()
    for at, cells in enumerate(lines):
        near = [n for n in (at - 1, at + 1) if n in bare]
        near = [n for n in near if abs(feet[n] - feet[at]) <= _BESIDE]
        if near and len(_sums_in(cells)) == len(cells):
            nearest = min(near, key=lambda n: abs(feet[n] - feet[at]))
            lines[nearest] = [*lines[nearest], *cells]
            bare.remove(nearest)
            moved.add(at)
    return [cells for at, cells in enumerate(lines) if at not in moved]


def _cells(pieces: list[Cell]) -> list[Cell]:
    """Return pieces with those put together that hardly any white parts.

    A date stays alone: in many layouts the text begins right behind it.
    """
    cells: list[Cell] = []
    for piece in pieces:
        gap = piece.left - cells[-1].right if cells else _GAP
        if gap < _GAP and not (_is_day(cells[-1]) and _is_day(cells[0])):
            cells[-1].text += f" {piece.text}" if gap > _BLANK else piece.text
            cells[-1].right = piece.right
        else:
            cells.append(piece)
    return cells


class _LineReader:
    """Takes the lines of a statement in, from the first to the last."""

    def __init__(self) -> None:
        """Start before the first line."""
        self.records: list[dict[str, str]] = []
        self.columns: dict[str, float] = {}
        """Right edges of the columns of sums, by what their header says."""
        self.opening = self.closing = self.year = ""
        self.indent = 0.0
        self.dayless = 0
        """Entries below another one, whose day they share."""
        self.aside: list[str] = []
        """Lines with a sum that are no entries."""
        self.bare: list[str] = []
        """Lines with a day and no sum."""
        self.is_parted = False
        """Whether sums stand alone, so that lines with a day may lack theirs."""

    def take(self, cells: list[Cell]) -> None:
        """Take a line in: a balance, a header, an entry, or the rest of one."""
        line = " ".join(cell.text for cell in cells)
        sums = _sums_in(cells)
        year = _YEAR.search(line)
        self.year = self.year or (year[1] if year else "")
        if sums and self._is_balance(line, sums[-1].text):
            return
        heads = {head: cell.right for cell in cells if (head := _head(cell.text))}
        if len(heads) > 1:
            # under one side alone, a sum of the other one would stand as well
            self.columns = heads if {"out", "in"} <= heads.keys() else {}
            return
        if cells and self._date(cells[0].text):
            self._take_entry(cells, sums)
        elif self._goes_on(cells):
            self._take_rest(cells, sums)
        elif sums:
            self.aside.append(line)
            self.is_parted |= len(sums) == len(cells)

    def _goes_on(self, cells: list[Cell]) -> bool:
        """Return whether a line is indented to the text of the entry above it."""
        is_below = bool(cells and self.records)
        return is_below and abs(cells[0].left - self.indent) < _GAP

    def _take_rest(self, cells: list[Cell], sums: list[Cell]) -> None:
        """Take in more text of the entry above, or another entry of its day."""
        text = " ".join(cell.text for cell in cells if cell not in sums)
        if not sums:
            self.records[-1]["description"] += f" {text}"
        elif not text or fold_header(text).startswith(tuple(marks("not_entries"))):
            self.is_parted |= not text
            self.aside.append(" ".join(cell.text for cell in cells))
        else:
            self.dayless += 1
            day = self.records[-1]["date"]
            record = {"date": day, "description": text, **self._sums(sums, text)}
            self.records.append(record)

    def notes(self) -> tuple[str, ...]:
        """Return what a person should know of the lines."""
        notes = []
        if self.dayless:
            notes.append(Sentence.of("noted", "day_above", count=self.dayless))
        aside = [*self.aside, *(self.bare if self.is_parted else ())]
        if aside:
            text = "; ".join(line[:_SHOWN] for line in aside[:_MOST_SHOWN])
            count = len(aside)
            notes.append(Sentence.of("noted", "sums_aside", count=count, text=text))
        return tuple(map(ENGLISH.say, notes))

    def _is_balance(self, line: str, amount: str) -> bool:
        """Keep a balance and return whether a line is one.

        The first opening counts and the last closing: each page may repeat its own.
        """
        if _OPENING.search(line):
            self.opening = self.opening or amount
            return True
        if _CLOSING.search(line):
            self.closing = amount
            return True
        return False

    def _take_entry(self, cells: list[Cell], sums: list[Cell]) -> None:
        if not sums or len(cells) < _FEWEST_CELLS:
            is_whole = len(cells) == 1 or len(cells) >= _FEWEST_CELLS
            end = cells[-1].text if len(cells) > 1 else cells[0].text.split()[-1]
            may_be_sum = is_whole and looks_like_amount(end)
            aside = self.aside if sums or may_be_sum else self.bare
            aside.append(" ".join(cell.text for cell in cells))
            return
        rest = [c for c in cells[1:] if c not in sums and not self._date(c.text)]
        self.indent = rest[0].left if rest else cells[0].right
        day, text = self._date(cells[0].text), " ".join(c.text for c in rest)
        sums_of_it = self._sums(sums, f"{cells[0].text} {text}")
        self.records.append({"date": day, "description": text, **sums_of_it})

    def _date(self, text: str) -> str:
        """Return a date with its year, which many statements name only above."""
        short = SHORT_DATE.fullmatch(text)
        if short and self.year:
            return f"{short[1]}.{short[2]}.{self.year}"
        return text if looks_like_date(text) else ""

    def _sums(self, sums: list[Cell], line: str) -> dict[str, str]:
        """Return the amounts of a line by the column that each stands under.

        Raises BadInput where one of a string is not clearly under any.
        """
        if not self.columns:
            balance = {"balance": sums[-1].text} if len(sums) > 1 else {}
            return {"amount": sums[0].text, **balance}
        by_role = {}
        for cell in sums:
            edges = {n: abs(edge - cell.right) for n, edge in self.columns.items()}
            nearest, *others = sorted(edges, key=edges.__getitem__)
            least = _CLEARLY * edges[nearest]
            if cell.is_split and any(edges[n] < least for n in others):
                message = f"a sum stands between two columns: {line} {cell.text}"
                raise BadInput("file", message, ["csv", "ofx", "camt.053"])
            by_role[_ROLES[nearest]] = cell.text
        if not {"debit", "credit"} & by_role.keys():
            by_role["amount"] = sums[0].text
        return by_role

    def check(self) -> tuple[tuple[str, ...], tuple[Assumption, ...]]:
        """Return what was checked, and what the balances say otherwise."""
        if not self.opening or not self.closing:
            return (), ()

        def total(name: str) -> int:
            values = pl.Series([r.get(name, "") for r in self.records], dtype=pl.String)
            return int(read_amounts(values).values.sum() or 0)

        balances = pl.Series([self.opening, self.closing])
        opening, closing = read_amounts(balances).values.to_list()
        moved = closing - opening
        ours = total("amount") + total("credit") - abs(total("debit"))
        if abs(moved) != abs(ours):
            return (), (total_assumption("a change of balance", moved, ours),)
        return ("opening balance and entries give the closing balance",), ()


def _is_day(cell: Cell) -> bool:
    return looks_like_date(cell.text) or SHORT_DATE.fullmatch(cell.text) is not None


def _sums_in(cells: list[Cell]) -> list[Cell]:
    """Return the cells that are sums; days without a year before a text are none."""
    days = list(itertools.takewhile(_is_day, cells))
    behind = cells[len(days) :]
    sums = [cell for cell in behind if is_sum(cell.text)]
    if len(sums) < len(behind):
        return sums
    return [cell for cell in cells if is_sum(cell.text)]


def _head(text: str) -> str:
    """Return which column of sums a text is the name of, whatever its currency."""
    names = [each for each in bare_names(text) if _is_long(each)]
    found = (_HEADS.get(roles().get(name, ("",))[0], "") for name in names)
    return next(filter(None, found), "")


def _is_long(name: str) -> bool:
    return len(name) >= _LEAST_HEAD or name in _SHORT_HEADS
