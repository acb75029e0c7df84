"""What sending leaves behind: the dialogue, the notice, the signed copy, the stamps.

Postfix, OpenDKIM and dnsmasq are real; the sender's provider is home.example.org.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.evidence import signing_keys
from rescind.adapters.mail.dsn import read_notices
from rescind.adapters.mail.smime import sign_message
from rescind.adapters.settings import smtp
from rescind.app.follow import cases, queries, received
from rescind.app.prove import authorities
from rescind.app.prove import keys as wired_keys
from rescind.app.prove.sealing import Sealing, seal_case
from rescind.core.prove.digest import digest
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.mail import servers
from tests.proof.conftest import Witness, asked_for_proof, checked
from tests.proof.names import Pair, names, signer
from tests.store.test_cases import Recorder

pytestmark = pytest.mark.usefixtures("ready_desk")
PROVIDER = Pair()
TO = "desk@merchant.example.org"


@dataclass(kw_only=True)
class Place:
    """Where mail goes, and who knows the names."""

    mail: servers.MailServer
    dns: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    needs("postfix", "dovecot", "openssl", "/usr/lib/postfix/sbin/smtpd")
    folder = tmp_path_factory.mktemp("signer")
    texts = {"day1._domainkey.home.example.org": PROVIDER.record}
    with (
        names(folder, texts) as dns,
        signer(folder, PROVIDER) as milter,
        servers.running(tmp_path_factory.mktemp("mail"), milter=milter) as mail,
    ):
        yield Place(mail=mail, dns=dns)


@pytest.fixture
def account(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings = {
        "host": servers.HOST,
        "port": place.mail.port,
        "user": servers.USER,
        "ca_file": str(place.mail.ca_file),
    }
    smtp.MAILBOX.write(HOME, settings)
    monkeypatch.setenv(smtp.PASSWORD, servers.PASSWORD)
    yield
    smtp.MAILBOX.forget(HOME)


def details(case_id: str, kind: str) -> dict[str, str]:
    events = queries.show_case(case_id)["events"]
    found: dict[str, str] = next(e for e in events if e["kind"] == kind)["details"]
    return found


def kept(case_id: str, name: str) -> bytes:
    return bytes(selectors.file(selectors.find_case(case_id), name).content)


def kinds(case_id: str) -> list[str]:
    return [event["kind"] for event in queries.show_case(case_id)["events"]]


@pytest.mark.usefixtures("account")
def test_a_letter_leaves_proof_that_others_gave(place: Place, stamps: Witness) -> None:
    """One letter from the stamp before sending to the pack that holds it all."""
    asked_for_proof(stamps, dns=place.dns)
    case_id = cases.new_case(FACTS, SENDER)

    sent = cases.send(case_id, way="smtp", to=TO)
    copy, notice = own_mail(place, case_id)
    received.take_in(case_id, notice)
    received.take_in(case_id, copy)

    assert sent.outcome == "dispatch_taken", sent.said
    assert kinds(case_id)[3:7] == [
        *("stamped", "dispatch_begun", "dispatch_taken", "stamped")
    ]
    assert (
        details(case_id, "stamped")["covers"]
        in details(case_id, "dispatch_begun")["message"]
    )
    delivered = details(case_id, "delivered")
    assert (delivered["action"], delivered["recipient"]) == ("delivered", TO)
    assert queries.show_case(case_id)["state"] == "delivered"
    signed = next(
        e["details"]
        for e in queries.show_case(case_id)["events"]
        if e["kind"] == "authenticated" and e["details"]["result"] == "signed"
    )
    assert signed["signed_by"] == "home.example.org"
    assert signed["message"] == details(case_id, "copy_kept")["message"]
    sealed = seal_case(case_id, Sealing())
    checks = checked(sealed.pack, sealed.certificate, stamps.root_pem)
    assert all(check.holds or check.is_extra for check in checks.values()), checks
    told = [check.text for name, check in checks.items() if name.startswith("sender")]
    assert any("Signed by home.example.org (DKIM)" in text for text in told)
    assert any(text.startswith("Unsigned") for text in told)


def own_mail(place: Place, case_id: str) -> tuple[bytes, bytes]:
    """Return the copy and the notice that came to the sender's own mailbox."""
    message_id = details(case_id, "dispatch_begun")["message_id"]
    envelope = details(case_id, "dispatch_begun")["dispatch"].replace("-", "")
    for count in range(1, 20):
        found = place.mail.wait_for_mail(of="ada", count=count)
        copies = [raw for raw in found if f"\nMessage-ID: {message_id}".encode() in raw]
        copies = [raw for raw in copies if not read_notices(raw)]
        notices = [raw for raw in found if envelope.encode() in raw]
        if copies and notices:
            return copies[0], notices[0]
    message = "the copy and the notice did not come"
    raise AssertionError(message)


