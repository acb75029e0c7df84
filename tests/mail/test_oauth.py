"""Mailboxes by OAuth, against a real Dovecot; and mail that is heard as it comes."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from rescind.adapters.mail import inbox, mbox
from rescind.adapters.mail.smtp import SmtpMailer
from rescind.adapters.settings import imap as imap_settings
from rescind.adapters.settings import oauth
from rescind.adapters.settings.smtp import account
from rescind.app.follow import sync
from rescind.core.errors import BadInput, TransientError
from tests.conftest import HOME, needs
from tests.mail import imap, servers
from tests.mail import oauth as endpoint
from tests.mail.test_smtp import message
from tests.mail.test_sync import CONFIRMED, a_case, kinds, mail

pytestmark = pytest.mark.usefixtures("ready_desk")


@pytest.fixture
def box(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[imap.Mailbox, str, list[Any]]]:
    needs("/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "openssl")
    monkeypatch.setenv(oauth.TOKEN, endpoint.REFRESH)
    oauth._TOKENS.clear()  # noqa: SLF001 - what it keeps - each test asks anew
    with (
        endpoint.running() as (url, asked),
        imap.running(tmp_path_factory.mktemp("imap"), oauth=url) as found,
    ):
        yield found, url, asked
    imap_settings.INBOX.forget(HOME)


def settings(box: imap.Mailbox, url: str) -> dict[str, Any]:
    return {
        "host": servers.HOST,
        "port": str(box.port),
        "user": servers.USER,
        "ca_file": str(box.ca_file),
        "oauth": f"{url}/token",
        "client_id": "rescind-1",
    }


def test_an_inbox_is_read_by_a_token_that_is_asked_for_once(
    box: tuple[imap.Mailbox, str, list[Any]],
) -> None:
    dovecot, url, asked = box
    sync.change_settings(settings(dovecot, url))
    case_id, sent_as = a_case("oauth.example.org")
    dovecot.deliver(mail(CONFIRMED, In_Reply_To=sent_as, Message_ID="<o@x>"), "1")

    first, again = sync.sync(case_id), sync.sync(case_id)

    assert [row["label"] for row in first.kept] == ["confirmed"]
    assert again.known == 1
    exchanges = [each for each in asked if "refresh_token" in each]
    assert [each["client_id"] for each in exchanges] == [["rescind-1"]]
    assert endpoint.REFRESH not in (HOME / "inbox.json").read_text()


def test_a_refresh_token_that_is_no_good_is_said_without_repeating_it(
    box: tuple[imap.Mailbox, str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot, url, _ = box
    sync.change_settings(settings(dovecot, url))
    a_case("oauth-2.example.org")
    monkeypatch.setenv(oauth.TOKEN, "secret-and-wrong")

    with pytest.raises(TransientError, match="invalid_grant") as caught:
        sync.sync()

    assert "secret-and-wrong" not in str(caught.value)


def test_an_endpoint_that_is_gone_and_a_token_that_is_refused(
    box: tuple[imap.Mailbox, str, list[Any]],
) -> None:
    dovecot, url, _ = box
    gone = imap_settings.account(settings(dovecot, "http://127.0.0.1:1"))
    with (
        pytest.raises(TransientError, match="gave no token"),
        inbox.open_inbox(gone, mbox.places),
    ):
        pass
    of = imap_settings.account(settings(dovecot, url))
    assert of.oauth is not None
    key = (of.oauth, f"{of.user}@{of.host}")
    oauth._TOKENS[key] = ("forged", time.monotonic() + 99)  # noqa: SLF001 - what it keeps

    with (
        pytest.raises(TransientError, match="could not be read"),
        inbox.open_inbox(of, mbox.places),
    ):
        pass


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"oauth": "gogle", "client_id": "x"}, "oauth"),
        ({"oauth": "http://far.example.org/token", "client_id": "x"}, "oauth"),
        ({"oauth": "google"}, "client_id"),
    ],
)
def test_settings_are_refused_by_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        oauth.read_oauth(given)

    assert caught.value.field == field
    assert oauth.read_oauth({}) is None


def test_a_letter_is_sent_by_a_token(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("postfix", "/usr/sbin/dovecot", "/usr/lib/postfix/sbin/smtpd")
    monkeypatch.setenv(oauth.TOKEN, endpoint.REFRESH)
    oauth._TOKENS.clear()  # noqa: SLF001 - what it keeps
    with (
        endpoint.running() as (url, _),
        servers.running(tmp_path_factory.mktemp("mail"), oauth=url) as server,
    ):
        given = {"host": servers.HOST, "port": server.port, "user": servers.USER}
        given |= {"ca_file": str(server.ca_file)}
        of = account(given | {"oauth": f"{url}/token", "client_id": "c"})
        from rescind.adapters.settings.smtp import password

        dialogue: list[str] = []
        handover = SmtpMailer(of, lambda: password(of)).send(message(), dialogue)

        assert "AUTH 235" in handover.answers
        assert endpoint.ACCESS not in "\n".join(dialogue)
        assert len(server.wait_for_mail()) == 1
        with pytest.raises(Exception, match="535"):
            SmtpMailer(of, lambda: "forged").send(message(), [])


def test_mail_is_heard_as_it_comes(
    box: tuple[imap.Mailbox, str, list[Any]],
) -> None:
    from rescind.store.models import WorkRecord

    dovecot, url, _ = box
    sync.change_settings(settings(dovecot, url))
    case_id, sent_as = a_case("idle.example.org")
    WorkRecord.objects.filter(action="sync").delete()
    stopping = threading.Event()
    thread = threading.Thread(target=sync.listen, args=(stopping,), daemon=True)
    thread.start()
    time.sleep(1.5)

    dovecot.deliver(mail(CONFIRMED, In_Reply_To=sent_as, Message_ID="<i@x>"), "i")

    until = time.monotonic() + 40
    while not WorkRecord.objects.filter(action="sync").exists():
        assert time.monotonic() < until, "nothing was heard"
        time.sleep(0.2)
    stopping.set()
    sync.sync(case_id)
    assert kinds(case_id)[-1] == "answered"


def test_a_folder_cannot_say_that_mail_came() -> None:
    assert list(inbox.listening(HOME, 1)) == []
    sync.listen(threading.Event())  # nothing is set: it ends at once
