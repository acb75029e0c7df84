"""Digests: the name of every file is what it holds."""

from hashlib import sha256


def digest(content: bytes) -> str:
    """Return the SHA-256 digest (FIPS 180-4) with the algorithm's name before it.

    >>> digest(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return f"sha256:{sha256(content).hexdigest()}"
