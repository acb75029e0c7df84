"""What the words of an answer want before anything is done, and what they refuse."""

from rescind.adapters.data.phrasebooks import demands
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.model.message import Reading


def wants_call(reading: Reading) -> bool:
    """Return whether an answer asks for a call before anything is done."""
    return Demand.BY_PHONE in find_demands(reading.new_text, demands())


def refuses_money(reading: Reading) -> bool:
    """Return whether an answer says that no money comes back, and names none."""
    said = find_demands(reading.new_text, demands())
    return reading.refund is None and Demand.NO_MONEY in said
