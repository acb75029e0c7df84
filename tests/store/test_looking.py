"""A large database is looked at in steps: for a moment at a start, then by a worker."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rescind.app.follow import worker as workers
from rescind.core.errors import Damaged
from rescind.core.model.sentence import Sentence
from rescind.store import looking, opening
from tests.store.test_damage import (
    DATABASE,
    cut_half_a_page,
    cut_in_half,
    cut_to_nothing,
    flip_in_index,
    home,
    lose,
    overwrite_beginning,
    rescind,
    whole,
)

__all__ = ["home", "whole"]
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any database for a large one."""
    monkeypatch.setattr(looking, "LARGE", 0)


def steps(file: Path, now: datetime) -> list[Sentence | None]:
    """Look table by table, as a worker does, until none waits."""
    return [looking.next_fault(file, now) for _ in looking._tables(file)]  # noqa: SLF001 - as many as there are


@pytest.mark.parametrize(
    "damage",
    [cut_to_nothing, cut_half_a_page, cut_in_half, overwrite_beginning, lose],
)
def test_a_large_file_that_is_cut_off_is_noticed_at_once(
    home: Path, damage: Callable[[Path], None]
) -> None:
    damage(home / DATABASE)

    assert looking.start_fault(home / DATABASE) is not None


def test_what_a_start_passes_over_a_worker_finds_and_the_next_start_says(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / DATABASE
    flip_in_index(file)

    assert looking.start_fault(file) is None
    found = [fault for fault in steps(file, NOW) if fault]
    assert {fault.code for fault in found} == {"malformed"}
    again = looking.start_fault(file)
    assert again is not None
    assert again.code == "malformed"

    monkeypatch.undo()
    done = rescind(home, "case", "list")
    assert (done.returncode, "it is damaged" in done.stderr) == (1, True)


def test_each_table_is_looked_at_once_a_day(home: Path) -> None:
    file = home / DATABASE
    note = file.with_name(f"{DATABASE}-looked-at")

    assert set(steps(file, NOW)) == {None}
    seen = json.loads(note.read_text("utf-8"))
    assert sorted(seen) == sorted(looking._tables(file))  # noqa: SLF001 - every one
    before = note.read_bytes()
    assert looking.next_fault(file, NOW + timedelta(hours=23)) is None
    assert note.read_bytes() == before
    assert looking.next_fault(file, NOW + timedelta(days=1)) is None
    assert note.read_bytes() != before
    assert note.stat().st_mode & 0o777 == 0o600


def test_a_fault_that_is_mended_is_noted_no_more(home: Path) -> None:
    file = home / DATABASE
    note = file.with_name(f"{DATABASE}-looked-at")
    note.write_text("null", "utf-8")

    assert looking.start_fault(file) is None
    assert json.loads(note.read_text("utf-8")) == {}
    note.write_text("{", "utf-8")  # a note that nobody can read says nothing
    assert looking.start_fault(file) is None


def test_a_start_begins_no_table_after_its_second(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / DATABASE
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE INDEX late ON desk_workerrecord (name)")
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'late'"
        ).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\x07" * 20)

    assert looking.start_fault(file) is not None
    monkeypatch.setattr(looking, "START_SECONDS", -1.0)
    assert looking.start_fault(file) is None


@pytest.mark.usefixtures("ready_desk")
def test_a_worker_that_finds_damage_does_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[datetime] = []

    def broken(_: Path, now: datetime) -> Sentence:
        asked.append(now)
        return Sentence.of("damage", "malformed", line="row 7 missing")

    worker = workers.Worker()
    worker.start()
    try:
        worker.look()
        beaten = worker._beaten_at  # noqa: SLF001 - health counts by it
        worker._beaten_at = None  # noqa: SLF001 - the next beat, at once
        monkeypatch.setattr(looking, "next_fault", broken)
        for _ in range(2):
            with pytest.raises(Damaged, match="row 7 missing"):
                worker.look()
    finally:
        worker._beaten_at = None  # noqa: SLF001 - it left nothing to say
        worker.stop()

    assert beaten is not None
    assert len(asked) == 1
    monkeypatch.setattr(opening, "_file", lambda: None)  # on PostgreSQL
    opening.look_at_a_table(NOW)
    assert len(asked) == 1
