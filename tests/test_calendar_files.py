"""A calendar file is what RFC 5545 asks for, whatever a service is called."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from rescind.adapters.public.calendar import CalendarEntry, calendar_of

STAMP = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Plain",
        'A; B, C\\D: "E"',
        "Two\nlines",
        "x" * 300,
        "ü" * 200,
        "🏋" * 100,
        "a🏋" * 30 + ";,\\" * 30,
    ],
)
def test_a_calendar_file_says_what_was_put_in(text: str) -> None:
    moment = datetime(2026, 12, 1, 10, tzinfo=UTC)
    entries = [
        CalendarEntry(name=text, by=by, summary=text, description=text, reminder=text)
        for by in (date(2026, 12, 1), moment)
    ]

    content = calendar_of(entries, "test", STAMP)

    calendar: Any = icalendar.Calendar.from_ical(content)
    day, hour = calendar.walk("VEVENT")
    assert day["SUMMARY"] == day["DESCRIPTION"] == text
    assert day.walk("VALARM")[0]["DESCRIPTION"] == text
    assert day["DTSTART"].dt == date(2026, 12, 1)
    assert hour["DTEND"].dt == moment
    assert hour["DTSTAMP"].dt == STAMP
    assert day["UID"] == hour["UID"]
    assert calendar.errors == day.errors == hour.errors == []


def test_lines_are_folded_at_75_octets_and_end_as_they_have_to() -> None:
    text = "ü🏋;" * 100
    entry = CalendarEntry(
        name="x", by=STAMP, summary=text, description=text, reminder=text
    )

    content = calendar_of([entry], "test", STAMP)

    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(line.decode() for line in lines[:-1])
