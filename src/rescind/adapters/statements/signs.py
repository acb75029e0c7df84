"""Which entries are money out: by columns, marks, balances, or what is usual."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from rescind.adapters.statements.numbers import read_amounts
from rescind.adapters.statements.words import marks
from rescind.core.errors import BadInput

SPENDING = ("negative", "positive", "columns", "marked")
_FEW = 0.35
"""Share of entries below zero under which these are the payments of a card's bill."""
_MOST_PAYMENTS = 0.5
"""Share of payments by their words, among the entries below zero, that tells the same
where no more than half of all entries are below zero."""
_MOST_STEPS, _FEWEST_BALANCES = 0.8, 3
"""Share of balances that follow from the one beside them; fewer tell nothing."""
_INCOME = (
    r"(?i)\b(?:salary|payroll|wages|gehalt|lohn|bezüge|salaire|n[oó]mina|stipendio"
    r"|sal[aá]rio|salaris|loon|l[oö]n|palkka|wynagrodzenie|výplata|interest paid"
    r"|zinsen|direct dep|給与|給料)\b"
)
_PAYMENT = (
    r"(?i)\b(?:payment|thank you|autopay|refund|paiement|pago|pagamento|zahlung"
    r"|lastschrifteinzug|gutschrift|betaling|betalning|innbetaling|indbetaling"
    r"|spłata|credit|reversal|rückzahlung|remboursement|inbetalning)\b"
)


class SignedAmounts(NamedTuple):
    """Amounts with money out below zero, and how the file wrote that."""

    values: pl.Series
    spending: str
    """One of ``SPENDING``."""
    decimal: str


def signed_amounts(
    cells: pl.DataFrame,
    columns: Mapping[str, list[str]],
    text: pl.Series,
    spending: str = "",
) -> SignedAmounts:
    """Return amounts with money out below zero.

    ``spending`` is what a person knows of how it is written. Raises BadInput where it
    is no way of writing it.
    """
    if spending and spending not in SPENDING:
        raise BadInput.unknown_value("spending", spending, SPENDING)
    if "amount" not in columns:
        return _of_columns(cells, columns)
    amounts = read_amounts(cells[columns["amount"][0]])
    values = amounts.values
    is_out = _marks(cells, columns, values)
    if is_out is not None:
        sized = pl.when(is_out).then(-values.abs()).otherwise(values.abs())
        return SignedAmounts(pl.select(sized).to_series(), "marked", amounts.decimal)
    spending = spending or _spending(cells, columns, values, text)
    values = -values if spending == "positive" else values
    return SignedAmounts(values, spending, amounts.decimal)


def _of_columns(cells: pl.DataFrame, columns: Mapping[str, list[str]]) -> SignedAmounts:
    """Return amounts from a column of debits, one of credits, or both.

    A zero in one of them beside an amount in the other is a blank.
    """
    nothing = pl.Series([None] * cells.height, dtype=pl.Int64)
    amounts = {
        role: read_amounts(cells[columns[role][0]])
        for role in ("debit", "credit")
        if role in columns
    }
    out = amounts["debit"].values if "debit" in amounts else nothing
    into = amounts["credit"].values if "credit" in amounts else nothing
    is_out = out.is_not_null() & ((out != 0) | into.is_null())
    values = pl.when(is_out).then(-out.abs()).otherwise(into.abs())
    decimal = next((each.decimal for each in amounts.values()), ".")
    return SignedAmounts(pl.select(values).to_series(), "columns", decimal)


def _marks(
    cells: pl.DataFrame, columns: Mapping[str, list[str]], values: pl.Series
) -> pl.Series | None:
    """Return which entries are marked as money out, where a column marks them."""
    candidates = list(columns.get("indicator", ()))
    if not candidates and not (values < 0).any():
        candidates = list(columns.get("kind", ()))
    out, into = list(marks("money_out")), list(marks("money_in"))
    for column in candidates:
        words = cells[column].fill_null("").str.strip_chars().str.to_lowercase()
        if words.is_in([*out, *into]).all() and words.len():
            return words.is_in(out)
    return None


def _spending(
    cells: pl.DataFrame,
    columns: Mapping[str, list[str]],
    values: pl.Series,
    text: pl.Series,
) -> str:
    """Return how money out is written: what balances, shares and words tell of it."""
    if "balance" in columns:
        balances = read_amounts(cells[columns["balance"][0]]).values
        by_balance = _by_balance(values, balances)
        if by_balance:
            return by_balance
    below = values < 0
    if not below.any():
        return "positive"
    share = int(below.sum()) / max(1, int((values != 0).sum()))
    if share >= 1 - _FEW:
        return "negative"
    income = text.str.contains(_INCOME)
    if (income & (values > 0)).any():
        return "negative"
    if (income & below).any():
        return "positive"
    payments = int((text.str.contains(_PAYMENT) & below).sum())
    of_below = payments / max(1, int(below.sum()))
    is_card = of_below > _MOST_PAYMENTS and share < _MOST_PAYMENTS
    return "positive" if share < _FEW or is_card else "negative"


def _by_balance(values: pl.Series, balance: pl.Series) -> str:
    """Return the sign under which each balance follows from the one beside it."""
    if len(values) < _FEWEST_BALANCES:
        return ""
    step = balance.diff()
    for sign, name in ((1, "negative"), (-1, "positive")):
        oldest_first = (step == sign * values).sum()
        newest_first = (step == -sign * values.shift(1)).sum()
        if max(oldest_first, newest_first) >= _MOST_STEPS * (len(values) - 1):
            return name
    return ""
