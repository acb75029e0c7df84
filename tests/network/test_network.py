"""Where the program connects to: resolved once, within limits, never inside unasked."""

import ast
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rrset
import pytest
import requests

from rescind.adapters.evidence import revocation
from rescind.adapters.network import line, web
from rescind.adapters.notify import notifications
from rescind.adapters.notify.notifications import Notification, tell_by_apprise
from rescind.adapters.settings.imap import ImapAccount
from rescind.adapters.settings.smtp import SmtpAccount
from rescind.core.errors import PermanentError, TransientError
from rescind.ports import Submission
from tests.conftest import needs
from tests.mail.servers import server_context

ROOT = Path(__file__).parents[2] / "src" / "rescind"

PRIVATE = [
    *("127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1"),
    *("198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1%lo", "fc00::1", "ff02::1"),
    *("fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not line.is_public(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909"]
)
def test_an_address_of_the_open_network_is_public(address: str) -> None:
    assert line.is_public(address)


class Site(BaseHTTPRequestHandler):
    """Answers as a test wants it, and remembers who asked for what."""

    asked: list[tuple[str, str]]
    answer: Callable[["Site"], None]

    def do_GET(self) -> None:
        """Answer both alike."""
        self.do_POST()

    def do_POST(self) -> None:
        self.asked.append((self.command, self.path))
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        type(self).answer(self)

    def send(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Callable[[Callable[[Site], None]], tuple[int, type[Site]]]]:
    servers: list[ThreadingHTTPServer] = []

    def begin(answer: Callable[[Site], None]) -> tuple[int, type[Site]]:
        own = type("Own", (Site,), {"asked": [], "answer": staticmethod(answer)})
        server = ThreadingHTTPServer(("127.0.0.1", 0), own)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_port, own

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


Begin = Callable[[Callable[[Site], None]], tuple[int, type[Site]]]


def question(url: str, *, is_own: bool = False, **more: Any) -> web.Request:
    return web.Request(url=url, is_own=is_own, **{"seconds": 5.0, **more})


WAYS_TO_SAY_IT = [
    *("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"),
    *("0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0", "127.0.0.1."),
]


@pytest.mark.parametrize("host", WAYS_TO_SAY_IT)
def test_this_machine_is_not_asked_by_whatever_name(site: Begin, host: str) -> None:
    port, own = site(lambda it: it.send(200, b"secret"))

    with pytest.raises((PermanentError, TransientError)) as refused:
        web.ask(question(f"http://{host}:{port}/latest/meta-data"))

    assert own.asked == []
    assert "private network" in str(refused.value) or "did not answer" in str(
        refused.value
    )


def test_what_the_person_set_may_be_anywhere(site: Begin) -> None:
    port, own = site(lambda it: it.send(200, b"hello"))

    reply = web.ask(question(f"http://127.0.0.1:{port}/x", is_own=True, content=b"q"))

    assert (reply.status_code, reply.content) == (200, b"hello")
    assert own.asked == [("POST", "/x")]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_does_not_lead_inside(site: Begin, status: int) -> None:
    inside, asked_inside = site(lambda it: it.send(200, b"secret"))
    outside, _ = site(
        lambda it: it.send(status, Location=f"http://127.0.0.1:{inside}/admin")
    )

    with pytest.raises(PermanentError, match="private network"):
        web.ask(question(f"http://127.0.0.1:{outside}/", is_own=True))

    assert asked_inside.asked == []


def test_redirects_on_one_site_are_followed_and_not_for_ever(site: Begin) -> None:
    def on(it: Site) -> None:
        if it.path == "/end":
            it.send(200, b"here")
        else:
            it.send(302, Location="/end" if it.path == "/a" else "/b")

    port, own = site(on)
    assert web.ask(question(f"http://127.0.0.1:{port}/a", is_own=True)).content == (
        b"here"
    )
    own.asked.clear()

    with pytest.raises(PermanentError, match="from one address to the next"):
        web.ask(question(f"http://127.0.0.1:{port}/b", is_own=True))

    assert len(own.asked) == 1 + web.MOST_REDIRECTS


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x"]
)
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(PermanentError, match="no address of the web"):
        web.ask(question(url, is_own=True))


