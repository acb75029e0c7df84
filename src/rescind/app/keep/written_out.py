"""Everything written out as files that a person can open, by names that tell what."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.evidence.names import canonical_name
from rescind.adapters.evidence.zip import zip_of
from rescind.app.follow import queries
from rescind.core.model.case import Case
from rescind.core.prove.log_rules import FILE
from rescind.extras import import_part
from rescind.settings import data_folder
from rescind.store import by_hand, checks, everything, selectors
from rescind.store.checks import OpenCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class OutFile:
    """A file of the archive, and when it was written."""

    name: str
    content: bytes
    written_at: datetime


def written_out(settings: Iterable[str]) -> bytes:
    """Return all that is kept, and the settings in files of some names, as a ZIP.

    Cases with their letters and answers, checks that are not finished, statements with
    what was found in them; folders are called by the company and the day.
    """
    files = [*_settings(settings), *_cases(), *_unfinished(), *_statements()]
    return zip_of(
        {each.name: each.content for each in files},
        {each.name: each.written_at for each in files},
    )


def _settings(names: Iterable[str]) -> Iterator[OutFile]:
    for name in names:
        path = data_folder() / name
        if path.exists():
            yield OutFile(
                name=f"settings/{name}",
                content=path.read_bytes(),
                written_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
            )


def _cases() -> Iterator[OutFile]:
    named = namer()
    with tempfile.TemporaryDirectory() as folder:
        for case in selectors.cases():
            target = Path(folder) / case.id
            queries.export(case, target)
            place = named(case.service_name, case.opened_at)
            kept_at = _kept_at(case)
            for path in sorted(target.iterdir()):
                yield OutFile(
                    name=f"cases/{place}/{path.name}",
                    content=path.read_bytes(),
                    written_at=kept_at.get(path.name[:16], clock.now()),
                )


def _kept_at(case: Case) -> Mapping[str, datetime]:
    """Return when each file of a case was kept, by how its name begins."""
    return {
        value.removeprefix(FILE)[:16]: event.at
        for event in reversed(case.events)
        for value in event.details.values()
        if value.startswith(FILE)
    }


def _unfinished() -> Iterator[OutFile]:
    named = namer()
    for check in checks.waiting():
        yield OutFile(
            name=f"unfinished/{named(check.name, check.changed_at)}.json",
            content=as_json(_check_form(check)),
            written_at=check.changed_at,
        )


def _check_form(check: OpenCheck) -> Mapping[str, object]:
    return {**asdict(check), "changed_at": check.changed_at.isoformat()}


def _statements() -> Iterator[OutFile]:
    """Yield what was read in and written down; its parts are not in a slim install."""
    if everything.counts()["statements"] or by_hand.paid_by_hand():
        part = import_part("rescind.app.keep.statements_out")
        yield from part.statement_files(namer())


def as_json(form: object) -> bytes:
    """Return a value as a JSON file that can be read."""
    return json.dumps(form, ensure_ascii=False, indent=2).encode()


def namer() -> Callable[[str, datetime], str]:
    """Return what names things by a name and a day, each otherwise than the others.

    Two names are one where a disk tells no capital from a small letter.
    """
    given: set[str] = set()

    def named(name: str, at: datetime) -> str:
        day = at.astimezone(clock.local_zone()).date()
        safe = canonical_name(name.replace("/", "-").replace("\\", "-"))
        wanted = f"{safe} {day}"
        again = (f"{wanted} ({number})" for number in count(2))
        free = next(n for n in chain([wanted], again) if n.casefold() not in given)
        given.add(free.casefold())
        return free

    return named
