"""The disk is full or closed to us, others write or start beside us: it is said."""

import fcntl
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from rescind.core.errors import TransientError
from rescind.store import faults, turns
from tests.conftest import FACTS, SENDER, needs
from tests.program import RESCIND
from tests.store import postgres
from tests.store.test_damage import DATABASE, rescind, whole

__all__ = ["whole"]

FIRST_START = """
from rescind.app.setup import setup
setup()
from rescind.store import selectors
print(len(selectors.cases()))
"""


def start(home: Path, url: str | None = None) -> subprocess.Popen[str]:
    environment = os.environ | {"RESCIND_HOME": str(home)}
    environment.pop("RESCIND_DATABASE_URL", None)
    if url:
        environment["RESCIND_DATABASE_URL"] = url
    return subprocess.Popen(
        [sys.executable, "-c", FIRST_START],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_first_starts_at_once_bring_the_database_up_one_after_the_other(
    tmp_path: Path,
) -> None:
    starts = [start(tmp_path / "home") for _ in range(4)]

    ends = [(*each.communicate(timeout=120), each.returncode) for each in starts]

    assert ends == [("0\n", "", 0)] * 4


def test_first_starts_at_once_on_postgresql_too(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    needs("initdb")
    with postgres.running(tmp_path_factory.mktemp("pg")) as server:
        homes = [tmp_path_factory.mktemp("home") for _ in range(4)]
        starts = [start(home, server.url) for home in homes]
        ends = [(*each.communicate(timeout=120), each.returncode) for each in starts]

    assert ends == [("0\n", "", 0)] * 4


def test_a_start_that_waits_too_long_names_the_other_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.2)
    lock = tmp_path / "start.lock"
    lock.write_text(str(os.getpid()))
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(TransientError) as refused, turns.turn_to_start(tmp_path):
            pass

    assert f"process {os.getpid()} (" in refused.value.what
    assert re.search(r"since 20\d\d-\d\d-\d\dT", refused.value.what)

    with turns.turn_to_start(tmp_path):
        pass
    assert lock.read_text() == str(os.getpid())


def test_a_write_waits_and_then_says_who_writes(
    whole: Path,
    tmp_path: Path,
    ready_desk: None,  # noqa: ARG001 - Django's settings
) -> None:
    home = shutil.copytree(whole, tmp_path / "home")
    case = rescind(home, "case", "list").stdout.split()[0]
    patience = (
        "import rescind.store.django_settings as s;"
        "s.DATABASES['default']['OPTIONS']['timeout'] = 0.5;"
        "from rescind.cli.main import main; main()"
    )
    with closing(sqlite3.connect(home / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = subprocess.run(
            [sys.executable, "-c", patience, "case", "close", case],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"RESCIND_HOME": str(home)},
        )
        reading = rescind(home, "case", "list")

    assert done.returncode == 1
    assert f"process {os.getpid()} (" in done.stderr
    assert "since 20" in done.stderr
    assert "Traceback" not in done.stderr
    assert reading.returncode == 0, reading.stderr


def test_a_first_start_on_a_full_disk_leaves_no_half_database(tmp_path: Path) -> None:
    home = tmp_path / "home"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [RESCIND, "case", "list"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RESCIND_HOME": str(home), "XDG_CACHE_HOME": str(tmp_path)},
        preexec_fn=little_room,
    )

    assert done.returncode == 1
    assert "no room" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / DATABASE).exists()
    assert rescind(home, "case", "list").returncode == 0


def test_what_finds_no_room_is_not_written_at_all(whole: Path, tmp_path: Path) -> None:
    home = shutil.copytree(whole, tmp_path / "home")
    case = rescind(home, "case", "list").stdout.split()[0]
    paper = tmp_path / "paper.txt"
    # what is kept is packed: no two bytes of this are foreseen
    paper.write_text(os.urandom(500_000).hex())
    size = (home / DATABASE).stat().st_size

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, size + 200_000))

    done = subprocess.run(
        [RESCIND, "case", "keep", case, str(paper)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RESCIND_HOME": str(home)},
        preexec_fn=little_room,
    )

    assert (done.returncode, "no room" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr
    assert "paper" not in rescind(home, "case", "show", case).stdout
    assert rescind(home, "case", "keep", case, str(paper)).returncode == 0


def as_nobody(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run as a user to whom nothing here belongs; root may write everywhere."""
    command = [RESCIND, *words]
    if os.geteuid() == 0:
        needs("setpriv")
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                   *command]  # fmt: skip
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RESCIND_HOME": str(home), "XDG_CACHE_HOME": "/nonexistent"},
    )


@pytest.mark.parametrize("is_file_alone", [False, True])
def test_a_folder_that_may_not_be_written_to_is_named(
    whole: Path,
    *,
    is_file_alone: bool,
) -> None:
    # in a place that everybody may pass through; where root runs this, it is root's
    home = Path("/tmp") / f"rescind-read-only-{os.getpid()}-{is_file_alone}"
    shutil.copytree(whole, home)
    try:
        (home / "secret-key").chmod(0o644)
        if os.geteuid() == 0:
            home.chmod(0o755)
            (home / DATABASE).chmod(0o644)
        else:
            (home / DATABASE).chmod(0o444)
            home.chmod(0o700 if is_file_alone else 0o555)
        if is_file_alone and os.geteuid() == 0:
            os.chown(home, 65534, 65534)
        refused = [
            as_nobody("case", "list", home=home),
            as_nobody("mailbox", "set", "--host", "h.example", "--user", "m@x.org",
                      home=home),
        ]  # fmt: skip
    finally:
        home.chmod(0o700)
        shutil.rmtree(home)

    for done in refused[: 1 if is_file_alone else 2]:
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
        assert str(home) in done.stderr


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "no room"),
        ('could not extend file "x": No space left on device', "no room"),
        ("attempt to write a readonly database", "may not be written"),
        ("cannot execute INSERT in a read-only transaction", "may not be written"),
        ("database disk image is malformed", "it is damaged"),
        ("canceling statement due to lock timeout", "another process is writing"),
        ("server closed the connection unexpectedly", "does not answer: server"),
    ],
)
def test_what_a_database_says_becomes_a_sentence(
    said: str,
    words: str,
    ready_desk: None,  # noqa: ARG001 - Django's settings
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(faults, "writer", lambda: None)

    error = faults.outside_error(OperationalError(said))

    assert error is not None
    assert words in error.what


PAGES = """
import sys
from io import BytesIO
from wsgiref.util import setup_testing_defaults
from rescind.app.setup import setup, web_application
setup()
application = web_application()

def status():
    environ = {"PATH_INFO": "/cases/", "HTTP_HOST": "127.0.0.1"}
    setup_testing_defaults(environ)
    seen = []
    answer = application(environ, lambda line, headers, *more: seen.append(line))
    text = b"".join(answer)
    answer.close()
    return f"{seen[0][:3]} {b'does not answer' in text}"

for line in sys.stdin:
    print(status(), flush=True)
"""


def test_pages_say_that_postgresql_is_gone_and_go_on_when_it_is_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A connection that a restart cut is not given to the next page."""
    needs("initdb")
    home = tmp_path_factory.mktemp("home")
    with postgres.running(tmp_path_factory.mktemp("pg")) as server:
        environment = {"RESCIND_HOME": str(home), "RESCIND_DATABASE_URL": server.url}
        with subprocess.Popen(
            [sys.executable, "-c", PAGES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | environment,
        ) as pages:

            def status() -> str:
                assert pages.stdin
                assert pages.stdout
                pages.stdin.write("\n")
                pages.stdin.flush()
                return pages.stdout.readline().strip()

            before = [status(), status()]
            server.stop()
            server.start()
            after_a_restart = status()
            server.stop()
            while_it_is_gone = status()
            server.start()
            back = status()
            assert pages.stdin
            pages.stdin.close()

    assert before == ["200 False"] * 2
    assert after_a_restart == "200 False"
    assert while_it_is_gone == "503 True"
    assert back == "200 False"


def test_a_lock_of_postgresql_is_waited_for_and_then_it_is_said_who_has_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    needs("initdb")
    import psycopg

    home = tmp_path_factory.mktemp("home")
    impatient = (
        "import rescind.store.django_settings as s;"
        "s.DATABASES['default']['OPTIONS']['options'] = '-c lock_timeout=300ms';"
        "from rescind.cli.main import main; main()"
    )
    with postgres.running(tmp_path_factory.mktemp("pg")) as server:
        environment = os.environ | {
            "RESCIND_HOME": str(home),
            "RESCIND_DATABASE_URL": server.url,
        }

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-c", impatient, *words],
                capture_output=True, text=True, check=False, env=environment,
            )  # fmt: skip

        sender, facts = home / "s.json", home / "f.json"
        sender.write_text(json.dumps(SENDER), encoding="utf-8")
        facts.write_text(json.dumps(FACTS), encoding="utf-8")
        made = run("case", "new", "--facts", str(facts), "--sender", str(sender),
                   "--json")  # fmt: skip
        case = json.loads(made.stdout)["id"]
        with psycopg.connect(server.url, application_name="the other") as other:
            other.execute("UPDATE desk_caserecord SET service = service")
            refused = run("case", "close", case)
        done = run("case", "close", case)

    assert refused.returncode == 1
    assert "session" in refused.stderr
    assert "(the other), since 20" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert done.returncode == 0, done.stderr
