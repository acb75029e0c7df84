"""After a case was forgotten, no byte of the folder names it or who it was about."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import FACTS, SENDER
from tests.store import postgres
from tests.store.test_damage import rescind

HOLDER, STREET = "Wilhelmina Quackenbush", "Unverwechselbare Gasse 7"
MAIL = "wilhelmina.quackenbush@post.example.org"
MERCHANT, THEIRS = "Zorblatt Fitness", "kuendigung@zorblatt.example.net"
NOTE = "an xylophone on the picture"


def facts() -> dict[str, object]:
    return {
        **{name: value for name, value in FACTS.items() if name != "offer"},
        "service": "other",
        "merchant": MERCHANT,
        "kind": "gym",
    }


def words_of(case_id: str) -> list[str]:
    return [
        *(case_id, case_id.replace("-", ""), case_id[:8]),
        *(HOLDER, HOLDER.split()[1], MAIL, MERCHANT, "zorblatt", THEIRS, NOTE),
    ]


def files_that_name(home: Path, words: list[str]) -> list[tuple[str, str]]:
    """Return each file with each word that stands in it, in UTF-8 or UTF-16."""
    return [
        (path.relative_to(home).as_posix(), word)
        for path in sorted(home.rglob("*"))
        if path.is_file()
        for word in words
        for encoding in ("utf-8", "utf-16-le")
        if word.lower().encode(encoding) in path.read_bytes().lower()
    ]


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, str]:
    """Lend a folder with a case that went through all that is kept, and its id."""
    home, papers = tmp_path / "home", tmp_path / "papers"
    papers.mkdir()
    sender = {**SENDER, "name": HOLDER, "email": MAIL}
    (papers / "sender.json").write_text(json.dumps(sender), encoding="utf-8")
    (papers / "facts.json").write_text(json.dumps(facts()), encoding="utf-8")
    (papers / "note.txt").write_text(NOTE, encoding="utf-8")
    answer = f"From: {THEIRS}\r\nSubject: Re\r\n\r\nDear {HOLDER}, we got it.\r\n"
    (papers / "answer.eml").write_text(answer, encoding="utf-8")

    made = rescind(home, "case", "new", "--facts", str(papers / "facts.json"),
                   "--sender", str(papers / "sender.json"), "--json")  # fmt: skip
    assert made.returncode == 0, made.stderr
    case_id = str(json.loads(made.stdout)["id"])
    rescind(home, "worker", "--once")
    for words in (
        ["send", case_id, "--by", "practice", "--yes"],
        ["answer", case_id, str(papers / "answer.eml")],
        ["keep", case_id, str(papers / "note.txt"), "--note", NOTE],
    ):
        done = rescind(home, "case", *words)
        assert done.returncode in (0, 1), done.stderr
    worked = rescind(home, "worker", "--once")
    assert worked.returncode == 0, worked.stderr
    return home, case_id


def test_no_file_names_a_case_that_was_forgotten(case: tuple[Path, str]) -> None:
    home, case_id = case
    words = words_of(case_id)
    before = files_that_name(home, words)
    assert {"rescind.sqlite3", "engine.sqlite3"} <= {file for file, _ in before}
    assert {word for _, word in before} >= {HOLDER, MAIL, MERCHANT, NOTE}

    done = rescind(home, "forget", case_id, "--yes")

    assert done.returncode == 0, done.stderr
    assert files_that_name(home, words) == []


HOLDS_OPEN = """
import sqlite3, sys
held = [sqlite3.connect(f"{sys.argv[1]}/{name}") for name in sys.argv[2:]]
for each in held:
    each.execute("SELECT count(*) FROM sqlite_master").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_also_while_another_process_has_the_files_open(case: tuple[Path, str]) -> None:
    """Their logs then stay; the last one to close a file would have emptied them."""
    home, case_id = case
    names = ("rescind.sqlite3", "engine.sqlite3")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_OPEN, str(home), *names],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        rescind(home, "case", "close", case_id)
        done = rescind(home, "forget", case_id, "--yes")
        left = files_that_name(home, words_of(case_id))
        assert other.stdin
        other.stdin.close()

    assert done.returncode == 0, done.stderr
    assert left == []


def test_the_engine_s_records_on_postgresql_name_it_no_more(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    from rescind.adapters.jobs.engine import forget_case

    folder = tmp_path_factory.mktemp("pg")
    with postgres.running(folder) as server:
        home = tmp_path_factory.mktemp("home")
        # no worker ever ran: there is nothing to forget
        forget_case(server.url, home, "x")
        monkeypatch.setenv("RESCIND_DATABASE_URL", server.url)
        environment = os.environ | {"RESCIND_HOME": str(home)}

        def run(*words: str) -> str:
            return subprocess.run(
                [sys.executable, "-m", "rescind.cli.main", *words],
                capture_output=True, text=True, check=True, env=environment,
            ).stdout  # fmt: skip

        sender, about = home / "s.json", home / "f.json"
        sender.write_text(json.dumps({**SENDER, "name": HOLDER}), encoding="utf-8")
        about.write_text(json.dumps(facts()), encoding="utf-8")
        made = run("case", "new", "--facts", str(about), "--sender", str(sender),
                   "--json")  # fmt: skip
        case_id = str(json.loads(made)["id"])
        run("case", "send", case_id, "--by", "practice", "--yes", "--at",
            datetime.now(UTC).isoformat())  # fmt: skip
        run("worker", "--once")

        def named() -> int:
            with psycopg.connect(server.url) as session:
                row = session.execute(
                    "SELECT count(*) FROM dbos.workflow_status"
                    " WHERE workflow_uuid LIKE %s",
                    [f"case:{case_id}:%"],
                ).fetchone()
                assert row
                return int(row[0])

        before = named()
        run("forget", case_id, "--yes")

        assert before > 0
        assert named() == 0
