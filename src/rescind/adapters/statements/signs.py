"""Which entries are money out: by columns, marks, balances, or what is usual."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rescind.adapters.statements.content import follows, pair_of, signs_by_steps
from rescind.adapters.statements.numbers import Amounts
from rescind.core.errors import BadInput

SPENDING = ("negative", "positive", "columns", "swapped", "marked")
"""How a file writes money out; ``swapped``: in columns, the other way than taken."""
_FEW = 0.35
"""Share of entries below zero under which these are the payments of a card's bill."""
_MOST_PAYMENTS = 0.5
"""Share of payments by their words, among the entries below zero, that tells the same
where no more than half of all entries are below zero."""
_FEWEST_BALANCES = 3
"""Balances that correct what marks or columns say; fewer tell it only of plain sums."""
_SURE_MIXED, _SURE_HALF, _SURE_CARD = 0.9, 0.85, 0.7
"""Sureness of the sign where most entries are below zero, where about half of them
are, and where it seems a card's bill only because few are."""
_SURE_ALL_OUT, _SURE_AGAINST_WORDS = 0.6, 0.3
"""Where all is spending by default; where a word of income speaks against that."""
INCOME = (
    r"(?i)\b(?:salary|payroll|wages|gehalt|lohn|bezüge|salaire|n[oó]mina|stipendio"
    r"|sal[aá]rio|salaris|loon|l[oö]n|palkka|wynagrodzenie|výplata|interest paid"
    r"|zinsen|direct dep|alga|darbo užmokestis|darba alga|palk|maaş|fizet[eé]s|plat[aă]"
    r"|employer|arbeitgeber|werkgever|munkab[eé]r|зарплата|给与|工资|급여|給与|給料)\b"
)
_PAYMENT = (
    r"(?i)\b(?:payment|thank you|autopay|refund|paiement|pago|pagamento|zahlung"
    r"|lastschrifteinzug|gutschrift|betaling|betalning|innbetaling|indbetaling"
    r"|spłata|credit|reversal|rückzahlung|remboursement|inbetalning)\b"
)
_CAME_BACK = (
    r"(?i)\b(?:payments? received|payment\W+thank you|refund(?:ed)?|reversal"
    r"|pagamento recebido|estorno|reembolso|devoluci[oó]n|pago recibido"
    r"|paiement reçu|remboursement|zahlung erhalten|rückzahlung|(?:rück)?erstattung"
    r"|pagamento ricevuto|rimborso|betaling ontvangen|terugbetaling|återbetalning"
    r"|tilbakebetaling|tilbagebetaling|hyvitys|zwrot|vrácení|επιστροφή|返金)\b"
)
"""Words of money that comes in to a card: a payment received, or a sum given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAmounts:
    """Amounts with money out below zero, and how the file wrote that."""

    values: pl.Series
    spending: str
    """One of ``SPENDING``."""
    sureness: float = 1.0
    because: str = "spending_written"
    """Why: a code of the words' table ``assumed``."""


def signed_amounts(
    cells: pl.DataFrame,
    columns: Mapping[str, list[str]],
    text: pl.Series,
    money: Mapping[str, Amounts],
    spending: str = "",
) -> SignedAmounts:
    """Return amounts with money out below zero.

    ``money`` has the columns of sums, and of balances; ``spending`` is what a person or
    the bank on file says of how it is written. Raises BadInput where it is no way of
    writing it.
    """
    if spending and spending not in SPENDING:
        raise BadInput.unknown_value("spending", spending, SPENDING)
    balances = money["balance"].values if "balance" in money else None
    if "amount" not in columns:
        return _checked(_of_columns(money), "columns", balances)
    values = money["amount"].values
    marked = _of_marks(cells, columns, values)
    if marked is not None:
        return _checked(marked, "marked", balances)
    if spending in {"negative", "positive"}:
        signed = -values if spending == "positive" else values
        return SignedAmounts(values=signed, spending=spending, because="spending_given")
    stepped = _of_steps(values, text, balances)
    if stepped is not None:
        return stepped
    spending, sureness, because = _spending(values, text, balances)
    values = -values if spending == "positive" else values
    return SignedAmounts(
        values=values, spending=spending, sureness=sureness, because=because
    )


def _checked(
    values: pl.Series, spending: str, balances: pl.Series | None
) -> SignedAmounts:
    """Return amounts with the sign that balances bear out, where they say one."""
    is_other = (
        balances is not None
        and len(values) >= _FEWEST_BALANCES
        and follows(values, balances) == "positive"
    )
    return SignedAmounts(values=-values if is_other else values, spending=spending)


