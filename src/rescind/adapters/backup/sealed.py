"""The part of a backup that is secret: keys and addresses with passwords in them.

A passphrase becomes a key by scrypt (RFC 7914), and that encrypts the part by AES-256
in GCM (NIST SP 800-38D); whoever changes a byte of it shows.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from rescind.adapters.backup.manifest import Unreadable

N, R, P = 1 << 17, 8, 1
"""What a try of a passphrase costs: 128 MB and some tenths of a second."""
MOST_N = 1 << 20
SHORTEST = 8
_ABOUT = b"rescind-backup-1"


def seal(parts: Mapping[str, bytes], passphrase: str) -> bytes:
    """Return parts by their names, encrypted under a passphrase, as JSON."""
    salt, nonce = token_bytes(16), token_bytes(12)
    plain = json.dumps({n: b64encode(each).decode() for n, each in parts.items()})
    secret = AESGCM(_key(passphrase, salt, N)).encrypt(nonce, plain.encode(), _ABOUT)
    content = {
        "kdf": "scrypt",
        "n": N,
        "r": R,
        "p": P,
        "salt": b64encode(salt).decode(),
        "cipher": "AES-256-GCM",
        "nonce": b64encode(nonce).decode(),
        "content": b64encode(secret).decode(),
    }
    return json.dumps(content, indent=1).encode()


def unseal(content: bytes, passphrase: str) -> dict[str, bytes]:
    """Return the parts by their names.

    Raises Unreadable for another passphrase, and for what was never sealed here.
    """
    try:
        entries = json.loads(content)
        if entries["n"] > MOST_N or (entries["r"], entries["p"]) != (R, P):
            raise Unreadable("cannot_unseal")
        key = _key(passphrase, b64decode(entries["salt"]), entries["n"])
        secret = b64decode(entries["content"])
        plain = AESGCM(key).decrypt(b64decode(entries["nonce"]), secret, _ABOUT)
        parts: dict[str, Any] = json.loads(plain)
        return {name: b64decode(text) for name, text in parts.items()}
    except InvalidTag as error:
        raise Unreadable("wrong_passphrase") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("cannot_unseal") from error


def _key(passphrase: str, salt: bytes, n: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=n, r=R, p=P).derive(passphrase.encode())
