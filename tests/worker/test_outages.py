"""What else breaks: mail servers, TLS, the disk, the database; nothing goes twice."""

import json
import os
import resource
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.settings import smtp
from rescind.app.follow import cases, queries, worker
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.mail import servers
from tests.mail.test_smtp import breaks_off_after_content, is_greylisting, say
from tests.store import postgres
from tests.worker.conftest import Forward
from tests.worker.working import work

pytestmark = pytest.mark.usefixtures("no_limits", "password")
TO = "desk@merchant.example.org"
Script = Callable[[ssl.SSLSocket], None]


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(smtp.PASSWORD, servers.PASSWORD)


def use(port: int, ca_file: Path, security: str = "starttls") -> None:
    smtp.MAILBOX.write(
        HOME,
        {
            "host": servers.HOST,
            "port": port,
            "user": servers.USER,
            "security": security,
            "ca_file": str(ca_file),
        },
    )


def ordered() -> str:
    case_id = cases.new_case(FACTS, SENDER)
    at = clock.now().isoformat()
    cases.send_later(case_id, way="smtp", to=TO, at=at, copy=False)
    return case_id


def state(case_id: str) -> str:
    return str(queries.show_case(case_id)["state"])


def said(case_id: str) -> str:
    return " ".join(
        event["details"].get("said", "")
        for event in queries.show_case(case_id)["events"]
    )


def test_a_mail_server_that_is_down_for_a_day_gets_one_letter(
    tmp_path_factory: pytest.TempPathFactory,
    forward: Forward,
) -> None:
    needs("postfix", "dovecot", "openssl", "/usr/lib/postfix/sbin/smtpd")
    folder = tmp_path_factory.mktemp("mail")
    with servers.running(folder) as mail:
        use(mail.port, mail.ca_file)
        port = mail.port
    case_id = ordered()
    for _ in range(4):
        work()
        forward(hours=6)
    assert state(case_id) == "ordered"
    assert "ConnectionRefusedError" in said(case_id)

    with servers.running(tmp_path_factory.mktemp("mail")) as mail:
        use(mail.port, mail.ca_file)
        work()
        assert state(case_id) == "sent"
        work()
        assert len(mail.wait_for_mail()) == 1
    assert mail.port != port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Callable[[Script], None]]:
    """Lend a server that plays a script for each connection."""
    needs("openssl")
    context = servers.server_context(tmp_path)
    listener = socket.socket()
    listener.bind((servers.HOST, 0))
    listener.listen()
    port = listener.getsockname()[1]
    scripts: list[Script] = []

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
                with context.wrap_socket(plain, server_side=True) as connection:
                    scripts[-1](connection)
            except OSError:
                if listener.fileno() < 0:
                    return

    def play(script: Script) -> None:
        scripts.append(script)
        use(port, tmp_path / "cert.pem", "tls")

    threading.Thread(target=serve, daemon=True).start()
    yield play
    listener.close()


def takes_it(connection: ssl.SSLSocket) -> None:
    from tests.mail.test_smtp import until_content

    until_content(connection)
    say(connection, "250 taken")


def says_nothing(connection: ssl.SSLSocket) -> None:
    with suppress(OSError):
        connection.recv(1)


def test_greylisting_is_waited_for(
    server: Callable[[Script], None], forward: Forward
) -> None:
    server(is_greylisting)
    case_id = ordered()
    work()
    assert (state(case_id), "451" in said(case_id)) == ("ordered", True)

    server(takes_it)
    forward(minutes=2)
    work()

    assert state(case_id) == "sent"


def test_a_break_at_the_one_bad_moment_is_in_doubt_and_not_repeated(
    server: Callable[[Script], None], forward: Forward
) -> None:
    server(breaks_off_after_content)
    case_id = ordered()
    work()
    assert state(case_id) == "doubtful"

    server(takes_it)
    forward(days=1)
    work()

    assert state(case_id) == "doubtful"


def test_a_server_that_says_nothing_is_given_up_and_tried_again(
    server: Callable[[Script], None],
    monkeypatch: pytest.MonkeyPatch,
    forward: Forward,
) -> None:
    monkeypatch.setattr("rescind.adapters.mail.smtp.TIMEOUT_SECONDS", 1)
    server(says_nothing)
    case_id = ordered()

    work()

    assert (state(case_id), "broke off" in said(case_id)) == ("ordered", True)
    server(takes_it)
    forward(minutes=2)
    work()
    assert state(case_id) == "sent"


