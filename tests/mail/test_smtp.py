"""Sending by SMTP: a real server, and servers that fail where no real one would."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from rescind.adapters.mail.smtp import SmtpMailer
from rescind.adapters.settings import smtp
from rescind.adapters.settings.smtp import SmtpAccount
from rescind.app.follow import cases, queries
from rescind.core.errors import (
    BadInput,
    OutsideError,
    PermanentError,
    TransientError,
    UnknownOutcome,
)
from rescind.ports import Submission
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.mail import servers


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.MailServer]:
    needs("postfix", "dovecot", "openssl", "/usr/lib/postfix/sbin/smtpd")
    with servers.running(tmp_path_factory.mktemp("mail")) as running:
        yield running


def account(port: int, ca_file: Path | None, security: str = "starttls") -> SmtpAccount:
    return SmtpAccount(
        host=servers.HOST,
        port=port,
        user=servers.USER,
        sender=servers.USER,
        security=security,
        ca_file=ca_file,
    )


def message(to: str = "desk@merchant.example.org") -> Submission:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = servers.USER, to
    mail["Subject"], mail["Message-ID"] = "Cancellation", "<1@rescind.invalid>"
    mail.set_content("I cancel.\n.\n.. and a line that begins with a dot\n")
    return Submission(content=mail.as_bytes(), recipient=to, envelope_id="rescind-1")


@pytest.mark.usefixtures("ready_desk")
def test_a_case_is_sent_by_a_real_server_over_tls(
    server: servers.MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {
        "host": servers.HOST,
        "port": server.port,
        "user": servers.USER,
        "ca_file": str(server.ca_file),
    }
    smtp.MAILBOX.write(HOME, settings)
    monkeypatch.setenv(smtp.PASSWORD, servers.PASSWORD)
    case_id = cases.new_case(FACTS, SENDER)

    sent = cases.send(case_id, way="smtp", to="desk@merchant.example.org")

    assert sent.outcome == "dispatch_taken", sent.said
    assert "AUTH 235" in sent.said
    assert "END 250" in sent.said
    (raw,) = server.wait_for_mail()
    arrived = message_from_bytes(raw)
    begun = queries.show_case(case_id)["events"][3]["details"]
    assert arrived["Message-ID"] == begun["message_id"]
    kept = bytes(selectors.file(selectors.find_case(case_id), begun["message"]).content)
    assert kept.replace(b"\r\n", b"\n").rstrip() in raw.rstrip()
    text = json.dumps(queries.show_case(case_id)) + (HOME / "mailbox.json").read_text()
    assert servers.PASSWORD not in text
    smtp.MAILBOX.forget(HOME)


@pytest.mark.parametrize(
    ("password", "to", "words"),
    [
        ("wrong", "desk@merchant.example.org", "535"),
        (servers.PASSWORD, "nobody@merchant.example.org", "550"),
    ],
)
def test_what_a_real_server_refuses_is_refused_for_good(
    server: servers.MailServer, password: str, to: str, words: str
) -> None:
    mailer = SmtpMailer(account(server.port, server.ca_file), lambda: password)

    with pytest.raises(PermanentError, match=words):
        mailer.send(message(to), [])


def test_an_untrusted_certificate_stops_before_the_password(
    server: servers.MailServer,
) -> None:
    asked: list[str] = []

    def password() -> str:
        asked.append("password")
        return servers.PASSWORD

    mailer = SmtpMailer(account(server.port, None), password)

    with pytest.raises(TransientError, match="SSLCertVerificationError"):
        mailer.send(message(), [])
    assert asked == []


def test_nobody_there_is_a_failure_that_may_pass() -> None:
    with socket.socket() as probe:
        probe.bind((servers.HOST, 0))
        port = probe.getsockname()[1]

    with pytest.raises(TransientError):
        SmtpMailer(account(port, None), lambda: "x").send(message("a@b.org"), [])


Script = Callable[[ssl.SSLSocket], None]


def say(connection: ssl.SSLSocket, *lines: str) -> None:
    for line in lines:
        connection.sendall(line.encode() + b"\r\n")


def until_content(connection: ssl.SSLSocket) -> None:
    """Play a server up to the end of the content."""
    say(connection, "220 hello")
    reader = connection.makefile("rb")
    answers = {
        b"EHLO": "250-me\r\n250 AUTH PLAIN",
        b"AUTH": "235 ok",
        b"MAIL": "250 ok",
        b"RCPT": "250 ok",
        b"DATA": "354 go",
    }
    for line in reader:
        say(connection, answers[line[:4].upper()])
        if line[:4].upper() == b"DATA":
            break
    for line in reader:
        if line == b".\r\n":
            return


def breaks_off_after_content(connection: ssl.SSLSocket) -> None:
    until_content(connection)


def refuses_content(connection: ssl.SSLSocket) -> None:
    until_content(connection)
    say(connection, "554 5.7.1 no\x1b[31m such mail")


def takes_it_and_then_fails(connection: ssl.SSLSocket) -> None:
    until_content(connection)
    say(connection, "250 taken")
    connection.recv(1000)
    say(connection, "451 4.3.0 trouble while saying goodbye")


def is_greylisting(connection: ssl.SSLSocket) -> None:
    say(connection, "220 hello")
    connection.recv(1000)
    say(connection, "250-me\r\n250 AUTH PLAIN")
    connection.recv(1000)
    say(connection, "451 4.7.1 come back later")


@pytest.fixture
def misbehaving(tmp_path: Path) -> Iterator[Callable[[Script], SmtpMailer]]:
    needs("openssl")
    context = servers.server_context(tmp_path)
    listener = socket.socket()
    listener.bind((servers.HOST, 0))
    listener.listen()
    threads: list[threading.Thread] = []

    def start(script: Script) -> SmtpMailer:
        def serve() -> None:
            plain, _ = listener.accept()
            with context.wrap_socket(plain, server_side=True) as connection:
                script(connection)

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()
        port = listener.getsockname()[1]
        settings = account(port, tmp_path / "cert.pem", security="tls")
        return SmtpMailer(settings, lambda: "x")

    yield start
    for thread in threads:
        thread.join(timeout=10)
    listener.close()


def test_a_break_after_the_content_is_an_unknown_outcome(
    misbehaving: Callable[[Script], SmtpMailer],
) -> None:
    mailer = misbehaving(breaks_off_after_content)

    with pytest.raises(UnknownOutcome):
        mailer.send(message("a@b.org"), [])


def test_trouble_after_the_acceptance_changes_nothing_about_it(
    misbehaving: Callable[[Script], SmtpMailer],
) -> None:
    mailer = misbehaving(takes_it_and_then_fails)

    handover = mailer.send(message("a@b.org"), [])

    assert handover.answers[-1] == "END 250 taken"


@pytest.mark.parametrize(
    ("script", "error"),
    [(refuses_content, PermanentError), (is_greylisting, TransientError)],
)
def test_an_answer_tells_what_is_certain(
    misbehaving: Callable[[Script], SmtpMailer],
    script: Script,
    error: type[OutsideError],
) -> None:
    mailer = misbehaving(script)

    with pytest.raises(error) as caught:
        mailer.send(message("a@b.org"), [])

    assert "\x1b" not in str(caught.value)


def test_without_a_password_it_is_said_where_to_put_it() -> None:
    with pytest.raises(BadInput) as caught:
        smtp.password(account(1, None))

    assert smtp.PASSWORD in caught.value.suggestions[0]


def test_without_a_keyring_keeping_a_password_is_refused() -> None:
    with pytest.raises(BadInput, match="no keyring"):
        smtp.keep_password(account(1, None), "x")
