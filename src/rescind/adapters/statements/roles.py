"""Which column is what: by its header, checked against what it holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.statements.content import (
    balance_of,
    chain_of,
    follows,
    numbers_of,
    pair_of,
)
from rescind.adapters.statements.currencies import currency_code, is_currency
from rescind.adapters.statements.dates import looks_like_date
from rescind.adapters.statements.headers import role_of, sides_of
from rescind.adapters.statements.numbers import looks_like_amount
from rescind.adapters.statements.words import fold_header, pairs
from rescind.core.errors import BadInput

if TYPE_CHECKING:
    from rescind.adapters.statements.table import Table

_DECIMALS = re.compile(r"\d[.,]\d")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{9,32}")
_SAMPLE = 400
"""Rows by which a column's role is checked."""
_OTHER_ROLE = 50
"""What a header loses in rank that its cells contradict."""
_MOST_CELLS, _MOST_OF_FEW, _FEW = 0.8, 0.5, 9
"""Share of a column's cells that must fit its role; of a column with few cells less,
since the totals below them weigh more."""
_DASHES = frozenset("-−–—")
"""What stands in a cell of sums that has none."""
_ASIDE = "aside"
"""Columns of words that name nobody who is paid: a card's holder."""
_LETTERS = 3
"""Letters to a cell, on average, from which a column is text."""
_DATES = frozenset({"booked", "made", "valued"})
_SUMS = frozenset({"amount", "debit", "credit", "balance", "foreign", "fee"})
_MANY = frozenset({"text", "payee", "kind"})
"""Roles that several columns may share."""
NOT_ROLES = frozenset(
    {"dates", "spending", "decimal", "skip", "quotes", "totals", "days", "delimiter"}
)
"""What a person can say of a file beside which column is what."""


Columns = dict[str, list[str]]
"""The columns of each role, by their numbers as text."""


def columns_of(table: "Table", corrections: Mapping[str, str]) -> Columns:
    """Return each role's columns: by header, checked against what they hold.

    What a person knows better comes last. Raises BadInput for a column that is not
    there.
    """
    sample = _sample(table)
    columns, rest, more = _by_header(table, sample)
    if "fee" in columns and not {"amount", "debit", "credit"} & columns.keys():
        columns["amount"] = columns.pop("fee")  # "costo" alone is what it cost
    _fill(columns, rest, sample)
    _fill_sides(columns, [*more, *rest], sample, table.header)
    _move(columns, sample)
    _find_marks(columns, table, sample)
    _find_balance(columns, sample)
    for role, name in corrections.items():
        if role in NOT_ROLES or (role == "currency" and is_currency(name)):
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


def _sample(table: "Table") -> pl.DataFrame:
    """Return the first rows, without any that repeat the headers."""
    sample = table.cells.head(_SAMPLE)
    named = [(c, n) for c, n in zip(sample.columns, table.header, strict=False) if n]
    if len(named) < 2:  # noqa: PLR2004 - one cell may well be its header's word
        return sample
    same = (pl.col(c).str.strip_chars() == name for c, name in named)
    return sample.filter(~pl.all_horizontal(same).fill_null(value=False))


def _by_header(
    table: "Table", sample: pl.DataFrame
) -> tuple[Columns, list[str], list[str]]:
    """Return the columns whose headers say their role, the others, and more amounts.

    Of several for one role the best header wins; a second one for the booking's day is
    the purchase's.
    """
    ranks: dict[str, list[tuple[int, int]]] = {}
    rest: list[str] = []
    for index, column in enumerate(table.cells.columns):
        header = table.header[index] if index < len(table.header) else ""
        cells = _cells(sample, column)
        role, rank = _role(header, cells)
        if role in _MANY and not cells:
            continue  # an empty column of notes must not take the text's place
        if role and role != _ASIDE:
            ranks.setdefault(role, []).append((rank, index))
        elif not role:
            rest.append(column)
    columns = {
        role: [str(c) for _, c in (each if role in _MANY else sorted(each)[:1])]
        for role, each in ranks.items()
    }
    dates = sorted(ranks.get("booked", []))
    if len(dates) > 1 and "made" not in columns:
        columns["made"] = [str(dates[1][1])]
    more = [str(c) for _, c in sorted(ranks.get("amount", []))[1:]]
    return columns, rest, more


def _cells(sample: pl.DataFrame, column: str) -> list[str]:
    cells = (cell.strip() for cell in sample[column].to_list() if cell)
    return [cell for cell in cells if cell and cell not in _DASHES]


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
    role, rank = role_of(header)
    return _check_role(role, rank, cells) if role and cells else (role, rank)