def test_a_certificate_that_is_not_trusted_gets_no_letter(
    server: Callable[[Script], None],
    tmp_path_factory: pytest.TempPathFactory,
    forward: Forward,
) -> None:
    server(takes_it)
    other = tmp_path_factory.mktemp("other")
    servers.server_context(other)
    settings = smtp.MAILBOX.read(HOME)
    assert settings is not None
    use(settings.port, other / "cert.pem", "tls")
    case_id = ordered()

    work()

    assert state(case_id) == "ordered"
    assert "SSLCertVerificationError" in said(case_id)
    server(takes_it)
    forward(minutes=2)
    work()
    assert state(case_id) == "sent"


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow while this lasts: what a full disk does to a database."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def wait_for(case_id: str, wanted: str) -> None:
    until = time.monotonic() + 30
    while state(case_id) != wanted and time.monotonic() < until:
        time.sleep(0.2)
    assert state(case_id) == wanted


@pytest.fixture
def at_work() -> Iterator[None]:
    """Have a worker run beside the test."""
    it = worker.Worker(threads=2)
    thread = threading.Thread(target=it.run)
    thread.start()
    yield
    it.stopping.set()
    thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.mark.usefixtures("at_work")
def test_a_full_disk_stops_a_letter_and_nothing_is_lost(
    server: Callable[[Script], None], forward: Forward
) -> None:
    server(takes_it)
    case_id = cases.new_case(FACTS, SENDER)
    at = (clock.now() + timedelta(minutes=10)).isoformat()
    cases.send_later(case_id, way="smtp", to=TO, at=at, copy=False)

    with full_disk():
        forward(minutes=11)
        time.sleep(4)
        assert state(case_id) == "ordered"
    forward(minutes=20)

    wait_for(case_id, "sent")


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    ("patience", "ends"), [(60.0, "sent"), (1.0, "doubtful")], ids=["short", "long"]
)
def test_a_disk_that_is_full_when_the_answer_comes_is_waited_for(
    server: Callable[[Script], None],
    forward: Forward,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    ends: str,
) -> None:
    monkeypatch.setattr("rescind.store.retry.SECONDS", patience)
    sent: list[str] = []
    full = ExitStack()

    def fills_and_takes_it(connection: ssl.SSLSocket) -> None:
        from tests.mail.test_smtp import until_content

        until_content(connection)
        full.enter_context(full_disk())
        sent.append("one")
        say(connection, "250 taken")

    server(fills_and_takes_it)
    case_id = ordered()
    wait_for(case_id, "sending")
    time.sleep(4)
    assert sent == ["one"]
    full.close()
    server(takes_it)
    if ends == "doubtful":
        forward(hours=2)

    wait_for(case_id, ends)
    assert sent == ["one"]


def test_a_database_that_is_restarted_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """PostgreSQL crashes and comes back while a worker of another process works."""
    needs("initdb", "pg_ctl", "postfix", "dovecot", "/usr/lib/postfix/sbin/smtpd")
    home = tmp_path_factory.mktemp("home")
    with (
        postgres.running(tmp_path_factory.mktemp("postgresql")) as database,
        servers.running(tmp_path_factory.mktemp("mail")) as mail,
    ):
        environment = os.environ | {
            "RESCIND_HOME": str(home),
            "RESCIND_DATABASE_URL": database.url,
        }

        def run(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, "-W", "ignore", *words],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                cwd=Path(__file__).parents[2],
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        settings = {"host": servers.HOST, "port": mail.port, "user": servers.USER}
        settings["ca_file"] = str(mail.ca_file)
        (home / "mailbox.json").write_text(json.dumps(settings))
        cases = json.loads(run("-m", "tests.worker.orders", "6"))
        told_wrong = (home / "errors").open("w")
        worked = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "rescind.cli.main", "worker"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=told_wrong,
        )
        try:
            for _ in range(2):
                time.sleep(2.5)
                database.stop()
                time.sleep(1)
                database.start()
            rows = _until_told(run, cases)
        finally:
            worked.terminate()
            worked.wait(timeout=60)
            told_wrong.close()
        came = mail.wait_for_mail(count=1)
        names = [message_from_bytes(raw)["Message-ID"] for raw in came]
        assert len(names) == len(set(names))
        told = {row["state"] for row in rows}
        errors = (home / "errors").read_text()
        assert told <= {"sent", "doubtful", "sending"}, errors[-3000:]
        assert len(names) >= [row["state"] for row in rows].count("sent")


def _until_told(run: Callable[..., str], cases: list[str]) -> list[dict[str, Any]]:
    """Return the cases once each is sent or in doubt; sending is doubt to come."""
    until = time.monotonic() + 300
    while True:
        shown = json.loads(run("-m", "rescind.cli.main", "case", "list", "--json"))
        rows = [row for row in shown if row["id"] in cases]
        waiting = [row for row in rows if row["state"] == "ordered"]
        if not waiting or time.monotonic() > until:
            return rows
        time.sleep(1)
