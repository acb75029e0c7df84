"""A step that has a last day of its own is done before it, whatever is waited for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rescind.adapters.public.steps import LastDayJson
from rescind.core.follow.escalation import Step, StepState
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.sentence import Sentence

_ROOM = timedelta(days=2)
"""What the bank is left with; letters that name a day of their own leave as much."""


def in_time(step: Step, last_days: Sequence[LastDayJson], now: date) -> Step:
    """Return a step that is still to come on a day before the first of its last days.

    Those that are past count no more.
    """
    ends = (date.fromisoformat(each["by"][:DAY_LENGTH]) for each in last_days)
    last = min((day for day in ends if day >= now), default=None)
    if last is None or step.state is not StepState.LATER or step.on <= last - _ROOM:
        return step
    on = max(now, last - _ROOM)
    return replace(
        step,
        on=on,
        why=Sentence.of("step_why", "last_day", day=last),
        state=StepState.DUE if on <= now else StepState.LATER,
        moved=Sentence.of("step_moved", "last_day", day=step.on),
    )
