"""Backups in the public JSON form: made, looked at, restored."""

from collections.abc import Iterable
from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.core.model.backup import Backup, Examination
from rescind.core.model.case import Case
from rescind.core.model.event_details import (
    DispatchOrderedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.sentence import Sentence

CASES, EVENTS, FILES = "CaseRecord", "EventRecord", "FileRecord"


class BackupJson(TypedDict):
    """What a backup holds; the moment is in ISO 8601."""

    made_at: str
    made_by: str
    cases: int
    events: int
    files: int
    bytes: int
    """Of all that is in it, before it was packed."""
    has_keys: bool
    lacks: list[str]
    """What is not in it, and where that is instead."""


class MadeBackupJson(BackupJson):
    """A backup that was made, and read again."""

    file: str
    digest: str
    """SHA-256 of the file but for its last 64 bytes, which are this digest."""


class ExaminationJson(TypedDict):
    """What looking at a backup came to; ``backup`` is null where it is none."""

    holds: bool
    faults: list[str]
    backup: BackupJson | None


class DoubtfulJson(TypedDict):
    """A letter that may have gone out after the backup, and what to do."""

    case: str
    service_name: str
    subject: str
    to: str | None
    text: str
    if_sent: str
    if_not: str


class RestoredJson(TypedDict):
    """What a restoring came to."""

    backup: BackupJson
    aside: str | None
    """The folder with the files that were there before."""
    aside_schema: str | None
    """The schema of PostgreSQL with the tables that were there before."""
    doubtful: list[DoubtfulJson]
    notes: list[str]


def backup_json(backup: Backup) -> BackupJson:
    """Return what a backup holds."""
    return {
        "made_at": backup.made_at.isoformat(),
        "made_by": backup.made_by,
        "cases": backup.rows.get(CASES, 0),
        "events": backup.rows.get(EVENTS, 0),
        "files": backup.rows.get(FILES, 0),
        "bytes": sum(backup.members.values()),
        "has_keys": "sealed.json" in backup.members,
        "lacks": said(backup.lacks),
    }


def examination_json(looked: Examination) -> ExaminationJson:
    """Return what looking at a backup came to."""
    return {
        "holds": not looked.faults,
        "faults": said(looked.faults),
        "backup": backup_json(looked.backup) if looked.backup else None,
    }


def doubtful_json(case: Case, text: str) -> DoubtfulJson:
    """Return a letter in doubt, and the two commands that settle it."""
    letter, order = case.last(LetterWrittenDetails), case.last(DispatchOrderedDetails)
    name = case.id[:8]
    return {
        "case": case.id,
        "service_name": case.service_name,
        "subject": letter.subject if letter else "",
        "to": order.recipient if order else None,
        "text": text,
        "if_sent": f"rescind case send {name} --by said --on DAY",
        "if_not": f"rescind case unsent {name}",
    }


def said(sentences: Iterable[Sentence]) -> list[str]:
    """Return sentences in words."""
    return [ENGLISH.say(each) for each in sentences]
