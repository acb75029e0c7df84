"""What a log has to fit by itself: rules over its events and digests alone.

They need no key, no certificate and no file; whoever reads a log can repeat them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rescind.core.model.case import Event, EventKind
from rescind.core.prove.pending import COMPLETE, LOG, anchors_to_complete

FILE = "sha256:"
"""How a detail begins that names a file by its digest."""


def files_named(events: Sequence[Event]) -> tuple[str, ...]:
    """Return the digest of every file that a log names, each once, in order."""
    return tuple(
        sorted(
            {
                value
                for event in events
                for value in event.details.values()
                if value.startswith(FILE)
            }
        )
    )


def provable_digests(events: Sequence[Event], proof: Event) -> frozenset[str]:
    """Return the digests that a stamp or an anchor in a log may be over.

    A proof over the log is over the digest of an event before it: one that names
    itself or a later event could have been added afterwards. Any other is over a
    message that the log keeps. Raises KeyError or ValueError for a proof that does
    not say what it is over.
    """
    if proof.details["what"] != LOG:
        return frozenset(event.details.get("message", "") for event in events)
    number = int(proof.details["number"])
    if number >= proof.number:
        return frozenset()
    return frozenset(event.digest for event in events if event.number == number)


def newest_anchors(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the anchors that say something of their own: an older one is repeated.

    One that waited for its block and was completed later says no more than the
    complete one. Raises KeyError or ValueError for an anchor without its details.
    """
    waiting = {event.number for event in anchors_to_complete(events)}
    return tuple(
        event
        for event in events
        if event.kind is EventKind.ANCHORED
        and (event.details["state"] == COMPLETE or event.number in waiting)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockComparison:
    """How the blocks that an anchor names stand to the reader's own, by height."""

    agreeing: tuple[int, ...]
    conflicting: tuple[int, ...]
    """Blocks that the reader has with another Merkle root."""


def compare_blocks(
    named: Mapping[int, bytes], own: Mapping[int, bytes]
) -> BlockComparison:
    """Compare Merkle roots by height; what the reader does not have is in neither.

    >>> compare_blocks({7: b"a", 8: b"b", 9: b"c"}, {7: b"a", 8: b"x"})
    BlockComparison(agreeing=(7,), conflicting=(8,))
    """
    both = [height for height in named if height in own]
    return BlockComparison(
        agreeing=tuple(n for n in both if named[n] == own[n]),
        conflicting=tuple(n for n in both if named[n] != own[n]),
    )
