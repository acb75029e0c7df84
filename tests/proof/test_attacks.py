"""Attacks on packs: each row of the table in docs/threat-model.md, tried.

Whoever seals, the merchant and a third party each try to make a pack say more than is
true; the reader has the certificates that they would have.
"""

import asyncio
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, keys, pem, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from rescind.adapters.evidence import asice, cades, pack
from rescind.adapters.evidence.signing_keys import FileKey
from rescind.adapters.evidence.timestamp_tokens import check_token, only_sha256
from rescind.adapters.evidence.trust import Role
from rescind.adapters.evidence.verify import check_pack
from rescind.adapters.mail.smime import sign_message
from rescind.app.prove import packs
from rescind.core.errors import BadInput
from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Check, Item
from rescind.core.prove.chain import START, link
from rescind.core.prove.digest import digest
from tests.conftest import needs
from tests.proof import authority
from tests.proof.authority import Issuer, Made, a_root
from tests.proof.conftest import by_name
from tests.proof.test_senders import DAY, MERCHANT, SENT, signed

TABLE = Path(__file__).parents[2] / "docs" / "threat-model.md"
SEALED_AT = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Sealer:
    """Somebody who seals: a certificate, and the key to it."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key(self) -> FileKey:
        p12 = pkcs12.serialize_key_and_certificates(
            b"x", self.private, self.certificate, None, BestAvailableEncryption(b"x")
        )
        return FileKey(p12=p12, passphrase=b"x")

    @property
    def as_issuer(self) -> Issuer:
        return Issuer(certificate=self.certificate, key=self.private)


def a_sealer(
    under: Issuer | None = None,
    *,
    is_ca: bool = False,
    begins: timedelta = timedelta(days=-30),
    usage: x509.ExtendedKeyUsage | None = None,
    address: str = "",
) -> Sealer:
    """Make a sealer whose certificate vouches for itself, or is somebody else's."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sealer")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(under.certificate.subject if under else name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    if address:
        names = x509.SubjectAlternativeName([x509.RFC822Name(address)])
        builder = builder.add_extension(names, critical=False)
    key = under.key if under else private
    return Sealer(certificate=builder.sign(key, hashes.SHA256()), private=private)


def a_log(at: datetime, *more: dict[str, Any]) -> bytes:
    """Return a log of one event at a time, and whatever else happened."""
    opened = {"kind": EventKind.OPENED, "details": {}}
    events: list[Event] = []
    for number, what in enumerate([opened, *more], 1):
        about = {"number": number, "at": at, "known_by": "person", **what}
        previous = events[-1].digest if events else START
        events.append(Event(**about, digest=link(Event(**about), previous)))
    return pack.log_json("1", events)


def a_stamp(folder: Path, over: bytes) -> bytes:
    """Return the stamp of the authority in a folder over a digest, by OpenSSL."""
    query = folder / "own.tsq"
    subprocess.run(
        ["openssl", "ts", "-query", "-digest", over.hex(), "-sha256", "-cert",
         "-out", query],
        check=True, capture_output=True,
    )  # fmt: skip
    answer = authority.reply(folder, query.read_bytes())
    token: bytes = tsp.TimeStampResp.load(answer)["time_stamp_token"].dump()
    return token


def a_pack(
    sealer: Sealer,
    stamped_in: Path | None = None,
    *,
    at: datetime = SEALED_AT,
    log: bytes = b"",
    files: dict[str, bytes] | None = None,
) -> bytes:
    """Return a pack that a sealer made, stamped by the authority in a folder."""
    contents = {"log.json": log or a_log(at), **(files or {})}
    items = [
        Item(name=name, media_type="text/plain", content=content, offer="log")
        for name, content in contents.items()
    ]
    named, manifest = pack.to_seal(items)
    signature = cades.seal(manifest, sealer.key)
    if stamped_in is not None:
        token = a_stamp(stamped_in, cades.to_stamp(signature))
        signature = cades.with_token(signature, token)
    return pack.sealed_pack(named, manifest, signature)


def an_authority(folder: Path, **how: Any) -> bytes:
    """Make an authority in a folder; returns its root as PEM."""
    needs("openssl")
    folder.mkdir(exist_ok=True)
    return authority.make(folder, Made(**how)).read_bytes()


