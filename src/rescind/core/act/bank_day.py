"""By when a bank has to hear of a charge: the day of a letter leaves it room."""

from datetime import date, timedelta

from rescind.core.act.action import last_day
from rescind.core.act.events import disputed, rights_to_dispute
from rescind.core.act.matter import Matter

_ROOM = timedelta(days=2)
"""What the bank is left with: a day to see that nothing came, and one to write."""
_AT_LEAST = timedelta(days=5)
"""In less nobody is expected to pay: the bank is told at once."""


def before_bank(matter: Matter, day: date) -> date:
    """Return a day for the money, or one that leaves time to tell the bank after it.

    Where too little time is left for both, it is the day as it was.
    """
    last = _last_to_wait(matter)
    if last is None or not leaves_bank(matter):
        return day
    return min(day, last)


def leaves_bank(matter: Matter) -> bool:
    """Return whether a letter may say that the bank is told where no money comes.

    Who told the bank, or has to before anybody can be expected to pay, says no such
    thing.
    """
    last = _last_to_wait(matter)
    is_in_time = last is None or last >= matter.today + _AT_LEAST
    return matter.details.disputed_on is None and is_in_time


def _last_to_wait(matter: Matter) -> date | None:
    """Return the last day to wait for the money; ``None``: no bank has a day for it."""
    facts = matter.checked.facts
    days = (disputed(right, facts).by for right in rights_to_dispute(matter.checked))
    lasts = [last_day(by, facts.zones) for by in days if by is not None]
    return min(lasts) - _ROOM if lasts else None
