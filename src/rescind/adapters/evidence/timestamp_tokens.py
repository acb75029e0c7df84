"""Timestamp tokens (RFC 3161): read, and judged with a sentence for each fault."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import new as hash_by_name
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, crl, ocsp, tsp, x509
from cryptography.x509 import (
    Certificate,
    CertificateRevocationList,
    load_der_x509_certificate,
    load_der_x509_crl,
)

from rescind.adapters.evidence.certificates import (
    issuer_not_allowed,
    may_stamp,
    name_of,
)
from rescind.adapters.evidence.trust import Role, Trust
from rescind.core.model.evidence import Check, Indication

if TYPE_CHECKING:
    from pyhanko.sign.validation.status import TimestampSignatureStatus

STRONG = frozenset({"sha256", "sha384", "sha512"})
"""Digests that nobody can forge (ETSI TS 119 312)."""
Imprint = Callable[[str], bytes]
"""Returns the digest, by the named algorithm, of what should be stamped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as read, before anything in it is believed."""

    der: bytes
    content: cms.SignedData
    at: datetime
    algorithm: str
    imprint: bytes
    nonce: int | None
    signer: x509.Certificate

    @property
    def authority(self) -> str:
        """Return the name of who signed it."""
        return name_of(self.signer)


def read_token(der: bytes) -> Token:
    """Return a token's parts; raises ValueError where the bytes are not a token."""
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415 - 0.3 s, pyHanko

    try:
        content = cms.ContentInfo.load(der, strict=True)["content"]
        info = tsp.TSTInfo.load(content["encap_content_info"]["content"].contents)
        imprint = info["message_imprint"]
        return Token(
            der=der,
            content=content,
            at=info["gen_time"].native,
            algorithm=imprint["hash_algorithm"]["algorithm"].native,
            imprint=imprint["hashed_message"].native,
            nonce=info["nonce"].native,
            signer=generic_cms.extract_certs_for_validation(content).signer_cert,
        )
    except Exception as error:
        message = f"no timestamp token: {error}"
        raise ValueError(message) from error


def check_token(
    der: bytes, imprint: Imprint, trust: Trust, *, what: str, at: datetime | None = None
) -> Check:
    """Return what a token shows over what should be stamped.

    ``at`` is a moment at which something else proves that the token existed; without
    it the token is judged at the moment of reading.
    """
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415 - 0.3 s, pyHanko
    from pyhanko.sign.validation.status import (  # noqa: PLC0415 - 0.3 s, pyHanko
        TimestampSignatureStatus,
    )

    try:
        token = read_token(der)
    except ValueError as error:
        text = f"The timestamp cannot be read: {error}."
        return _fault(what, "FORMAT_FAILURE", text)
    try:
        for fault in _faults(token, imprint):
            return _fault(what, *fault, token=token)
        revocation = revocation_of(token.content)
        context = trust.context(
            Role.TSA, at=at, crls=revocation.crls, ocsps=revocation.ocsps
        )
        result = asyncio.run(
            generic_cms.validate_tst_signed_data(token.content, context, imprint)
        )
        status = TimestampSignatureStatus(**result)
        lists = (*trust.crls, *revocation.crls)
        since = revoked_on(status.validation_path, lists, at or trust.now)
    except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything
        text = f"The timestamp cannot be judged: {error}."
        return _fault(what, "FORMAT_FAILURE", text)
    if status.trusted and since is not None:
        return _revoked(what, token, since)
    if status.trusted and (issuer := issuer_not_allowed(status.validation_path)):
        text = (
            f"The certificate of {token.authority} was issued by {name_of(issuer)}, "
            "which may not issue any (RFC 5280, section 4.2.1.9)."
        )
        return _fault(what, "CHAIN_CONSTRAINTS_FAILURE", text, token=token)
    return _verdict(what, token, status, revocation, at or trust.now)


