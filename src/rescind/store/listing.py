"""Reads of many cases: from the columns, whatever their number; events are not read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import (
    CharField,
    Count,
    Max,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from rescind.core.follow.due import Due, DueKind
from rescind.core.follow.outlook import Outlook
from rescind.core.model.case import CaseState, Lateness, ListedCase
from rescind.core.model.sentence import Sentence
from rescind.store.models import DayRecord, StandingRecord
from rescind.store.standings import unpacked

EVERY = slice(None)
"""All rows, from the first; other slices are a page of them."""
AT_ONCE = 2_000
"""Rows that are fetched in one go where there may be very many."""


def count_cases() -> int:
    """Return how many cases there are."""
    return StandingRecord.objects.count()


def listed_cases(now: datetime, span: slice = EVERY) -> list[ListedCase]:
    """Return where cases stand now, the newest first."""
    return [_listed(row) for row in _as_of(now)[span]]


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


def listed_days(
    now: datetime, span: slice = EVERY, case_id: str | None = None
) -> Iterator[ListedDay]:
    """Yield the days that count now, the first day first: of all cases, or of one."""
    rows = _days(now)
    if case_id is not None:
        rows = rows.filter(standing=UUID(case_id))
    if span.stop is not None:
        # which rows these are is read off the index alone: no case before them
        page = list(rows.values_list("pk", flat=True)[span])
        rows = DayRecord.objects.filter(pk__in=page).order_by(*_IN_ORDER)
    for row in rows.values_list(*_NAMES).iterator(AT_ONCE):
        case, service_name, country, time_zone, what, by, stays, why = row
        due = Due(what=DueKind(what), by=_day(by), why=unpacked(why), stays=stays)
        yield ListedDay(
            case_id=str(case),
            service_name=service_name,
            facts=_where(country, time_zone),
            due=due,
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
