"""Writes: everything that happens to a case becomes an event, once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from rescind.core.errors import BadInput
from rescind.core.follow.letters_out import TO_BANK
from rescind.core.model.case import STEPS, Case, Event, EventKind
from rescind.core.model.event_details import (
    AnsweredDetails,
    ClosedDetails,
    EventDetails,
    FactsToldDetails,
    FileKeptDetails,
    HandedOverDetails,
    LetterWrittenDetails,
    OpenedDetails,
    SaidNotSentDetails,
    SaidSentDetails,
)
from rescind.core.model.event_text import texts_of
from rescind.core.model.letter import PrintedLetter
from rescind.core.model.report_details import (
    CopyKeptDetails,
    DeliveredDetails,
    DeliveryFailedDetails,
    NoticeKeptDetails,
)
from rescind.core.prove.chain import START, link
from rescind.core.prove.digest import digest
from rescind.store import rules, selectors, standings, work
from rescind.store.models import CaseRecord, EventRecord, FileRecord

PERSON = "person"
PROGRAM = "program"
SERVER = "server"
"""Whose word an event is: a person's, the program's own, or a third party's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a case starts with."""

    service: str
    service_name: str
    offer: str | None
    facts: Mapping[str, Any]
    verdict: Mapping[str, Any]
    sender: Mapping[str, Any]
    letter: PrintedLetter | None
    """``None`` where nothing is written: it is ended by steps in an account."""
    practice_of: str | None = None
    """The check that it is a copy of, to practise with."""
    id: UUID | None = None
    """That of the check it comes from; a new one where there is none."""


FILE_NAMES = {
    AnsweredDetails.KIND: "answer.eml",
    CopyKeptDetails.KIND: "copy.eml",
    NoticeKeptDetails.KIND: "notice.eml",
}
"""What a message is called that is kept, by the kind of its event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a message that came is, and what it says of a delivery."""

    details: AnsweredDetails | CopyKeptDetails | NoticeKeptDetails
    """Without the message itself, which is kept first."""
    outcome: DeliveredDetails | DeliveryFailedDetails | None = None
    """Where a notice says so of our letter."""


class KnownCase(BadInput):
    """A check has its case already: what was pressed twice is done once."""


@transaction.atomic
def open_case(opening: Opening, *, now: datetime) -> CaseRecord:
    """Record a new case, with its letter as a draft where one is written.

    Raises KnownCase where its check has one already, as of a button pressed twice.
    """
    case = _new_case(opening, now)
    stands_on = about(selectors.case_of(case))
    verdict = keep(case, stands_on, "application/json", "case.json")
    opened = OpenedDetails(verdict=verdict, practice_of=opening.practice_of)
    add(case, opened, now=now, known_by=PERSON)
    if opening.letter is not None:
        kind = opening.letter.kind
        # what goes to the bank is no notice to the company, though it comes first
        write_letter(
            case, opening.letter, now=now, kind=kind if kind in TO_BANK else None
        )
    return case


def _new_case(opening: Opening, now: datetime) -> CaseRecord:
    try:
        with transaction.atomic():
            return CaseRecord.objects.create(
                id=opening.id or uuid4(),
                opened_at=now,
                service=opening.service,
                service_name=opening.service_name,
                offer=opening.offer or "",
                kind=opening.letter.kind if opening.letter else STEPS,
                facts=dict(opening.facts),
                verdict=dict(opening.verdict),
                sender=dict(opening.sender),
            )
    except IntegrityError as error:
        message = f"the case of {opening.service_name} is open already"
        raise KnownCase("case", message, [str(opening.id)]) from error


@transaction.atomic
def tell_facts(
    case: CaseRecord,
    *,
    facts: Mapping[str, Any],
    verdict: Mapping[str, Any],
    offer: str | None,
    now: datetime,
) -> None:
    """Put other facts in a case, with the answer to them; the earlier ones are kept."""
    case.facts, case.verdict, case.offer = dict(facts), dict(verdict), offer or ""
    case.save(update_fields=["facts", "verdict", "offer"])
    stands_on = keep(
        case, about(selectors.case_of(case)), "application/json", "case.json"
    )
    add(case, FactsToldDetails(verdict=stands_on), now=now, known_by=PERSON)


def about(case: Case) -> bytes:
    """Return what a case stands on: the facts, and the verdict with its claims."""
    stands_on = {
        "service": case.service,
        "service_name": case.service_name,
        "offer": case.offer,
        "kind": case.kind,
        "facts": case.facts,
        "verdict": case.verdict,
    }
    return json.dumps(stands_on, ensure_ascii=False, indent=1).encode()


