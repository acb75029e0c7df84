"""The inbox: what came in and belongs to a case is kept there, once."""

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, close_old_connections

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.mail import inbox
from rescind.adapters.public.inbox import Synced
from rescind.adapters.settings.imap import INBOX, ImapAccount
from rescind.app import confined
from rescind.app.confined.mailboxes import read_headers, split
from rescind.app.follow import received
from rescind.app.follow.reading import LIMITS, read_mail
from rescind.core.errors import BadInput, OutsideError
from rescind.core.follow.matching import (
    Envelope,
    Expected,
    belongs_to,
    first_day,
    named_case,
)
from rescind.core.follow.message_bytes import message_fault
from rescind.core.prove.digest import digest
from rescind.settings import data_folder, private_folder
from rescind.store import selectors, work
from rescind.store.dispatches import envelope_id

if TYPE_CHECKING:
    from rescind.adapters.mail.inbox import Inbox
    from rescind.store.work import Task

BETWEEN = timedelta(minutes=5)
"""How often the inbox is looked into where the server does not say that mail came."""


def change_settings(place: Mapping[str, Any]) -> None:
    """Keep where answers come in."""
    INBOX.write(private_folder(), place)


def settings() -> ImapAccount | Path | None:
    """Return where answers come in, if it was set."""
    return INBOX.read(data_folder())


def sync(case_id: str | None = None, seen: set[str] | None = None) -> Synced:
    """Look for answers to letters that were sent, and keep what belongs to a case.

    Only headers are read of what belongs to none. What is in ``seen`` is not looked at
    again; what was looked at is added to it. Raises BadInput where no inbox is
    set, and TransientError when it does not answer.
    """
    place = settings()
    if place is None:
        message = why_not("no_inbox")
        raise BadInput("inbox", message, ["rescind mailbox inbox --host … --user …"])
    expected = _expected(case_id)
    since = first_day(expected)
    synced = Synced(letters=len(expected))
    if since is None:
        return synced
    with inbox.open_inbox(place, split) as box:
        headers = box.headers(since.date(), seen or ())
        for key, envelope in read_headers("envelopes", headers, NOWHERE):
            _look(box, key, envelope, expected, synced)
            if seen is not None:
                seen.add(key)
    return synced


def plan(now: datetime) -> None:
    """Have the inbox looked into from now on, if one was set, well or badly."""
    if INBOX.exists(data_folder()):
        work.plan_inbox(now)


def sync_by_work(task: "Task") -> None:
    """Look into the inbox as a worker does, and plan the next look."""
    if settings() is None:
        work.done(task)
        return
    sync(seen=_SEEN)
    work.plan_inbox(clock.now() + BETWEEN)


NOWHERE = Envelope(message_id="", answers=frozenset(), sender="", at=None)
"""Where a message belongs whose headers cannot be read."""
_SEEN: set[str] = set()
"""What this worker looked at: a message older than a letter does not answer it."""


def listen(stopping: threading.Event) -> None:
    """Have the inbox looked into as soon as its server says that mail came.

    Ends when ``stopping`` is set, or where the place cannot say so; a server that does
    not answer is asked again, later and later.
    """
    wait = FIRST_WAIT
    while not stopping.is_set():
        try:
            place = settings()
            if place is None:
                return
            for came in inbox.listening(place, LISTEN_SECONDS):
                wait = FIRST_WAIT
                if stopping.is_set():
                    return
                if came:
                    close_old_connections()
                    work.plan_inbox(clock.now())
        except (OutsideError, BadInput, DatabaseError):
            stopping.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            return


LISTEN_SECONDS = 600.0
"""How long one listening lasts (29 minutes at most, RFC 2177 section 3)."""
FIRST_WAIT, LONGEST_WAIT = 5.0, 900.0


def _expected(case_id: str | None) -> list[Expected]:
    """Return the letters that answers are looked for, of every case that is open."""
    only = str(selectors.find_case(case_id).pk) if case_id else None
    return [
        Expected(
            case_id=str(dispatch.case_id),
            message_id=dispatch.message_id,
            recipient=dispatch.recipient,
            sent_at=dispatch.begun_at,
        )
        for dispatch in selectors.begun_dispatches()
        if only in (None, str(dispatch.case_id)) and dispatch.begun_at is not None
    ]


def _look(
    box: "Inbox",
    key: str,
    envelope: Envelope,
    expected: Sequence[Expected],
    synced: Synced,
) -> None:
    message_ids = envelope.answers | {envelope.message_id}
    ours = selectors.letters_named(message_ids)
    case_id = belongs_to(envelope, expected, ours)
    raw = box.message(key) if case_id or envelope.is_report else None
    if case_id is None and raw is not None:
        case_id = _reported(raw, expected)
    if case_id is None:
        synced.others += 1
    elif raw is None:
        synced.too_large += 1
    elif _is_known(case_id, raw := _unpacked(raw, envelope)):
        synced.known += 1
    elif message_fault(raw) is not None:
        synced.others += 1
    else:
        received.take_in(
            case_id,
            raw,
            known_by="server",
            unverified=named_case(envelope, expected) is None,
        )
        message, reading = read_mail(raw, key)
        synced.kept.append(
            {
                "case": case_id,
                "id": message.id,
                "label": reading.label.value,
                "needs_person": reading.needs_person,
            }
        )


def _unpacked(raw: bytes, envelope: Envelope) -> bytes:
    """Return a message that was forwarded to a case's own address as an attachment."""
    if envelope.answers or not envelope.tags:
        return raw
    try:
        inner: bytes | None = confined.run("mail", LIMITS, "attached", raw)
    except BadInput:
        return raw
    return inner if inner and message_fault(inner) is None else raw


def _reported(raw: bytes, expected: Sequence[Expected]) -> str | None:
    """Return the case whose letter a delivery notice is about."""
    case_of = {letter.message_id: letter.case_id for letter in expected}
    cases = {letter.case_id for letter in expected}
    for dispatch in selectors.begun_dispatches():
        if str(dispatch.case_id) in cases:
            case_of[envelope_id(dispatch)] = str(dispatch.case_id)
    for notice in received.naming_of(raw).notices:
        for name in (notice.envelope_id, notice.message_id):
            if name in case_of:
                return case_of[name]
    return None


def _is_known(case_id: str, raw: bytes) -> bool:

    case = selectors.find_case(case_id)
    return any(file.digest == digest(raw) for file in case.files.only("digest"))
