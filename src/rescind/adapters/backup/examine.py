"""Looks at a backup from end to end: every part, every row, every chain of events.

It runs in a confined process: whoever hands over a backup may have made it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from rescind.adapters.backup.archive import Archive
from rescind.adapters.backup.manifest import (
    FILES,
    LACKS,
    SEALED,
    SETTINGS,
    TABLES,
    Unreadable,
    table_of,
)
from rescind.adapters.data.words import ENGLISH
from rescind.core.model.backup import Examination
from rescind.core.model.case import Event, EventKind
from rescind.core.model.sentence import Sentence
from rescind.core.prove.damage import case_damage
from rescind.core.prove.log_rules import FILE

CASES, EVENTS, KEPT = "CaseRecord", "EventRecord", "FileRecord"
MOST_FAULTS = 20
_READ_LATER = (SETTINGS, TABLES, FILES)


def examine(path: Path) -> Examination:
    """Return what a backup holds, and all that is wrong with it, up to twenty things.

    Raises OSError where the file cannot be read.
    """
    try:
        with Archive(path, ENGLISH.table(LACKS)) as archive:
            faults = list(_some(_faults(archive)))
            if not archive.is_whole:
                faults.insert(0, Sentence.of("backup", "changed"))
            return Examination(
                backup=archive.manifest.backup, faults=tuple(faults[:MOST_FAULTS])
            )
    except Unreadable as error:
        return Examination(backup=None, faults=(error.sentence,))


def _some(faults: Iterator[Sentence]) -> Iterator[Sentence]:
    for _, fault in zip(range(MOST_FAULTS), faults, strict=False):
        yield fault


def _faults(archive: Archive) -> Iterator[Sentence]:
    """Yield what is wrong with the parts; with what they say, where they are whole."""
    is_sound = True
    for name in archive.manifest.digests:
        if not name.startswith(_READ_LATER) and name != SEALED:
            yield Sentence.of("backup", "not_ours", name=name)
        try:
            for _ in archive.chunks(name):
                pass
        except Unreadable as error:
            is_sound = False
            yield error.sentence
    if not is_sound:
        return
    try:
        yield from _Rows(archive).faults()
    except Unreadable as error:
        yield error.sentence


class _Rows:
    """What the rows of a backup say, looked at together."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._tables = table_of(tuple(archive.manifest.digests))
        self._cases: set[str] = set()
        self._kept: dict[str, set[str]] = {}
        self._named: set[str] = set()

    def faults(self) -> Iterator[Sentence]:
        """Yield what is wrong with them."""
        for table in (CASES, KEPT):
            if table not in self._tables:
                yield Sentence.of("backup", "part_gone", name=f"{TABLES}{table}.jsonl")
                return
        others = [name for name in self._tables if name not in (CASES, KEPT, EVENTS)]
        for table in (CASES, KEPT, *others):
            yield from self._faults_of(table)
        yield from self._faults_of_events()
        held = {
            name.removeprefix(FILES)
            for name in self._archive.manifest.digests
            if name.startswith(FILES)
        }
        for name in sorted(held - self._named):
            yield Sentence.of("backup", "not_ours", name=FILES + name)

    def _faults_of(self, table: str) -> Iterator[Sentence]:
        count = 0
        for number, row in self._archive.rows(self._tables[table]):
            count = number
            if table == CASES:
                self._cases.add(str(row.get("id")))
            if table == KEPT and (fault := self._keep(number, row)):
                yield fault
            for value in row.values():
                if isinstance(value, dict) and set(value) == {"file"}:
                    self._refer(str(value["file"]))
        yield from self._count_fault(table, count)

    def _refer(self, digest: str) -> None:
        if FILES + digest not in self._archive.manifest.digests:
            raise Unreadable("part_gone", name=f"{FILES}{digest}"[:100])
        self._named.add(digest)

    def _keep(self, number: int, row: dict[str, Any]) -> Sentence | None:
        """Note a kept file; return what is wrong where it is not its digest's."""
        content, digest, case = row.get("content"), row.get("digest"), row.get("case")
        held = content.get("file") if isinstance(content, dict) else None
        if digest != f"{FILE}{held}":
            name = self._tables[KEPT]
            return Sentence.of("backup", "file_changed", name=name, number=number)
        self._kept.setdefault(str(case), set()).add(str(digest))
        return None

    def _count_fault(self, table: str, count: int) -> Iterator[Sentence]:
        listed = self._archive.manifest.backup.rows.get(table)
        if listed != count:
            yield Sentence.of(
                "backup", "rows_lacking", name=self._tables[table], count=count
            )

    def _faults_of_events(self) -> Iterator[Sentence]:
        count = 0
        seen: set[str] = set()
        if EVENTS in self._tables:
            rows = self._archive.rows(self._tables[EVENTS])
            for case, group in groupby(rows, key=lambda row: str(row[1].get("case"))):
                numbered = list(group)
                count = numbered[-1][0]
                events = [self._event(number, row) for number, row in numbered]
                if case in seen or case not in self._cases:
                    yield Sentence.of("backup", "no_case", case=case[:40])
                seen.add(case)
                yield from self._faults_of_case(case, events)
            yield from self._count_fault(EVENTS, count)
        for case in sorted(self._cases - seen):
            yield from self._faults_of_case(case, [])

    def _faults_of_case(self, case: str, events: list[Event]) -> Iterator[Sentence]:
        kept = {name: name for name in self._kept.get(case, ())}
        for each in case_damage(case, events, kept):
            what = each.sentence
            yield Sentence.of("damage", "of_case", case=case[:40], what=what)

    def _event(self, number: int, row: dict[str, Any]) -> Event:
        if row.get("kind") not in set(EventKind):
            kind = str(row.get("kind"))[:40]
            raise Unreadable("unknown_kind", number=number, kind=kind)
        try:
            details = {str(name): str(text) for name, text in row["details"].items()}
            return Event(
                number=int(row["number"]),
                kind=EventKind(row["kind"]),
                at=_moment(row["at"]),
                known_by=str(row["known_by"]),
                details=details,
                digest=str(row["digest"] or ""),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            name = self._tables[EVENTS]
            raise Unreadable("no_row", name=name, number=number) from error


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
