"""Arrival: a notice by post counts from the day it is there, and so does its end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rescind.app.know import check
from rescind.core.act.routes import POST_TAKES
from rescind.core.errors import BadInput
from rescind.core.model.checked import Checked

MOVES_AT_MOST = POST_TAKES + timedelta(days=3)
"""By how much the days on the way move the end of a notice.

A month from 28 February ends on 28 March, and one from 5 March on 5 April. What moves
on by more has a last day of its own, as an end with the month.
"""


def as_arrived(checked: Checked, stated: Mapping[str, Any], today: date) -> Checked:
    """Return the verdict with the end of a notice that is some days on its way.

    Only where the end moves with each day of the notice; a last day for it that the
    days on the way would miss is told with the way itself.
    """
    cancel, facts = checked.verdict.topics["cancel"], checked.facts
    is_told = facts.cancelled_at is not None or facts.withdrawn_at is not None
    if cancel.ends_on is None or cancel.ends_on <= today or is_told:
        return checked
    there = dict(stated) | {"as_of": (today + POST_TAKES).isoformat()}
    try:
        later = check.check(there).verdict.topics["cancel"]
    except BadInput:
        return checked
    moved = later.ends_on
    if moved is None or not cancel.ends_on < moved <= cancel.ends_on + MOVES_AT_MOST:
        return checked
    topics = dict(checked.verdict.topics)
    topics["cancel"] = replace(cancel, ends_on=moved, amount=later.amount)
    return replace(checked, verdict=replace(checked.verdict, topics=topics))
