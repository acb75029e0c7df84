"""S/MIME: a mail signed by the user's own certificate (RFC 8551, RFC 1847)."""

import asyncio
from base64 import encodebytes
from hashlib import sha256

from rescind.adapters.evidence.signing_keys import Key, signer_of

_ENDS = b"\r\n"
_ENTITY = frozenset({b"content-type", b"content-transfer-encoding", b"mime-version"})
"""Headers that go inside, with the content that they describe."""


def sign_message(message: bytes, key: Key) -> bytes:
    """Return a mail as ``multipart/signed``, its content and headers as they were.

    The content is signed as it stands on the wire: lines end with CRLF, and nothing
    is folded anew afterwards.
    """
    head, _, body = message.partition(_ENDS * 2)
    outer: list[bytes] = []
    inner: list[bytes] = []
    for line in _fields(head):
        name = line.partition(b":")[0].strip().lower()
        (inner if name in _ENTITY else outer).append(line)
    inner = [line for line in inner if not line.lower().startswith(b"mime-version")]
    entity = _ENDS.join(inner) + _ENDS * 2 + body.rstrip(_ENDS) + _ENDS
    with signer_of(key) as signer:
        signature = asyncio.run(
            signer.async_sign_general_data(entity, "sha256", detached=True)
        ).dump()
    # the content's own digest: a boundary that cannot stand within the content
    mark = b"signed-" + sha256(entity).hexdigest()[:32].encode()
    return _ENDS.join(
        [
            *outer,
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/signed; protocol="application/pkcs7-signature";',
            b' micalg="sha-256"; boundary="' + mark + b'"',
            b"",
            b"This mail is signed (S/MIME).",
            b"--" + mark,
            entity,
            b"--" + mark,
            b'Content-Type: application/pkcs7-signature; name="smime.p7s"',
            b"Content-Transfer-Encoding: base64",
            b'Content-Disposition: attachment; filename="smime.p7s"',
            b"",
            encodebytes(signature).replace(b"\n", _ENDS) + b"--" + mark + b"--",
            b"",
        ]
    )


def _fields(head: bytes) -> list[bytes]:
    """Return the header's fields, folded lines kept with their field."""
    fields: list[bytes] = []
    for line in head.split(_ENDS):
        if line[:1] in b" \t" and fields:
            fields[-1] += _ENDS + line
        else:
            fields.append(line)
    return fields
