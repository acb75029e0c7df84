"""Which column is what: by its header, checked against what it holds."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.statements.numbers import looks_like_amount, looks_like_date
from rescind.adapters.statements.words import folded, roles
from rescind.core.errors import BadInput

if TYPE_CHECKING:
    from rescind.adapters.statements.table import Table

_CODES = re.compile(r"[A-Z]{3}")
_DECIMALS = re.compile(r"\d[.,]\d")
_SAMPLE = 400
_GENERIC = frozenset(
    {"date", "datum", "fecha", "data", "dato", "pvm", "time", "timestamp", "created"}
)
"""Headers that yield to a more exact one beside them."""
_DATES = frozenset({"booked", "made", "valued"})
_SUMS = frozenset({"amount", "debit", "credit", "balance", "foreign", "fee"})
_MANY = frozenset({"text", "payee", "kind"})
"""Roles that several columns may share."""


def columns_of(table: "Table", given: Mapping[str, str]) -> dict[str, list[str]]:
    """Return each role's columns: by header, checked against what they hold."""
    sample = table.cells.head(_SAMPLE)
    ranked: dict[str, list[tuple[int, str]]] = {}
    unknown: list[str] = []
    for index, column in enumerate(table.cells.columns):
        header = table.header[index] if index < len(table.header) else ""
        held = [c for c in sample[column].to_list() if c and c.strip()]
        role, rank = _role(header, held)
        if role:
            ranked.setdefault(role, []).append((rank, column))
        else:
            unknown.append(column)
    found = {
        role: [c for _, c in (columns if role in _MANY else sorted(columns)[:1])]
        for role, columns in ranked.items()
    }
    rest = sorted(ranked.get("booked", []))[1:]
    if rest and "made" not in found:
        found["made"] = [rest[0][1]]
    _fill(found, unknown, sample)
    for role, wanted in given.items():
        if role in {"dates", "spending"}:
            continue
        if not wanted:
            found.pop(role, None)
            continue
        column = _column(table, wanted)
        found = {r: [c for c in cs if c != column] for r, cs in found.items()}
        found = {r: cs for r, cs in found.items() if cs}
        found[role] = [column, *(found.get(role, []) if role in _MANY else [])]
    if {"debit", "credit"} <= found.keys():
        found.pop("amount", None)
    return found


def _column(table: "Table", wanted: str) -> str:
    """Return the column that a person names, by header or by 1-based number."""
    names = [folded(name) for name in table.header]
    if folded(wanted) in names:
        return str(names.index(folded(wanted)))
    if wanted.isdigit() and 0 < int(wanted) <= table.cells.width:
        return str(int(wanted) - 1)
    raise BadInput.unknown_value("columns", wanted, [n for n in table.header if n])


def _role(header: str, held: list[str]) -> tuple[str, int]:
    """Return what a column holds, and how well its header says so; lower is better."""
    parts = header.split(".")
    tails = [folded(" ".join(parts[place:])) for place in range(len(parts))]
    name = next((tail for tail in tails if tail in roles()), tails[-1])
    role, rank = _by_words(name)
    if role and name in _GENERIC:
        rank += 100
    return _held_against(role, rank, held) if role and held else (role, rank)


def _held_against(role: str, rank: int, held: list[str]) -> tuple[str, int]:
    """Return a role corrected by what is held: ``Valuta`` may be a currency."""
    if role in _DATES | _SUMS | {"indicator"} and _all(held, _is_code):
        is_mark = {cell.strip() for cell in held} <= {"DBT", "CRD"}
        return ("indicator" if is_mark else "currency"), rank
    if role == "indicator" and _mostly(held, looks_like_amount):
        return "amount", rank + 50
    if role == "amount" and not _mostly(held, looks_like_amount):
        return "text", rank
    if _contradicts(role, held):
        return "", 0
    return role, rank


def _contradicts(role: str, held: list[str]) -> bool:
    if role in _DATES:
        return not _mostly(held, looks_like_date)
    if role in _SUMS:
        return not _mostly(held, looks_like_amount)
    if role == "currency":
        return not _mostly(held, _is_code)
    return role in _MANY and _mostly(held, looks_like_date)


def _is_code(cell: str) -> bool:
    return bool(_CODES.fullmatch(cell.strip()))


def _all(held: list[str], test: Callable[[str], bool]) -> bool:
    return all(map(test, held))


def _by_words(name: str) -> tuple[str, int]:
    table = roles()
    if name in table:
        return table[name]
    words = name.split()
    for end in range(len(words) - 1, 0, -1):
        start = " ".join(words[:end])
        if start in table and (end > 1 or len(words) == end + 1):
            role, rank = table[start]
            return role, rank + 10
    tail = words[-1] if words else ""
    if len(words) > 1 and "." not in name and tail in table and table[tail][0] in _SUMS:
        return table[tail][0], table[tail][1] + 40
    return "", 0


def _mostly(held: list[str], test: Callable[[str], bool]) -> bool:
    share = 0.8 if len(held) > 9 else 0.5  # totals below a few entries
    return sum(map(test, held)) >= share * len(held)


def _fill(
    found: dict[str, list[str]], unknown: list[str], sample: pl.DataFrame
) -> None:
    """Give roles by what columns hold where their headers did not say."""
    for column in unknown:
        held = [c for c in sample[column].to_list() if c and c.strip()]
        role = _by_content(held, sample.height) if held else ()
        free = [name for name in role if name not in found]
        if role[:1] == ("amount",) and {"debit", "credit"} & found.keys():
            free = [name for name in free if name != "amount"]
        if role[:1] == ("text",) and "payee" in found:
            free = []
        if free:
            found[free[0]] = [column]
    for name in ("made", "valued"):
        if "booked" not in found and name in found:
            found["booked"] = found.pop(name)


def _by_content(held: list[str], rows: int) -> tuple[str, ...]:
    """Return the roles that a column can have, the first that is free to be taken."""
    if _mostly(held, looks_like_date):
        return ("booked",)
    if _mostly(held, looks_like_amount) and any(_DECIMALS.search(c) for c in held):
        return ("amount", "balance") if len(held) > rows // 2 else ("amount",)
    if _all(held, _is_code):
        return ("currency",)
    letters = sum(c.isalpha() for c in "".join(held))
    return ("text",) if letters > 3 * len(held) else ()
