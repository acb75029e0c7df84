"""Keys that seal: the installation's own, the user's PKCS#12, or a PKCS#11 token.

A self-made key shows that nothing was changed since; it does not show who sealed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, TypeAlias

import keyring
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from keyring.errors import KeyringError

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput, TransientError
from rescind.settings import write_private

FILE = "key.p12"
RETIRED = "keys"
"""The folder of keys that were rotated out; what they sealed still names them."""
VARIABLE = "RESCIND_KEY_PASSPHRASE"
PIN = "RESCIND_KEY_PIN"
SERVICE = "rescind-key"
YEARS = timedelta(days=3650)
BEFORE_END = timedelta(days=30)
"""A key of our own is replaced that long before its certificate ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKey:
    """A key with its certificate in a PKCS#12 file (RFC 7292)."""

    p12: bytes
    passphrase: bytes
    is_self_made: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKey:
    """A key that never leaves its token (PKCS#11)."""

    module: Path
    """The library that speaks to the token."""
    label: str
    """Of the key and its certificate."""
    token: str = ""
    """The token's label; any token, if empty."""
    is_self_made: bool = False


Key: TypeAlias = FileKey | TokenKey


def own_key(folder: Path, *, now: datetime) -> FileKey:
    """Return this installation's key; makes it at first use, and again near its end.

    Its passphrase is kept by the system's keyring, or comes from the environment.
    Raises BadInput where there is neither.
    """
    path = folder / FILE
    if not path.exists():
        _write(path, _make(_passphrase(new=True).encode(), now))
    key = read_key(path, _passphrase(new=False))
    if certificate(key).not_valid_after_utc - BEFORE_END < now:
        return rotate(folder, now=now)
    return replace(key, is_self_made=True)


def rotate(folder: Path, *, now: datetime) -> FileKey:
    """Retire the installation's key and return a new one.

    The old one is kept: its certificate is what checks the packs that it sealed.
    """
    secret = _passphrase(new=True).encode()
    p12 = _make(secret, now)
    path = folder / FILE
    if path.exists():
        mark = hashes.Hash(hashes.SHA256())
        mark.update(path.read_bytes())
        name = f"{now:%Y%m%d}-{mark.finalize().hex()[:12]}.p12"
        (folder / RETIRED).mkdir(mode=0o700, exist_ok=True)
        # the old one keeps its place until the new one is written whole
        write_private(folder / RETIRED / name, path.read_bytes())
    write_private(path, p12)
    return FileKey(p12=p12, passphrase=secret, is_self_made=True)


def read_key(path: Path, passphrase: str) -> FileKey:
    """Return the key of a PKCS#12 file; raises BadInput where it holds no key."""
    try:
        content = path.read_bytes()
        key, own, _ = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except OSError as error:
        raise BadInput("key", f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise BadInput(
            "key", why_not("wrong_passphrase", name=str(path)), [f"{VARIABLE}=…"]
        ) from error
    if key is None or own is None:
        raise BadInput("key", f"{path} holds no key with its certificate")
    return FileKey(p12=content, passphrase=passphrase.encode())


def files(folder: Path) -> list[Path]:
    """Return this installation's keys: the one that seals, and those retired."""
    paths = [folder / FILE, *sorted((folder / RETIRED).glob("*.p12"))]
    return [path for path in paths if path.is_file()]


def known_passphrase() -> str | None:
    """Return the passphrase of this installation's keys; ``None`` where it has none."""
    try:
        return _passphrase(new=False)
    except BadInput:
        return None


def with_own_passphrase(p12: bytes, passphrase: str) -> bytes:
    """Return a key of another installation under this one's passphrase.

    Raises BadInput where ``passphrase`` does not open it, or this one has none.
    """
    own = _passphrase(new=True).encode()
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(p12, passphrase.encode())
    except ValueError as error:
        raise BadInput("key", why_not("wrong_passphrase", name=FILE)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise BadInput("key", f"{FILE} holds no key that was made here")
    return pkcs12.serialize_key_and_certificates(
        b"rescind", key, certificate, None, BestAvailableEncryption(own)
    )


@contextmanager
def signer_of(key: Key) -> Iterator[Any]:
    """Lend the signer (pyHanko's) of a key; a token's session ends with it.

    Raises BadInput where it cannot be opened, and TransientError where the token does
    not answer.
    """
    if isinstance(key, TokenKey):
        with _token_signer(key) as signer:
            yield signer
        return
    from pyhanko.sign import signers  # noqa: PLC0415 - 0.2 s, pyHanko

    yield signers.SimpleSigner.load_pkcs12_data(key.p12, [], key.passphrase)


@contextmanager
def _token_signer(key: TokenKey) -> Iterator[Any]:
    try:
        import pkcs11  # noqa: PLC0415 - 0.01 s, an extra
        from pyhanko.sign import pkcs11 as tokens  # noqa: PLC0415 - 0.2 s, pyHanko
    except ImportError as error:
        message = "PKCS#11 needs one package more"
        raise BadInput("key", message, ["pip install rescind[pkcs11]"]) from error
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415 - 0.2 s, pyHanko

    criteria = TokenCriteria(label=key.token) if key.token else None
    try:
        session = tokens.open_pkcs11_session(
            str(key.module), token_criteria=criteria, user_pin=os.environ.get(PIN)
        )
        with session:
            signer = tokens.PKCS11Signer(session, cert_label=key.label)
            _ = signer.signing_cert  # reads it: a wrong label fails here, not later
            yield signer
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        what = f"could not be used: {type(error).__name__} {error}".strip()
        raise TransientError(
            f"the token {key.token or key.module.name}", what
        ) from error


def certificate(key: Key) -> x509.Certificate:
    """Return a key's certificate."""
    with signer_of(key) as signer:
        return x509.load_der_x509_certificate(signer.signing_cert.dump())


def certificate_pem(key: Key) -> bytes:
    """Return a key's certificate as PEM, to be given to whoever checks."""
    return certificate(key).public_bytes(Encoding.PEM)


def signs_mail_of(key: Key, address: str) -> bool:
    """Return whether a key's certificate speaks for an e-mail address (RFC 8550).

    It names the address, and its extended usage, where stated, includes mail.
    """
    own = certificate(key)
    names = [
        str(a.value) for a in own.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    ]
    try:
        other = own.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names += other.value.get_values_for_type(x509.RFC822Name)
    except x509.ExtensionNotFound:
        pass
    try:
        usage = list(
            own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        )
    except x509.ExtensionNotFound:
        usage = [ExtendedKeyUsageOID.EMAIL_PROTECTION]
    is_for_mail = ExtendedKeyUsageOID.EMAIL_PROTECTION in usage
    return is_for_mail and address.lower() in [name.lower() for name in names]


def _passphrase(*, new: bool) -> str:
    secret = os.environ.get(VARIABLE)
    if secret:
        return secret
    try:
        secret = keyring.get_password(SERVICE, "passphrase")
        if secret is None and new:
            secret = token_urlsafe(32)
            keyring.set_password(SERVICE, "passphrase", secret)
    except (KeyringError, RuntimeError):
        secret = None
    if secret is None:
        message = why_not("no_passphrase", variable=VARIABLE)
        raise BadInput(VARIABLE, message, [f"{VARIABLE}=…"])
    return secret


def _make(passphrase: bytes, now: datetime) -> bytes:
    """Return a new key on P-256 with its own certificate, as PKCS#12 (RFC 7292)."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "Rescind, a key of its own")]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        # a day back: whoever checks may have a clock that is behind
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"rescind", private, own, None, BestAvailableEncryption(passphrase)
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_private(path, content, is_new=True)
