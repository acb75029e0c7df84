"""The day of a charge, where a statement names it beside the day of its booking.

A card is charged on one day and the bank books it on a later one; the next charge
follows the first of the two. A day of value, from which interest counts, is neither.
"""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from rescind.adapters.statements.dates import Dates, read_dates

if TYPE_CHECKING:
    from rescind.adapters.statements.roles import Columns

_LATEST = 31
"""Days after the charge up to which it is booked: a card's month. What lies further
apart is another day: that of a purchase that is paid for by instalments."""
_FEWEST = 0.5
"""Different days, to a different booking day, from which a column has each charge's:
a period's first day is the same for many."""


def booking_days(cells: pl.DataFrame, columns: "Columns", dates: Dates) -> pl.Series:
    """Return the booking's days; another column's where a cell has none."""
    other = next((columns[r][0] for r in ("made", "valued") if r in columns), None)
    if other is None or not dates.values.null_count():
        return dates.values
    is_blank = cells[columns["booked"][0]].fill_null("").str.strip_chars() == ""
    others = read_dates(cells[other], dates.order).values
    days = pl.when(is_blank).then(others).otherwise(dates.values)
    return pl.select(days).to_series()


def charge_days(
    cells: pl.DataFrame, columns: "Columns", booked: pl.Series, order: str
) -> dict[str, pl.Series]:
    """Return the days of the charges as ``on``, and as ``booked`` where both are told.

    A charge's day is the booking's where none is told before it. Which of two columns
    is which its header need not say: the earlier one is meant.
    """
    alone = {"on": booked, "booked": pl.Series([None] * len(booked), dtype=pl.Date)}
    if "made" not in columns:
        return alone
    made = read_dates(cells[columns["made"][0]], order).values
    if made.drop_nulls().n_unique() < _FEWEST * booked.drop_nulls().n_unique():
        return alone
    days = pl.DataFrame({"made": made, "booked": booked})
    late = (pl.col("booked") - pl.col("made")).dt.total_days()
    is_charge = late.is_between(0, _LATEST).fill_null(value=False)
    charged = pl.when(is_charge).then("made").otherwise("booked")
    return {"on": days.select(charged).to_series(), "booked": booked}


def charged_on(booked: str, made: str) -> str:
    """Return the day of a charge, in ISO 8601, of the booking's day and the charge's.

    >>> charged_on("2026-07-01", "2026-06-30"), charged_on("2026-07-01", "")
    ('2026-06-30', '2026-07-01')
    >>> charged_on("2026-07-01", "2025-06-30"), charged_on("2026-07-01", "unknown")
    ('2026-07-01', '2026-07-01')
    """
    try:
        late = date.fromisoformat(booked) - date.fromisoformat(made)
    except ValueError:
        return booked
    return made if 0 <= late.days <= _LATEST else booked
