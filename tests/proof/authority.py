"""A timestamp authority of our own: OpenSSL's, behind HTTP on loopback (RFC 3161).

It can also misbehave as no real one would be asked to: by another nonce, by another
digest, with SHA-1, by silence.
"""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from asn1crypto import algos, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)

from tests.proof.http import answering

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = {signer_digest}
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Somebody who issues certificates, allowed to or not."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, kw_only=True)
class Made:
    """How an authority is made; the defaults make a sound one."""

    name: str = "Test authority"
    begins: timedelta = timedelta(days=-60)
    ends: timedelta = timedelta(days=30)
    for_stamping: bool = True
    is_critical: bool = True
    also_for: tuple[x509.ObjectIdentifier, ...] = ()
    """What else its certificate is for, which none may be."""
    under: "Issuer | None" = None
    """Whose certificate it is; a root of its own, if nobody's."""
    signer_digest: str = "sha256"
    crl_url: str | None = None
    ocsp_url: str | None = None


def make(folder: Path, made: Made | None = None) -> Path:
    """Make the authority under a root of its own; returns the root's place."""
    how = made or Made()
    issuer = how.under or a_root(f"{how.name} root")
    root, trusted, above = issuer.key, issuer.certificate, issuer.certificate.subject
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, how.name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + how.begins)
        .not_valid_after(now + how.ends)
    )
    if how.for_stamping:
        usage = x509.ExtendedKeyUsage(
            [ExtendedKeyUsageOID.TIME_STAMPING, *how.also_for]
        )
        builder = builder.add_extension(usage, critical=how.is_critical)
    if how.crl_url:
        place = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(how.crl_url)], None, None, None
        )
        builder = builder.add_extension(
            x509.CRLDistributionPoints([place]), critical=False
        )
    if how.ocsp_url:
        access = x509.AccessDescription(
            AuthorityInformationAccessOID.OCSP,
            x509.UniformResourceIdentifier(how.ocsp_url),
        )
        builder = builder.add_extension(
            x509.AuthorityInformationAccess([access]), critical=False
        )
    certificate = builder.sign(root, hashes.SHA256())
    (folder / "serial").write_text("01\n")
    config = CONFIG.format(folder=folder, signer_digest=how.signer_digest)
    (folder / "tsa.cnf").write_text(config)
    (folder / "tsa.pem").write_bytes(_pem(certificate))
    (folder / "tsa.key").write_bytes(key_pem(private))
    (folder / "root.key").write_bytes(key_pem(root))
    (folder / "root.pem").write_bytes(_pem(trusted))
    return folder / "root.pem"


def a_root(name: str, *, is_ca: bool = True) -> Issuer:
    """Make a root that vouches for itself; it may issue others if ``is_ca``."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=36500))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    return Issuer(certificate=certificate, key=private)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def revocation_list(folder: Path, *, revoked: bool) -> bytes:
    """Return the root's list, with or without the authority's certificate (DER)."""
    root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
    held = x509.load_pem_x509_certificate((folder / "tsa.pem").read_bytes())
    private = serialization.load_pem_private_key(
        (folder / "root.key").read_bytes(), None
    )
    assert isinstance(private, rsa.RSAPrivateKey)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(now - timedelta(hours=2))
        .next_update(now + timedelta(days=3650))
    )
    if revoked:
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(held.serial_number)
            .revocation_date(now - timedelta(hours=3))
            .build()
        )
        builder = builder.add_revoked_certificate(entry)
    made = builder.sign(private, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


@dataclass(kw_only=True)
class Answering:
    """A running authority: where it is, what it was asked, and how it misbehaves."""

    url: str
    folder: Path
    fault: str = ""
    """``nonce``, ``hash``, ``sha1``, ``slow``, ``endless``, ``garbage``, ``refuses``,
    ``404`` or ``500``; empty: none."""
    asked: list[bytes] = field(default_factory=list)


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Answering]:
    """Run the authority on a free port of loopback."""
    told = Answering(url="", folder=folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Type"] == "application/ocsp-request":
                self.send_response(200)
                self.send_header("Content-Type", "application/ocsp-response")
                self.end_headers()
                self.wfile.write(_status(folder, query))
                return
            told.asked.append(query)
            if told.fault in ("404", "500"):
                self.send_error(int(told.fault))
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            _answer(told, query, self.wfile)

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "list.crl").read_bytes())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with answering(Handler, port) as told.url:
        yield told


def hold_index(folder: Path, *, revoked: bool) -> None:
    """Write down for the responder whether the certificate still holds."""
    held = x509.load_pem_x509_certificate((folder / "tsa.pem").read_bytes())
    ends = held.not_valid_after_utc.strftime("%y%m%d%H%M%SZ")
    gone = (datetime.now(UTC) - timedelta(hours=3)).strftime("%y%m%d%H%M%SZ")
    serial = f"{held.serial_number:X}"
    serial = serial if len(serial) % 2 == 0 else f"0{serial}"
    name = held.subject.rfc4514_string()
    state = f"R\t{ends}\t{gone}" if revoked else f"V\t{ends}\t"
    (folder / "index.txt").write_text(f"{state}\t{serial}\tunknown\t/{name}\n")


def _status(folder: Path, query: bytes) -> bytes:
    """Return OpenSSL's answer to a question about a certificate (RFC 6960)."""
    asked, answer = folder / "question.ocsp", folder / "answer.ocsp"
    asked.write_bytes(query)
    subprocess.run(
        ["openssl", "ocsp", "-index", folder / "index.txt", "-CA", folder / "root.pem",
         "-rsigner", folder / "root.pem", "-rkey", folder / "root.key",
         "-reqin", asked, "-respout", answer, "-ndays", "3650"],
        capture_output=True,
        check=True,
    )  # fmt: skip
    return answer.read_bytes()


def _answer(told: Answering, query: bytes, out: "object") -> None:
    write = out.write  # type: ignore[attr-defined]  # the socket's file
    try:
        if told.fault == "slow":
            for _ in range(60):
                write(b"\x30")
                time.sleep(0.25)
        elif told.fault == "endless":
            for _ in range(1000):
                write(b"\x00" * 8192)
        elif told.fault == "garbage":
            write(b"no answer of RFC 3161")
        else:
            write(reply(told.folder, _changed(query, told.fault)))
    except OSError:
        return  # who asked has hung up


def _changed(query: bytes, fault: str) -> bytes:
    asked = tsp.TimeStampReq.load(query)
    imprint = asked["message_imprint"]
    if fault == "nonce":
        asked["nonce"] = 1
    if fault == "hash":
        imprint["hashed_message"] = bytes(32)
    if fault == "sha1":
        imprint["hash_algorithm"] = algos.DigestAlgorithm({"algorithm": "sha1"})
        imprint["hashed_message"] = sha1(b"anything").digest()
    if fault == "refuses":
        asked["req_policy"] = "1.2.3.4.5.6.7"
    changed: bytes = asked.dump()
    return changed


def reply(folder: Path, query: bytes) -> bytes:
    """Return OpenSSL's answer to a query."""
    path = folder / f"query-{threading.get_ident()}.tsq"
    path.write_bytes(query)
    done = subprocess.run(
        ["openssl", "ts", "-reply", "-queryfile", path, "-config",
         folder / "tsa.cnf", "-section", "own"],
        capture_output=True,
        check=False,
    )  # fmt: skip
    return done.stdout
