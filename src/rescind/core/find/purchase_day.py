"""The day of purchase that a card's text names, where the booking came later."""

import re
from datetime import date

from rescind.core.find import thresholds

_DAY_AND_MONTH = re.compile(r"(?<![\d.,/-])(\d{1,2})[./-](\d{1,2})(?!\d|[.,/-]\d{3})")
"""A day and a month in a text, in either order: ``18.06``, ``06/18/25``."""


def bought_on(text: str, day: int) -> int | None:
    """Return the ordinal of the day of purchase, if it is just before a booking.

    >>> booked = date(2026, 1, 2).toordinal()
    >>> date.fromordinal(bought_on("KARTENZAHLUNG 30.12. LUMEN", booked))
    datetime.date(2025, 12, 30)
    """
    booked = date.fromordinal(day)
    for first, second in _DAY_AND_MONTH.findall(text):
        for month, of_month in ((int(second), int(first)), (int(first), int(second))):
            for year in (booked.year, booked.year - 1):
                bought = _ordinal(year, month, of_month)
                if 0 < day - bought <= thresholds.AFTER_END_LAG:
                    return bought
    return None


def _ordinal(year: int, month: int, day: int) -> int:
    """Return the ordinal of a day; zero if there is no such day."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0
