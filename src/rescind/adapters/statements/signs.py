"""Which entries are money out: by columns, marks, balances, or what is usual."""

from collections.abc import Mapping

import polars as pl

from rescind.adapters.statements.numbers import read_amounts
from rescind.adapters.statements.words import marks
from rescind.core.errors import BadInput

SPENDING = ("negative", "positive", "columns", "marked")
_FEW = 0.35
"""Share of entries below zero under which these are the payments of a card's bill."""
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
Read = tuple[pl.Series, str, str]


def signed(
    cells: pl.DataFrame,
    found: Mapping[str, list[str]],
    text: pl.Series,
    given: str = "",
) -> Read:
    """Return amounts with money out below zero, how that was written, the decimal sign.

    Raises BadInput where ``given`` is no way of writing it.
    """
    if given and given not in SPENDING:
        raise BadInput.unknown_value("spending", given, SPENDING)
    if "amount" not in found:
        return _of_columns(cells, found)
    read = read_amounts(cells[found["amount"][0]])
    values = read.values
    mark = _marks(cells, found, values)
    if mark is not None:
        return (
            pl.select(
                pl.when(mark).then(-values.abs()).otherwise(values.abs())
            ).to_series(),
            "marked",
            read.decimal,
        )
    spending = given or _spending(cells, found, values, text)
    return (-values if spending == "positive" else values), spending, read.decimal


def _of_columns(cells: pl.DataFrame, found: Mapping[str, list[str]]) -> Read:
    nothing = pl.Series([None] * cells.height, dtype=pl.Int64)
    point, out, into = ".", nothing, nothing
    if "debit" in found:
        read = read_amounts(cells[found["debit"][0]])
        out, point = read.values, read.decimal
    if "credit" in found:
        read = read_amounts(cells[found["credit"][0]], None)
        into = read.values
        point = read.decimal if "debit" not in found else point
    out_only = pl.when(out.is_not_null() & ((out != 0) | into.is_null()))
    return (
        pl.select(out_only.then(-out.abs()).otherwise(into.abs())).to_series(),
        "columns",
        point,
    )


def _marks(
    cells: pl.DataFrame, found: Mapping[str, list[str]], values: pl.Series
) -> pl.Series | None:
    """Return which entries are marked as money out, where a column marks them."""
    columns = list(found.get("indicator", ()))
    if not columns and not (values < 0).any():
        columns = list(found.get("kind", ()))
    out, into = list(marks("money_out")), list(marks("money_in"))
    for column in columns:
        words = cells[column].fill_null("").str.strip_chars().str.to_lowercase()
        if words.is_in([*out, *into]).all() and words.len():
            return words.is_in(out)
    return None


def _spending(
    cells: pl.DataFrame,
    found: Mapping[str, list[str]],
    values: pl.Series,
    text: pl.Series,
) -> str:
    if "balance" in found:
        told = _by_balance(values, read_amounts(cells[found["balance"][0]]).values)
        if told:
            return told
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
    paid = int((text.str.contains(_PAYMENT) & below).sum()) / max(1, int(below.sum()))
    return "positive" if share < _FEW or (paid > 0.5 and share < 0.5) else "negative"


def _by_balance(values: pl.Series, balance: pl.Series) -> str:
    """Return the sign under which each balance follows from the one beside it."""
    step = balance.diff()
    older_first = values, values.shift(1)
    for sign, name in ((1, "negative"), (-1, "positive")):
        down = (step == sign * older_first[0]).sum()
        up = (step == -sign * older_first[1]).sum()
        if max(down, up) >= 0.8 * max(1, len(values) - 1) and len(values) > 2:
            return name
    return ""
