"""A letter that the person sent themselves: on which day, and when it is answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.app.follow.days import day_told, zone_of
from rescind.core.errors import BadInput
from rescind.core.follow.event_days import fault_of_day, letter_day
from rescind.core.model.case import Case
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.core.periods import EARLIEST_ZONE


def day_sent(text: str, facts: Mapping[str, Any]) -> date:
    """Return the day on which a letter went out; raises BadInput for one to come.

    And for one before the purchase, where the facts tell that.
    """
    day = date.fromisoformat(day_told(text, "on"))
    latest = clock.now().astimezone(EARLIEST_ZONE).date()
    if day > latest:
        today = clock.today().isoformat()
        raise BadInput("on", why_not("not_come_yet", day=day), [today])
    fault = fault_of_day(day, facts)
    if fault is not None:
        raise BadInput("on", ENGLISH.say(fault.sentence), fault.suggestions)
    return day


def own_confirm_by(case: Case, sent_on: date) -> date | None:
    """Return when an answer is due to a letter from before the one written here."""
    letter = case.last(LetterWrittenDetails)
    written_on = letter_day(case.events, case.facts, zone_of(case))
    if letter is None or letter.confirm_by is None or written_on is None:
        return None
    if sent_on >= written_on:
        return None
    return sent_on + (letter.confirm_by - written_on)