def test_a_redirect_to_a_file_is_not_followed(site: Begin) -> None:
    port, _ = site(lambda it: it.send(302, Location="file:///etc/passwd"))

    with pytest.raises(PermanentError, match="no address of the web"):
        web.ask(question(f"http://127.0.0.1:{port}/", is_own=True))


def drip(it: Site) -> None:
    it.send_response(200)
    it.end_headers()
    with suppress(OSError):
        for _ in range(100):
            it.wfile.write(b".")
            time.sleep(0.1)


def drip_headers(it: Site) -> None:
    with suppress(OSError):
        for byte in b"HTTP/1.0 200 OK\r\n" + b"X-A: b\r\n" * 30:
            it.wfile.write(bytes([byte]))
            time.sleep(0.1)


def hang(_: Site) -> None:
    time.sleep(5)


@pytest.mark.parametrize("answer", [drip, drip_headers, hang])
def test_who_drips_or_hangs_is_cut_off(
    site: Begin, answer: Callable[[Site], None]
) -> None:
    port, _ = site(answer)
    begun = time.monotonic()

    with pytest.raises(TransientError):
        web.ask(question(f"http://127.0.0.1:{port}/", is_own=True, seconds=1.0))

    assert time.monotonic() - begun < 2.5


def test_an_answer_without_end_is_cut_off(site: Begin) -> None:
    def flood(it: Site) -> None:
        it.send_response(200)
        it.end_headers()
        with suppress(OSError):
            for _ in range(1000):
                it.wfile.write(b"x" * 10_000)

    port, _ = site(flood)

    with pytest.raises(PermanentError, match="more than 50,000 bytes"):
        web.ask(question(f"http://127.0.0.1:{port}/", is_own=True, most_bytes=50_000))


class Names:
    """A DNS server on loopback whose answers change from question to question."""

    def __init__(self, answers: list[str]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                wire, where = self._socket.recvfrom(4096)
            except OSError:
                return
            asked = dns.message.from_wire(wire)
            name = asked.question[0].name
            address = self.answers[min(len(self.asked), len(self.answers) - 1)]
            self.asked.append(str(name))
            reply = dns.message.make_response(asked)
            reply.flags |= dns.flags.RA
            reply.answer = [dns.rrset.from_text(name, 0, "IN", "A", address)]
            self._socket.sendto(reply.to_wire(), where)

    def close(self) -> None:
        self._socket.close()

    def lookup(
        self, host: str, port: int, *_: Any, **__: Any
    ) -> list[tuple[Any, Any, int, str, tuple[str, int]]]:
        """Ask this server, as the system asks its own."""
        wire = dns.message.make_query(host, "A").to_wire()
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
            asking.settimeout(5)
            asking.sendto(wire, ("127.0.0.1", self.port))
            answer = dns.message.from_wire(asking.recv(4096)).answer
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (str(each), port))
            for group in answer
            for each in group
        ]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[list[str]], Names]]:
    """Have names resolved by a real server, which changes its mind."""
    begun: list[Names] = []

    def begin(answers: list[str]) -> Names:
        begun.append(Names(answers))
        monkeypatch.setattr(socket, "getaddrinfo", begun[-1].lookup)
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


def test_a_name_that_changes_its_answer_is_resolved_once(
    site: Begin, names: Callable[[list[str]], Names]
) -> None:
    """Public when it is looked at, this machine when it would be connected to."""
    port, own = site(lambda it: it.send(200, b"secret"))
    resolver = names(["192.0.2.1", "127.0.0.1"])
    connected: list[str] = []

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            connected.append(address[0])
            raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line, "is_public", lambda address: address != "127.0.0.1")
        patch.setattr(socket, "socket", Watched)
        with pytest.raises(ConnectionRefusedError):
            line.connect("rebind.example", port, timeout=1, is_own=False)

    assert connected == ["192.0.2.1"]
    assert resolver.asked == ["rebind.example."]
    assert own.asked == []


