"""What of a kept case is damaged is named: its events, its files, or all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rescind.core.model.case import Event
from rescind.core.prove.chain import START, link
from rescind.core.prove.damage import case_damage, kept_digests
from rescind.core.prove.digest import digest
from tests.core.test_chain import log

LETTER = b"a letter"
NAME = digest(LETTER)


def a_case() -> list[Event]:
    """Return the events of a case, of which the first names a letter."""
    events, previous = log(3), START
    events[0] = replace(events[0], details={"file": NAME})
    for place, each in enumerate(events):
        previous = link(each, previous)
        events[place] = replace(each, digest=previous)
    return events


EVENTS = a_case()


def damaged(events: Sequence[Event], files: Mapping[str, bytes]) -> list[str]:
    found = case_damage("c", events, kept_digests(files))
    assert {each.case_id for each in found} <= {"c"}
    return [each.sentence.code for each in found]


def test_a_whole_case_has_no_damage() -> None:
    assert damaged(EVENTS, {NAME: LETTER}) == []


def test_a_case_without_events_is_damaged() -> None:
    assert damaged([], {}) == ["no_events"]


def test_a_file_that_is_gone_or_changed_is_named() -> None:
    assert damaged(EVENTS, {}) == ["file_gone"]
    assert damaged(EVENTS, {NAME: b"another"}) == ["file_changed"]
    # one that no event names is looked at as well
    other = digest(b"x")
    assert damaged(EVENTS, {NAME: LETTER, other: b"y"}) == ["file_changed"]
    (gone,) = case_damage("c", EVENTS, {})
    assert dict(gone.sentence.values)["name"] == NAME


def test_an_event_that_was_changed_is_named_by_its_number() -> None:
    forged = [EVENTS[0], replace(EVENTS[1], known_by="person"), EVENTS[2]]

    (found,) = case_damage("c", forged, kept_digests({NAME: LETTER}))

    assert found.sentence.code == "event_changed"
    assert dict(found.sentence.values)["number"] == 2


def test_an_event_that_is_gone_shows_in_the_order() -> None:
    codes = damaged([EVENTS[0], EVENTS[2]], {NAME: LETTER})

    assert codes == ["event_out_of_order", "event_changed"]
