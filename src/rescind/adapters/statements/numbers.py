"""Columns of amounts, in whatever way a bank writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from rescind.adapters.statements.dates import looks_like_date, parted_date
from rescind.core.model.statement import SURE, THOUSANDTHS

_MOST = 9e9
"""Units up to which a float holds thousandths exactly."""
_PLAIN = r"^[-+]?\d+(?:\.\d{1,2})?$"
_SHAPE = (
    r"[(\-+−–]{0,2}\s?(?:[A-Z]{1,3}\$?\s?|[^\w\s.,'’()+-]{1,3}\s?|[Kk]r\.?\s?|zł\s?)?"
    r"[(\-+−–]?\s?(?:\d[\d.,'’\s\u00a0\u202f]*\d?|[.,]\d+)\)?\s?[-+−–]?"
    r"(?:\s?(?:[A-Z]{2,3}|[^\w\s.,]{1,3}|kr\.?|zł|Kč|Ft|DR|CR|Dr|Cr|[DCHS]))?\)?"
)
_AMOUNT = re.compile(_SHAPE)
_WHOLE_CELL = f"^(?:{_SHAPE})$"
_NEGATIVE = (
    r"^\s*[\p{Sc}\w]{0,3}\s?[(\-−–]|[-−–]\s*[\p{Sc}A-Za-z]{0,3}\s*$"
    r"|(?i:\d\s*(?:dr|db|d|s|soll)\.?\s*$)"
)
_WELL_PARTED = {
    ".": r"^\d*(?:\.\d*)?$|^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$",
    ",": r"^\d*(?:,\d*)?$|^\d{1,3}(?:\.\d{3})+(?:,\d*)?$",
}
"""Digits with thousands parted as they are, by the sign before the decimals; in India
after two digits. Anything else is a slip that nobody should guess about."""
_THREE_BEHIND = r"^\d{1,3}[.,]\d{3}$"
"""What is thousands, or decimals of a currency that has three."""
_SURE_THOUSANDS, _SURE_BESIDE_WHOLE = 0.6, 0.95
"""Sureness that three digits behind a sign are thousands; beside amounts with nothing
parted, which a currency with three decimals would not write."""


def looks_like_amount(text: str) -> bool:
    """Return whether a cell is an amount, whatever its signs.

    >>> cells = ("-1.234,50 €", "(12.00)", "12.00 DR", "R$ 9,90", "", "a 3", "12.03.26")
    >>> [looks_like_amount(cell) for cell in cells]
    [True, True, True, True, False, False, False]
    """
    cell = text.strip()
    return bool(_AMOUNT.fullmatch(cell)) and not looks_like_date(cell)


def is_entry(row: Sequence[str]) -> bool:
    """Return whether a row of cells has a date and an amount."""
    cells = [cell for cell in row if cell.strip()]
    is_dated = any(map(looks_like_date, cells)) or parted_date(row)
    return is_dated and any(map(looks_like_amount, cells))


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of amounts as read, in thousandths."""

    values: pl.Series
    """Null where a cell is no number."""
    decimal: str
    sureness: float = 1.0
    """That the sign taken parts decimals, and not thousands."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked what parts the decimals."""
        return self.sureness >= SURE


def read_amounts(column: pl.Series, decimal: str | None = None) -> Amounts:
    """Return a column's amounts; which sign parts the decimals is told by all of them.

    What has other signs in it, or thousands parted oddly, is no number.

    >>> read_amounts(pl.Series(["1.234,50-", "(7,00)"])).values.to_list()
    [-1234500, -7000]
    >>> read_amounts(pl.Series(["-1,650", "-15.49", "-1..0", "9.9x"])).values.to_list()
    [-1650000, -15490, None, None]
    """
    text = column.cast(pl.String).str.strip_chars()
    text = text.set(text == "", None)
    if decimal in (None, ".") and bool(text.str.contains(_PLAIN).all()):
        return Amounts(_scaled(text), ".")
    text = text.set(~text.str.contains(_WHOLE_CELL), None)
    negative = text.str.contains(_NEGATIVE)
    digits = text.str.replace_all(r"[^\d.,]", "").str.strip_chars_end(".,")
    digits = digits.set(digits == "", None)
    point, sureness = (decimal, 1.0) if decimal else _decimal(digits)
    digits = digits.set(~digits.str.contains(_WELL_PARTED[point]), None)
    other = "." if point == "," else ","
    bare = digits.str.replace_all(other, "", literal=True)
    if point == ",":
        bare = bare.str.replace_all(",", ".", literal=True)
    values = _scaled(bare)
    signed = pl.select(pl.when(negative).then(-values).otherwise(values)).to_series()
    return Amounts(signed, point, sureness)


def _scaled(text: pl.Series) -> pl.Series:
    """Return whole thousandths; null where a cell is no number below nine billion."""
    units = text.cast(pl.Float64, strict=False)
    units = units.set(~(units.abs() < _MOST), None)
    return (units * THOUSANDTHS).round().cast(pl.Int64)


def _decimal(digits: pl.Series) -> tuple[str, float]:
    """Return the sign before the decimals, the one that cannot part thousands."""
    both = digits.filter(digits.str.contains(r"\..*,|,.*\."))
    if len(both):
        commas = both.str.contains(r"\..*,\d*$").sum()
        return ("," if 2 * commas > len(both) else "."), 1.0
    for sign in (",", "."):
        escaped = re.escape(sign)
        if digits.str.contains(rf"{escaped}\d{{1,2}}$").any():
            return sign, 1.0
    for sign in (",", "."):
        if digits.str.contains(rf"^0{re.escape(sign)}\d+$").any():
            return sign, 1.0
    if not digits.str.contains(_THREE_BEHIND).any():
        # several parted groups, or nothing parted at all
        return ("," if digits.str.contains(r"\.\d{3}$").any() else "."), 1.0
    sign = "." if digits.str.contains(r"\.\d{3}$").any() else ","
    is_whole = digits.str.contains(r"^\d+$").any()
    sureness = _SURE_BESIDE_WHOLE if is_whole else _SURE_THOUSANDS
    return ("," if sign == "." else "."), sureness