def _check_role(role: str, rank: int, cells: list[str]) -> tuple[str, int]:
    """Return a role corrected by what is there: ``Valuta`` may be a currency."""
    if role in _DATES | _SUMS | {"indicator"} and all(map(is_currency, cells)):
        return "currency", rank
    if role in _SUMS | {"currency"} and pair_of(pl.Series(cells), is_named=True):
        return "indicator", rank + _OTHER_ROLE
    if role == "indicator" and _mostly(cells, looks_like_amount):
        return "amount", rank + _OTHER_ROLE
    if role == "amount" and not _mostly(cells, looks_like_amount):
        return ("", 0) if _contradicts("text", cells) else ("text", rank)
    if _contradicts(role, cells):
        return "", 0
    return role, rank


def _contradicts(role: str, cells: list[str]) -> bool:
    if role in _DATES:
        return not _mostly(cells, looks_like_date)
    if role in _SUMS:
        return not _mostly(cells, looks_like_amount)
    if role == "currency":
        return not _mostly(cells, lambda cell: bool(currency_code(cell)))
    return role in _MANY and (_mostly(cells, looks_like_date) or _are_accounts(cells))


def _are_accounts(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: bool(_IBAN.fullmatch(cell.strip())))


def _mostly(cells: list[str], test: Callable[[str], bool]) -> bool:
    share = _MOST_CELLS if len(cells) > _FEW else _MOST_OF_FEW
    return sum(map(test, cells)) >= share * len(cells)


def _fill(columns: Columns, rest: list[str], sample: pl.DataFrame) -> None:
    """Give roles by what columns hold where their headers did not say."""
    known = next((r for r in ("booked", "made", "valued") if r in columns), "booked")
    if known != "booked":
        columns["booked"] = columns.pop(known)
    choices = {c: _by_content(_cells(sample, c), sample) for c in rest}
    for column in rest:
        free = [role for role in choices[column] if role not in columns]
        if "amount" in free and {"debit", "credit"} & columns.keys():
            free.remove("amount")
        if free and free[0] != "text":
            columns[free[0]] = [column]
    texts = [c for c in rest if _is_text(_cells(sample, c))]
    # of one payee or two, the words for out and in differ as much as the payees
    texts = [c for c in texts if not _are_marks(sample[c])] or texts
    if texts and not {"text", "payee"} & columns.keys():
        # the one that differs most: a card's holder is always the same
        best = max(texts, key=lambda c: (sample[c].n_unique(), -int(c)))
        columns["text"] = [best]


def _fill_sides(
    columns: Columns, others: list[str], sample: pl.DataFrame, header: Sequence[str]
) -> None:
    """Take two columns of which each row fills one as money out and money in.

    Where neither header tells which is which the first is taken for money out;
    ``sides`` asks.
    """
    known = next((r for r in ("debit", "credit", "amount") if r in columns), "")
    if not known or {"debit", "credit"} <= columns.keys():
        return
    first = columns[known][0]
    beside = [*columns.get("amount", ()), *others]
    is_sum = {c: _mostly(_cells(sample, c), looks_like_amount) for c in beside}
    other = next((c for c in beside if c != first and is_sum[c]), None)
    if other is None or not _take_turns(sample, first, other):
        return
    if known != "amount":
        columns["credit" if known == "debit" else "debit"] = [other]
        columns.pop("amount", None)
        return
    del columns["amount"]
    first, other = sorted((first, other), key=int)
    names = [header[int(c)] if int(c) < len(header) else "" for c in (first, other)]
    sides = sides_of(*names) or ("debit", "credit")
    columns |= dict(zip(sides, ([first], [other]), strict=True))
    if columns.get("balance", [""])[0] in others:
        del columns["balance"]
    left = [c for c in others if c not in (first, other)]
    left = [c for c in left if "balance" in _by_content(_cells(sample, c), sample)]
    if left and "balance" not in columns:
        columns["balance"] = left[:1]


def _take_turns(sample: pl.DataFrame, first: str, other: str) -> bool:
    """Return whether each row fills one of two columns, and each is filled."""
    one, two = _is_filled(sample[first]), _is_filled(sample[other])
    return bool((one ^ two).all() and one.any() and two.any())


def _is_filled(cells: pl.Series) -> pl.Series:
    """Return which cells of sums have one; a zero beside another sum is a blank."""
    return ~cells.fill_null("").str.contains(r"^[\s0.,\-−–—]*$")


