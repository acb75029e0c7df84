"""Reads: cases, their timelines, and where they stand."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from rescind.core.errors import BadInput, Damaged
from rescind.core.follow.outlook import standing
from rescind.core.follow.state import OUT
from rescind.core.model.case import (
    Case,
    Event,
    EventKind,
    FailedProof,
    Standing,
    happened,
)
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.core.model.letter import PrintedLetter, PrintedProblem
from rescind.core.model.report_details import DeliveredDetails, DeliveryFailedDetails
from rescind.core.model.sentence import Sentence
from rescind.store.models import (
    AttemptRecord,
    CaseRecord,
    DispatchRecord,
    EventRecord,
    FileRecord,
    StandingRecord,
    WorkRecord,
)
from rescind.store.speech import RESTORE, say_damage

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What comes of reading a row whose bytes were changed on the disk."""


def cases(most: int | None = None) -> list[Case]:
    """Return the cases, the newest first: every one, or no more than ``most``.

    It asks the database twice, however many cases and events there are.
    """
    return _read(CaseRecord.objects.all(), most)


def unsent_cases() -> list[Case]:
    """Return the cases whose newest letter can be sent, newest first."""
    return _read(
        CaseRecord.objects.filter(standing__may_send=True, standing__practice_of=None)
    )


def told_cases() -> list[Case]:
    """Return the cases whose merchant was told of the end, or confirmed it.

    The newest stands first; copies to practise with told nobody.
    """
    kinds = [kind.value for kind in (EventKind.CONFIRMED, *OUT)]
    tellings = EventRecord.objects.filter(case=OuterRef("pk"), kind__in=kinds)
    real = CaseRecord.objects.filter(standing__practice_of=None)
    return _read(real.filter(Exists(tellings)))


def unproved_cases(lacks: Iterable[str]) -> list[Case]:
    """Return the cases that lack some of these proofs, newest first."""
    return _read(CaseRecord.objects.filter(_lacking(lacks, "standing__")))


def count_unproved(lacks: Iterable[str]) -> int:
    """Return how many cases lack some of these proofs."""
    return StandingRecord.objects.filter(_lacking(lacks)).count()


def _lacking(lacks: Iterable[str], prefix: str = "") -> Q:
    columns = (Q(**{f"{prefix}lacks_{name}": True}) for name in lacks)
    return reduce(or_, columns, Q(pk__in=[]))


def _read(records: QuerySet[CaseRecord], most: int | None = None) -> list[Case]:
    whole = records.select_related("attempt").prefetch_related("events")
    try:
        return [case_of(record) for record in whole[:most]]
    except UNREADABLE:
        for name in records.values_list("pk", flat=True):
            read_case(str(name))  # the one that cannot be read is named by this
        raise


