"""A table of text becomes entries: which column is what is found out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from rescind.adapters.statements.numbers import (
    looks_like_amount,
    looks_like_date,
    read_amounts,
    read_dates,
)
from rescind.adapters.statements.signs import signed
from rescind.adapters.statements.words import folded, marks, roles
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, Layout

_CODE = re.compile(r"\b(?:[A-Z]{3})\b")
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
    found = _roles(table, given)
    if "booked" not in found or not ({"amount", "debit", "credit"} & found.keys()):
        missing = (
            "a column of dates" if "booked" not in found else "a column of amounts"
        )
        names = [name for name in table.header if name] or list(table.cells.columns)
        raise BadInput(
            "file", f"{missing} was not found", [f"booked={n}" for n in names[:6]]
        )
    cells, dropped = _without_other_lines(table, found)
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
    return frame.select(*ENTRIES.names()).cast(dict(ENTRIES)), layout, notes  # type: ignore[arg-type]


def _named(table: Table, column: str) -> str:
    index = int(column)
    return (index < len(table.header) and table.header[index]) or str(index + 1)


def _roles(table: Table, given: Mapping[str, str]) -> dict[str, list[str]]:
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


def _column(table: Table, wanted: str) -> str:
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


def _without_other_lines(
    table: Table, found: Mapping[str, list[str]]
) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows that are entries, and their place in the table.

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
    words = marks("not_entries")
    short = pl.any_horizontal(
        pl.col(c).str.strip_chars(" :.").str.to_lowercase().is_in(list(words))
        for c in texts
    )
    cells = cells.filter(~short.fill_null(value=False))
    return cells.drop("line"), cells["line"]


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
