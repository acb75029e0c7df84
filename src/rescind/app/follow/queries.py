"""Cases, reading: where they stand, which days count, and a copy of what is kept.

A door reads a case once (``selectors.read_case``) and hands it to what shows a part.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.public.case import (
    CaseJson,
    WholeCaseJson,
    case_json,
    whole_case_json,
)
from rescind.adapters.public.due import DueDay
from rescind.app.follow.days import today
from rescind.app.follow.planned import letters_to_write
from rescind.core.follow.outlook import standing
from rescind.core.model.case import Case, ListedCase
from rescind.settings import write_folder
from rescind.store import integrity, listing, selectors


def list_cases(cases: Iterable[ListedCase]) -> list[CaseJson]:
    """Return where each case stands, in the public form."""
    return [case_json(case, case.standing) for case in cases]


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


def due_days(span: slice = listing.EVERY, case_id: str | None = None) -> list[DueDay]:
    """Return the days that count, the first day first: of every case, or of one."""
    now = clock.now()
    return [
        DueDay(
            case_id=each.case_id,
            service_name=each.service_name,
            facts=each.facts,
            due=each.due,
            is_past=each.due.moment < now,
        )
        for each in listing.listed_days(now, span, case_id)
    ]


def export(case: Case, target: Path) -> None:
    """Write a case's files under their digests, with its events, to a new folder."""
    contents = {
        f"{file.digest.removeprefix('sha256:')[:16]}-{file.name}": bytes(file.content)
        for file in selectors.files(case)
    }
    record = {**whole_case(case), "facts": case.facts, "verdict": case.verdict}
    text = json.dumps(record, ensure_ascii=False, indent=2)
    write_folder(target, {**contents, "case.json": text.encode()})