def test_a_name_that_leads_inside_is_refused(
    site: Begin, names: Callable[[list[str]], Names]
) -> None:
    port, own = site(lambda it: it.send(200, b"secret"))
    names(["127.0.0.1"])

    with pytest.raises(PermanentError, match="private network"):
        web.ask(question(f"http://ocsp.example:{port}/"))

    assert own.asked == []


def test_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("9.9.9.9", "10.0.0.7")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)

    with pytest.raises(line.Forbidden):
        line.connect("both.example", 80, timeout=1, is_own=False)


def test_a_certificate_s_addresses_do_not_lead_inside(site: Begin) -> None:
    port, own = site(lambda it: it.send(200, b"a list"))
    url = f"http://127.0.0.1:{port}/ocsp"

    for content in (b"question", None):
        with pytest.raises(requests.RequestException, match="private network"):
            revocation.ask_named(url, (), content, {})
    assert own.asked == []

    beside = {revocation.host_and_port(f"http://127.0.0.1:{port}/stamps")}
    assert revocation.ask_named(url, beside, None, {}).content == b"a list"


def test_a_notice_follows_no_redirect(site: Begin) -> None:
    inside, asked_inside = site(lambda it: it.send(200))
    hook, asked = site(lambda it: it.send(307, Location=f"http://127.0.0.1:{inside}/"))
    notice = Notification(title="a", body="b")

    with pytest.raises(TransientError):
        tell_by_apprise(f"json://127.0.0.1:{hook}/?redirect=yes", notice)

    assert len(asked.asked) >= 1
    assert asked_inside.asked == []


