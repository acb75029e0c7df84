"""The drill: back up, go on and send, restore; all is whole, and nothing goes twice."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.conftest import needs
from tests.keep.house import House, house
from tests.mail import servers
from tests.mail.servers import MailServer
from tests.store import postgres

TO = "desk@merchant.example.org"
SEND = ("--by", "smtp", "--to", TO, "--no-copy", "--yes")


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    needs("/usr/sbin/postfix", "/usr/sbin/dovecot", "openssl")
    with servers.running(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Return an empty house on each database."""
    if request.param == "sqlite":
        yield house(tmp_path / "here")
        return
    folder = request.getfixturevalue("tmp_path_factory").mktemp("postgresql")
    with postgres.running(folder) as server:
        yield house(tmp_path / "here", RESCIND_DATABASE_URL=server.url)


@dataclass(frozen=True)
class Story:
    """The cases of the drill, by what became of each before the backup."""

    answered: str
    ordered: str
    draft: str
    closed: str

    @property
    def all(self) -> list[str]:
        return [self.answered, self.ordered, self.draft, self.closed]


def play(here: House, *words: str) -> dict[str, Any]:
    """Have ``play.py`` do something in a house; return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.keep.play", *words],
        **here.ways,
        stdout=subprocess.PIPE,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def begin(here: House, mail: MailServer) -> Story:
    return Story(**play(here, "begin", str(mail.port), str(mail.ca_file)))


def delivered(mail: MailServer, count: int) -> list[str]:
    """Return the Message-IDs that came to the merchant, once there are so many."""
    found = mail.wait_for_mail(count=count)
    assert len(found) == count
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in found]


def empty(mail: MailServer) -> None:
    for path in (mail.maildir.parent / "desk").glob("new/*"):
        path.unlink()


def test_nothing_goes_out_twice_after_a_restore(here: House, mail: MailServer) -> None:
    empty(mail)
    story = begin(here, mail)
    file = str(here.folder / "b.rescind")
    before = play(here, "look", *story.all)
    made = here.read("backup", file)
    assert (made["cases"], made["has_keys"]) == (4, True)
    assert any("keyring" in each for each in made["lacks"])
    fingerprint = here.read("key", "show")["fingerprint"]
    play(here, "go_on", *story.all)
    sent = delivered(mail, 4)

    restored = here.read("restore", file, "--yes")

    in_doubt = {story.ordered, story.draft}
    assert {row["case"] for row in restored["doubtful"]} == in_doubt
    for row in restored["doubtful"]:
        assert "after the backup that was restored" in row["text"]
    # a worker comes, and whoever orders again is refused
    here.run("worker", "--once")
    for case in in_doubt:
        refused = here.run("case", "send", case, *SEND, code=2)
        assert "only once" in refused.stderr
    here.run("case", "reopen", story.closed)
    here.run("worker", "--once")
    after = play(here, "look", *story.all)
    assert {c: after[c]["state"] for c in story.all} == dict(
        zip(story.all, ("answered", "doubtful", "doubtful", "doubtful"), strict=True)
    )
    assert delivered(mail, 4) == sent
    # what was there is there again, byte for byte, and proves what it proved
    for case in story.all:
        known = before[case]["events"]
        assert after[case]["events"][: len(known)] == known
        assert after[case]["events"][len(known)]["kind"] == "restored"
        assert after[case]["files"] == before[case]["files"]
    assert here.read("key", "show")["fingerprint"] == fingerprint
    again = str(here.folder / "again.rescind")
    here.run("backup", again)
    assert here.read("restore", again, "--check")["holds"]
    pack = str(here.folder / "case.asice")
    here.run("case", "seal", story.answered, "--out", pack)
    assert here.read("verify", pack, code=1)["intact"]
    # the person's word settles it, and one letter more goes out
    here.run("case", "send", story.ordered, "--by", "said")
    here.run("case", "unsent", story.draft)
    here.run("case", "send", story.draft, *SEND)
    assert len(delivered(mail, 5)) == 5


def test_a_letter_that_waited_is_in_doubt_though_it_was_never_sent(
    here: House, mail: MailServer
) -> None:
    """Its moment came while the backup lay there: a worker may have sent it."""
    empty(mail)
    story = begin(here, mail)
    first = delivered(mail, 1)
    file = str(here.folder / "b.rescind")
    here.run("backup", file)

    restored = here.read("restore", file, "--yes", "--nothing-sent-since")

    assert [row["case"] for row in restored["doubtful"]] == [story.ordered]
    assert here.state(story.draft) == "draft"
    here.run("worker", "--once")
    assert delivered(mail, 1) == first


def test_a_backup_moves_from_one_database_to_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    laptop = house(tmp_path / "laptop")
    case = laptop.new_case()
    file = str(tmp_path / "b.rescind")
    laptop.run("backup", file)
    with postgres.running(folder) as server:
        bureau = house(tmp_path / "bureau", RESCIND_DATABASE_URL=server.url)

        bureau.run("restore", file, "--yes")

        assert bureau.state(case) == "doubtful"
        again = str(tmp_path / "again.rescind")
        bureau.run("backup", again)
    home = house(tmp_path / "home")
    home.run("restore", again)
    assert home.state(case) == "doubtful"
    events = home.read("case", "show", case)["events"]
    assert [e["kind"] for e in events][-2:] == ["restored", "restored"]


def test_a_bureau_finds_its_tables_of_before_aside(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    with postgres.running(folder) as server:
        bureau = house(tmp_path / "bureau", RESCIND_DATABASE_URL=server.url)
        bureau.new_case()
        file = str(tmp_path / "b.rescind")
        bureau.run("backup", file)
        newer = bureau.new_case()
        bureau.run("worker", "--once")

        restored = bureau.read("restore", file, "--yes")

        schema = restored["aside_schema"]
        assert newer not in {row["id"] for row in bureau.read("case", "list")}
        ids = _ask(server.url, f"SELECT id FROM {schema}.desk_caserecord")
        assert newer in ids
        # what the engine knew is aside as well, and it begins anew
        assert _ask(server.url, f"SELECT count(*) FROM {schema}_engine.workflow_status")
        bureau.run("worker", "--once")
        erase = "from rescind.app.setup import setup; setup()\n"
        erase += "from rescind.app.keep import everything; everything.erase()"
        subprocess.run([sys.executable, "-c", erase], **bureau.ways, check=True)
        left = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before%'"
        assert _ask(server.url, left) == []


def _ask(url: str, question: str) -> list[str]:
    with psycopg.connect(url) as session:
        return [str(row[0]) for row in session.execute(question.encode())]


def test_a_backup_is_made_while_others_work(here: House) -> None:
    """A web app with its worker runs, and another process opens cases without pause."""
    here.new_case()
    app = here.start("serve", "--port", "0", "--no-open")
    assert app.stdout
    assert "Rescind is at" in app.stdout.readline()
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.worker.orders", "12"],
        **(here.ways | {"env": here.environment | {"RESCIND_SMTP_PASSWORD": "x"}}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        counts: list[int] = []
        while writer.poll() is None or not counts:
            file = str(here.folder / f"{len(counts)}.rescind")
            counts.append(here.read("backup", file)["cases"])
        refused = here.run("restore", file, "--yes", code=1)
    finally:
        app.terminate()
        app.wait(timeout=30)
        app.stdout.close()
        writer.kill()
        writer.wait()

    assert counts == sorted(counts)
    assert "is in use by process" in refused.stderr
    assert "end the web app and the worker first" in refused.stderr
    for number in range(len(counts)):
        file = str(here.folder / f"{number}.rescind")
        assert here.read("restore", file, "--check")["holds"]
    here.run("restore", file, "--yes")
    assert len(here.read("case", "list")) == counts[-1]


def test_a_restore_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    here = house(tmp_path / "here")
    case = here.new_case()
    file = here.folder / "b.rescind"
    here.run("backup", str(file))
    before = _files(here.home)
    cut = here.folder / "cut"
    cut.write_bytes(file.read_bytes()[:-100])

    declined = here.run("restore", str(file), code=1)
    refused: Any = json.loads(here.run("restore", str(cut), "--yes", "--json",
                                       code=2).stdout)  # fmt: skip

    assert "Nothing was restored" in declined.stderr
    assert refused["error"]["field"] == "file"
    assert "it was cut off" in refused["error"]["message"]
    assert _files(here.home) == before
    assert here.state(case) == "draft"


def _files(folder: Path) -> dict[str, bytes]:
    ours = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in ours}


def test_a_backup_replaces_nothing_unasked(tmp_path: Path) -> None:
    here = house(tmp_path / "here")
    file = here.folder / "b.rescind"
    here.run("backup", str(file))
    first = file.read_bytes()

    there = here.run("backup", str(file), code=2)
    nowhere = here.run("backup", str(tmp_path / "no" / "b"), code=2)
    here.run("key", "show")
    here.run("backup", str(file), "--force")

    assert "exists already" in there.stderr
    assert "there is no folder" in nowhere.stderr
    assert file.read_bytes() != first
    assert [path.name for path in here.folder.iterdir() if path != here.home] == [
        "b.rescind"
    ]


def test_a_key_needs_a_passphrase_or_stays_out(tmp_path: Path) -> None:
    here = house(tmp_path / "here", RESCIND_BACKUP_PASSPHRASE="")
    here.run("key", "show")
    file = here.folder / "b.rescind"

    refused = here.run("backup", str(file), code=2)
    here.run("backup", str(file), "--without-keys")
    short = house(tmp_path / "here", RESCIND_BACKUP_PASSPHRASE="short")
    too_short = short.run("backup", str(file), "--force", code=2)

    assert "RESCIND_BACKUP_PASSPHRASE" in refused.stderr
    assert "8 characters at least" in too_short.stderr
    looked = here.read("restore", str(file), "--check")
    assert not looked["backup"]["has_keys"]
    assert looked["backup"]["lacks"]


def test_no_backup_is_made_of_what_is_damaged(tmp_path: Path) -> None:
    here = house(tmp_path / "here")
    here.new_case()
    with sqlite3.connect(here.home / "rescind.sqlite3") as database:
        database.execute("UPDATE desk_filerecord SET content = x'00' WHERE id = 1")
    file = here.folder / "b.rescind"

    refused = here.run("backup", str(file), code=1)

    assert "is not as it was kept" in refused.stderr
    assert "rescind restore FILE" in refused.stderr
    assert not file.exists()
