"""The key that seals, in the public JSON form."""

from typing import TypedDict

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate


class KeyJson(TypedDict):
    """Whose key it is, and the certificate that checks what it sealed."""

    holder: str
    self_made: bool
    """Made by this program: it shows integrity, not who somebody is."""
    valid_from: str
    valid_to: str
    fingerprint: str
    """SHA-256, in hexadecimal digits."""
    certificate: str
    """PEM."""


def key_json(certificate: Certificate, *, is_self_made: bool) -> KeyJson:
    """Return whose key it is, and its certificate."""
    return {
        "holder": certificate.subject.rfc4514_string(),
        "self_made": is_self_made,
        "valid_from": certificate.not_valid_before_utc.isoformat(),
        "valid_to": certificate.not_valid_after_utc.isoformat(),
        "fingerprint": certificate.fingerprint(SHA256()).hex(),
        "certificate": certificate.public_bytes(Encoding.PEM).decode(),
    }