def guarded(names: dict[str, str], script: str, own: str = "") -> str:
    """Run lines in a process whose lines are watched, and where names are given."""
    head = f"""
import socket, threading
from rescind.adapters.network import guard
real, names = socket.getaddrinfo, {names!r}
socket.getaddrinfo = lambda host, *a, **k: real(names.get(host, host), *a, **k)
guard.watch(is_own=lambda host: host == {own!r}, most_bytes=1000)
"""
    done = subprocess.run(
        [sys.executable, "-c", head + script],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_what_a_library_connects_to_by_itself_is_looked_at(site: Begin) -> None:
    """Whichever way it asks; a host of the person's own may be anywhere."""
    port, inside = site(lambda it: it.send(200, b"inside"))
    names = {"cloud.example": "127.0.0.1", "own.example": "127.0.0.1"}
    ways = [
        f"import requests; requests.post('http://cloud.example:{port}/')",
        f"import http.client as h; h.HTTPConnection('127.0.0.1', {port}).connect()",
        f"socket.socket().connect(('cloud.example', {port}))",
        f"socket.socket().connect_ex(('127.0.0.1', {port}))",
        f"socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))",
        f"socket.socket(socket.AF_INET6).connect(('::ffff:127.0.0.1', {port}))",
    ]

    for way in ways:
        assert "leads into a private network" in guarded(names, way), way
    assert inside.asked == []

    ask = f"import requests; print(requests.get('http://own.example:{port}/').text)"
    assert "inside" in guarded(names, ask, own="own.example")
    assert len(inside.asked) == 1


def test_what_a_library_reads_by_itself_has_an_end(site: Begin) -> None:
    port, _ = site(lambda it: it.send(200, b"x" * 5_000))
    ask = f"import requests; requests.get('http://127.0.0.1:{port}/')"

    assert "more than 1,000 bytes" in guarded({}, ask, own="127.0.0.1")


def test_a_notice_ends_where_the_answer_has_none(
    site: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(it: Any) -> None:
        it.send_response(200)
        it.end_headers()
        with suppress(OSError):
            while True:
                it.wfile.write(b"x" * 65_536)

    def silent(it: Any) -> None:  # noqa: ARG001 - it is never answered
        time.sleep(6)

    notice = Notification(title="a", body="b")
    port, _ = site(endless)
    with pytest.raises(TransientError, match="json://…: did not take"):
        tell_by_apprise(f"json://127.0.0.1:{port}/", notice)
    monkeypatch.setattr(notifications, "SECONDS", 4)
    port, _ = site(silent)
    with pytest.raises(TransientError, match="json://…: took more than 4 seconds"):
        tell_by_apprise(f"json://127.0.0.1:{port}/", notice)


def test_the_certificate_is_that_of_the_name_that_was_asked(tmp_path: Path) -> None:
    needs("openssl")
    context = server_context(tmp_path)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        plain, _ = listener.accept()
        with pytest.MonkeyPatch.context():
            try:
                context.wrap_socket(plain, server_side=True).close()
            except OSError:
                plain.close()

    threading.Thread(target=serve, daemon=True).start()
    url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(TransientError, match="SSLError"):
        web.ask(question(url, is_own=True))
    listener.close()


OPENS = {
    *("socket", "http.client", "requests", "urllib3", "httpx", "aiohttp"),
    *("urllib.request", "ftplib", "telnetlib", "xmlrpc", "smtplib", "imaplib"),
    *("poplib", "asyncore", "websockets"),
}
MAY: dict[str, set[str]] = {
    # listens, and connects to nothing
    "cli/serve.py": {"socket"},
    # a subclass of the library's client each, whose line is line.connect's
    "adapters/mail/smtp.py": {"smtplib", "socket"},
    "adapters/mail/inbox.py": {"imaplib", "socket"},
    # errors by their names; it signs in by the two above
    "adapters/mail/trial.py": {"imaplib", "smtplib", "socket"},
    # the names of proxies; whatever it opens is watched (network/guard)
    "adapters/notify/messenger.py": {"urllib.request"},
    # an error by its name; the library's fetchers ask by our room
    "adapters/evidence/revocation.py": {"requests"},
}
"""What a module outside of adapters/network imports of what can open a connection."""


def test_no_other_module_opens_a_connection_itself() -> None:
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("adapters/network/"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {
            str(node.module)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        }
        opening = {
            each
            for each in OPENS
            if any(i == each or i.startswith(f"{each}.") for i in imported)
        }
        assert opening == MAY.get(name, set()), name


@pytest.mark.parametrize(
    "name",
    [
        *("mail/smtp", "mail/inbox", "mail/trial"),
        *("evidence/revocation", "evidence/opentimestamps"),
    ],
)
def test_what_is_imported_all_the_same_is_only_used_by_our_room(name: str) -> None:
    text = (ROOT / "adapters" / f"{name}.py").read_text(encoding="utf-8")

    for call in ("smtplib.SMTP(", "imaplib.IMAP4(", "imaplib.IMAP4_SSL(",
                 "socket.create_connection", "socket.socket(", "requests.get",
                 "requests.post", "RemoteCalendar", "RequestsFetcherBackend",
                 "urlopen"):  # fmt: skip
        assert call not in text, call


def test_every_connection_of_a_mail_server_is_made_in_our_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rescind.adapters.mail import inbox, mbox, smtp

    asked: list[tuple[str, int, bool]] = []

    def nobody(host: str, port: int, *, timeout: float, is_own: bool) -> socket.socket:
        assert timeout
        asked.append((host, port, is_own))
        raise ConnectionRefusedError

    monkeypatch.setattr(smtp, "connect", nobody)
    monkeypatch.setattr(inbox, "connect", nobody)
    for security in ("tls", "starttls"):
        account = SmtpAccount(
            host="m.example", port=1, user="u", sender="u@m.example", security=security
        )
        place = ImapAccount(
            host="m.example", port=2, user="u", security=security, folders=(),
            ca_file=None,
        )  # fmt: skip
        submission = Submission(content=b"", recipient="x@y.org", envelope_id="1")
        with pytest.raises(TransientError):
            smtp.SmtpMailer(account, lambda: "").send(submission, [])
        with pytest.raises(TransientError), inbox.open_inbox(place, mbox.places):
            pass

    assert [each[0] for each in asked] == ["m.example"] * 4
    assert all(is_own for _, _, is_own in asked)


def test_no_proxy_of_the_environment_is_used_for_a_stranger_s_address(
    site: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would resolve the name itself, and nobody would look at the address."""
    proxy, asked = site(lambda it: it.send(200, b"by proxy"))
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy}")

    with pytest.raises(PermanentError, match="private network"):
        web.ask(question("http://127.0.0.1:9/"))

    assert asked.asked == []
