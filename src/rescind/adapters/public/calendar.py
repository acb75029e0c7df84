"""Days as a calendar file (RFC 5545), so that none is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from rescind.adapters.data.words import ENGLISH
from rescind.core.act.action import Action
from rescind.core.act.plan import Plan
from rescind.core.model.checked import Checked

BEFORE = timedelta(hours=1)
"""How long before the last safe moment an entry begins."""
REMIND = "TRIGGER:-P1D"
LONGEST = 75
"""Octets of a line, without its end."""


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
    # written by hand: a library took over a millisecond for each of many thousand
    stamped = f"DTSTAMP:{_utc(stamp)}"
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Rescind//{product}//EN")
    events = (_event(entry, stamped) for entry in entries)
    return "\r\n".join((*head, *events, "END:VCALENDAR", "")).encode()


def _event(entry: CalendarEntry, stamped: str) -> str:
    if isinstance(entry.by, datetime):
        end = entry.by.astimezone(UTC)
        when = f"DTSTART:{_utc(end - BEFORE)}\r\nDTEND:{_utc(end)}"
    else:
        when = f"DTSTART;VALUE=DATE:{entry.by:%Y%m%d}"
    return "\r\n".join(
        (
            "BEGIN:VEVENT",
            _line("SUMMARY", entry.summary),
            when,
            stamped,
            f"UID:{sha256(entry.name.encode()).hexdigest()[:32]}@rescind",
            _line("DESCRIPTION", entry.description),
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            _line("DESCRIPTION", entry.reminder),
            REMIND,
            "END:VALARM",
            "END:VEVENT",
        )
    )


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@lru_cache(maxsize=5_000)
def _line(name: str, text: str) -> str:
    """Return a line of text: escaped (RFC 5545 section 3.3.11), folded (3.1)."""
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    line = f"{name}:{text}"
    if len(line) <= LONGEST // 4:  # no character has more than four octets
        return line
    parts, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > LONGEST:
            parts.append(" ")
            octets = 1
        parts[-1] += character
        octets += size
    return "\r\n".join(parts)


_ESCAPES = (
    ("\\", "\\\\"),
    (";", "\\;"),
    (",", "\\,"),
    ("\r\n", "\\n"),
    ("\n", "\\n"),
    ("\r", "\\n"),
)


def _moment(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when.astimezone(UTC)
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
