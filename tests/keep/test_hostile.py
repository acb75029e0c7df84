"""Backups that are damaged, foreign, older, newer, or made to do harm."""

import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from rescind.adapters.backup.archive import ArchiveWriter
from rescind.adapters.backup.examine import examine as directly
from rescind.adapters.backup.manifest import manifest_bytes
from rescind.adapters.data.words import ENGLISH
from rescind.app.keep import backup as backups
from rescind.app.keep import restore as restores
from rescind.core.model.sentence import Sentence
from tests.keep.house import House, house
from tests.keep.rewriting import EVENTS, KEPT, backup_of, lines, rewritten, rows_of

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    """Return a house with a sent letter, a draft and a key, and its backup."""
    here = house(tmp_path_factory.mktemp("made") / "here")
    sent = here.new_case()
    here.new_case()
    here.run("case", "send", sent, "--by", "practice", "--yes")
    here.run("key", "show")
    overlay = here.home / "catalogue-overlay"
    overlay.mkdir()
    (overlay / "own.yaml").write_text("name: Own\n")
    path = here.folder / "b.rescind"
    here.run("backup", str(path))
    return here, path


def faults(path: Path) -> list[str]:
    """Return what is wrong with a backup, in words."""
    return [ENGLISH.say(each) for each in directly(path).faults]


def test_a_backup_holds(made: tuple[House, Path]) -> None:
    _, path = made

    looked = restores.examine(path)

    assert looked.faults == ()
    assert looked.backup is not None
    assert looked.backup.rows["CaseRecord"] == 2
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_byte_that_is_changed_is_noticed(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    whole = made[1].read_bytes()
    random = Random(1128)
    places = [*random.sample(range(len(whole)), 150), 0, 5, len(whole) - 1]
    for place in places:
        broken = bytearray(whole)
        broken[place] ^= 1 << random.randrange(8)
        path = tmp_path / "broken"
        path.write_bytes(broken)

        assert faults(path), place


def test_a_changed_part_is_named(made: tuple[House, Path], tmp_path: Path) -> None:
    whole = bytearray(made[1].read_bytes())
    with zipfile.ZipFile(made[1]) as archive:
        entry = archive.getinfo(EVENTS)
    whole[entry.header_offset + 30 + len(EVENTS) + entry.compress_size // 2] ^= 1
    path = tmp_path / "broken"
    path.write_bytes(whole)

    assert faults(path) == [
        "a byte of it is not as it was written: its digest is another",
        f"{EVENTS} is not as it was written",
    ]


def test_a_backup_that_was_cut_off_is_refused(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    whole = made[1].read_bytes()
    path = tmp_path / "cut"
    for length in (0, 3, 4, 20, 1000, len(whole) // 2, len(whole) - 64, len(whole) - 1):
        path.write_bytes(whole[:length])

        assert faults(path), length


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it is empty"),
        (b"Dear Ada", "it is no backup of Rescind"),
        (b"SQLite format 3\x00" + b"\x00" * 90, "by an earlier release"),
        (b"PK\x03\x04" + b"\x00" * 200, "its end is missing"),
    ],
)
def test_what_is_no_backup_is_told(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)

    assert what in faults(path)[0]


def test_another_zip_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "Dear Ada")

    assert faults(path) == ["it is no backup of Rescind"]


def _event(**changes: object) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        rows = rows_of(parts[EVENTS])
        rows[1] = rows[1] | changes
        parts[EVENTS] = lines(rows)

    return change


def _without_event(parts: dict[str, bytes]) -> None:
    rows = rows_of(parts[EVENTS])
    parts[EVENTS] = lines(rows[1:])


def _without_events(parts: dict[str, bytes]) -> None:
    first = rows_of(parts[EVENTS])[0]["case"]
    parts[EVENTS] = lines(r for r in rows_of(parts[EVENTS]) if r["case"] != first)


def _without_a_file(parts: dict[str, bytes]) -> None:
    parts[KEPT] = lines(rows_of(parts[KEPT])[1:])


def _with_another_file(parts: dict[str, bytes]) -> None:
    rows = rows_of(parts[KEPT])
    rows[0] = rows[0] | {"content": rows[1]["content"]}
    parts[KEPT] = lines(rows)


def _with(name: str, content: bytes = b"{}") -> Change:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = content

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_event(known_by="server"), "event 2 is not as it was written"),
        (_event(at="2020-01-01T00:00:00+00:00"), "event 2 is not as it was written"),
        (_event(at="2020-01-01T00:00:00"), "row 2 of"),
        (_event(details=7), "row 2 of"),
        (_event(kind="from_the_future"), "is of a kind that this release does not"),
        (_event(case="0" * 32), "stand where no such case is"),
        (_without_event, "event 1 is missing"),
        (_without_events, "its events are gone"),
        (_without_a_file, "the file sha256:"),
        (_with_another_file, "names a file that is not its own"),
        (_with(EVENTS, b"{}{"), f"row 1 of {EVENTS} cannot be read"),
        (_with(EVENTS, b"[1]\n"), f"row 1 of {EVENTS} cannot be read"),
        (_with(EVENTS, b"\xff\n"), f"row 1 of {EVENTS} cannot be read"),
        (_with(EVENTS, b"[" * 99_999 + b"\n"), f"row 1 of {EVENTS} cannot be read"),
        (_with("files/" + "0" * 64), "which nothing in it refers to"),
        (_with("program.py"), "which nothing in it refers to"),
        (_with("settings/../../x"), "leads out of its folder"),
        (_with("/etc/passwd"), "leads out of its folder"),
        (_with("settings\\x"), "a character that systems read differently"),
    ],
)
def test_what_was_rewritten_with_fitting_digests_is_noticed(
    made: tuple[House, Path], tmp_path: Path, change: Change, what: str
) -> None:
    path = rewritten(made[1], tmp_path / "b", change=change)

    assert any(what in each for each in faults(path)), faults(path)


