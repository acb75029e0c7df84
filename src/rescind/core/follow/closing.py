"""What was still open as a case was closed: to be done with it makes nothing safe."""

from collections.abc import Sequence

from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.bank_credit import is_given_back
from rescind.core.follow.open_demand import open_demand
from rescind.core.follow.recorded_end import is_by_money_alone, recorded_end
from rescind.core.follow.reopening import standing_events
from rescind.core.follow.shortfall import ENDS
from rescind.core.follow.state import NO_ANSWER
from rescind.core.follow.third_party import open_word
from rescind.core.model.case import Event, EventKind, happened
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.third_party_details import ThirdWord

_LEAVES_OPEN = frozenset({ThirdWord.REFUSES, ThirdWord.CLOSES, ThirdWord.DECLINED})
"""After these words of a bank or a body the money is not back."""


def is_closed_open(events: Sequence[Event]) -> bool:
    """Return whether a case was closed before its end was confirmed, or money came.

    ``False`` too for a case that is not closed.
    """
    stand = standing_events(events)
    closed = [event.number for event in stand if event.kind is EventKind.CLOSED]
    if not closed:
        return False
    before = tuple(event for event in events if event.number < closed[-1])
    return is_end_unsaid(before) or _is_money_open(before)


def is_end_unsaid(events: Sequence[Event]) -> bool:
    """Return whether nobody has said, or seen on a statement, that it ends."""
    told = [each for _, each in happened(standing_events(events), AnsweredDetails)]
    said = [each.reads_as for each in told if each.reads_as not in NO_ANSWER]
    if said and said[-1] in ENDS:
        return False
    end = recorded_end(events)
    is_alone = end is not None and end.outcome is EndOutcome.WITHDREW
    return end is None or is_alone or is_by_money_alone(events)


def _is_money_open(events: Sequence[Event]) -> bool:
    """Return whether money was refused, or waited for, or is asked of the person."""
    if open_demand(events) is not None:
        return True
    if is_given_back(events):
        return False
    word = open_word(events)
    if word is not None:
        return word.says in _LEAVES_OPEN
    return awaited_money(events) is not None