def _of_columns(money: Mapping[str, Amounts]) -> pl.Series:
    """Return amounts from a column of debits, one of credits, or both.

    A zero in one of them beside an amount in the other is a blank. Where most debits
    are above zero, one below is money that came back.
    """
    some = next(iter(money.values())).values
    nothing = pl.Series([None] * len(some), dtype=pl.Int64)
    out = money["debit"].values if "debit" in money else nothing
    into = money["credit"].values if "credit" in money else nothing
    is_out = out.is_not_null() & ((out != 0) | into.is_null())
    out = out * (1 if _mostly_below(out) else -1)
    into = into * (-1 if _mostly_below(into) else 1)
    return pl.select(pl.when(is_out).then(out).otherwise(into)).to_series()


def _of_marks(
    cells: pl.DataFrame, columns: Mapping[str, list[str]], values: pl.Series
) -> pl.Series | None:
    """Return amounts signed by their marks, where a column marks them all.

    A sign that stands against the usual one of its mark is money that came back.
    """
    for column in columns.get("indicator", ()):
        pair = pair_of(cells[column], is_named=True)
        if pair is None:
            continue
        words, marks = pair
        is_out, is_in = marks.is_in(list(words.out)), marks.is_in(list(words.into))
        if not (is_out | is_in).all():
            continue
        out = values * (1 if _mostly_below(values.filter(is_out)) else -1)
        into = values * (-1 if _mostly_below(values.filter(is_in)) else 1)
        return pl.select(pl.when(is_out).then(out).otherwise(into)).to_series()
    return None


def _of_steps(
    values: pl.Series, text: pl.Series, balances: pl.Series | None
) -> SignedAmounts | None:
    """Return amounts without any sign, signed as the balances beside them move."""
    signs = signs_by_steps(values, balances) if balances is not None else None
    if signs is None:
        return None
    by_words = pl.when(text.str.contains(INCOME)).then(1).otherwise(-1)
    whole = pl.select(pl.coalesce(signs.cast(pl.Int64), by_words)).to_series()
    return SignedAmounts(
        values=values * whole,
        spending="marked",
        sureness=_SURE_MIXED,
        because="spending_steps",
    )


def _mostly_below(values: pl.Series) -> bool:
    return int((values < 0).sum()) > int((values > 0).sum())


def _spending(
    values: pl.Series, text: pl.Series, balances: pl.Series | None
) -> tuple[str, float, str]:
    """Return how money out is written, how sure that is, and why.

    Balances tell it for certain; else shares and words do.
    """
    by_balance = follows(values, balances) if balances is not None else ""
    below = values < 0
    if by_balance == "negative" and _is_card(below, values, text):
        return "positive", _SURE_CARD, "spending_card"  # the balance is what is owed
    if by_balance:
        return by_balance, 1.0, "spending_balance"
    income = text.str.contains(INCOME)
    if not below.any():
        is_against = bool((income & (values > 0)).any())
        sureness = _SURE_AGAINST_WORDS if is_against else _SURE_ALL_OUT
        return "positive", sureness, "spending_all"
    return _mixed(values, below, income, text)


def _mixed(
    values: pl.Series, below: pl.Series, income: pl.Series, text: pl.Series
) -> tuple[str, float, str]:
    """Return how money out is written where amounts stand on both sides of zero."""
    share = int(below.sum()) / max(1, int((values != 0).sum()))
    as_card = _paid_back(values, income, text, share)
    if as_card is not None:
        return as_card
    if share >= 1 - _FEW:
        return "negative", _SURE_MIXED, "spending_mixed"
    if (income & (values > 0)).any():
        return "negative", 1.0, "spending_income"
    if (income & below).any():
        return "positive", _SURE_MIXED, "spending_income"
    is_card = _is_card(below, values, text)
    if share < _FEW or is_card:
        return "positive", _SURE_MIXED if is_card else _SURE_CARD, "spending_card"
    return "negative", _SURE_HALF, "spending_mixed"


def _paid_back(
    values: pl.Series, income: pl.Series, text: pl.Series, share: float
) -> tuple[str, float, str] | None:
    """Return that a file is a card's where words of what is paid back to it say so.

    The bare word of a payment leaves it open: an account pays, and a card is paid.
    """
    below, above = values < 0, values > 0
    came_back = text.str.contains(_CAME_BACK)
    if (came_back & below).any() and not ((came_back | income) & above).any():
        return "positive", _SURE_MIXED, "spending_came_back"
    paid = text.str.contains(_PAYMENT)
    is_paid = paid.filter(below).all() and not (paid | income).filter(above).any()
    if is_paid and share >= _MOST_PAYMENTS:
        return "positive", _SURE_CARD, "spending_card"
    return None


def _is_card(below: pl.Series, values: pl.Series, text: pl.Series) -> bool:
    """Return whether few are below zero, and most of those are payments by words."""
    share = int(below.sum()) / max(1, int((values != 0).sum()))
    payments = int((text.str.contains(_PAYMENT) & below).sum())
    of_below = payments / max(1, int(below.sum()))
    return of_below > _MOST_PAYMENTS and share < _MOST_PAYMENTS
