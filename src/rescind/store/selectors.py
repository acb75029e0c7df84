"""Reads: cases, their timelines, and where they stand."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from rescind.core.errors import BadInput
from rescind.core.follow.state import standing
from rescind.core.model.case import Event, EventKind, Standing
from rescind.core.model.letter import PrintedLetter, Problem
from rescind.core.prove.pending import PROOF
from rescind.store.models import (
    AttemptRecord,
    CaseRecord,
    DispatchRecord,
    EventRecord,
    FileRecord,
    WorkRecord,
)


def cases() -> list[CaseRecord]:
    """Return every case, newest first, with its events at hand."""
    return list(CaseRecord.objects.prefetch_related("events"))


def unproved_cases() -> list[CaseRecord]:
    """Return the cases in which something may wait to be proved, newest first.

    A last try failed, or the last thing that happened is no proof.
    """
    newest = EventRecord.objects.filter(case=OuterRef("pk")).order_by("-number")
    proofs = [kind.value for kind in PROOF]
    marked = CaseRecord.objects.annotate(last=Subquery(newest.values("kind")[:1]))
    return list(marked.filter(~Q(last__in=proofs) | Q(attempt__isnull=False)))


def find_case(name: str) -> CaseRecord:
    """Return a case by its id or an unambiguous beginning of it.

    Raises BadInput with the ids that are near.
    """
    wanted = name.strip().lower().replace("-", "")
    try:
        return CaseRecord.objects.get(pk=UUID(wanted))
    except (ValueError, CaseRecord.DoesNotExist):
        pass
    known = [str(pk) for pk in CaseRecord.objects.values_list("pk", flat=True)]
    found = [pk for pk in known if wanted and pk.replace("-", "").startswith(wanted)]
    if len(found) == 1:
        return CaseRecord.objects.get(pk=UUID(found[0]))
    what = "begins more than one case" if found else "is no case here"
    raise BadInput("case", f"{name!r} {what}", (found or known)[:5])


def case_or_none(case_id: str) -> CaseRecord | None:
    """Return a case by its whole id; ``None`` where it was forgotten."""
    return CaseRecord.objects.filter(pk=UUID(case_id)).first()


def is_planned(case: CaseRecord, action: str, key: str) -> bool:
    """Return whether this very piece of work is still what a case has before it."""
    return WorkRecord.objects.filter(case=case, action=action, key=key).exists()


def events(case: CaseRecord) -> tuple[Event, ...]:
    """Return a case's events, in order."""
    return tuple(_event(record) for record in case.events.all())


def fresh_events(case: CaseRecord) -> tuple[Event, ...]:
    """Return a case's events as the database has them now, whatever was read before."""
    return tuple(_event(r) for r in EventRecord.objects.filter(case=case.pk))


def _event(record: EventRecord) -> Event:
    return Event(
        number=record.number,
        kind=EventKind(record.kind),
        at=record.at,
        known_by=record.known_by,
        details=record.details,
        digest=record.digest or "",
    )


def standing_of(happened: Sequence[Event], today: date) -> Standing:
    """Return where a case with these events stands."""
    return standing(happened, today)


def current(case: CaseRecord, today: date | None = None) -> Standing:
    """Return where a case stands; without a day, as of its last event."""
    happened = events(case)
    day = today or (happened[-1].at.date() if happened else case.opened_at.date())
    return standing(happened, day)


def file(case: CaseRecord, digest: str) -> FileRecord:
    """Return a kept file of a case; raises BadInput if there is none of that name."""
    try:
        return FileRecord.objects.get(case=case, digest=digest)
    except FileRecord.DoesNotExist as error:
        raise BadInput("file", f"{digest[:80]!r} is not kept in this case") from error


def newest(case: CaseRecord, kind: EventKind) -> Event | None:
    """Return the newest event of a kind, if there is one."""
    found = [event for event in events(case) if event.kind is kind]
    return found[-1] if found else None


def files(case: CaseRecord) -> list[FileRecord]:
    """Return every file kept for a case."""
    return list(case.files.order_by("pk"))


def dispatches(case: CaseRecord) -> list[DispatchRecord]:
    """Return every sending of a case, in order."""
    return list(case.dispatches.order_by("number"))


def begun_dispatches() -> list[DispatchRecord]:
    """Return every sending that was begun, of cases that are not closed."""
    closed = EventRecord.objects.filter(case=OuterRef("case"), kind="closed")
    begun = DispatchRecord.objects.exclude(begun_at=None)
    return list(begun.exclude(Exists(closed)).order_by("begun_at"))


def letters_named(message_ids: Iterable[str]) -> frozenset[str]:
    """Return those Message-IDs that are of letters of ours, of any case."""
    wanted = [name for name in message_ids if name]
    found = DispatchRecord.objects.filter(message_id__in=wanted)
    return frozenset(found.values_list("message_id", flat=True))


def attempt(case: CaseRecord) -> AttemptRecord | None:
    """Return the last try to prove what waits to be proved, if it failed."""
    return AttemptRecord.objects.filter(case=case).first()


def letter(case: CaseRecord) -> PrintedLetter:
    """Return a case's newest letter, from the very bytes that were kept."""
    event = newest(case, EventKind.LETTER_WRITTEN)
    if event is None:
        raise BadInput("case", "has no letter yet")

    def kept(name: str) -> bytes:
        return bytes(file(case, event.details[name]).content)

    about = json.loads(kept("about"))
    return PrintedLetter(
        kind=event.details.get("kind", case.kind),
        language=event.details["language"],
        reviewed=about.get("reviewed", True),
        gloss=tuple((said, meaning) for said, meaning in about.get("gloss", ())),
        subject=event.details["subject"],
        sender_email=about["sender_email"],
        recipient=tuple(about["recipient"]),
        recipient_email=about["recipient_email"],
        recipient_source=about["recipient_source"],
        confirm_by=date.fromisoformat(event.details["confirm_by"]),
        problems=tuple(
            Problem(code=code, text=text, field=field)
            for code, text, field in about["problems"]
        ),
        text=kept("text").decode(),
        pdf=kept("pdf"),
        picture=kept("picture"),
    )