def _faults(token: Token, imprint: Imprint) -> Iterator[tuple[str, str]]:
    """Yield the faults that no trust can heal, the plainest first."""
    info = token.content["signer_infos"][0]
    algorithms = (token.algorithm, info["digest_algorithm"]["algorithm"].native)
    weak = [name for name in algorithms if name not in STRONG]
    if weak:
        yield (
            "CRYPTO_CONSTRAINTS_FAILURE",
            f"It rests on {weak[0].upper()}, which can be forged: it proves nothing.",
        )
    elif imprint(token.algorithm) != token.imprint:
        yield ("HASH_FAILURE", "It stamps other bytes than these.")
    if not may_stamp(token.signer):
        who = f"The certificate of {token.authority}"
        text = (
            f"{who} may not stamp times: it is not made for that alone, critically "
            "(RFC 3161, section 2.3)."
        )
        yield "CHAIN_CONSTRAINTS_FAILURE", text
    span = token.signer["tbs_certificate"]["validity"]
    if not span["not_before"].native <= token.at <= span["not_after"].native:
        when, who = token.at.isoformat(), token.authority
        yield "EXPIRED", f"It says {when}, when the certificate of {who} was not valid."


def _verdict(
    what: str,
    token: Token,
    status: "TimestampSignatureStatus",
    revocation: "Revocation",
    moment: datetime,
) -> Check:
    indication, code = outcome(status)
    lists = len(revocation.crls) + len(revocation.ocsps)
    looked_at = (
        "the authority's token",
        f"the certificate of {token.authority}",
        f"{lists} answers on revocation" if lists else "no revocation list",
    )
    return Check(
        what=what,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        indication=indication,
        code=code,
        text=_sentence(token, status, code, moment),
        looked_at=looked_at,
        at=token.at if status.intact and status.valid else None,
    )


def _revoked(what: str, token: Token, since: datetime) -> Check:
    who = token.authority
    return Check(
        what=what,
        intact=True,
        valid=True,
        trusted=False,
        indication=Indication.INDETERMINATE,
        code="REVOKED_NO_POE",
        text=f"The certificate of {who}, or one above it, was revoked on "
        f"{since.date().isoformat()}: who can stamp with it since is not known.",
        looked_at=(f"the token of {who}", "a revocation list"),
    )


def revoked_on(path: Any, lists: Sequence[bytes], at: datetime) -> datetime | None:  # noqa: ANN401 - pyHanko's path
    """Return when a certificate of a path was revoked, by the lists at hand.

    pyHanko looks into a list only where the certificate names one; here each list
    counts that the certificate's own issuer has signed (RFC 5280 section 6.3).
    """
    if path is None:
        return None
    chain = [load_der_x509_certificate(each.dump()) for each in path.iter_certs(True)]  # noqa: FBT003 - with the root
    crls = [load_der_x509_crl(der) for der in lists]
    for above, below in pairwise(chain):
        for each in crls:
            if each.issuer != above.subject or not _is_signed_by(each, above):
                continue
            entry = each.get_revoked_certificate_by_serial_number(below.serial_number)
            if entry is not None and entry.revocation_date_utc <= at:
                return entry.revocation_date_utc
    return None


def _is_signed_by(revoked: CertificateRevocationList, above: Certificate) -> bool:
    try:
        return revoked.is_signature_valid(above.public_key())  # type: ignore[arg-type]  # any other kind of key raises
    except TypeError:
        return False


def _sentence(
    token: Token, status: "TimestampSignatureStatus", code: str, moment: datetime
) -> str:
    when, who = token.at.isoformat(), token.authority
    ends = token.signer["tbs_certificate"]["validity"]["not_after"].native
    if not code:
        return f"It existed at {when}, says {who}, vouched for by whom you trust."
    if code == "SIG_CRYPTO_FAILURE":
        return f"The signature of {who} on the timestamp does not hold."
    if "REVOKED" in code:
        details = status.revocation_details
        on = f" on {details.revocation_date.date().isoformat()}" if details else ""
        return (
            f"The certificate of {who} was revoked{on}: who can stamp with it now is "
            "not known."
        )
    if ends < moment:
        return (
            f"Stamped at {when} by {who}, whose certificate expired on "
            f"{ends.date().isoformat()}; nothing newer shows that the stamp is older "
            "than that."
        )
    return (
        f"Stamped at {when} by {who}; nobody whom you trust vouches for that authority."
    )