def test_a_part_that_the_manifest_does_not_name_is_refused(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    path = tmp_path / "b"
    path.touch()
    writer = ArchiveWriter(path)
    writer.add("tables/CaseRecord.jsonl", b"")
    writer.finish(replace(backup_of(made[1]), members={}))

    assert "which its manifest does not name" in faults(path)[0]


@pytest.mark.parametrize(
    ("swap", "what"),
    [
        ((b'"version": 1', b'"version": 9'), "of format 9"),
        ((b"rescind-backup", b"another-backup"), "it is no backup of Rescind"),
        ((b'"made_at"', b'"made-at"'), "its manifest cannot be read"),
        ((b"{", b"["), "its manifest cannot be read"),
        ((b'"lacks": []', b'"lacks": [{"code": "x"}]'), "manifest cannot be read"),
    ],
)
def test_a_manifest_of_another_kind_is_told(
    made: tuple[House, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    swap: tuple[bytes, bytes],
    what: str,
) -> None:
    written = "rescind.adapters.backup.archive.manifest_bytes"
    monkeypatch.setattr(written, lambda *g: manifest_bytes(*g).replace(*swap, 1))

    assert what in faults(rewritten(made[1], tmp_path / "b"))[0]


def test_a_newer_backup_is_refused(made: tuple[House, Path], tmp_path: Path) -> None:
    schema = (*backup_of(made[1]).schema, "0999_of_tomorrow")
    path = rewritten(made[1], tmp_path / "b", schema=schema)

    (fault,) = restores.examine(path).faults

    assert fault == Sentence.of("backup", "newer_schema", names="0999_of_tomorrow")


def test_a_row_without_end_is_refused(made: tuple[House, Path], tmp_path: Path) -> None:
    endless = _with(EVENTS, b"[" + b'"",' * 25_000_000)
    path = rewritten(made[1], tmp_path / "b", change=endless)

    assert path.stat().st_size < 1_000_000
    (fault,) = backups.examine(path).faults
    assert ENGLISH.say(fault) == f"row 1 of {EVENTS} cannot be read"


def test_parts_that_overlap_are_refused(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    """Many names for the same bytes would unpack to more than there is."""
    whole = bytearray(made[1].read_bytes())
    with zipfile.ZipFile(made[1]) as archive:
        first = archive.infolist()[0]
        start = archive.start_dir
    entry = whole.index(b"PK\x01\x02", start + 10)
    struct.pack_into("<L", whole, entry + 42, first.header_offset)
    whole[-64:] = sha256(whole[:-64]).hexdigest().encode()
    path = tmp_path / "b"
    path.write_bytes(whole)

    assert faults(path)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("settings/rescind.sqlite3", b"x", "which nothing in it refers to"),
        ("settings/secret-key", b"x", "which nothing in it refers to"),
        ("settings/mailbox.json", b'{"program": "x"}', "nothing in it refers to"),
        ("settings/mailbox.json", b"[]", "nothing in it refers to"),
        ("settings/catalogue-overlay/x.py", b"", "nothing in it refers to"),
    ],
)
def test_settings_that_are_none_are_not_written(
    made: tuple[House, Path], tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    there = house(tmp_path / "there")
    path = rewritten(made[1], tmp_path / "b", change=_with(name, content))

    refused = there.run("restore", str(path), code=2)

    assert what in refused.stderr
    assert not (there.home / "rescind.sqlite3").exists()
    assert not (there.home / ".restoring").exists()


def test_a_library_of_a_token_is_never_taken_from_a_backup(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    there = house(tmp_path / "there")
    settings = json.dumps({"stamps": 2, "key": {"module": "/tmp/x.so", "label": "x"}})
    change = _with("settings/proof.json", settings.encode())
    path = rewritten(made[1], tmp_path / "b", change=change)

    restored = there.read("restore", str(path))

    assert "is not taken from a backup" in restored["notes"][0]
    assert json.loads((there.home / "proof.json").read_bytes()) == {"stamps": 2}


TABLES_THEN = {
    *("CaseRecord", "EventRecord", "FileRecord"),
    *("DispatchRecord", "AttemptRecord", "NoticeRecord"),
}


CASES_THEN = "tables/CaseRecord.jsonl"


def test_an_older_backup_is_brought_up_to_date(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    """A release whose tables had not come to statements yet wrote it."""
    there = house(tmp_path / "there")
    backup = backup_of(made[1])
    later = backup.rows.keys() - TABLES_THEN

    def change(parts: dict[str, bytes]) -> None:
        for name in later:
            del parts[f"tables/{name}.jsonl"]
        rows = [json.loads(each) for each in parts[CASES_THEN].splitlines()]
        for row in rows:
            del row["owner"]
        parts[CASES_THEN] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    path = rewritten(
        made[1],
        tmp_path / "b",
        change=change,
        schema=tuple(name for name in backup.schema if name < "0006"),
        rows={name: n for name, n in backup.rows.items() if name not in later},
    )

    restored = there.read("restore", str(path))

    assert restored["backup"]["cases"] == 2
    assert len(there.read("case", "list")) == 2
    assert there.read("spending", "show")


@pytest.mark.parametrize("schema", [(), ("0001_initial", "0003_chain")])
def test_tables_of_no_form_that_ever_was_are_refused(
    made: tuple[House, Path], tmp_path: Path, schema: tuple[str, ...]
) -> None:
    there = house(tmp_path / "there")
    path = rewritten(made[1], tmp_path / "b", schema=schema)

    refused = there.run("restore", str(path), code=2)

    assert "of no form that this release ever had" in refused.stderr
    assert not (there.home / "rescind.sqlite3").exists()


def test_another_passphrase_opens_nothing(
    made: tuple[House, Path], tmp_path: Path
) -> None:
    there = house(tmp_path / "there", RESCIND_BACKUP_PASSPHRASE="another passphrase")

    refused = there.run("restore", str(made[1]), code=2)
    without = there.read("restore", str(made[1]), "--without-keys")

    assert "the passphrase is not the one" in refused.stderr
    assert without["backup"]["cases"] == 2
    assert not (there.home / "key.p12").exists()
