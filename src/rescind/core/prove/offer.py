"""What each thing in a pack is offered for, and what it leaves open."""

from collections.abc import Mapping, Sequence

from rescind.core.model.case import Event, EventKind

OFFERS: Mapping[str, tuple[str, str]] = {
    "pdf": (
        "the letter's page, as it was written",
        "that it was sent, or that anybody read it",
    ),
    "text": ("the letter's words", "that they were sent"),
    "picture": ("how the page looks", "anything beyond that"),
    "about": ("to whom it was written, and where the address came from", "the rest"),
    "message": (
        "a message, byte for byte",
        "that it says the truth about its sender, unless a signature in it holds",
    ),
    "file": (
        "a picture or a paper that the sender of the letter added",
        "that it was not made up: it is that person's own",
    ),
}
"""By the name that an event gives a file: what it shows, and what it does not."""
UNNAMED = ("a file that was kept with the case", "what it is for")

NOT_PROVED = (
    "That the merchant read the letter, or accepts it.",
    "Who sealed the pack, if the key is the installation's own.",
    "That a time is right which no authority has stamped.",
    "What the sender only says: events marked with a person's word.",
)
"""What no pack proves, in every summary."""


def offered(events: Sequence[Event]) -> dict[str, tuple[str, str]]:
    """Return what each kept file is offered for, by its digest."""
    found: dict[str, tuple[str, str]] = {}
    for event in events:
        for name, value in event.details.items():
            if value.startswith("sha256:"):
                found.setdefault(value, _offer(event, name))
    return found


def _offer(event: Event, name: str) -> tuple[str, str]:
    shows, open_ = OFFERS.get(name, UNNAMED)
    if event.kind is EventKind.DISPATCH_BEGUN:
        shows = "the mail as it was handed to the mail server, byte for byte"
        open_ = "that it arrived; the server's answer stands in the log"
    if event.kind is EventKind.ANSWERED:
        shows = "what came back, byte for byte"
    return shows, open_
