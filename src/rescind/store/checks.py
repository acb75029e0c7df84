"""Checks: what a person tells of one contract before anything is done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.fields.json import KT

from rescind.core.errors import BadInput
from rescind.store.models import CaseRecord, CheckRecord

MAX_OPEN = 500
"""Checks that wait at most; beyond that the oldest ones go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCheck:
    """A check that waits for the person."""

    id: str
    service: str
    """A slug of the catalogue, or ``other``."""
    name: str
    """What the person calls it."""
    changed_at: datetime
    typed: Mapping[str, str]
    """What stands in the fields of the page, as it was typed."""
    letters: Mapping[str, Mapping[str, str]]
    """What stands in the fields about each letter, by its kind."""
    sender: Mapping[str, str]


def begin(
    service: str, name: str, typed: Mapping[str, str], *, now: datetime
) -> OpenCheck:
    """Keep a new check."""
    record = CheckRecord.objects.create(
        opened_at=now, changed_at=now, service=service, name=name, typed=dict(typed)
    )
    spare = CheckRecord.objects.values_list("pk", flat=True)[MAX_OPEN:]
    CheckRecord.objects.filter(pk__in=list(spare)).delete()
    return _open(record)


def adopt(check: OpenCheck, *, now: datetime) -> None:
    """Keep the check of a case that did not begin with one; harmless where it is."""
    CheckRecord.objects.get_or_create(
        pk=_uuid(check.id),
        defaults={
            "opened_at": now,
            "changed_at": now,
            "service": check.service,
            "name": check.name,
            "typed": {},
        },
    )


def find(check_id: str) -> OpenCheck | None:
    """Return a check; ``None`` where there is none of that id."""
    record = CheckRecord.objects.filter(pk=_uuid(check_id)).first()
    return None if record is None else _open(record)


def of_cases(case_ids: Iterable[str]) -> Mapping[str, OpenCheck]:
    """Return the checks that some cases began with, by the case's id."""
    records = CheckRecord.objects.filter(pk__in=[_uuid(each) for each in case_ids])
    return {str(record.pk): _open(record) for record in records}


def begin_from(check_id: str, finding: str, *, now: datetime) -> OpenCheck:
    """Keep from what of the spending a check was begun, whatever it is called since."""
    letters = _open(_locked(check_id)).letters
    return change(check_id, now=now, letters={**letters, _BEGUN: {_FROM: finding}})


def begun_from() -> Subquery:
    """Return what of the spending a case was begun from, beside its own id."""
    of_case = CheckRecord.objects.filter(pk=OuterRef("pk"))
    return Subquery(of_case.values(begun=KT(f"letters__{_BEGUN}__{_FROM}"))[:1])


_BEGUN, _FROM = "begun", "finding"
"""Where that is kept, among what was typed about letters."""


def waiting() -> tuple[OpenCheck, ...]:
    """Return the checks of which more than a name is known, the newest first."""
    acted_on = CaseRecord.objects.filter(pk=OuterRef("pk"))
    records = CheckRecord.objects.exclude(typed={}).exclude(Exists(acted_on))
    return tuple(_open(record) for record in records)


@transaction.atomic
def change(check_id: str, *, now: datetime, **parts: Mapping[str, object]) -> OpenCheck:
    """Put other values in place of a check's ``typed``, ``letters`` or ``sender``.

    Raises BadInput where there is no such check.
    """
    record = _locked(check_id)
    for name, values in parts.items():
        setattr(record, name, dict(values))
    record.changed_at = now
    record.save()
    return _open(record)


def has_case(check_id: str) -> bool:
    """Return whether something was done about a check: it is a case then."""
    return CaseRecord.objects.filter(pk=_uuid(check_id)).exists()


@transaction.atomic
def rename(check_id: str, service: str, name: str, *, now: datetime) -> OpenCheck:
    """Say that a check is about another service; raises BadInput where it is none."""
    record = _locked(check_id)
    record.service, record.name, record.changed_at = service, name, now
    record.save()
    return _open(record)


def forget(check_id: str) -> None:
    """Erase a check; harmless where it is gone."""
    CheckRecord.objects.filter(pk=_uuid(check_id)).delete()


def _locked(check_id: str) -> CheckRecord:
    record = CheckRecord.objects.select_for_update().filter(pk=_uuid(check_id)).first()
    if record is None:
        raise BadInput("case", "there is no such check")
    return record


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise BadInput("case", "that is no check's name") from error


def _open(record: CheckRecord) -> OpenCheck:
    return OpenCheck(
        id=str(record.pk),
        service=record.service,
        name=record.name,
        changed_at=record.changed_at,
        typed=record.typed,
        letters=record.letters,
        sender=record.sender,
    )
