"""The days that an answer sets, as they are kept with it."""

from datetime import date

from rescind.adapters.data.named import setting_words
from rescind.adapters.data.phrasebooks import demands, figures
from rescind.app.follow.notice_given import again
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.reading.figures import figures_in
from rescind.core.follow.set_day import day_set
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading

_SETS_NONE = frozenset(
    {*ENDS, Label.REFUND_GRANTED, Label.OFFER, Label.MARKETING, Label.OUT_OF_OFFICE}
)
"""What an answer reads as that waits for nothing of its reader."""


def wants_by(reading: Reading, came_on: date) -> date | None:
    """Return the day by which an answer wants something; ``None`` for none.

    An end that is named waits for nothing, unless money is asked for beside it.
    """
    if reading.label in _SETS_NONE and not reading.asks_fee:
        return None
    text = reading.new_text
    spoken = [each.days for each in figures_in(text, figures())]
    return day_set(text, setting_words(), spoken, came_on)


def again_by(case: Case, reading: Reading) -> date | None:
    """Return by when notice is given again, where an answer says that none came."""
    if Demand.NOT_RECEIVED not in find_demands(reading.new_text, demands()):
        return None
    anew = again(case)
    return anew.by if anew is not None else None