def read_by(raw: bytes, **trusted: list[bytes]) -> dict[str, Check]:
    return by_name(check_pack(raw, packs.trust_of(trusted)))


def holds(checks: dict[str, Check]) -> bool:
    return all(check.holds for check in checks.values() if not check.is_extra)


def test_an_honest_pack_holds_by_either_way_to_name_whom_one_trusts(
    tmp_path: Path,
) -> None:
    sealer, root = a_sealer(), an_authority(tmp_path)
    raw = a_pack(sealer, tmp_path)

    assert holds(read_by(raw, sealer=[sealer.pem], tsa=[root]))
    assert holds(read_by(raw, trust=[sealer.pem, root]))
    assert not holds(read_by(raw, sealer=[root], tsa=[sealer.pem]))


def test_a_sealing_key_that_issues_an_authority_is_no_authority(
    tmp_path: Path,
) -> None:
    """S1: what was done in November 2026."""
    sealer = a_sealer()
    an_authority(tmp_path, under=sealer.as_issuer)
    raw = a_pack(sealer, tmp_path)

    trusted = [
        read_by(raw, trust=[sealer.pem]),
        read_by(raw, sealer=[sealer.pem]),
        read_by(raw, sealer=[sealer.pem], tsa=[sealer.pem]),
    ]

    assert [holds(checks) for checks in trusted] == [False] * 3
    assert all(not checks["timestamp"].trusted for checks in trusted)
    assert "may not issue any" in trusted[2]["timestamp"].text


def test_a_root_of_the_sealers_vouches_for_one_of_both_alone(tmp_path: Path) -> None:
    """S2: one root above the sealer and above the authority."""
    root = a_root("Root of the sealer")
    pem = root.certificate.public_bytes(Encoding.PEM)
    sealer = a_sealer(root)
    an_authority(tmp_path, under=root)
    raw = a_pack(sealer, tmp_path)

    as_what_it_is = read_by(raw, trust=[pem])
    as_sealer = read_by(raw, sealer=[pem])

    assert (as_what_it_is["signature"].holds, as_what_it_is["timestamp"].holds) == (
        False,
        True,
    )
    assert (as_sealer["signature"].holds, as_sealer["timestamp"].holds) == (True, False)


def test_a_sealer_who_is_a_root_is_trusted_as_sealer_alone(tmp_path: Path) -> None:
    """S2: the sealing certificate itself may issue others."""
    sealer = a_sealer(is_ca=True)
    an_authority(tmp_path, under=sealer.as_issuer)
    raw = a_pack(sealer, tmp_path)

    checks = read_by(raw, trust=[sealer.pem])

    assert checks["signature"].holds
    assert not checks["timestamp"].trusted


def test_one_file_of_two_kinds_of_certificates_is_refused(tmp_path: Path) -> None:
    """S3: the file beside the pack holds the sealer and an authority of theirs."""
    sealer = a_sealer()
    root = an_authority(tmp_path)
    raw = a_pack(sealer, tmp_path)

    both = read_by(raw, trust=[sealer.pem + root])
    assert not both["timestamp"].trusted
    with pytest.raises(BadInput, match="more than one kind"):
        read_by(raw, trust=[a_sealer().pem + root])


def test_a_seal_stamped_with_its_own_key_is_not_stamped(tmp_path: Path) -> None:
    """S4: one key seals and stamps, by two certificates."""
    sealer = a_sealer()
    an_authority(tmp_path)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    twin = (
        x509.CertificateBuilder()
        .subject_name(sealer.certificate.subject)
        .issuer_name(sealer.certificate.subject)
        .public_key(sealer.private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=3))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(sealer.private, hashes.SHA256())
    )
    (tmp_path / "tsa.pem").write_bytes(twin.public_bytes(Encoding.PEM))
    (tmp_path / "tsa.key").write_bytes(authority.key_pem(sealer.private))
    raw = a_pack(sealer, tmp_path)

    checks = read_by(
        raw, sealer=[sealer.pem], tsa=[(tmp_path / "tsa.pem").read_bytes()]
    )

    assert "with the key that sealed it" in checks["timestamp"].text
    assert not checks["timestamp"].trusted


