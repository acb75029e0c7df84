"""Trust: the roots and revocation lists that the reader brings, and nothing else.

Whom a reader trusts is trusted for one thing: to seal, to stamp times, or to send.
Whoever seals could otherwise stamp their own times.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from asn1crypto import crl, pem, x509

from rescind.adapters.evidence.certificates import may_issue, may_stamp
from rescind.core.errors import BadInput

if TYPE_CHECKING:
    from pyhanko_certvalidator import ValidationContext

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Role(StrEnum):
    """What a reader trusts somebody for."""

    SEALER = "sealer"
    TSA = "tsa"
    """A timestamp authority (RFC 3161)."""
    SENDER = "sender"
    """Who signs mail: by a certificate (S/MIME), or by a key in the DNS (DKIM)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom the reader trusts for what, and the moment of reading."""

    now: datetime
    sealers: tuple[x509.Certificate, ...] = ()
    """Vouch for who sealed: the sealer's own certificate, or the root above it."""
    tsas: tuple[x509.Certificate, ...] = ()
    """Vouch for timestamps."""
    undecided: tuple[tuple[x509.Certificate, ...], ...] = ()
    """Files of certificates whose role the reader did not name: see ``decided``."""
    senders: tuple[x509.Certificate, ...] = ()
    """Vouch for who signed a mail (S/MIME)."""
    sender_keys: Mapping[str, str] = field(default_factory=dict)
    """The keys of DKIM that the reader knows: TXT records by name, without spaces."""
    crls: tuple[bytes, ...] = ()
    """Revocation lists (RFC 5280 section 5), DER."""
    blocks: Mapping[int, bytes] = field(default_factory=dict)
    """Merkle roots of Bitcoin's blocks, by height, as the reader's node has them."""

    def decided(self, signer: x509.Certificate | None) -> "Trust":
        """Return this trust with one role for each file, by a pack's own signer.

        A file that holds the signer's certificate is trusted for sealing, and so is
        one of certificates that issue nothing; a root vouches for timestamps. No file
        has two roles: whoever seals would stamp their own times.

        Raises BadInput for a file of several kinds.
        """
        roots: dict[Role, list[x509.Certificate]] = {Role.SEALER: [], Role.TSA: []}
        for file in self.undecided:
            roots[_role_of(file, signer)] += file
        return replace(
            self,
            sealers=(*self.sealers, *roots[Role.SEALER]),
            tsas=(*self.tsas, *roots[Role.TSA]),
            undecided=(),
        )

    def roots_of(self, role: Role) -> tuple[x509.Certificate, ...]:
        """Return whom the reader trusts in a role, and in no other."""
        return {
            Role.SEALER: self.sealers,
            Role.TSA: self.tsas,
            Role.SENDER: self.senders,
        }[role]

    def context(
        self,
        role: Role,
        *,
        at: datetime | None = None,
        crls: Sequence[bytes] = (),
        ocsps: Sequence[bytes] = (),
    ) -> "ValidationContext":
        """Return what a role's certificates are judged by; fetches nothing.

        A list that was published later than the moment counts too: it says since
        when a certificate was revoked.
        """
        from pyhanko_certvalidator import (  # noqa: PLC0415 - 0.1 s, pyHanko
            ValidationContext,
        )

        return ValidationContext(
            trust_roots=list(self.roots_of(role)),
            moment=at or self.now,
            crls=[*self.crls, *crls],
            ocsps=list(ocsps),
            allow_fetching=False,
            retroactive_revinfo=True,
        )


def _role_of(file: Sequence[x509.Certificate], signer: x509.Certificate | None) -> Role:
    if signer is not None and signer.dump() in [each.dump() for each in file]:
        return Role.SEALER
    roles = {
        Role.TSA if may_issue(each) or may_stamp(each) else Role.SEALER for each in file
    }
    if len(roles) != 1:
        message = "holds certificates of more than one kind: say whom it is trusted as"
        raise BadInput("trust", message, ["--trust-sealer", "--trust-tsa"])
    return roles.pop()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampAuthority:
    """Where an authority answers, and the roots it has to chain to."""

    name: str
    url: str
    roots: tuple[x509.Certificate, ...] = ()
    """Empty: whoever signs is taken down, and the reader decides whom to trust."""


def read_sender(content: bytes) -> tuple[list[x509.Certificate], dict[str, str]]:
    """Return who signs mail: certificates (S/MIME), or DKIM's records by their names.

    A record is a line as a zone file has it (RFC 6376 section 3.6.2):
    ``day1._domainkey.merchant.example. IN TXT "v=DKIM1; k=rsa; p=…"``.

    Raises BadInput for a file of neither.
    """
    text = content.decode("utf-8", "replace")
    if "._domainkey." not in text.lower():
        return read_roots(content), {}
    keys = {}
    for line in filter(str.strip, text.splitlines()):
        found = _RECORD.fullmatch(line.strip())
        if found is None:
            message = f"{line[:60]!r} is no record of a DKIM key"
            near = ['day1._domainkey.merchant.example. IN TXT "v=DKIM1; p=…"']
            raise BadInput("trust", message, near)
        keys[found["name"].lower()] = plain_record(found["value"])
    return [], keys


_RECORD = re.compile(
    r"(?P<name>[\w.-]+\._domainkey\.[\w.-]*\w)\.?\s+(?:\d+\s+)?(?:IN\s+)?(?:TXT\s+)?"
    r"(?P<value>\"?v\s*=\s*DKIM1\b.*)",
    re.IGNORECASE,
)


def plain_record(value: str) -> str:
    """Return a TXT record's value without quotes and spaces, to be compared."""
    return re.sub(r'[\s"]+', "", value)


def read_roots(content: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM or DER file; raises BadInput for other files."""
    try:
        roots = [x509.Certificate.load(der) for der in _unarmoured(content)]
        for root in roots:
            _ = root.subject.native
    except (ValueError, TypeError) as error:
        raise BadInput("trust", f"is no certificate: {error}") from error
    if not roots:
        raise BadInput("trust", "holds no certificate")
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