def outcome(status: Any) -> tuple[Indication, str]:  # noqa: ANN401 - pyHanko's status
    """Return the indication and sub-indication of a status (EN 319 102-1)."""
    if not status.intact:
        return Indication.FAILED, "HASH_FAILURE"
    if not status.valid:
        return Indication.FAILED, "SIG_CRYPTO_FAILURE"
    if status.trusted:
        return Indication.PASSED, ""
    problem = status.trust_problem_indic
    if problem is None:
        return Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND"
    if problem.status.name == "FAILED":
        return Indication.FAILED, problem.name
    return Indication.INDETERMINATE, problem.name


def _fault(what: str, code: str, text: str, token: Token | None = None) -> Check:
    return Check(
        what=what,
        intact=code not in ("FORMAT_FAILURE", "HASH_FAILURE"),
        valid=False,
        trusted=False,
        indication=Indication.FAILED,
        code=code,
        text=text,
        looked_at=(f"the token of {token.authority}",) if token else (),
    )


def digest_of(content: bytes) -> Imprint:
    """Return the imprint of bytes that are at hand."""
    return lambda algorithm: hash_by_name(algorithm, content).digest()


def only_sha256(value: bytes) -> Imprint:
    """Return the imprint of bytes of which only the SHA-256 digest is at hand."""
    return lambda algorithm: value if algorithm == "sha256" else b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """What is said about certificates: who vouches, and which were taken back."""

    certificates: Sequence[x509.Certificate] = ()
    crls: Sequence[bytes] = ()
    ocsps: Sequence[bytes] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to lay in."""
        return bool(self.certificates or self.crls or self.ocsps)


def revocation_of(signature: cms.SignedData) -> Revocation:
    """Return the revocation lists and answers that a signature carries (RFC 5940)."""
    crls: list[bytes] = []
    ocsps: list[bytes] = []
    for choice in signature["crls"] or ():
        if choice.name != "other":
            crls.append(choice.chosen.dump())
        elif isinstance(choice.chosen["other_rev_info"], ocsp.OCSPResponse):
            ocsps.append(choice.chosen["other_rev_info"].dump())
    return Revocation(crls=tuple(crls), ocsps=tuple(ocsps))


def with_revocation(signature: cms.SignedData, revocation: Revocation) -> None:
    """Lay certificates and revocation data into a signature (the long-term form).

    They stand outside what is signed: the signature holds as before.
    """
    certificates = [choice.chosen for choice in signature["certificates"]]
    own = {certificate.dump() for certificate in certificates}
    new = [each for each in revocation.certificates if each.dump() not in own]
    signature["certificates"] = certificates + new
    lists: list[Any] = list(signature["crls"] or ())
    lists += [
        cms.RevocationInfoChoice("crl", crl.CertificateList.load(der))
        for der in revocation.crls
    ]
    lists += [_ocsp_choice(der) for der in revocation.ocsps]
    if lists:
        signature["crls"] = cms.RevocationInfoChoices(lists)
    if revocation.ocsps:
        signature["version"] = "v5"  # RFC 5652 section 5.1


def _ocsp_choice(der: bytes) -> cms.RevocationInfoChoice:
    other = cms.OtherRevocationInfoFormat(
        {
            "other_rev_info_format": "ocsp_response",
            "other_rev_info": ocsp.OCSPResponse.load(der),
        }
    )
    return cms.RevocationInfoChoice("other", other)
