"""An end that an answer tells late: it came once the merchant had been told of it."""

from dataclasses import replace
from datetime import date

from rescind.app.follow.credits import without_credit
from rescind.app.follow.days import zone_of
from rescind.core.follow.state import position
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading


def in_case(case: Case, reading: Reading) -> Reading:
    """Return a reading as it is in a case: what ended once it was told is confirmed.

    By itself an answer that comes weeks after an end tells of one that came before. A
    credit is no money that comes back, but for a store that gives back into the account
    with it.
    """
    reading = without_credit(reading) if case.has_letter else reading
    day = reading.effective_on or ""
    told_on = position(case.events).told_on(zone_of(case))
    is_end = reading.label is Label.ALREADY_CANCELLED and day[:1].isdigit()
    if not is_end or told_on is None or date.fromisoformat(day) < told_on:
        return reading
    return replace(reading, label=Label.CONFIRMED)
