"""PDF statements, by where the words stand: read only where every line can be trusted.

A line that starts with a date and ends with an amount is an entry; lines below it,
indented to its text, belong to it. What the statement says of itself (balances) is
checked, and a file whose entries do not add up to them is refused.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pypdfium2 as pdfium

from rescind.adapters.statements.numbers import (
    looks_like_amount,
    looks_like_date,
    read_amounts,
)
from rescind.adapters.statements.rows import table_of_records
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import folded
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_MOST_PAGES = 400
_SAME_LINE = 3.0
"""Points between the feet of words on one line."""
_GAP = 6.0
"""Points of white between two cells."""
_SHORT_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})\.?$")
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
_OUT = frozenset(
    {
        "soll",
        "debit",
        "debits",
        "paid out",
        "money out",
        "withdrawals",
        "belastung",
        "debito",
        "cargo",
        "uscite",
        "dare",
        "af",
        "withdrawal",
        "payments",
    }
)
_IN = frozenset(
    {
        "haben",
        "credit",
        "credits",
        "paid in",
        "money in",
        "deposits",
        "gutschrift",
        "credito",
        "abono",
        "entrate",
        "avere",
        "bij",
        "deposit",
        "receipts",
    }
)
_BALANCE = frozenset({"balance", "saldo", "solde", "kontostand", "running balance"})


@dataclass(slots=True)
class _Word:
    left: float
    right: float
    text: str


@dataclass(slots=True)
class _Read:
    """What the lines of a statement have come to so far."""

    records: list[dict[str, str]] = field(default_factory=list)
    columns: dict[str, float] = field(default_factory=dict)
    """Right edges of the columns of sums, by what their header says."""
    opening: str = ""
    closing: str = ""
    year: str = ""
    indent: float = 0.0


def is_pdf(head: bytes) -> bool:
    """Return whether a file is a PDF."""
    return b"%PDF-" in head[:1024]


def read_pdf(content: bytes) -> tuple[Table, tuple[str, ...]]:
    """Return the table of entries of a PDF statement, and which totals were checked.

    Raises BadInput where there is no text (a scan), no entry, or the entries do not
    add up to the balances that the statement shows.
    """
    now = _Read()
    for cells in _lines(content):
        _take(now, cells)
    if not now.records:
        raise BadInput(
            "file",
            "no line with a date and an amount was found in this PDF",
            ["csv", "ofx", "camt.053"],
        )
    checked = _check(now)
    return table_of_records(now.records, Layout(format="pdf")), checked


def _lines(content: bytes) -> list[list[_Word]]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise BadInput(
            "file", f"this PDF cannot be opened: {error}", ["csv"]
        ) from error
    lines: list[list[_Word]] = []
    try:
        for number in range(min(len(document), _MOST_PAGES)):
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


def _page_lines(text: Any) -> list[list[_Word]]:  # noqa: ANN401 - a text page
    """Return a page's lines, top to bottom, each as its cells from left to right."""
    pieces = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        if said:
            pieces.append((bottom, left, right, said))
    pieces.sort(key=lambda piece: (-piece[0], piece[1]))
    lines: list[list[tuple[float, float, float, str]]] = []
    for piece in pieces:
        if lines and abs(lines[-1][0][0] - piece[0]) <= _SAME_LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_cells(sorted(line, key=lambda p: p[1])) for line in lines]


def _cells(line: list[tuple[float, float, float, str]]) -> list[_Word]:
    cells: list[_Word] = []
    for _, left, right, raw in line:
        said = " ".join(raw.split())
        if (
            cells
            and left - cells[-1].right < _GAP
            and not looks_like_date(cells[-1].text)
        ):
            cells[-1].text += f" {said}" if left - cells[-1].right > 0.5 else said
            cells[-1].right = right
        else:
            cells.append(_Word(left, right, said))
    return cells


def _take(now: _Read, cells: list[_Word]) -> None:
    """Take a line in: an entry, the rest of one, a header, a balance, or nothing."""
    joined = " ".join(cell.text for cell in cells)
    sums = [
        cell
        for cell in cells
        if looks_like_amount(cell.text) and re.search(r"\d[.,]\d\d", cell.text)
    ]
    year = _YEAR.search(joined)
    if year and not now.year:
        now.year = year[1]
    for pattern, name in ((_OPENING, "opening"), (_CLOSING, "closing")):
        if pattern.search(joined) and sums:
            if name == "closing" or not now.opening:
                setattr(now, name, sums[-1].text)
            return
    heads = {_head(cell.text): cell.right for cell in cells if _head(cell.text)}
    if len(heads) > 1 or (("out" in heads or "in" in heads) and not sums):
        now.columns = heads
        return
    day = _date(cells[0].text, now.year) if cells else ""
    if day and sums and len(cells) > 2:
        rest = [c for c in cells[1:] if c not in sums and not _date(c.text, now.year)]
        now.indent = rest[0].left if rest else cells[0].right
        now.records.append(
            {
                "date": day,
                "description": " ".join(c.text for c in rest),
                **_sums(now, sums),
            }
        )
    elif (
        now.records
        and not sums
        and cells
        and abs(cells[0].left - now.indent) < _GAP
        and not day
    ):
        now.records[-1]["description"] += f" {joined}"


def _head(text: str) -> str:
    name = folded(text)
    for words, role in ((_OUT, "out"), (_IN, "in"), (_BALANCE, "balance")):
        if name in words:
            return role
    return ""


def _date(text: str, year: str) -> str:
    short = _SHORT_DATE.fullmatch(text)
    if short and year:
        return f"{short[1]}.{short[2]}.{year}"
    return text if looks_like_date(text) else ""


def _sums(now: _Read, sums: list[_Word]) -> dict[str, str]:
    """Return the amounts of a line by the column that each stands under."""
    if not now.columns:
        found = {"amount": sums[0].text}
        if len(sums) > 1:
            found["balance"] = sums[-1].text
        return found
    found = {}
    for cell in sums:
        role = min(now.columns, key=lambda name: abs(now.columns[name] - cell.right))
        found[{"out": "debit", "in": "credit", "balance": "balance"}[role]] = cell.text
    if not {"debit", "credit"} & found.keys():
        found["amount"] = sums[0].text
    return found


def _check(now: _Read) -> tuple[str, ...]:
    """Return what was checked; raises BadInput where the balances say another sum."""
    if not now.opening or not now.closing:
        return ()

    def total(name: str) -> int:
        values = pl.Series([r.get(name, "") for r in now.records], dtype=pl.String)
        return int(read_amounts(values).values.sum() or 0)

    ends = read_amounts(pl.Series([now.opening, now.closing])).values.to_list()
    moved = ends[1] - ends[0]
    ours = total("amount") + total("credit") - abs(total("debit"))
    if abs(moved) != abs(ours):
        message = (
            f"the balances differ by {moved / 1000:.2f}; "
            f"the entries that can be read give {ours / 1000:.2f}"
        )
        raise BadInput("file", message, ["csv", "ofx", "camt.053"])
    return ("opening balance and entries give the closing balance",)