def verdicts(names: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Return what some cases were opened with, by their ids, but for broken ones."""
    rows = CaseRecord.objects.filter(pk__in=[UUID(name) for name in names])
    kept = rows.values_list("pk", "verdict")
    return {str(pk): verdict for pk, verdict in kept if isinstance(verdict, dict)}


def readable_cases(names: Sequence[str]) -> list[Case]:
    """Return some cases with all that happened, but for broken ones.

    It asks the database twice, however many there are.
    """
    records = CaseRecord.objects.filter(pk__in=[UUID(name) for name in names])
    whole = records.select_related("attempt").prefetch_related("events")
    found: list[Case] = []
    for record in whole if names else ():
        with suppress(*UNREADABLE):
            found.append(case_of(record))
    return found


def find_read_case(name: str) -> Case | None:
    """Return the case of a whole id with all that happened; ``None`` for none."""
    records = CaseRecord.objects.select_related("attempt").filter(pk=name)
    return next(map(case_of, records), None)


def read_case(name: str) -> Case:
    """Return a case with all that happened, found as ``find_case`` does."""
    with _readable(name):
        return case_of(_find(name, CaseRecord.objects.select_related("attempt")))


def find_case(name: str) -> CaseRecord:
    """Return a case's record, to write to, by its id or an unambiguous beginning.

    Raises BadInput with the ids that are near.
    """
    with _readable(name):
        return _find(name, CaseRecord.objects.all())


def find_to_forget(name: str) -> CaseRecord:
    """Return a case's record to erase it, also where nothing else of it can be read.

    Raises BadInput as ``find_case`` does.
    """
    return _find(name, CaseRecord.objects.only("pk"))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Raise Damaged where a row of a case holds what nobody wrote there."""
    try:
        yield
    except UNREADABLE as error:
        line = Sentence.of("damage", "unreadable", line=str(error).splitlines()[0])
        remedy = Sentence.of("damage", "case_remedy")
        what = say_damage("whole", what=line, remedy=remedy)
        raise Damaged(f"case {name}", what, [RESTORE]) from error


def _find(name: str, records: QuerySet[CaseRecord]) -> CaseRecord:
    digits = name.strip().lower().replace("-", "")
    try:
        return records.get(pk=UUID(digits))
    except (ValueError, CaseRecord.DoesNotExist):
        pass
    near = _beginning_with(digits)
    if len(near) == 1:
        return records.get(pk=near[0])
    what = "begins more than one case" if near else "is no case here"
    names = near or list(CaseRecord.objects.values_list("pk", flat=True)[:MOST_NEAR])
    raise BadInput("case", f"{name!r} {what}", [str(each) for each in names])


MOST_NEAR = 5


def _beginning_with(digits: str) -> list[UUID]:
    """Return the ids that begin so, no more than are named; by a range of the index."""
    try:
        first, last = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
    except ValueError:
        return []
    within = CaseRecord.objects.filter(pk__gte=first, pk__lte=last) if digits else None
    return list(within.values_list("pk", flat=True)[:MOST_NEAR]) if within else []


def case_of(record: CaseRecord) -> Case:
    """Return a case as its record and its events are now."""
    return with_events(record, events(record))


def with_events(record: CaseRecord, happened: Sequence[Event]) -> Case:
    """Return a case as its record is now, with these events."""
    for kept in (record.facts, record.verdict, record.sender):
        if not isinstance(kept, dict):
            message = "what it was opened with"
            raise TypeError(message)
    return Case(
        id=str(record.pk),
        service=record.service,
        service_name=record.service_name,
        offer=record.offer or None,
        kind=record.kind,
        opened_at=record.opened_at,
        facts=record.facts,
        verdict=record.verdict,
        sender=record.sender,
        events=tuple(happened),
        failed_proof=_failed_proof(getattr(record, "attempt", None)),
    )


def _failed_proof(attempt: AttemptRecord | None) -> FailedProof | None:
    if attempt is None:
        return None
    return FailedProof(
        tries=attempt.tries, tried_at=attempt.tried_at, said=attempt.said
    )


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
    # Django hands on what it cannot read as a moment or as JSON
    if record.at is None or not isinstance(record.details, dict):
        message = f"event {record.number}"
        raise ValueError(message)
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


def contents(case: Case, digests: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of some kept files of a case, by their digests, read at once.

    Raises BadInput for a digest of which nothing is kept.
    """
    names = set(digests)
    rows = FileRecord.objects.filter(case=UUID(case.id), digest__in=names)
    by_name = {name: bytes(b) for name, b in rows.values_list("digest", "content")}
    for name in sorted(names - by_name.keys()):
        raise BadInput("file", f"{name[:80]!r} is not kept in this case")
    return by_name


def contents_of(wanted: Mapping[str, Iterable[str]]) -> dict[str, dict[str, bytes]]:
    """Return the bytes of kept files of some cases, by case and digest, read at once.

    A digest of which nothing is kept is left out.
    """
    found: dict[str, dict[str, bytes]] = {name: {} for name in wanted}
    digests = {digest for each in wanted.values() for digest in each}
    cases = [UUID(name) for name in wanted]
    rows = FileRecord.objects.filter(case__in=cases, digest__in=digests)
    if digests:
        for case, digest, content in rows.values_list("case", "digest", "content"):
            found[str(case)][digest] = bytes(content)
    return found


def files(case: Case) -> list[FileRecord]:
    """Return every file kept for a case."""
    return list(FileRecord.objects.filter(case=UUID(case.id)).order_by("pk"))


def dispatches(case: CaseRecord) -> list[DispatchRecord]:
    """Return every sending of a case, in order."""
    return list(case.dispatches.order_by("number"))


def begun_dispatches() -> list[DispatchRecord]:
    """Return every sending that was begun, of cases that are not closed."""
    closed = EventRecord.objects.filter(case=OuterRef("case"), kind="closed")
    begun = DispatchRecord.objects.exclude(begun_at=None)
    return list(begun.exclude(Exists(closed)).order_by("begun_at"))


def failed_at(address: str) -> datetime | None:
    """Return when a letter of any case did not get through to an e-mail address.

    ``None`` where none was, or where a later one got through.
    """
    outcomes = EventRecord.objects.filter(
        kind__in=(DeliveryFailedDetails.KIND, DeliveredDetails.KIND),
        details__recipient__iexact=address,
    )
    last = outcomes.order_by("-at", "-pk").values_list("kind", "at").first()
    return last[1] if last and last[0] == DeliveryFailedDetails.KIND else None


def letters_named(message_ids: Iterable[str]) -> frozenset[str]:
    """Return those Message-IDs that are of letters of ours, of any case."""
    names = [name for name in message_ids if name]
    dispatches = DispatchRecord.objects.filter(message_id__in=names)
    return frozenset(dispatches.values_list("message_id", flat=True))


def failed_proof(case: CaseRecord) -> FailedProof | None:
    """Return the last try to prove what waits to be proved, if it failed."""
    return _failed_proof(AttemptRecord.objects.filter(case=case).first())


def letter(case: Case, number: int | None = None) -> PrintedLetter:
    """Return a case's newest letter, from the very bytes that were kept.

    ``number`` is the event that wrote another one.
    """
    letters = happened(case.events, LetterWrittenDetails)
    if not letters:
        raise BadInput("case", "has no letter yet")
    chosen = (pair for pair in letters if pair[0].number == number)
    event, written = next(chosen, letters[-1])
    content = contents(
        case, (written.about, written.text, written.pdf, written.picture)
    )
    about = json.loads(content[written.about])
    return PrintedLetter(
        kind=written.kind or case.kind,
        language=written.language,
        reviewed=about.get("reviewed", True),
        gloss=tuple((said, meaning) for said, meaning in about.get("gloss", ())),
        subject=written.subject,
        sender_email=about["sender_email"],
        recipient=tuple(about["recipient"]),
        recipient_email=about["recipient_email"],
        recipient_source=about["recipient_source"],
        confirm_by=written.confirm_by or event.at.date(),
        problems=tuple(
            PrintedProblem(code=code, text=text, field=field)
            for code, text, field in about["problems"]
        ),
        text=content[written.text].decode(),
        pdf=content[written.pdf],
        picture=content[written.picture],
    )