def test_a_stamp_older_than_the_newest_event_fails(tmp_path: Path) -> None:
    """S5: an event is put into the log, or its day moved, after the stamp's time."""
    sealer, root = a_sealer(), an_authority(tmp_path)
    raw = a_pack(sealer, tmp_path, at=datetime.now(UTC) + timedelta(days=1))
    at_once = a_pack(sealer, tmp_path, at=datetime.now(UTC) + timedelta(minutes=1))

    stamp = read_by(raw, sealer=[sealer.pem], tsa=[root])["timestamp"]

    assert (stamp.code, stamp.holds) == ("TIMESTAMP_ORDER_FAILURE", False)
    assert "cannot be older than what it covers" in stamp.text
    assert holds(read_by(at_once, sealer=[sealer.pem], tsa=[root]))


def test_a_stamp_older_than_the_sealing_certificate_fails(tmp_path: Path) -> None:
    """S6: a new key seals what an old stamp is to vouch for."""
    root = an_authority(tmp_path)
    sealer = a_sealer(begins=timedelta(days=2))
    raw = a_pack(sealer, tmp_path)

    stamp = read_by(raw, sealer=[sealer.pem], tsa=[root])["timestamp"]

    assert (stamp.code, stamp.holds) == ("TIMESTAMP_ORDER_FAILURE", False)
    assert "a seal by a certificate" in stamp.text


@pytest.mark.parametrize(
    "how",
    [
        {"is_critical": False},
        {"also_for": (ExtendedKeyUsageOID.EMAIL_PROTECTION,)},
        {"for_stamping": False},
    ],
    ids=["not critical", "for mail too", "for anything"],
)
def test_a_certificate_not_for_timestamps_alone_stamps_nothing(
    how: dict[str, Any], tmp_path: Path
) -> None:
    """S7: OpenSSL makes no stamp by such a certificate; a dishonest one would."""
    sealer = a_sealer()
    root = a_root("Root")
    folder = tmp_path / "odd"
    an_authority(folder, under=root, **how)
    signature = cades.seal(b"manifest", sealer.key)

    token = asyncio.run(
        DummyTimeStamper(
            asn1.Certificate.load(_der(folder / "tsa.pem")),
            keys.PrivateKeyInfo.load(_der(folder / "tsa.key")),
        ).async_timestamp(cades.to_stamp(signature), "sha256")
    )
    trust = packs.trust_of({Role.TSA: [(folder / "root.pem").read_bytes()]})
    imprint = only_sha256(cades.to_stamp(signature))
    check = check_token(token.dump(), imprint, trust, what="timestamp")

    assert not check.valid
    assert "may not stamp times" in check.text


def _der(path: Path) -> bytes:
    _, _, der = pem.unarmor(path.read_bytes())
    return bytes(der)


def test_a_root_trusted_for_times_vouches_for_no_sealer(tmp_path: Path) -> None:
    """S8: a certificate of the authority's own root seals."""
    root = a_root("Root of an authority")
    pem = an_authority(tmp_path, under=root)
    sealer = a_sealer(root)
    raw = a_pack(sealer, tmp_path)

    checks = read_by(raw, tsa=[pem])

    assert checks["timestamp"].holds
    assert not checks["signature"].trusted


def test_an_authoritys_certificate_seals_nothing() -> None:
    """S8: and neither does one that is made for stamping."""
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    sealer = a_sealer(usage=usage)

    check = read_by(a_pack(sealer), sealer=[sealer.pem])["signature"]

    assert not check.trusted
    assert "seals nothing" in check.text


def test_a_sealer_under_somebody_who_may_not_issue_is_nobody() -> None:
    """S9: a bought certificate is used to issue another."""
    bought = a_sealer()
    sealer = a_sealer(bought.as_issuer)

    check = read_by(a_pack(sealer), sealer=[bought.pem])["signature"]

    assert not check.trusted


def mail_in_a_log(raw: bytes, keys: bytes | None = None) -> dict[str, Any]:
    """Return a log that names a message, and the files that go with it."""
    details = {"message": digest(raw)}
    files = {pack.file_name(digest(raw), "mail.eml"): raw}
    kind = EventKind.COPY_KEPT
    if keys is not None:
        details["keys"] = digest(keys)
        files[pack.file_name(digest(keys), "keys.json")] = keys
        kind = EventKind.AUTHENTICATED
    log = a_log(DAY, {"kind": kind, "details": details})
    return {"log": log, "files": files}


