"""Days as a calendar file (RFC 5545), so that none is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from rescind.adapters.data.words import ENGLISH
from rescind.core.act.action import Action
from rescind.core.act.plan import Plan
from rescind.core.model.checked import Checked

BEFORE = timedelta(hours=1)
"""How long before the last safe moment an entry begins."""
REMIND = timedelta(days=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A day, or a moment by which something has to be done."""

    name: str
    """Tells the entry from every other; the same one each time it is written."""
    by: date | datetime
    summary: str
    description: str
    reminder: str


def calendar_file(plan: Plan, checked: Checked) -> bytes:
    """Return the actions that have a day as events with a reminder a day before.

    The same plan gives the same bytes: the stamp is the moment asked about.
    """
    entries = (
        _of_action(action, by, checked)
        for action in plan.actions
        if (by := action.by or action.on) is not None
    )
    return calendar_of(entries, "plan", _moment(checked.verdict.as_of))


def _of_action(action: Action, by: date | datetime, checked: Checked) -> CalendarEntry:
    service, text = checked.service, ENGLISH.say(action.says)
    why = ENGLISH.say(action.why) if action.why else ""
    return CalendarEntry(
        name=f"{service.slug} {service.name} {action.do} {action.by}",
        by=by,
        summary=f"{service.name}: {text}",
        description="\n".join((why, *action.steps)),
        reminder=text,
    )


def calendar_of(
    entries: Iterable[CalendarEntry], product: str, stamp: datetime
) -> bytes:
    """Return entries as events, each with a reminder a day before."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Rescind//{product}//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", sha256(entry.name.encode()).hexdigest()[:32] + "@rescind")
    event.add("dtstamp", stamp)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if isinstance(entry.by, datetime):
        end = entry.by.astimezone(UTC)
        event.add("dtstart", end - BEFORE)
        event.add("dtend", end)
    else:
        event.add("dtstart", entry.by)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.reminder)
    alarm.add("trigger", REMIND)
    event.add_component(alarm)
    return event


def _moment(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when.astimezone(UTC)
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
