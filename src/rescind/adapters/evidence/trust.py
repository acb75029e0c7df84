"""Trust: the roots and revocation lists that the reader brings, and nothing else."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import crl, pem, x509
from pyhanko_certvalidator import ValidationContext

from rescind.core.errors import BadInput

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom the reader trusts, and the moment of reading."""

    now: datetime
    roots: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    """Revocation lists (RFC 5280 section 5), DER."""
    blocks: Mapping[int, bytes] = field(default_factory=dict)
    """Merkle roots of Bitcoin's blocks, by height, as the reader's node has them."""

    def context(
        self,
        *,
        at: datetime | None = None,
        crls: Sequence[bytes] = (),
        ocsps: Sequence[bytes] = (),
    ) -> ValidationContext:
        """Return what certificates are judged by at a moment; fetches nothing.

        A list that was published later than the moment counts too: it says since
        when a certificate was revoked.
        """
        return ValidationContext(
            trust_roots=list(self.roots),
            moment=at or self.now,
            crls=[*self.crls, *crls],
            ocsps=list(ocsps),
            allow_fetching=False,
            retroactive_revinfo=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampAuthority:
    """Where an authority answers, and the roots it has to chain to."""

    name: str
    url: str
    roots: tuple[x509.Certificate, ...] = ()
    """Empty: whoever signs is taken down, and the reader decides whom to trust."""


def read_roots(content: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM or DER file; raises BadInput for other files."""
    try:
        roots = [x509.Certificate.load(der) for der in _unarmoured(content)]
        for root in roots:
            _ = root.subject.native
    except (ValueError, TypeError) as error:
        raise BadInput("trust", f"is no certificate: {error}") from error
    return roots


def read_crl(content: bytes) -> bytes:
    """Return the revocation list in a PEM or DER file; raises BadInput for others."""
    try:
        (der,) = _unarmoured(content)
        _ = crl.CertificateList.load(der).issuer.native
    except (ValueError, TypeError) as error:
        raise BadInput("crl", f"is no revocation list: {error}") from error
    return bytes(der)


def _unarmoured(content: bytes) -> list[bytes]:
    if not pem.detect(content):
        return [content]
    return [der for _, _, der in pem.unarmor(content, multiple=True)]
