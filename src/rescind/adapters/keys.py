"""Keys: one of this installation's own, made at first use, or the user's PKCS#12.

A self-made key shows that nothing was changed since; it does not show who sealed.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

import keyring
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from keyring.errors import KeyringError

from rescind.core.errors import BadInput

FILE = "key.p12"
VARIABLE = "RESCIND_KEY_PASSPHRASE"
SERVICE = "rescind-key"
YEARS = timedelta(days=3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key with its certificate, and whether somebody else vouches for it."""

    p12: bytes
    passphrase: bytes
    is_self_made: bool


def own_key(folder: Path, *, now: datetime) -> Key:
    """Return this installation's key; makes it at first use.

    Its passphrase is kept by the system's keyring, or comes from the environment.
    Raises BadInput where there is neither.
    """
    path = folder / FILE
    secret = _passphrase(new=not path.exists()).encode()
    if not path.exists():
        _write(path, _make(secret, now))
    return Key(p12=path.read_bytes(), passphrase=secret, is_self_made=True)


def given_key(path: Path, passphrase: str) -> Key:
    """Return the key of a PKCS#12 file; raises BadInput for what is none."""
    try:
        content = path.read_bytes()
        pkcs12.load_key_and_certificates(content, passphrase.encode())
    except OSError as error:
        raise BadInput("key", f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise BadInput(
            "key", f"{path} cannot be opened with this passphrase"
        ) from error
    return Key(p12=content, passphrase=passphrase.encode(), is_self_made=False)


def _passphrase(*, new: bool) -> str:
    given = os.environ.get(VARIABLE)
    if given:
        return given
    try:
        kept = keyring.get_password(SERVICE, "passphrase")
        if kept is None and new:
            kept = token_urlsafe(32)
            keyring.set_password(SERVICE, "passphrase", kept)
    except (KeyringError, RuntimeError):
        kept = None
    if kept is None:
        message = "there is no keyring here to keep the key's passphrase"
        raise BadInput(VARIABLE, message, [f"{VARIABLE}=…"])
    return kept


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
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"rescind", private, certificate, None, BestAvailableEncryption(passphrase)
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
