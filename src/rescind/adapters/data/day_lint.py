"""Days in files of facts: each is one of the calendar, and nobody read it tomorrow."""

import re
from collections.abc import Iterator
from datetime import date

from rescind.adapters import clock
from rescind.core.model.problem import Finding

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_READ_ON = ("/checked_on", "/seen_on")
"""Fields that say when somebody looked."""


def check_days(path: str, entry: object, pointer: str = "") -> Iterator[Finding]:
    """Yield the days of an entry that are none, or on which nobody can have looked."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from check_days(path, value, f"{pointer}/{name}")
    elif isinstance(entry, list):
        for number, value in enumerate(entry):
            yield from check_days(path, value, f"{pointer}/{number}")
    elif isinstance(entry, str) and _DAY.fullmatch(entry):
        try:
            day = date.fromisoformat(entry)
        except ValueError:
            message = f"{entry} is no day of the calendar"
            yield Finding(path=path, pointer=pointer, message=message)
            return
        if pointer.endswith(_READ_ON) and day > clock.today():
            message = f"{entry} lies ahead: nobody has looked on it yet"
            yield Finding(path=path, pointer=pointer, message=message)
