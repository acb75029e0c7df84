"""Fill an empty database with many cases: some through the services, copies of those.

``python -m tools.many_cases 10000`` fills the database that ``RESCIND_HOME`` and
``RESCIND_DATABASE_URL`` name. ``RESCIND_SAMPLES`` cases (200) are opened, sent,
answered, confirmed and closed through the use cases, at moments of the past year; the
others are copies of them with ids of their own, their chains of events linked anew.
``RESCIND_FILES`` says of how many copies one holds its files too (1: every one); the
others have none, as on a page that shows no letter.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from copy import copy
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Model
from tests.given import FACTS, SENDER

from rescind.adapters import clock
from rescind.app.setup import setup

if TYPE_CHECKING:
    from rescind.store.models import CaseRecord

SAMPLES = int(os.environ.get("RESCIND_SAMPLES", "200"))
FILES_EVERY = int(os.environ.get("RESCIND_FILES", "1"))
MINUTES = 60 * 24 * 30
"""In so many the next work of the copies comes up."""
AT_ONCE = 200
"""Cases that are copied in one transaction."""
COUNTRIES = ("GB", "DE", "FR", "US-CA", "ES", "IT", "NL", "AT", "BR", "IN")
MERCHANTS = (
    "Gym of the North",
    "Daily Paper",
    "Streamline",
    "Cloud Attic",
    "Box of Tea",
)
KINDS = ("gym", "insurance", "telecom")
OFFER = "Before you go, we would like to offer you 50% off if you stay with us."
RECEIPT = "Thank you for your message. We have received your request."
YES = "Your subscription is cancelled and ends on {day}. You will not be charged again."


class Clock:
    """A clock that is put to where it is wanted, in place of the program's own."""

    def __init__(self) -> None:
        """Begin at the present moment."""
        self.present = clock.now()
        self.at = self.present
        clock.now = lambda: self.at

    def forward(self, days: float) -> None:
        """Put it forward, to the present moment at most."""
        self.at = min(self.at + timedelta(days=days), self.present)


def main() -> None:
    """Fill the database and say how long it took."""
    count = int(sys.argv[1])
    setup()
    started = time.monotonic()
    ids = samples(min(SAMPLES, count))
    print(f"{len(ids)} cases by the services, {time.monotonic() - started:.0f} s")
    started = time.monotonic()
    copies(ids, count - len(ids))
    print(f"{count - len(ids)} copies, {time.monotonic() - started:.0f} s", flush=True)


def samples(count: int) -> list[str]:
    """Open cases of every kind through the use cases; return their ids."""
    moved, chance = Clock(), random.Random(18)
    present = moved.present
    ids = [_sample(number, moved, chance) for number in range(count)]
    clock.now = lambda: datetime.now(present.tzinfo).replace(microsecond=0)
    return ids


def _sample(number: int, moved: Clock, chance: random.Random) -> str:
    from rescind.app.follow import cases, received, reports

    moved.at = moved.present - timedelta(days=chance.randrange(0, 250))
    country = COUNTRIES[number % len(COUNTRIES)]
    case_id = cases.new_case(_facts(number, country, moved.at), SENDER)
    fate = number % 20
    if fate < 3:  # noqa: PLR2004 - a die - three in twenty stay drafts
        return case_id
    moved.forward(1)
    if fate % 4 == 0:
        cases.send(case_id, way="practice")
    else:
        cases.say_sent(case_id, "post", None)
    moved.forward(5)
    if fate in (5, 9, 13):
        received.take_in(case_id, _mail(OFFER if fate == 5 else RECEIPT, number))  # noqa: PLR2004 - a die
    if fate in (6, 7, 10, 14):
        days_left = 0 if fate == 7 else 200  # noqa: PLR2004 - a die - a charge after the end
        end = (moved.at + timedelta(days=days_left)).date().isoformat()
        received.take_in(case_id, _mail(YES.format(day=end), number))
        cases.confirm(case_id, ends_on=end, note="")
    if fate in (7, 11):
        moved.forward(2)
        day = moved.at.date().isoformat()
        reports.charged(case_id, on=day, amount="13.50 EUR", before_end=False)
    if fate in (10, 15, 18):
        cases.close(case_id, note="done")
    return case_id