@pytest.mark.usefixtures("account", "place")
def test_the_dialogue_is_kept_without_the_password() -> None:
    case_id = cases.new_case(FACTS, SENDER)

    cases.send(case_id, way="smtp", to=TO)
    told = kept(case_id, details(case_id, "dispatch_taken")["dialogue"]).decode()

    lines = told.splitlines()
    assert lines[0].startswith("-- 127.0.0.1:")
    assert any("TLSv1" in line and "certificate sha256:" in line for line in lines)
    assert any("RET=HDRS ENVID=rescind-" in line for line in lines)
    assert any(f"rcpt TO:<{TO}> NOTIFY=SUCCESS,FAILURE,DELAY" in line for line in lines)
    assert any("rcpt TO:<ada@home.example.org> NOTIFY=NEVER" in line for line in lines)
    message = kept(case_id, details(case_id, "dispatch_begun")["message"])
    assert f"({len(message)} bytes" in told or f"{len(message)} bytes" in told
    assert digest(message) in told
    assert lines[-2:] == ["C: quit", "S: 221 2.0.0 Bye"]
    for secret in (servers.PASSWORD, "Y29ycmVjdCBob3JzZQ", "AUTH PLAIN A"):
        assert secret not in told


@pytest.mark.usefixtures("account", "place")
def test_a_refusal_leaves_its_dialogue_too() -> None:
    case_id = cases.new_case(FACTS, SENDER)

    sent = cases.send(case_id, way="smtp", to="nobody@merchant.example.org")

    assert sent.outcome == "dispatch_refused"
    told = kept(case_id, details(case_id, "dispatch_refused")["dialogue"]).decode()
    assert "S: 550" in told


@pytest.mark.usefixtures("account", "place")
def test_a_copy_is_sent_blind_or_not_at_all() -> None:
    with_copy, without = cases.new_case(FACTS, SENDER), cases.new_case(FACTS, SENDER)

    cases.send(with_copy, way="smtp", to=TO)
    cases.send(without, way="smtp", to=TO, copy=False)

    begun = details(with_copy, "dispatch_begun")
    raw = kept(with_copy, begun["message"])
    assert b"Bcc" not in raw
    assert message_from_bytes(raw)["To"] == TO
    told = kept(without, details(without, "dispatch_taken")["dialogue"]).decode()
    assert "NOTIFY=NEVER" not in told


def a_notice(case_id: str, *, action: str, recipient: str = TO, **other: str) -> bytes:
    """Return a delivery notice in the form of RFC 3464."""
    begun = details(case_id, "dispatch_begun")
    envelope = f"rescind-{begun['dispatch'].replace('-', '')}"
    told = {
        "Reporting-MTA": "dns; mail.example.org",
        "Original-Envelope-Id": other.get("envelope", envelope),
    }
    status = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    status += f"\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\n"
    status += f"Status: {other.get('status', '5.1.1')}\r\n"
    status += "Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n"
    return (
        "From: MAILER-DAEMON@mail.example.org\r\nSubject: Notice\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; "
        'report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {other.get('message_id', '<nobody@x>')}\r\n\r\n--b--\r\n"
    ).encode()


def sent_case() -> str:
    case_id = cases.new_case(FACTS, SENDER)
    cases.send(case_id, way="smtp", to=TO, mailer=Recorder())
    return case_id


@pytest.mark.parametrize(
    ("action", "state"),
    [("delivered", "delivered"), ("failed", "failed"), ("delayed", "sent")],
)
def test_a_notice_on_our_letter_is_read(action: str, state: str) -> None:
    case_id = sent_case()
    to = details(case_id, "dispatch_begun")["recipient"]

    received.take_in(case_id, a_notice(case_id, action=action, recipient=to))

    assert "notice_kept" in kinds(case_id)
    assert details(case_id, "notice_kept")["by"] == "dns; mail.example.org"
    assert queries.show_case(case_id)["state"] == state


def test_a_notice_may_name_our_letter_by_its_message_id() -> None:
    case_id = sent_case()
    begun = details(case_id, "dispatch_begun")
    notice = a_notice(
        case_id,
        action="delivered",
        recipient=begun["recipient"],
        envelope="",
        message_id=begun["message_id"],
    )

    received.take_in(case_id, notice)

    assert "delivered" in kinds(case_id)


