"""Cases, reading: where they stand, which days count, and a copy of what is kept.

A door reads a case once (``selectors.read_case``) and hands it to what shows a part.
"""

import json
from collections.abc import Iterable
from datetime import datetime
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
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.follow.outlook import standing
from rescind.core.model.case import Case, ListedCase
from rescind.core.model.names import titled
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


def due_days(case_id: str | None = None) -> list[DueDay]:
    """Return the days that count, the first day first: of every case, or of one."""
    now = clock.now()
    return [_due_day(each, now) for each in listing.listed_days(now, case_id)]


def due_days_of(cases: Iterable[ListedCase]) -> list[DueDay]:
    """Return the days that count of some cases, the first day first."""
    now = clock.now()
    names = [case.id for case in cases]
    return [_due_day(each, now) for each in listing.days_of_cases(now, names)]


def page_of_due_days(span: slice) -> list[DueDay]:
    """Return a page of the days that count: those to come first, then the past ones."""
    now = clock.now()
    return [_due_day(each, now) for each in listing.page_of_days(now, span)]


def _due_day(listed: listing.ListedDay, now: datetime) -> DueDay:
    return DueDay(
        case_id=listed.case_id,
        service_name=listed.service_name,
        facts=listed.facts,
        due=listed.due,
        is_past=listed.due.over < now,
    )


def export(case: Case, target: Path) -> None:
    """Write a case's files under their digests, with its events, to a new folder."""
    contents = {
        f"{file.digest.removeprefix('sha256:')[:16]}-{file.name}": bytes(file.content)
        for file in selectors.files(case)
    }
    record = {**whole_case(case), "facts": case.facts, "verdict": case.verdict}
    text = json.dumps(record, ensure_ascii=False, indent=2)
    write_folder(target, {**contents, "case.json": text.encode()})


def bought(case: Case | ListedCase) -> str:
    """Return what a case is about: the offer's name, or that of the merchant."""
    try:
        service = check.catalogue().service(case.service)
    except BadInput:
        # a service that the catalogue does not have, or no more
        return case.service_name
    offer = service.offers.get(case.offer or "")
    return case.service_name if offer is None else titled(offer.name, service)
