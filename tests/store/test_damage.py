"""What was kept is damaged: it is noticed and said, and nothing is built upon it."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError
from django.test import Client

from rescind.adapters.data.words import ENGLISH
from rescind.core.errors import Damaged
from rescind.core.prove.damage import kept_digests
from rescind.core.prove.digest import digest
from rescind.store import integrity, selectors, services
from rescind.store.packed import MARK
from tests.conftest import FACTS, SENDER
from tests.program import run

DATABASE = "rescind.sqlite3"


def rescind(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"RESCIND_HOME": str(home)}
    environment.pop("RESCIND_DATABASE_URL", None)
    return run(*words, env=environment)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an installation that has a case."""
    home = tmp_path_factory.mktemp("whole")
    sender, facts = home / "sender.json", home / "facts.json"
    sender.write_text(json.dumps(SENDER), encoding="utf-8")
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    words = ("case", "new", "--facts", str(facts), "--sender", str(sender))
    made = rescind(home, *words)
    assert made.returncode == 0, made.stderr
    # whether a process that ends moves its log into the file differs between Pythons
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of it, to damage."""
    return shutil.copytree(whole, tmp_path / "home")


def cut_to_nothing(file: Path) -> None:
    os.truncate(file, 0)


def cut_half_a_page(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 2048)


def cut_in_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def overwrite(file: Path) -> None:
    file.write_bytes(b"this is a letter to my aunt\n" * 400)


def overwrite_beginning(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(b"\0" * 100)


def lose(file: Path) -> None:
    file.unlink()


def lose_all_but_log(file: Path) -> None:
    file.unlink()
    file.with_name(f"{DATABASE}-was-here").unlink()
    file.with_name(f"{DATABASE}-wal").write_bytes(b"\0" * 32)


def lose_log(file: Path) -> None:
    """As when somebody copies a running database without its log."""
    copy = sqlite3.connect(file)
    copy.execute("CREATE TABLE later (x)")
    copy.commit()
    index = file.with_name(f"{DATABASE}-shm").read_bytes()
    main = file.read_bytes()
    copy.close()
    file.write_bytes(main)
    file.with_name(f"{DATABASE}-shm").write_bytes(index)


def flip_in_index(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index'"
            " AND tbl_name = 'desk_filerecord' AND sql LIKE '%file_once%'"
            " UNION SELECT rootpage FROM sqlite_master WHERE type = 'index'"
            " AND tbl_name = 'desk_filerecord' LIMIT 1"
        ).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek(page * size - 10)
        byte = opened.read(1)
        opened.seek(page * size - 10)
        opened.write(bytes([byte[0] ^ 1]))


def write_by_newer_release(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('desk', '0999_later', '2027-01-01')"
        )
        database.commit()


FAULTS = {
    cut_to_nothing: "it holds nothing",
    cut_half_a_page: "it is damaged",
    cut_in_half: "it is damaged",
    overwrite: "it is no database",
    overwrite_beginning: "it is no database",
    lose: "it was here and is gone",
    lose_all_but_log: "is here without it",
    lose_log: "its log rescind.sqlite3-wal is gone",
    flip_in_index: "it is damaged",
    write_by_newer_release: "newer release",
}


@pytest.mark.parametrize(
    ("damage", "words"), FAULTS.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_a_damaged_database_is_named_and_left_as_it_is(
    home: Path, damage: Callable[[Path], None], words: str
) -> None:
    file = home / DATABASE
    damage(file)
    before = file.read_bytes() if file.exists() else None

    done = rescind(home, "case", "list")

    assert done.returncode == 1
    assert words in done.stderr
    said, command = done.stderr.splitlines()
    assert "estore" in said  # what to do, in words
    assert command == "  try: rescind restore FILE"
    assert (file.read_bytes() if file.exists() else None) == before


def test_a_worker_and_the_web_app_do_not_begin_on_a_damaged_database(
    home: Path,
) -> None:
    cut_in_half(home / DATABASE)

    for words in (["worker", "--once"], ["serve", "--port", "0", "--no-open"]):
        done = rescind(home, *words)
        assert (done.returncode, "it is damaged" in done.stderr) == (1, True)
        assert "Traceback" not in done.stderr


def test_who_wants_to_begin_anew_can_do_what_the_sentence_says(home: Path) -> None:
    lose(home / DATABASE)
    assert f"delete the file, if it is there, and {DATABASE}-was-here" in (
        rescind(home, "case", "list").stderr
    )

    (home / f"{DATABASE}-was-here").unlink()

    assert rescind(home, "case", "list").returncode == 0


def replace_bytes(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    assert len(old) == len(new)
    file.write_bytes(content.replace(old, new, 1))


def flip_in_a_file(file: Path) -> None:
    replace_bytes(file, MARK, MARK[:-1] + b"!")  # the beginning of a file kept packed


def flip_in_an_event(file: Path) -> None:
    replace_bytes(file, b'"confirm_by": "20', b'"confirm_by": "21')


def lose_a_file(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(
            "DELETE FROM desk_filerecord WHERE media_type = 'application/pdf'"
        )
        database.commit()


IN_A_CASE = {
    flip_in_a_file: "is not as it was kept",
    flip_in_an_event: "event 2 is not as it was written",
    lose_a_file: "is gone",
}


@pytest.mark.parametrize(
    ("damage", "words"), IN_A_CASE.items(), ids=lambda e: getattr(e, "__name__", "")
)
def test_a_damaged_case_is_shown_as_such_and_not_sealed_nor_copied(
    home: Path, damage: Callable[[Path], None], words: str
) -> None:
    damage(home / DATABASE)
    case = rescind(home, "case", "list").stdout.split()[0]

    shown = rescind(home, "case", "show", case)
    as_json = json.loads(rescind(home, "case", "show", case, "--json").stdout)
    sealed = rescind(home, "case", "seal", case, "--out", str(home / "x.asice"))
    copied = rescind(home, "backup", str(home / "copy"))

    assert sealed.returncode == 1, sealed.stderr
    assert (shown.returncode, words in shown.stderr) == (0, True)
    assert "Restore your last backup" in shown.stderr
    assert shown.stderr.endswith("  try: rescind restore FILE\n")
    assert words in as_json["damage"][0]
    for refused in (sealed, copied):
        assert (refused.returncode, words in refused.stderr) == (1, True)
        assert "Traceback" not in refused.stderr
    assert not (home / "x.asice").exists()
    assert not (home / "copy").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"letter_written", b"letter_wri\xffxyz"),
        (b"letter_written", b"letter_wriqten"),
        (b'"confirm_by"', b'"confirm_by\x00'),
        (b'"confirm_by"', b'"confirm_bx"'),
        (b'"confirm_by": "2', b'"confirm_by": "x'),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_case(
    home: Path, old: bytes, new: bytes
) -> None:
    case = rescind(home, "case", "list").stdout.split()[0]
    replace_bytes(home / DATABASE, old, new)

    listed = rescind(home, "case", "list")
    shown = rescind(home, "case", "show", case)
    copied = rescind(home, "backup", f"{home}/copy")

    words = ("cannot be read", "is not as it was written", "it is damaged")
    for done in (shown, copied):
        assert any(each in done.stderr for each in words), done.stderr
    for done in (listed, shown, copied):
        assert "Traceback" not in done.stderr
    assert copied.returncode == 1
    assert rescind(home, "forget", case, "--yes").returncode == 0
    assert rescind(home, "case", "list").returncode == 0


def test_a_page_says_what_of_a_case_is_damaged(
    ready_desk: None,  # noqa: ARG001 - the database
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rescind.app.follow import cases

    name = cases.new_case(FACTS, SENDER)
    page = Client(SERVER_NAME="localhost").get(f"/cases/{name}/")
    assert b"proves nothing" not in page.content

    real = kept_digests
    monkeypatch.setattr(
        integrity, "kept_digests", lambda c: dict.fromkeys(real(c), digest(b""))
    )
    page = Client(SERVER_NAME="localhost").get(f"/cases/{name}/")

    assert page.status_code == 200
    assert b"is not as it was kept" in page.content
    assert b"proves nothing any more" in page.content
    assert b"Restore your last backup" in page.content
    assert b"rescind restore" not in page.content


def test_a_page_says_what_of_the_database_is_damaged_and_names_no_command(
    ready_desk: None,  # noqa: ARG001 - the database
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def malformed(*_: object, **__: object) -> None:
        line = "database disk image is malformed"
        raise DatabaseError(line)

    monkeypatch.setattr(selectors, "find_read_case", malformed)

    page = Client(SERVER_NAME="localhost").get(f"/cases/{UUID(int=0)}/")

    assert (page.status_code, b"is damaged" in page.content) == (503, True)
    assert b"Restore your last backup" in page.content
    assert b"rescind restore" not in page.content


def test_no_sentence_about_damage_names_a_command() -> None:
    """A page says them too; the command line names the command behind them."""
    sentences = ENGLISH.table("damage").values()

    assert len(sentences) > 20
    assert [each for each in sentences if re.search(r"\brescind [a-z]", each)] == []


def test_all_that_is_damaged_is_said_at_once_with_its_case(
    ready_desk: None,  # noqa: ARG001 - the database
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rescind.app.follow import cases

    names = [cases.new_case(FACTS, SENDER) for _ in range(2)]
    assert integrity.in_words(integrity.all_damage()) == ""
    monkeypatch.setattr(integrity, "kept_digests", lambda contents: contents)

    words = integrity.in_words(integrity.all_damage())

    assert "more" in words
    assert any(name in words for name in names) or words.count("case ") >= 5
    with pytest.raises(Damaged):
        integrity.require_whole(integrity.all_damage())
    case = selectors.find_case(names[0])
    services.forget(case)
    services.forget(selectors.find_case(names[1]))