@pytest.mark.parametrize(
    "other",
    [{"envelope": "rescind-0"}, {"recipient": "someone@else.example.org"}],
    ids=["another-letter", "another-recipient"],
)
def test_a_notice_on_something_else_decides_nothing(other: dict[str, Any]) -> None:
    case_id = sent_case()
    to = details(case_id, "dispatch_begun")["recipient"]

    received.take_in(
        case_id, a_notice(case_id, action="failed", **{"recipient": to, **other})
    )

    assert kinds(case_id)[-1] == "answered"


def test_hostile_notices_are_kept_and_say_nothing() -> None:
    deep = b"Content-Type: multipart/report; boundary=b\r\n\r\n" + b"--b\r\n" * 5000
    for raw in (b"", b"\xff\xfe", deep, b"Content-Type: multipart/report\r\n\r\n"):
        assert read_notices(raw) == ()


def test_an_answer_is_an_answer() -> None:
    case_id = sent_case()
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["Message-ID"] = "desk@merchant.example.org", "<other@x>"
    mail.set_content("We got your letter.")

    received.take_in(case_id, mail.as_bytes())

    assert kinds(case_id)[-1] == "answered"
    assert "authenticated" not in kinds(case_id)  # nobody was asked


def own_p12(folder: Path, address: str) -> Path:
    """Return a certificate for a mail address, made by OpenSSL, as PKCS#12."""
    needs("openssl")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
         "-subj", "/CN=Ada", "-addext", f"subjectAltName=email:{address}",
         "-addext", "extendedKeyUsage=emailProtection",
         "-addext", "keyUsage=digitalSignature,nonRepudiation",
         "-keyout", folder / "k.pem", "-out", folder / "c.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        ["openssl", "pkcs12", "-export", "-inkey", folder / "k.pem",
         "-in", folder / "c.pem", "-passout", "pass:a passphrase of the tests",
         "-out", folder / "ada.p12"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "ada.p12"


def verified(raw: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    path = folder / "signed.eml"
    path.write_bytes(raw)
    return subprocess.run(
        ["openssl", "cms", "-verify", "-in", path, "-CAfile", folder / "c.pem",
         "-out", folder / "content"],
        capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.usefixtures("account")
def test_mail_is_signed_where_the_user_has_a_certificate_for_it(
    place: Place, tmp_path: Path
) -> None:
    wired_keys.use_key({"p12": str(own_p12(tmp_path, servers.USER))})
    case_id = cases.new_case(FACTS, SENDER)

    cases.send(case_id, way="smtp", to=TO)
    raw = kept(case_id, details(case_id, "dispatch_begun")["message"])
    good = verified(raw, tmp_path)
    bad = verified(raw.replace(b"Coursera", b"Courzera", 5), tmp_path)
    arrived = next(
        mail for mail in place.mail.wait_for_mail(count=1) if b"smime.p7s" in mail
    )

    assert good.returncode == 0, good.stderr
    assert bad.returncode != 0
    assert verified(arrived, tmp_path).returncode == 0
    inside = message_from_bytes((tmp_path / "content").read_bytes())
    assert [part.get_content_type() for part in inside.walk()] == [
        *("multipart/mixed", "text/plain", "application/pdf")
    ]
    outer = message_from_bytes(raw)
    assert outer["Subject"]
    assert outer.get_content_type() == "multipart/signed"


def test_mail_of_another_address_is_not_signed(tmp_path: Path) -> None:
    wired_keys.use_key({"p12": str(own_p12(tmp_path, "somebody@else.example.org"))})

    assert wired_keys.mail_key(servers.USER) is None
    assert wired_keys.mail_key("Somebody@else.example.org") is not None


def test_a_key_of_ones_own_speaks_for_no_address(tmp_path: Path) -> None:
    key = signing_keys.read_key(
        own_p12(tmp_path, "a@b.example.org"), "a passphrase of the tests"
    )
    own = signing_keys.own_key(HOME, now=datetime.now(UTC))

    assert signing_keys.signs_mail_of(key, "A@b.example.org")
    assert not signing_keys.signs_mail_of(own, "a@b.example.org")


def test_every_line_of_a_signed_mail_ends_as_mail_does(tmp_path: Path) -> None:
    key = signing_keys.read_key(
        own_p12(tmp_path, "a@b.example.org"), "a passphrase of the tests"
    )
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = "a@b.example.org", "c@d.example.org"
    mail["Subject"] = "A subject that is long enough to be folded, " * 4
    mail.set_content("Grüße\nFrom here on: .\n.\n", cte="quoted-printable")

    raw = sign_message(mail.as_bytes(), key)

    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert verified(raw, tmp_path).returncode == 0
    assert authorities.settings().authorities == ()
