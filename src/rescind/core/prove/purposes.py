"""What each file of a case is offered for, as a code; the words are in data/summary."""

from collections.abc import Mapping, Sequence

from rescind.core.model.case import Event, EventKind

UNNAMED = "unnamed"
BY_NAME: Mapping[str, str] = {
    "pdf": "letter_page",
    "text": "letter_words",
    "picture": "letter_picture",
    "about": "letter_particulars",
    "verdict": "verdict",
    "dialogue": "dialogue",
    "file": "added_file",
    "keys": "sender_keys",
    "token": "token",
    "proof": "anchor",
}
"""By the name that an event's details give a file."""
BY_EVENT: Mapping[EventKind, str] = {
    EventKind.DISPATCH_BEGUN: "message_sent",
    EventKind.ANSWERED: "message_received",
    EventKind.THIRD_PARTY: "message_received",
    EventKind.NOTICE_KEPT: "delivery_notice",
    EventKind.COPY_KEPT: "sent_copy",
}
"""What ``message`` is, by the event that keeps it."""


def offered(events: Sequence[Event]) -> dict[str, str]:
    """Return the code of what each kept file is offered for, by its digest.

    The first event that names a file decides.
    """
    found: dict[str, str] = {}
    for event in events:
        for name, value in event.details.items():
            if value.startswith("sha256:"):
                code = BY_NAME.get(name) or BY_EVENT.get(event.kind, UNNAMED)
                found.setdefault(value, code)
    return found
