"""Writes of work: each case's next moments, planned from its events, taken once.

Nothing else schedules: a worker asks this table what is due, and the engine does it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from rescind.core.follow import due
from rescind.core.follow.jobs import Work, WorkKind, agenda
from rescind.core.follow.reminders import CAUGHT_UP, Reminder, reminders
from rescind.core.model.case import Event, EventKind, practice_of
from rescind.core.prove.pending import PROOF
from rescind.store import selectors
from rescind.store.models import CaseRecord, NoticeRecord, WorkRecord

LEASE = timedelta(minutes=15)
"""After so long, work that was taken and neither done nor failed comes up again."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
PROVE_AFTER = timedelta(minutes=2)
"""Proof is tried where the event was written; the worker comes after that."""
BY_AGENDA = frozenset({WorkKind.SEND, WorkKind.DOUBT, WorkKind.TELL})
"""What the agenda plans; proof and the inbox are planned where they are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work that is due, as it is handed to the engine."""

    case_id: str
    """Empty for the inbox."""
    action: str
    key: str
    number: int
    """Which try it is, from 0 on."""

    @property
    def identity(self) -> str:
        """Return the name under which the engine does it once."""
        return f"case:{self.case_id}:{self.action}:{self.key}.{self.number}"


def plan(case: CaseRecord, *, now: datetime, happened: EventKind | None = None) -> None:
    """Bring a case's work in line with its events.

    What is planned already, under the same key, keeps its tries and its moment.
    """
    events = selectors.fresh_events(case)
    untold = untold_reminders(case, events, now)
    pieces = {work.action.value: work for work in agenda(events, untold)}
    with transaction.atomic():
        rows = {r.action: r for r in WorkRecord.objects.filter(case=case)}
        for name in {*rows, *pieces} & {action.value for action in BY_AGENDA}:
            _align(case, rows.get(name), pieces.get(name))
    if happened is not None and happened not in PROOF:
        plan_proof(case, now + PROVE_AFTER)


def _align(case: CaseRecord, row: WorkRecord | None, work: Work | None) -> None:
    if work is None:
        if row is not None:
            row.delete()
        return
    if row is not None and row.key == work.key:
        return
    WorkRecord.objects.update_or_create(
        case=case,
        action=work.action.value,
        defaults=_untried(work.key, work.at),
    )


def untold_reminders(
    case: CaseRecord, events: Sequence[Event], now: datetime
) -> list[Reminder]:
    """Return what there is to tell of a case that nobody was told yet.

    Of a copy to practise with that is nothing.
    """
    if practice_of(events):
        return []
    days = due.due(
        events,
        due.days_to_act(case.verdict, events, case.kind),
        now,
        back=CAUGHT_UP,
    )
    keys = set(NoticeRecord.objects.filter(case=case).values_list("key", flat=True))
    return [each for each in reminders(events, days) if each.key not in keys]


def plan_proof(case: CaseRecord, at: datetime | None) -> None:
    """Say when to try again what waits to be proved; never, where nothing does."""
    if at is None:
        WorkRecord.objects.filter(case=case, action=WorkKind.PROVE.value).delete()
        return
    WorkRecord.objects.update_or_create(
        case=case,
        action=WorkKind.PROVE.value,
        defaults=_untried(_by_moment(at), at),
    )


def plan_inbox(at: datetime) -> None:
    """Say when to look into the inbox next."""
    WorkRecord.objects.update_or_create(
        case=None, action=WorkKind.SYNC.value, defaults=_untried(_by_moment(at), at)
    )


def _by_moment(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S")


class _Untried(TypedDict):
    """A row's fields for work that was never tried."""

    key: str
    at: datetime
    tries: int
    said: str
    has_failed: bool


def _untried(key: str, at: datetime) -> _Untried:
    return {"key": key, "at": at, "tries": 0, "said": "", "has_failed": False}


def due_tasks(now: datetime, limit: int) -> list[tuple[int, Task]]:
    """Return what is due, the longest due first, with the number of its row.

    It costs what is due, not what is open: the moments are indexed.
    """
    rows = WorkRecord.objects.filter(at__lte=now).order_by("at")[:limit]
    return [
        (
            row.pk,
            Task(
                case_id=str(row.case_id or ""),
                action=row.action,
                key=row.key,
                number=row.tries,
            ),
        )
        for row in rows
    ]


@transaction.atomic
def take(tasks: Sequence[tuple[int, Task]], now: datetime) -> None:
    """Record that the engine has these: they come up again if nothing follows.

    It changes nothing of what was done meanwhile, or taken by a faster worker, and
    waits for nobody: what is locked is looked at again.
    """
    keys = [key for key, _ in tasks]
    free = WorkRecord.objects.select_for_update(skip_locked=True).filter(pk__in=keys)
    rows = {row.pk: row for row in free}
    changes = []
    for key, task in tasks:
        row = rows.get(key)
        if row is not None and (row.key, row.tries) == (task.key, task.number):
            row.tries, row.at = task.number + 1, now + LEASE
            changes.append(row)
    WorkRecord.objects.bulk_update(changes, ["tries", "at"])


def done(task: Task) -> None:
    """Record that a task has nothing left to do, if it is still the one planned."""
    _rows(task).delete()


def hold(task: Task, until: datetime, why: str) -> None:
    """Put a task off to a moment, and say why; it did not fail."""
    _rows(task).update(tries=task.number + 1, at=until, said=why[:500])


def fail(task: Task, why: str, now: datetime) -> None:
    """Put off what failed: a minute, then twice that, six hours at most."""
    wait = min(FIRST_WAIT * 2 ** min(task.number, 12), LONGEST_WAIT)
    _rows(task).update(
        tries=task.number + 1, at=now + wait, said=why[:500], has_failed=True
    )


def _rows(task: Task) -> QuerySet[WorkRecord]:
    return WorkRecord.objects.filter(
        case_id=UUID(task.case_id) if task.case_id else None,
        action=task.action,
        key=task.key,
        tries__lte=task.number + 1,
    )


@transaction.atomic
def tell(case: CaseRecord, keys: Iterable[str], said: str, *, now: datetime) -> None:
    """Record what the person was told, and plan what is to be told next.

    Both at once: a worker that looks meanwhile would tell the rest of one notice again.
    """
    for key in keys:
        NoticeRecord.objects.get_or_create(
            case=case, key=key, defaults={"at": now, "said": said[:500]}
        )
    plan(case, now=now)
