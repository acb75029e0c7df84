"""Which column is what: by its header, checked against what it holds."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.statements.numbers import looks_like_amount, looks_like_date
from rescind.adapters.statements.words import fold_header, roles
from rescind.core.errors import BadInput

if TYPE_CHECKING:
    from rescind.adapters.statements.table import Table

_CODES = re.compile(r"[A-Z]{3}")
_DECIMALS = re.compile(r"\d[.,]\d")
_SAMPLE = 400
"""Rows by which a column's role is checked."""
_GENERIC_LAST, _OTHER_ROLE, _WITH_MORE, _LAST_WORD = 100, 50, 10, 40
"""What a header loses in rank: a generic word; one that its cells contradict; one with
words behind it; one known by its last word alone."""
_MOST_CELLS, _MOST_OF_FEW, _FEW = 0.8, 0.5, 9
"""Share of a column's cells that must fit its role; of a column with few cells less,
since the totals below them weigh more."""
_LETTERS = 3
"""Letters to a cell, on average, from which a column is text."""
_GENERIC = frozenset(
    {"date", "datum", "fecha", "data", "dato", "pvm", "time", "timestamp", "created"}
)
"""Headers that yield to a more exact one beside them."""
_DATES = frozenset({"booked", "made", "valued"})
_SUMS = frozenset({"amount", "debit", "credit", "balance", "foreign", "fee"})
_MANY = frozenset({"text", "payee", "kind"})
"""Roles that several columns may share."""


Columns = dict[str, list[str]]
"""The columns of each role, by their numbers as text."""


def columns_of(table: "Table", corrections: Mapping[str, str]) -> Columns:
    """Return each role's columns: by header, checked against what they hold.

    What a person knows better comes last. Raises BadInput for a column that is not
    there.
    """
    sample = table.cells.head(_SAMPLE)
    columns, rest = _by_header(table, sample)
    _fill(columns, rest, sample)
    for role, name in corrections.items():
        if role in {"dates", "spending"}:
            continue
        if not name:
            columns.pop(role, None)
            continue
        column = _column(table, name)
        columns = {r: [c for c in cs if c != column] for r, cs in columns.items()}
        columns = {r: cs for r, cs in columns.items() if cs}
        columns[role] = [column, *(columns.get(role, []) if role in _MANY else [])]
    if {"debit", "credit"} <= columns.keys():
        columns.pop("amount", None)
    return columns


def _by_header(table: "Table", sample: pl.DataFrame) -> tuple[Columns, list[str]]:
    """Return the columns whose headers say their role, and the others.

    Of several for one role the best header wins; a second one for the booking's day is
    the purchase's.
    """
    ranks: dict[str, list[tuple[int, str]]] = {}
    rest: list[str] = []
    for index, column in enumerate(table.cells.columns):
        header = table.header[index] if index < len(table.header) else ""
        role, rank = _role(header, _cells(sample, column))
        if role:
            ranks.setdefault(role, []).append((rank, column))
        else:
            rest.append(column)
    columns = {
        role: [c for _, c in (choices if role in _MANY else sorted(choices)[:1])]
        for role, choices in ranks.items()
    }
    dates = sorted(ranks.get("booked", []))
    if len(dates) > 1 and "made" not in columns:
        columns["made"] = [dates[1][1]]
    return columns, rest


def _cells(sample: pl.DataFrame, column: str) -> list[str]:
    return [cell for cell in sample[column].to_list() if cell and cell.strip()]


def _column(table: "Table", name: str) -> str:
    """Return the column that a person names, by header or by 1-based number."""
    headers = [fold_header(header) for header in table.header]
    if fold_header(name) in headers:
        return str(headers.index(fold_header(name)))
    if name.isdecimal() and 0 < int(name) <= table.cells.width:
        return str(int(name) - 1)
    raise BadInput.unknown_value("columns", name, [n for n in table.header if n])


def _role(header: str, cells: list[str]) -> tuple[str, int]:
    """Return what a column holds, and how well its header says so; lower is better."""
    parts = header.split(".")
    tails = [fold_header(" ".join(parts[place:])) for place in range(len(parts))]
    name = next((tail for tail in tails if tail in roles()), tails[-1])
    role, rank = _by_words(name)
    if role and name in _GENERIC:
        rank += _GENERIC_LAST
    return _check_role(role, rank, cells) if role and cells else (role, rank)


def _check_role(role: str, rank: int, cells: list[str]) -> tuple[str, int]:
    """Return a role corrected by what is there: ``Valuta`` may be a currency."""
    if role in _DATES | _SUMS | {"indicator"} and all(map(_is_code, cells)):
        is_mark = {cell.strip() for cell in cells} <= {"DBT", "CRD"}
        return ("indicator" if is_mark else "currency"), rank
    if role == "indicator" and _mostly(cells, looks_like_amount):
        return "amount", rank + _OTHER_ROLE
    if role == "amount" and not _mostly(cells, looks_like_amount):
        return "text", rank
    if _contradicts(role, cells):
        return "", 0
    return role, rank


def _contradicts(role: str, cells: list[str]) -> bool:
    if role in _DATES:
        return not _mostly(cells, looks_like_date)
    if role in _SUMS:
        return not _mostly(cells, looks_like_amount)
    if role == "currency":
        return not _mostly(cells, _is_code)
    return role in _MANY and _mostly(cells, looks_like_date)


def _is_code(cell: str) -> bool:
    return bool(_CODES.fullmatch(cell.strip()))


def _by_words(name: str) -> tuple[str, int]:
    table = roles()
    if name in table:
        return table[name]
    words = name.split()
    for end in range(len(words) - 1, 0, -1):
        start = " ".join(words[:end])
        if start in table and (end > 1 or len(words) == end + 1):
            role, rank = table[start]
            return role, rank + _WITH_MORE
    tail = words[-1] if words else ""
    if len(words) > 1 and "." not in name and tail in table and table[tail][0] in _SUMS:
        return table[tail][0], table[tail][1] + _LAST_WORD
    return "", 0


def _mostly(cells: list[str], test: Callable[[str], bool]) -> bool:
    share = _MOST_CELLS if len(cells) > _FEW else _MOST_OF_FEW
    return sum(map(test, cells)) >= share * len(cells)


def _fill(columns: Columns, rest: list[str], sample: pl.DataFrame) -> None:
    """Give roles by what columns hold where their headers did not say."""
    for column in rest:
        cells = _cells(sample, column)
        choices = _by_content(cells, sample.height) if cells else ()
        free = [role for role in choices if role not in columns]
        if "amount" in free and {"debit", "credit"} & columns.keys():
            free.remove("amount")
        if "text" in free and "payee" in columns:
            free = []
        if free:
            columns[free[0]] = [column]
    for role in ("made", "valued"):
        if "booked" not in columns and role in columns:
            columns["booked"] = columns.pop(role)


def _by_content(cells: list[str], rows: int) -> tuple[str, ...]:
    """Return the roles that a column can have, the first that is free to be taken."""
    if _mostly(cells, looks_like_date):
        return ("booked",)
    if _mostly(cells, looks_like_amount) and any(_DECIMALS.search(c) for c in cells):
        return ("amount", "balance") if len(cells) > rows // 2 else ("amount",)
    if all(map(_is_code, cells)):
        return ("currency",)
    letters = sum(c.isalpha() for c in "".join(cells))
    return ("text",) if letters > _LETTERS * len(cells) else ()