def found_in_dns(raw: bytes, record: str) -> bytes:
    """Return the record of a judgement, as one who seals can write it at will."""
    from rescind.adapters.evidence import authentication
    from rescind.adapters.evidence.dns import text_answer

    answers = []

    def lookup(name: str, kind: str) -> Any:
        answers.append(text_answer(name.rstrip("."), kind, record, DAY))
        return answers[-1]

    judged = authentication.authenticate(raw, lookup, at=DAY)
    return authentication.record(raw, judged, answers)


NAME = "day1._domainkey.merchant.example.org"


def test_a_confirmation_signed_with_a_made_up_key_is_vouched_for_by_nobody() -> None:
    """S10: the sealer signs the merchant's mail, and writes down a key for it."""
    from tests.proof.names import Pair

    own = Pair()
    forged = signed(pair=own)
    keys = found_in_dns(forged, own.record)
    sealer = a_sealer()
    raw = a_pack(sealer, **mail_in_a_log(forged, keys))

    nobody = read_by(raw, sealer=[sealer.pem])["sender:2"]
    known = f'{NAME}. 300 IN TXT "{MERCHANT.record}"'.encode()
    theirs = read_by(raw, sealer=[sealer.pem], sender=[known])["sender:2"]

    assert (nobody.trusted, nobody.is_extra) == (False, True)
    assert "the word of whoever sealed" in nobody.text
    assert (theirs.valid, theirs.is_extra) == (False, False)
    assert "another key" in theirs.text


def test_a_merchant_cannot_deny_a_mail_signed_with_a_key_the_reader_knows() -> None:
    """M1: the reader looked the key up, or has it from elsewhere."""
    mail = signed()
    sealer = a_sealer()
    raw = a_pack(sealer, **mail_in_a_log(mail, found_in_dns(mail, MERCHANT.record)))
    known = f"{NAME} {MERCHANT.record}\n".encode()

    check = read_by(raw, sealer=[sealer.pem], sender=[known])["sender:2"]

    assert check.holds
    assert "merchant.example.org" in check.text


@pytest.mark.parametrize("content", [b"_domainkey.", b"a._domainkey.b.example nothing"])
def test_a_file_that_names_no_sender_is_told(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"no record of a DKIM key|no certificate"):
        packs.trust_of({Role.SENDER: [content]})


def a_signed_mail(sealer: Sealer) -> bytes:
    return sign_message(SENT, sealer.key)


def test_mail_signed_by_a_certificate_holds_for_who_trusts_its_root() -> None:
    """M2: S/MIME, and a certificate that names another address."""
    merchant = a_sealer(address="desk@merchant.example.org")
    other = a_sealer(address="desk@elsewhere.example.org")
    sealer = a_sealer()
    good = a_pack(sealer, **mail_in_a_log(a_signed_mail(merchant)))
    strange = a_pack(sealer, **mail_in_a_log(a_signed_mail(other)))
    broken = a_signed_mail(merchant).replace(b"10 December", b"12 December")
    bent = a_pack(sealer, **mail_in_a_log(broken))

    trusted = read_by(good, sealer=[sealer.pem], sender=[merchant.pem])["smime:2"]
    unknown = read_by(good, sealer=[sealer.pem])["smime:2"]
    by_sealer = read_by(good, sealer=[sealer.pem, merchant.pem])["smime:2"]
    another = read_by(strange, sealer=[sealer.pem], sender=[other.pem])["smime:2"]
    changed = read_by(bent, sealer=[sealer.pem], sender=[merchant.pem])["smime:2"]

    assert trusted.holds
    assert (unknown.trusted, unknown.is_extra) == (False, True)
    assert not by_sealer.trusted
    assert not another.trusted
    assert "does not name desk@merchant.example.org" in another.text
    assert not changed.intact


def test_mail_that_only_says_it_is_signed_is_told() -> None:
    """M2: no signature behind the headers."""
    sealer = a_sealer()
    mail = b"Content-Type: multipart/signed; boundary=x\r\nFrom: a@b.example\r\n\r\n--x"

    check = read_by(a_pack(sealer, **mail_in_a_log(mail)), sealer=[sealer.pem])

    assert check["smime:2"].code == "FORMAT_FAILURE"


