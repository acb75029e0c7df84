"""Cases, reading: where they stand, which days count, and a copy of what is kept.

A door reads a case once (``selectors.read_case``) and hands it to what shows a part.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.calendar import CalendarEntry, calendar_of
from rescind.adapters.public.case import (
    CaseJson,
    WholeCaseJson,
    case_json,
    whole_case_json,
)
from rescind.adapters.public.due import DueDay
from rescind.app.follow.days import today
from rescind.app.follow.planned import letters_to_write
from rescind.core.follow import due
from rescind.core.follow.state import standing
from rescind.core.model.case import Case
from rescind.settings import write_folder
from rescind.store import integrity, selectors


def list_cases(cases: Iterable[Case]) -> list[CaseJson]:
    """Return where each case stands today, in the public form."""
    return [case_json(case, standing(case.events, today(case))) for case in cases]


def whole_case(case: Case) -> WholeCaseJson:
    """Return where a case stands today and all that happened, in the public form.

    All that is kept for it is read, and compared with the digests it was kept under.
    """
    stands = standing(case.events, today(case))
    damage = integrity.damage_of(case)
    return whole_case_json(case, stands, letters_to_write(case), damage)


def show_case(name: str) -> WholeCaseJson:
    """Return the case of an id, or of an unambiguous beginning, in the public form."""
    return whole_case(selectors.read_case(name))


def due_days(cases: Iterable[Case]) -> list[DueDay]:
    """Return every day that counts in some cases, the first day first."""
    now = clock.now()
    days = sorted(_due(cases, now), key=lambda pair: pair[1].moment)
    return [DueDay(case=c, due=day, is_past=day.moment < now) for c, day in days]


def due_calendar(cases: Iterable[Case]) -> bytes:
    """Return the same days as a calendar file (RFC 5545)."""
    now = clock.now()
    entries = (
        CalendarEntry(
            name=f"{case.id} {each.what}",
            by=each.by,
            summary=f"{case.service_name}: {ENGLISH.say(each.text)}",
            description=ENGLISH.say(each.why),
            reminder=ENGLISH.say(each.text),
        )
        for case, each in _due(cases, now)
    )
    return calendar_of(entries, "due", now)


def _due(cases: Iterable[Case], now: datetime) -> Iterator[tuple[Case, due.Due]]:
    for case in cases:
        for each in due.due(case.events, due.days_of(case.verdict), now):
            yield case, each


def export(case: Case, target: Path) -> None:
    """Write a case's files under their digests, with its events, to a new folder."""
    contents = {
        f"{file.digest.removeprefix('sha256:')[:16]}-{file.name}": bytes(file.content)
        for file in selectors.files(case)
    }
    record = {**whole_case(case), "facts": case.facts, "verdict": case.verdict}
    text = json.dumps(record, ensure_ascii=False, indent=2)
    write_folder(target, {**contents, "case.json": text.encode()})