def _facts(number: int, country: str, at: datetime) -> dict[str, object]:
    bought = (at - timedelta(days=number % 40)).date().isoformat()
    facts = FACTS | {"country": country, "purchased_at": bought}
    facts["as_of"] = at.date().isoformat()
    if number % 3 == 0:
        return facts | {"offer": "plus-annual"}
    if number % 3 == 1:
        return facts
    other = {n: v for n, v in facts.items() if n not in ("offer", "had_trial")}
    merchant = f"{MERCHANTS[number % len(MERCHANTS)]} {number}"
    return other | {
        "service": "other",
        "merchant": merchant,
        "kind": KINDS[number % len(KINDS)],
    }


def _mail(text: str, number: int) -> bytes:
    return (
        "From: help@merchant.example.org\r\nTo: ada@home.example.org\r\n"
        f"Subject: Re: Cancellation\r\nMessage-ID: <{number}@merchant.example.org>\r\n"
        f"Date: Thu, 26 Nov 2026 10:00:00 +0000\r\n\r\n{text}\r\n"
    ).encode()


def copies(ids: list[str], count: int) -> None:
    """Copy the cases of these ids, one after the other, as often as it takes."""
    from rescind.store import selectors

    rows = [_Rows(selectors.find_case(case_id)) for case_id in ids]
    numbers = iter(range(count))
    while batch := list(islice(numbers, AT_ONCE)):
        new = [
            row
            for number in batch
            for row in rows[number % len(rows)].copied(
                with_files=number % FILES_EVERY == 0
            )
        ]
        _write(new)
        if batch[-1] % 10_000 > 10_000 - AT_ONCE - 1:
            print(f"  {batch[-1] + 1}", flush=True)


def _write(rows: list[Model]) -> None:
    """Write rows of all kinds, those first that others name."""
    by_kind: dict[type[Model], list[Model]] = {}
    for row in rows:
        by_kind.setdefault(type(row), []).append(row)
    with transaction.atomic():
        for kind, each in by_kind.items():
            kind.objects.bulk_create(each, batch_size=500)  # type: ignore[attr-defined]  # a model


class _Rows:
    """All that the database holds of a case."""

    def __init__(self, case: "CaseRecord") -> None:
        from rescind.store.models import (
            AttemptRecord,
            DayRecord,
            DispatchRecord,
            EventRecord,
            FileRecord,
            NoticeRecord,
            StandingRecord,
            WorkRecord,
        )

        self._case = case
        self._standing = StandingRecord.objects.get(case=case)
        self._dispatches = list(DispatchRecord.objects.filter(case=case))
        self._events = list(EventRecord.objects.filter(case=case))
        days = DayRecord.objects.filter(standing=self._standing)
        self._days = list(days.order_by("pk"))
        self._files = list(FileRecord.objects.filter(case=case))
        self._work = list(WorkRecord.objects.filter(case=case))
        self._now = clock.now() + timedelta(days=1)
        others = (AttemptRecord, NoticeRecord)
        self._others = [row for m in others for row in m.objects.filter(case=case)]

    def copied(self, *, with_files: bool) -> Iterator[Model]:
        """Yield the same rows under a new id."""
        case = uuid4()
        names = {str(row.pk): uuid4() for row in self._dispatches}
        yield _copied(self._case, pk=case)
        yield _copied(self._standing, pk=case, case_id=case)
        for row in self._dispatches:
            yield _copied(row, pk=names[str(row.pk)], case_id=case)
        yield from self._linked(case, {n: str(new) for n, new in names.items()})
        for day in self._days:
            yield _copied(day, pk=None, standing_id=case)
        for other in [*self._others, *(self._files if with_files else ())]:
            yield _copied(other, pk=None, case_id=case)
        for work in self._work:
            # what was due long ago is done in a house where a worker is at work
            at = self._now + timedelta(minutes=random.randrange(MINUTES))
            yield _copied(work, pk=None, case_id=case, at=at)

    def _linked(self, case: UUID, names: dict[str, str]) -> Iterator[Model]:
        """Yield the events, with the copies' dispatches, linked in their order."""
        from rescind.core.model.case import Event, EventKind
        from rescind.core.prove.chain import START, link

        previous = START
        for row in self._events:
            details = {name: names.get(v, v) for name, v in row.details.items()}
            event = Event(
                number=row.number,
                kind=EventKind(row.kind),
                at=row.at,
                known_by=row.known_by,
                details=details,
            )
            previous = link(event, previous)
            yield _copied(row, pk=None, case_id=case, details=details, digest=previous)


def _copied(row: Model, **changes: object) -> Model:
    new = copy(row)
    for name, value in changes.items():
        setattr(new, name, value)
    return new


if __name__ == "__main__":
    main()
    connection.close()
