"""The chain of events: each one's digest covers the one before it.

The first event stands on an empty digest. Whoever changes, drops, adds or reorders an
event changes every digest after it, and with them the head; a head that somebody else
has stamped then no longer fits.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from rescind.core.model.case import Event
from rescind.core.prove.digest import digest

START = ""
"""What the first event stands on."""


def link(event: Event, previous: str) -> str:
    """Return the digest of an event and of all before it.

    The bytes that are hashed are JSON with sorted keys, without spaces, in UTF-8; the
    moment is in UTC with microseconds.
    """
    content = {
        "number": event.number,
        "kind": event.kind.value,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "known_by": event.known_by,
        "details": dict(event.details),
        "previous": previous,
    }
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return digest(text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    """The number that the event bears, or should bear."""
    code: str
    """``out_of_order``: numbers do not follow each other; ``changed``: the digest is
    not the one of this event on the one before."""


def find_breaks(events: Sequence[Event]) -> tuple[Break, ...]:
    """Return every place where a chain does not hold, in order.

    An event that was cut off at the end leaves no break: it shows by the head.
    """
    return tuple(_breaks(events))


def _breaks(events: Sequence[Event]) -> Iterator[Break]:
    previous = START
    for expected, event in enumerate(events, 1):
        if event.number != expected:
            yield Break(number=expected, code="out_of_order")
        if event.digest != link(event, previous):
            yield Break(number=event.number, code="changed")
        previous = event.digest


def head(events: Sequence[Event]) -> str:
    """Return the digest of the whole log: its last event's."""
    return events[-1].digest if events else START