def test_a_pack_sealed_again_by_somebody_else_is_not_the_sealers(
    tmp_path: Path,
) -> None:
    """T1: a third party changes the log and seals it with a key of their own."""
    sealer, thief = a_sealer(), a_sealer()
    root = an_authority(tmp_path)
    raw = a_pack(thief, tmp_path)

    checks = read_by(raw, sealer=[sealer.pem], tsa=[root])

    assert not checks["signature"].trusted


NAMES = [
    *("../log.json", "./a", "a//b", "/etc/passwd", "a\\b", "C:x", "a/", "a/../b"),
    *("con", "AUX.txt", "a.", "a ", "b\x7f", "\u202eb", "e\u0301.txt", "x" * 500),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_could_be_another_place_is_refused(name: str) -> None:
    """T2."""
    raw = a_pack(a_sealer(), files={name: b"x"})

    with pytest.raises(BadInput, match="holds a file named"):
        read_by(raw)


@pytest.mark.parametrize(
    ("one", "other"), [("a", "A"), ("files/x", "FILES/X"), ("ﬁ", "fi")]
)
def test_two_names_that_are_one_on_some_disk_are_refused(one: str, other: str) -> None:
    """T2."""
    raw = a_pack(a_sealer(), files={one: b"x", other: b"y"})

    with pytest.raises(BadInput, match="one name twice"):
        read_by(raw)


def changed_log(change: Callable[[str], str]) -> Check:
    sealer = a_sealer()
    log = change(a_log(SEALED_AT).decode()).encode()
    return read_by(a_pack(sealer, log=log), sealer=[sealer.pem])["log"]


LOGS: dict[str, Callable[[str], str]] = {
    "no event": lambda log: json.dumps({**json.loads(log), "events": [], "head": ""}),
    "too deep": lambda log: log.replace('"events":', '"x":' + "[" * 90_000 + '"'),
    "deep enough": lambda log: log.replace(
        '"events":', '"x":' + "[" * 40 + "]" * 40 + ',"events":'
    ),
    "said twice": lambda log: log.replace('"number": 1', '"number": 2, "number": 1'),
    "infinite": lambda log: log.replace('"number": 1', '"number": 1e999'),
    "no number": lambda log: log.replace('"number": 1', '"number": NaN'),
    "endless": lambda log: log.replace('"number": 1', '"number": ' + "9" * 9_000),
    "true": lambda log: log.replace('"number": 1', '"number": true'),
    "no zone": lambda log: log.replace("+00:00", ""),
    "no text": lambda _: "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
}


@pytest.mark.parametrize("name", LOGS)
def test_a_log_that_says_two_things_or_nothing_is_a_verdict(name: str) -> None:
    """T3: every one of these is told, none is a traceback."""
    check = changed_log(LOGS[name])

    assert check.code == "FORMAT_FAILURE"
    assert "cannot be read" in check.text


@pytest.mark.parametrize("version", ["v0", "v4", "v5"])
def test_another_version_of_cms_is_a_verdict(version: str) -> None:
    """T4."""
    sealer = a_sealer()
    box = asice.unpack(a_pack(sealer))
    signature = cms.ContentInfo.load(box.signature)
    signature["content"]["version"] = version
    meta = {**box.meta, asice.SIGNATURE: signature.dump(force=True)}

    check = read_by(asice.pack(box.files, meta), sealer=[sealer.pem])["signature"]

    assert not check.intact
    assert "of CMS is not known" in check.text


NOT_PROVED = {"S11", "S12", "M3"}
"""What no pack shows: the table says so, and there is nothing to try."""


def test_every_row_of_the_table_is_tried_here() -> None:
    """The table in the docs and the tests name the same attacks."""
    rows = set(re.findall(r"^\| ([SMT]\d+) \|", TABLE.read_text("utf-8"), re.MULTILINE))
    here = set(re.findall(r'"""([SMT]\d+)[.:]', Path(__file__).read_text("utf-8")))

    assert rows
    assert here == rows - NOT_PROVED