def _by_content(cells: list[str], sample: pl.DataFrame) -> tuple[str, ...]:
    """Return the roles that a column can have, the first that is free to be taken."""
    if not cells:
        return ()
    if _mostly(cells, looks_like_date):
        return ("booked",)
    if all(map(is_currency, cells)):
        return ("currency",)
    if _mostly(cells, looks_like_amount) and any(_DECIMALS.search(c) for c in cells):
        is_full = len(cells) > sample.height // 2
        return ("amount", "balance") if is_full else ("amount",)
    if _are_accounts(cells):
        return ("account",) if len(set(cells)) == 1 else ()
    return ("text",) if _is_text(cells) else ()


def _is_text(cells: list[str]) -> bool:
    letters = sum(c.isalpha() for c in "".join(cells))
    return letters > _LETTERS * len(cells) and not _are_accounts(cells)


def _are_marks(cells: pl.Series) -> bool:
    """Return whether a column without a header is one of words for out and in.

    Of one side alone, a letter or a sign may as well stand for something else.
    """
    if pair_of(cells, is_named=False):
        return True
    shortest = min((len(c.strip()) for c in cells if c and c.strip()), default=0)
    return shortest > 1 and pair_of(cells, is_named=True) is not None


def _move(columns: Columns, sample: pl.DataFrame) -> None:
    """Take the dates that move with the entries; a period's ends stay the same."""
    if "booked" not in columns or sample[columns["booked"][0]].n_unique() > 1:
        return
    known = [columns[role][0] for role in ("made", "valued") if role in columns]
    others = [c for c in sample.columns if c not in known and not _has_role(columns, c)]
    dated = (
        c
        for c in others
        if (cells := _cells(sample, c)) and _mostly(cells, looks_like_date)
    )
    moving = (c for c in (*known, *dated) if sample[c].n_unique() > 1)
    column = next(moving, None)
    if column is not None:
        for role in ("made", "valued"):
            if columns.get(role) == [column]:
                del columns[role]
        columns["booked"] = [column]


def _has_role(columns: Columns, column: str) -> bool:
    return any(column in choices for choices in columns.values())


def _find_marks(columns: Columns, table: "Table", sample: pl.DataFrame) -> None:
    """Take a column of marks as the sign, whatever its header says."""
    if "indicator" in columns or "amount" not in columns:
        return
    for index, column in enumerate(sample.columns):
        header = table.header[index] if index < len(table.header) else ""
        is_kind = column in columns.get("kind", ())
        is_text = column in (*columns.get("text", ()), *columns.get("payee", ()))
        if column in {columns["amount"][0], columns.get("booked", [""])[0]}:
            continue
        if header and is_text and max(map(len, _cells(sample, column)), default=0) == 1:
            continue  # letters that are texts, and marks somewhere: A and B
        is_named = is_kind or _names_pair(header)
        if pair_of(sample[column], is_named=is_named) or (
            not header and not is_text and _are_marks(sample[column])
        ):
            columns["indicator"] = [column]
            return


def _names_pair(header: str) -> bool:
    """Return whether a header is the two marks themselves: ``D/K``, ``Af Bij``."""
    words = frozenset(fold_header(header).split())
    return any(
        words & p.out and words & p.into and words <= p.out | p.into for p in pairs()
    )


def _find_balance(columns: Columns, sample: pl.DataFrame) -> None:
    """Tell amounts and balances apart by their steps: a balance is never the amount."""
    if {"debit", "credit"} & columns.keys():
        return
    named = columns.get("amount", [])
    used = {c for role, each in columns.items() if role not in _SUMS for c in each}
    free = [c for c in sample.columns if c not in used]
    number = [
        c
        for c in free
        if (cells := _cells(sample, c)) and _mostly(cells, looks_like_amount)
    ]
    if len(number) < 2 or sample.height < 2:  # noqa: PLR2004 - two columns, one step
        return
    numbers = numbers_of(sample, number)
    chain = chain_of(numbers)
    if chain is not None:
        columns["amount"], columns["balance"] = [chain[0]], [chain[1]]
        return
    if named and named[0] in numbers:
        theirs = columns.get("balance", [""])[0]
        if theirs in numbers and follows(numbers[named[0]], numbers[theirs]):
            return
    first = [c for c in named if c in numbers]
    pair = balance_of(numbers, [*first, *(c for c in numbers if c not in first)])
    if pair is not None:
        columns["amount"], columns["balance"] = [pair[0]], [pair[1]]
