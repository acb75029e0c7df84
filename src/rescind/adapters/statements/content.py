"""What columns hold, whatever their headers say: marks, balances, days that move."""

from collections.abc import Sequence
from itertools import permutations

import polars as pl

from rescind.adapters.statements.numbers import read_amounts
from rescind.adapters.statements.words import Pair, fold_mark, pairs, two_faced
from rescind.core.model.statement import THOUSANDTHS

_MOST_MARKS = 12
"""Different words of a column of marks, at most."""
_MOST_STEPS, _FEWEST_STEPS = 0.8, 1
"""Share of balances that follow from the one beside them; fewer tell nothing."""


def pair_of(cells: pl.Series, *, is_named: bool) -> tuple[Pair, pl.Series] | None:
    """Return the pair of marks in a column and its cells folded, or None.

    Where its header does not name it as one of marks, both sides have to be there.
    """
    different = cells.drop_nulls().unique().to_list()
    words = {cell: fold_mark(cell) for cell in different if cell.strip()}
    if not words or len(words) > _MOST_MARKS:
        return None
    marks = frozenset(words.values())
    fitting = [pair for pair in pairs() if marks <= pair.out | pair.into]
    both = [pair for pair in fitting if marks & pair.out and marks & pair.into]
    if both:
        return both[0], cells.replace_strict(words, default="")
    if is_named and fitting and not marks & two_faced():
        return fitting[0], cells.replace_strict(words, default="")
    return None


def balance_of(
    numbers: dict[str, pl.Series], candidates: Sequence[str]
) -> tuple[str, str] | None:
    """Return a column of amounts and the one whose steps they are, or None.

    ``candidates`` are the columns that may be the amount, the likeliest first.
    """
    for amount in candidates:
        values = numbers[amount]
        if values.n_unique() == 1 and not int((values % THOUSANDTHS).sum()):
            continue  # a running number has steps of one
        if not int((values.diff().abs() != THOUSANDTHS).sum()):
            continue  # and is no amount itself
        for balance, series in numbers.items():
            if balance != amount and follows(values, series):
                return amount, balance
    return None


def chain_of(numbers: dict[str, pl.Series]) -> tuple[str, str] | None:
    """Return the columns of an amount and of the balance after it, or None.

    A third column has the balance before: on every row the amount lies between the two,
    and where one row's balance ends the row beside it begins. That proves all three. An
    amount with its sign tells which balance comes first, else it is the left one.
    """
    found = None
    for before, after in permutations(numbers, 2):
        first, last = numbers[before], numbers[after]
        if not _is_chain(first, last):
            continue
        step = last - first
        for amount, values in numbers.items():
            if amount in {before, after} or not (values.abs() == step.abs()).all():
                continue
            if (values == step).all():
                return amount, after
            found = found or (amount, after)
    return found


def _is_chain(before: pl.Series, after: pl.Series) -> bool:
    """Return whether each row begins with the balance with which its neighbour ends."""
    moves = (before != after).any()
    oldest_first = (before.slice(1) == after.head(-1)).all()
    newest_first = (after.slice(1) == before.head(-1)).all()
    return bool(moves and len(before) > 1 and (oldest_first or newest_first))


def follows(values: pl.Series, balance: pl.Series) -> str:
    """Return the sign under which each balance follows from the one beside it.

    ``negative`` where money out is below zero, ``positive`` where above, else nothing.
    Some banks write the newest entry first.
    """
    steps = len(values) - 1
    if steps < _FEWEST_STEPS:
        return ""
    step = balance.diff()
    before = values.shift(1)
    for sign, name in ((1, "negative"), (-1, "positive")):
        oldest_first = ((step == sign * values) & (step != 0)).sum()
        newest_first = ((step == -sign * before) & (step != 0)).sum()
        if max(oldest_first, newest_first) >= _MOST_STEPS * steps:
            return name
    return ""


def signs_by_steps(values: pl.Series, balance: pl.Series) -> pl.Series | None:
    """Return the sign of each amount that is written without one, or None.

    Each balance has to move by the amount beside it. That of the entry with no balance
    before it is null: only words can tell it.
    """
    if len(values) <= _FEWEST_STEPS or balance.null_count() or (values < 0).any():
        return None
    step = balance.diff()
    for signed in (step, -step.shift(-1)):
        fits = (signed.abs() == values) | signed.is_null()
        if fits.all() and (signed > 0).any() and (signed < 0).any():
            return signed.sign()
    return None


def numbers_of(sample: pl.DataFrame, columns: Sequence[str]) -> dict[str, pl.Series]:
    """Return the columns of a sample that are numbers throughout, as thousandths."""
    read = {column: read_amounts(sample[column]).values for column in columns}
    return {
        column: values for column, values in read.items() if not values.null_count()
    }