@transaction.atomic
def write_letter(
    case: CaseRecord, letter: PrintedLetter, *, now: datetime, kind: str | None = None
) -> None:
    """Keep the letter's bytes, and record it with what it leaves to be mended.

    ``kind`` is given for a letter that follows the one the case was opened with, and
    for one to the bank.
    """
    particulars = {
        "sender_email": letter.sender_email,
        "recipient": list(letter.recipient),
        "recipient_email": letter.recipient_email,
        "recipient_source": letter.recipient_source,
        "reviewed": letter.reviewed,
        "gloss": [list(pair) for pair in letter.gloss],
        "problems": [[p.code, p.text, p.field] for p in letter.problems],
    }
    record = json.dumps(particulars, ensure_ascii=False, sort_keys=True).encode()
    details = LetterWrittenDetails(
        pdf=keep(case, letter.pdf, "application/pdf", f"{letter.kind}.pdf"),
        text=keep(case, letter.text.encode(), "text/plain", f"{letter.kind}.txt"),
        picture=keep(case, letter.picture, "image/png", f"{letter.kind}.png"),
        about=keep(case, record, "application/json", f"{letter.kind}.json"),
        subject=letter.subject,
        language=letter.language,
        confirm_by=letter.confirm_by,
        problems=tuple(problem.code for problem in letter.problems),
        kind=kind,
        amount=letter.amount,
        claims_money=letter.claims_money,
        pay_by=letter.pay_by,
        for_money_alone=letter.for_money_alone,
    )
    add(case, details, now=now, known_by=PROGRAM)


def add(
    case: CaseRecord, details: EventDetails, *, now: datetime, known_by: str
) -> EventRecord:
    """Add the next event to a case: of the kind that its details are of.

    Raises what ``add_event`` raises.
    """
    kind, texts = EventKind(details.KIND), texts_of(details)
    return add_event(case, kind, now=now, known_by=known_by, details=texts)


def add_event(
    case: CaseRecord,
    kind: EventKind,
    *,
    now: datetime,
    known_by: str,
    details: Mapping[str, str] | None = None,
) -> EventRecord:
    """Add the next event to a case, as text; events are never changed afterwards.

    Raises Refused where the table of transitions has no place for it now, and
    BadInput where it bears a day before what it follows from.
    """
    with transaction.atomic():
        CaseRecord.objects.select_for_update().get(pk=case.pk)
        before = selectors.fresh_events(case)
        event = Event(
            number=before[-1].number + 1 if before else 1,
            kind=kind,
            at=now,
            known_by=known_by,
            details=dict(details or {}),
        )
        rules.require(case, before, kind)
        rules.require_day(case, before, event)
        record = EventRecord.objects.create(
            case=case,
            number=event.number,
            kind=kind.value,
            at=now,
            known_by=known_by,
            details=dict(event.details),
            digest=link(event, before[-1].digest if before else START),
        )
        standings.record(case, (*before, event))
        work.plan(case, now=now, happened=kind)
        return record


def keep(case: CaseRecord, content: bytes, media_type: str, name: str) -> str:
    """Keep bytes under their digest and return it."""
    name_of_bytes = digest(content)
    FileRecord.objects.get_or_create(
        case=case,
        digest=name_of_bytes,
        defaults={"media_type": media_type, "name": name, "content": content},
    )
    return name_of_bytes


def hand_over(case: CaseRecord, way: str, *, now: datetime) -> None:
    """Record that the letter was handed to the person to send: a draft or a print."""
    add(case, HandedOverDetails(way=way), now=now, known_by=PERSON)


def say_sent(case: CaseRecord, said: SaidSentDetails, *, now: datetime) -> None:
    """Record the person's word that they sent it themselves; it proves nothing."""
    add(case, said, now=now, known_by=PERSON)


def say_not_sent(case: CaseRecord, *, now: datetime) -> None:
    """Record that the person looked and a doubtful letter did not go out."""
    add(case, SaidNotSentDetails(), now=now, known_by=PERSON)


@transaction.atomic
def record_message(
    case: CaseRecord,
    raw: bytes,
    arrival: Arrival,
    *,
    now: datetime,
    known_by: str,
) -> None:
    """Keep a message that came, byte for byte, and what follows from it.

    ``known_by`` says whose word it is that the message came as it is kept. Raises
    BadInput for what is empty, too large, or no message at all.
    """
    rules.require_message(raw)
    name = keep(case, raw, "message/rfc822", FILE_NAMES[arrival.details.KIND])
    details = replace(arrival.details, message=name)
    add(case, details, now=now, known_by=known_by)
    if arrival.outcome is not None:
        add(case, arrival.outcome, now=now, known_by=known_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """A picture or a paper that the person adds to a case."""

    content: bytes
    media_type: str
    name: str
    note: str


def keep_file(case: CaseRecord, added: AddedFile, *, now: datetime) -> None:
    """Keep a picture or a paper that the person adds, byte for byte."""
    file = keep(case, added.content, added.media_type, added.name)
    details = FileKeptDetails(file=file, name=added.name, note=added.note)
    add(case, details, now=now, known_by=PERSON)


def close(case: CaseRecord, *, note: str, now: datetime) -> None:
    """Record that the person is done with the case."""
    add(case, ClosedDetails(note=note), now=now, known_by=PERSON)


def forget(case: CaseRecord) -> None:
    """Erase a case and every byte kept for it, for good."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO desk_forgetting (case_id) VALUES (%s)", [key_of(case)]
            )
        case.delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM desk_forgetting")
    clear_erased()


def clear_erased() -> None:
    """Have the database give up the bytes of what was erased, not only their place."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            # until then the file itself holds the old pages, and the log the new ones
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def key_of(case: CaseRecord) -> str:
    """Return a case's id as the database holds it."""
    return case.pk.hex if connection.vendor == "sqlite" else str(case.pk)
