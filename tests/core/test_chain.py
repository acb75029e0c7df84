"""The chain of events: whatever is done to the log shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.core.model.case import Event, EventKind
from rescind.core.prove.chain import START, Break, find_breaks, head, link


def log(count: int) -> list[Event]:
    """Return a log of some events, linked."""
    events: list[Event] = []
    previous = START
    for number in range(1, count + 1):
        event = Event(
            number=number,
            kind=EventKind.ANSWERED,
            at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number),
            known_by="server",
            details={"said": f"ä {number}"},
        )
        previous = link(event, previous)
        events.append(replace(event, digest=previous))
    return events


def test_a_log_that_nobody_touched_holds() -> None:
    assert find_breaks(log(5)) == ()
    assert find_breaks([]) == ()
    assert head([]) == START
    assert head(log(3)) == log(3)[2].digest != log(4)[3].digest


def test_the_same_moment_in_another_zone_is_the_same_event() -> None:
    event = log(1)[0]
    elsewhere = replace(event, at=event.at.astimezone(timezone(timedelta(hours=9))))

    assert link(elsewhere, START) == event.digest


@given(st.integers(2, 8), st.data())
def test_a_changed_event_shows_where_it_stands(count: int, data: st.DataObject) -> None:
    events = log(count)
    place = data.draw(st.integers(0, count - 1))
    changes: list[dict[str, Any]] = [
        {"details": {"said": "no"}},
        {"known_by": "person"},
        {"kind": EventKind.CONFIRMED},
        {"at": events[place].at + timedelta(microseconds=1)},
    ]
    change = data.draw(st.sampled_from(changes))
    events[place] = replace(events[place], **change)

    assert find_breaks(events) == (Break(number=place + 1, code="changed"),)


@given(st.integers(2, 8), st.data())
def test_a_changed_event_with_its_digest_mended_breaks_the_next(
    count: int, data: st.DataObject
) -> None:
    events = log(count)
    place = data.draw(st.integers(0, count - 2))
    previous = events[place - 1].digest if place else START
    forged = replace(events[place], known_by="person")
    events[place] = replace(forged, digest=link(forged, previous))

    assert find_breaks(events) == (Break(number=place + 2, code="changed"),)


@given(st.integers(3, 8), st.data())
def test_a_dropped_event_shows(count: int, data: st.DataObject) -> None:
    events = log(count)
    del events[data.draw(st.integers(0, count - 2))]

    assert {found.code for found in find_breaks(events)} >= {"out_of_order"}


@given(st.integers(2, 8), st.data())
def test_events_in_another_order_show(count: int, data: st.DataObject) -> None:
    events = log(count)
    place = data.draw(st.integers(0, count - 2))
    events[place], events[place + 1] = events[place + 1], events[place]

    assert find_breaks(events)


@pytest.mark.parametrize("count", [1, 4])
def test_what_was_cut_off_at_the_end_shows_by_the_head_alone(count: int) -> None:
    whole = log(count + 1)

    assert find_breaks(whole[:count]) == ()
    assert head(whole[:count]) != head(whole)
