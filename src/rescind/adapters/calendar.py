"""A plan as a calendar file (RFC 5545), so that no day is forgotten."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from rescind.core.act.plan import Action, Plan
from rescind.core.model.checked import Checked

BEFORE = timedelta(hours=1)
"""How long before the last safe moment an entry begins."""
REMIND = timedelta(days=-1)


def calendar_file(made: Plan, checked: Checked) -> bytes:
    """Return the actions that have a day as events with a reminder a day before.

    The same plan gives the same bytes: the stamp is the moment asked about.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rescind//plan//EN")
    calendar.add("version", "2.0")
    stamp = _moment(checked.verdict.as_of)
    for action in made.actions:
        if action.by is not None or action.on is not None:
            calendar.add_component(_event(action, checked, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(action: Action, checked: Checked, stamp: datetime) -> Event:
    event = Event()
    name = f"{checked.service.slug} {checked.service.name} {action.do} {action.by}"
    event.add("uid", sha256(name.encode()).hexdigest()[:32] + "@rescind")
    event.add("dtstamp", stamp)
    event.add("summary", f"{checked.service.name}: {action.text}")
    event.add("description", "\n".join((action.why, *action.steps)))
    if isinstance(action.by, datetime):
        end = action.by.astimezone(UTC)
        event.add("dtstart", end - BEFORE)
        event.add("dtend", end)
    else:
        event.add("dtstart", action.by or action.on)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", action.text)
    alarm.add("trigger", REMIND)
    event.add_component(alarm)
    return event


def _moment(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when.astimezone(UTC)
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
