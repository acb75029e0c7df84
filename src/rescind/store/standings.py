"""Where each case stands, as columns: written with every event, and worked out anew.

The columns hold what the events decide (``core/follow/outlook.py``) and the moments
from which the day decides otherwise; a query compares those with now.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from rescind.core.follow import due
from rescind.core.follow.outlook import outlook
from rescind.core.model.case import Case, Event, practice_of
from rescind.core.model.proof_details import (
    AnchoredDetails,
    StampedDetails,
)
from rescind.core.model.sentence import Sentence
from rescind.core.prove import pending
from rescind.store import selectors
from rescind.store.models import CaseRecord, DayRecord, StandingRecord

if TYPE_CHECKING:
    from rescind.ports import ZoneOf

RULES = "20"
"""By which rules the columns are worked out. Raise it with every change of a rule that
decides one of them, in ``core/follow`` or here: they are then worked out again."""
UNKNOWN = ""
"""The rules of a case that an earlier release left: its columns hold nothing yet."""
AT_ONCE = 200
"""Cases that are worked out in one transaction."""


def record(record: CaseRecord, events: Sequence[Event]) -> None:
    """Write where a case stands after these events, in the transaction of the last."""
    _write([selectors.with_events(record, events)])


def is_stale() -> bool:
    """Return whether some case was worked out by other rules than these.

    It costs a look into an index, however many cases there are.
    """
    return _stale().exists()


def _stale() -> QuerySet[StandingRecord]:
    here = f"{RULES} {_zone_of({})}"
    return StandingRecord.objects.exclude(rules__in=[RULES, here])


def rebuild(*, is_whole: bool = True) -> tuple[int, int]:
    """Work out anew where cases stand: every one, or those of other rules.

    Returns how many that were, and of how many the columns said something else. Each
    case is locked for its part; whoever adds an event meanwhile waits for that.
    """
    standings = StandingRecord.objects.all() if is_whole else _stale()
    names = standings.order_by("pk").values_list("pk", flat=True)
    rest, every, changed = iter(list(names)), 0, 0
    while chunk := list(islice(rest, AT_ONCE)):
        with transaction.atomic():
            records = CaseRecord.objects.select_for_update().filter(pk__in=chunk)
            whole = records.order_by("pk").prefetch_related("events")
            cases = [selectors.case_of(each) for each in whole]
            changed += _write(cases)
            every += len(cases)
    return every, changed


def _write(cases: Sequence[Case]) -> int:
    """Write where cases stand; return of how many that was another place before."""
    names = [UUID(case.id) for case in cases]
    before = {str(r.pk): r for r in StandingRecord.objects.filter(pk__in=names)}
    days: dict[str, list[DayRecord]] = {}
    for day in DayRecord.objects.filter(standing__in=names).order_by("pk"):
        days.setdefault(str(day.standing_id), []).append(day)
    standings: list[StandingRecord] = []
    new_days: list[DayRecord] = []
    moved: list[UUID] = []
    for case in cases:
        standing, its_days = standing_of(case), list(days_of(case))
        old = before.get(case.id)
        if old is None or _values(old) != _values(standing):
            standings.append(standing)
        if _all(days.get(case.id, [])) != _all(its_days):
            moved.append(UUID(case.id))
            new_days += its_days
    StandingRecord.objects.bulk_create(
        standings, update_conflicts=True, unique_fields=["case"], update_fields=_COLUMNS
    )
    DayRecord.objects.filter(standing__in=moved).delete()
    DayRecord.objects.bulk_create(new_days)
    return len({*moved, *(UUID(str(each.pk)) for each in standings)})


_COLUMNS = [
    field.attname
    for field in StandingRecord._meta.fields  # noqa: SLF001 - how Django documents it
    if not field.primary_key
]
_DAY = ("what", "by", "moment", "stays", "why")


def _values(row: StandingRecord) -> list[object]:
    return [getattr(row, name) for name in _COLUMNS]


def _all(days: Sequence[DayRecord]) -> list[list[object]]:
    return [[getattr(day, name) for name in _DAY] for day in days]


def standing_of(case: Case) -> StandingRecord:
    """Return the columns of a case as its events have it."""
    ahead, zone = outlook(case.events), _zone_of(case.facts)
    events, copied = case.events, practice_of(case.events)
    return StandingRecord(
        case_id=case.id,
        rules=_rules_in(zone),
        events=len(events),
        opened_at=case.opened_at,
        service=case.service,
        service_name=case.service_name,
        offer=case.offer or "",
        kind=case.kind,
        country=str(case.facts.get("country") or "")[:100],
        time_zone=str(case.facts.get("time_zone") or "")[:100],
        state=ahead.state.value,
        next_step=str(ahead.next_step),
        confirm_by=ahead.confirm_by,
        ends_on=case.ends_on,
        late_at=_beginning(ahead.late_from, zone),
        very_late_at=_beginning(ahead.very_late_from, zone),
        by_word_only=ahead.by_word_only,
        is_settled=ahead.is_settled,
        may_send=ahead.may_send,
        practice_of=UUID(copied) if copied else None,
        person=str(case.sender.get("name") or "")[:200],
        lacks_signer=bool(pending.messages_to_authenticate(events)),
        lacks_stamp=pending.head_to_prove(events, StampedDetails) is not None,
        lacks_anchor=pending.head_to_prove(events, AnchoredDetails) is not None,
        lacks_block=bool(pending.anchors_to_complete(events)),
    )


def _rules_in(zone: tzinfo) -> str:
    """Return by which rules; with this machine's zone, where the days are in that."""
    return f"{RULES} {zone}" if zone == _zone_of({}) else RULES


def _beginning(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time.min, zone).astimezone(UTC) if day else None


def days_of(case: Case) -> Iterator[DayRecord]:
    """Yield the days that count in a case, past or not, in their order."""
    if practice_of(case.events):
        return
    for day in due.days(
        case.events, due.days_to_act(case.verdict, case.events, case.kind)
    ):
        yield DayRecord(
            standing_id=case.id,
            what=day.what.value,
            by=day.by.isoformat(),
            moment=day.over.astimezone(UTC),
            stays=day.stays,
            why=packed(day.why),
        )


class PackedSentence(TypedDict):
    """A sentence as JSON: its values are texts, or days."""

    table: str
    code: str
    values: Mapping[str, str | Mapping[str, str]]


def packed(sentence: Sentence) -> PackedSentence:
    """Return a sentence as JSON; raises TypeError for values but texts and days."""
    values = {name: _packed(value) for name, value in sentence.values}
    return {"table": sentence.table, "code": sentence.code, "values": values}


def _packed(value: object) -> str | Mapping[str, str]:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, str):
        return value
    message = f"no text and no day: {value!r}"
    raise TypeError(message)


def unpacked(why: PackedSentence) -> Sentence:
    """Return the sentence that was packed."""
    values = {
        name: value if isinstance(value, str) else date.fromisoformat(value["day"])
        for name, value in why["values"].items()
    }
    return Sentence.of(why["table"], why["code"], **values)


def _zone_of(facts: Mapping[str, Any]) -> tzinfo:
    # named by its path in the settings, as in rules: the store knows only the port
    zone_of: ZoneOf = import_string(settings.RESCIND_ZONE_OF)
    return zone_of(facts)
