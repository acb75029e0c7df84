"""Reads of many cases: from the columns, whatever their number; events are not read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import (
    CharField,
    Count,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from rescind.core.follow.due_day import Due, DueKind
from rescind.core.follow.outlook import (
    ASKED_TO_PAY,
    END_OPEN,
    PAID_AFTER,
    REST_LEFT,
    STEPS_LEFT,
    WAITS_FOR_MONEY,
    Outlook,
)
from rescind.core.model.case import CaseState, Lateness, ListedCase
from rescind.core.model.sentence import Sentence
from rescind.store.checks import begun_from
from rescind.store.models import DayRecord, StandingRecord
from rescind.store.standings import unpacked

EVERY = slice(None)
"""All rows, from the first; other slices are a page of them."""
AT_ONCE = 2_000
"""Rows that are fetched in one go where there may be very many."""


def count_cases() -> int:
    """Return how many cases there are, without copies to practise with."""
    return StandingRecord.objects.filter(practice_of=None).count()


def people() -> tuple[str, ...]:
    """Return who signs letters in some case, each once; no copies to practise with."""
    signed = StandingRecord.objects.filter(practice_of=None).exclude(person=None)
    names = signed.exclude(person="").order_by("person").values_list("person")
    return tuple(str(name) for (name,) in names.distinct())


class Which(StrEnum):
    """Which cases a list has."""

    ALL = ""
    TO_DO = "to_do"
    WAITING = "waiting"
    ENDED = "ended"


WAITING = frozenset(
    {CaseState.SENT, CaseState.DELIVERED, CaseState.ORDERED, CaseState.SENDING}
)
"""The person waits for something, unless it is late."""
ENDED = frozenset({CaseState.CONFIRMED, CaseState.CLOSED, CaseState.RESUMED})


_OVER = frozenset({CaseState.CLOSED, CaseState.RESUMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCase:
    """A case that is not over, as far as a charge can be told to be of it."""

    id: str
    service: str
    """A slug of the catalogue, or ``other``."""
    service_name: str
    finding: str = ""
    """What of the spending it was begun from; empty for what began otherwise."""
    ends_on: date | None = None
    """Its end, once that is confirmed."""


def running_cases() -> tuple[RunningCase, ...]:
    """Return the cases that are not over, the newest first; no copies to practise."""
    rows = StandingRecord.objects.filter(practice_of=None).exclude(state__in=_OVER)
    columns = ("pk", "service", "service_name", "is_settled", "ends_on", "begun")
    every = rows.annotate(begun=begun_from()).values_list(*columns)
    return tuple(
        RunningCase(
            id=str(name),
            service=service,
            service_name=service_name,
            finding=begun or "",
            ends_on=ends_on if is_settled else None,
        )
        for name, service, service_name, is_settled, ends_on, begun in every
    )


def sought_cases(
    now: datetime, span: slice, *, which: Which = Which.ALL, words: str = ""
) -> list[ListedCase]:
    """Return the cases that are sought, what is due next first, then the newest.

    Each of the ``words`` stands in the name of the company or of the person.
    """
    rows = _as_of(now).filter(practice_of=None)
    for word in words.split():
        rows = rows.filter(Q(service_name__icontains=word) | Q(person__icontains=word))
    is_late = Q(late_at__lte=now)
    # an end is safe once nothing is to come after it
    is_owed = Q(next_step__in=[str(each) for each in WAITS_FOR_MONEY])
    asked = (ASKED_TO_PAY, END_OPEN, PAID_AFTER, REST_LEFT, STEPS_LEFT)
    is_asked = Q(next_step__in=[str(each) for each in asked])
    if which is Which.ENDED:
        rows = rows.filter(state__in=ENDED).exclude(is_late | is_owed | is_asked)
    elif which is Which.WAITING:
        rows = rows.filter(Q(state__in=WAITING) | is_owed)
        rows = rows.exclude(is_late | is_asked)
    elif which is Which.TO_DO:
        # money that is late is still to be had, though the end is confirmed
        rows = rows.filter(is_late | is_asked | ~Q(state__in=WAITING | ENDED))
    coming = DayRecord.objects.filter(standing=OuterRef("pk"), moment__gte=now)
    next_day = Subquery(coming.order_by("moment").values("moment")[:1])
    due_first = F("next_day").asc(nulls_last=True)
    ordered = rows.annotate(next_day=next_day).order_by(
        due_first, "-opened_at", "case_id"
    )
    return [_listed(row) for row in ordered[span]]


def practice_copies(check_id: str) -> list[tuple[str, datetime]]:
    """Return the copies of a check or a case to practise with, the newest first."""
    copies = StandingRecord.objects.filter(practice_of=UUID(check_id))
    rows = copies.order_by("-opened_at", "case_id").values_list("pk", "opened_at")
    return [(str(name), opened_at) for name, opened_at in rows]


def listed_cases(now: datetime, span: slice = EVERY) -> list[ListedCase]:
    """Return where cases stand now, the newest first; no copies to practise with."""
    return [_listed(row) for row in _as_of(now).filter(practice_of=None)[span]]


def _as_of(now: datetime) -> QuerySet[StandingRecord]:
    """Return the columns with what now decides: how late an answer is."""
    lateness = Choice(
        When(very_late_at__lte=now, then=Value(Lateness.VERY_LATE.value)),
        When(late_at__lte=now, then=Value(Lateness.LATE.value)),
        default=Value(""),
        output_field=CharField(),
    )
    return StandingRecord.objects.annotate(lateness=lateness)


def _listed(row: StandingRecord) -> ListedCase:
    ahead = Outlook(
        state=CaseState(row.state),
        next_step=_sentence(row.next_step),
        confirm_by=row.confirm_by,
        by_word_only=row.by_word_only,
        is_settled=row.is_settled,
        may_send=row.may_send,
    )
    lateness: str = getattr(row, "lateness")  # noqa: B009 - an annotation of the query
    return ListedCase(
        id=str(row.pk),
        service=row.service,
        service_name=row.service_name,
        offer=row.offer or None,
        kind=row.kind,
        opened_at=row.opened_at,
        facts=_where(row.country, row.time_zone),
        ends_on=row.ends_on,
        standing=ahead.after(Lateness(lateness) if lateness else None),
        person=row.person or "",
    )


def _sentence(code: str) -> Sentence:
    table, _, name = code.partition(".")
    return Sentence.of(table, name)


def _where(country: str, time_zone: str) -> Mapping[str, str]:
    stated = {"country": country, "time_zone": time_zone}
    return {name: value for name, value in stated.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDay:
    """A day that counts, and in which case."""

    case_id: str
    service_name: str
    facts: Mapping[str, str]
    """As of ``ListedCase``."""
    due: Due


def listed_days(now: datetime, case_id: str | None = None) -> Iterator[ListedDay]:
    """Yield the days that count now, the first day first: of all cases, or of one."""
    rows = _days(now)
    if case_id is not None:
        rows = rows.filter(standing=UUID(case_id))
    for row in rows.values_list(*_NAMES).iterator(AT_ONCE):
        yield _listed_day(row)


def days_of_cases(now: datetime, case_ids: Sequence[str]) -> list[ListedDay]:
    """Return the days that count now in some cases, the first day first."""
    rows = _days(now).filter(standing__in=[UUID(each) for each in case_ids])
    return [_listed_day(row) for row in rows.values_list(*_NAMES)]


def page_of_days(now: datetime, span: slice) -> list[ListedDay]:
    """Return a page of the days that count: those to come first, then the past ones.

    Each half is a stretch of one index, read off it alone: what lies before the page
    costs next to nothing.
    """
    coming = DayRecord.objects.filter(moment__gte=now).order_by("moment", "pk")
    past = DayRecord.objects.filter(moment__lt=now, stays=True)
    page = list(coming.values_list("pk", flat=True)[span])
    if lacking := span.stop - span.start - len(page):
        # the page begins, or goes on, among the past ones
        before = 0 if page or span.start == 0 else coming.count()
        begin = 0 if page else span.start - before
        rest = past.order_by("-moment", "-pk").values_list("pk", flat=True)
        page += rest[begin : begin + lacking]
    rows = DayRecord.objects.filter(pk__in=page).values_list("pk", *_NAMES)
    days = {pk: _listed_day(row) for pk, *row in rows}
    return [days[pk] for pk in page if pk in days]


def _listed_day(row: Sequence[Any]) -> ListedDay:
    case, service_name, country, time_zone, what, by, stays, why = row
    return ListedDay(
        case_id=str(case),
        service_name=service_name,
        facts=_where(country, time_zone),
        due=Due(what=DueKind(what), by=_day(by), why=unpacked(why), stays=stays),
    )


_IN_ORDER = ("moment", "pk")
_NAMES = (
    "standing",
    "standing__service_name",
    "standing__country",
    "standing__time_zone",
    "what",
    "by",
    "stays",
    "why",
)


def _days(now: datetime) -> QuerySet[DayRecord]:
    counting = DayRecord.objects.filter(Q(moment__gte=now) | Q(stays=True))
    return counting.order_by(*_IN_ORDER)


def _day(text: str) -> date | datetime:
    return (datetime if "T" in text else date).fromisoformat(text)


def days_until(now: datetime, until: datetime) -> Iterator[tuple[str, ...]]:
    """Yield the days that count now and come no later than a moment.

    Each is its case, the service's name, what it is, the day in ISO 8601 and why, as
    the JSON of ``standings.packed``: read as text, since many are the same.
    """
    names = ("standing", "standing__service_name", "what", "by", "why_as_text")
    rows = _days(now).filter(moment__lte=until)
    texts = rows.annotate(why_as_text=Cast("why", TextField()))
    for case, *row in texts.values_list(*names).iterator(AT_ONCE):
        service_name, what, by, why = row
        yield str(case), service_name, what, by, why


def revision() -> str:
    """Return what is another text after every event, and after a case was forgotten."""
    newest = DayRecord.objects.order_by("-pk").values("pk")[:1]
    counts = StandingRecord.objects.annotate(day=Subquery(newest)).aggregate(
        Sum("events"), Count("pk"), Max("day")
    )
    return "-".join(str(value or 0) for value in counts.values())
