"""Statements: what was booked on an account, as columns, with each entry's place."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from rescind.core.model.sentence import Wording

THOUSANDTHS = 1000
"""Amounts stand in columns as whole thousandths of the currency's unit."""

ENTRIES = pl.Schema(
    {
        "row": pl.UInt32,
        "on": pl.Date,
        "amount": pl.Int64,
        "currency": pl.String,
        "account": pl.String,
        "text": pl.String,
        "kind": pl.String,
        "foreign": pl.Int64,
        "foreign_currency": pl.String,
        "booked": pl.Date,
    }
)
"""One line for each booked entry.

``row``: its 1-based place among the entries of its file. ``amount``: in thousandths,
money out below zero. ``account``: as the file names it, or null. ``kind``: the bank's
own word for the way of booking. ``foreign``: what it cost in the merchant's currency.
``on``: the charge's day where the file tells it beside the booking's, and ``booked`` is
then the latter; else the day that the file has, and ``booked`` is null.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file was understood, for a person to confirm."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    header: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    """Which column is what: (role, name or number)."""
    dates: str = ""
    """Order of day, month and year: ``DMY``, ``MDY`` or ``YMD``."""
    dates_sure: bool = True
    """Whether the file itself, or the language of its headers, shows the order."""
    decimal: str = ""
    spending: str = ""
    """How money out is written: ``negative``, ``positive``, ``columns``, ``marked``."""
    bank: str = ""
    """The preset that fits, if one does."""


SURE = 0.8
"""Sureness from which an assumption counts without being asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """What a file does not say outright, and how it was taken."""

    field: str
    """What a person answers by: ``dates``, ``spending``, ``decimal``, ``currency``,
    ``totals``, ``days``."""
    value: str
    """How it was taken."""
    sureness: float
    """From 0 to 1."""
    because: Wording
    choices: tuple[str, ...] = ()
    """What else it can be."""

    @property
    def is_sure(self) -> bool:
        """Whether it counts without being asked about."""
        return self.sureness >= SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A file that was read whole."""

    file: str
    entries: pl.DataFrame
    """In the form of ``ENTRIES``."""
    layout: Layout
    checked: tuple[str, ...] = ()
    """Totals that the file states and that its entries add up to."""
    notes: tuple[str, ...] = ()
    """What a person should know: entries left out because they are only pending."""
    assumed: tuple[Assumption, ...] = ()
    """What was assumed; what is not sure is asked before the entries count."""

    @property
    def asks(self) -> tuple[Assumption, ...]:
        """What a person should say before the entries count."""
        return tuple(each for each in self.assumed if not each.is_sure)


class Place(NamedTuple):
    """Where an entry stands; in the order of files, and of entries in them."""

    file: str
    row: int
    """1-based, among the entries of the file."""
    on: date
    amount: int
    """In thousandths, money out above zero."""
