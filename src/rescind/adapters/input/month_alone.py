"""Whether a month alone was typed where a day is asked for, in whatever language."""

from datetime import date

from rescind.adapters.input.days import TOLD_BESIDE, lies_of, parsed
from rescind.adapters.input.months import names_a_month


def is_month_alone(text: str, field: str, *, today: date) -> bool:
    """Return whether somebody wrote a month, and no day of it, in whatever language.

    >>> days = [("août", True), ("im März 2026", True), ("3 août", False)]
    >>> [is_month_alone(text, "cancelled_at", today=date(2026, 11, 28)) is month
    ...  for text, month in days]
    [True, True, True]
    """
    if names_a_month(text):
        return True
    words = " ".join(w for w in text.split() if w.casefold() not in TOLD_BESIDE)
    if words.endswith("月"):
        return True
    if any(c.isdigit() for c in words) or not any(c.isalpha() for c in words):
        return False
    lies = lies_of(field)
    return parsed(words, lies, today) != parsed(words, lies, today, "last")
