"""Seals: CAdES signatures with timestamps over a manifest, made and checked (pyHanko).

EN 319 122-1 (CAdES), RFC 5652 (CMS), RFC 3161 (timestamps). Nothing is fetched while
checking; what the reader trusts is given as roots.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.sign import signers
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper
from pyhanko.sign.validation import generic_cms
from pyhanko_certvalidator import ValidationContext

from rescind.adapters.keys import Key
from rescind.core.errors import BadInput, TransientError
from rescind.core.model.evidence import Check, Indication

TIMEOUT = 15
"""Seconds that an authority has to answer."""
_DIGEST = "sha256"
_SIGNATURE, _STAMP = "signature", "timestamp"

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def authority(url: str) -> TimeStamper:
    """Return a timestamp authority (RFC 3161 over HTTP); asks nothing yet."""
    stamper: TimeStamper = HTTPTimeStamper(url, timeout=TIMEOUT)  # type: ignore[no-untyped-call]  # pyHanko has no types here
    return stamper


def seal(content: bytes, key: Key, stamper: TimeStamper | None = None) -> bytes:
    """Return a detached CAdES signature over content, as DER.

    Raises TransientError when the authority does not answer with a token.
    """
    making = _signer(key).async_sign_general_data(
        content, _DIGEST, detached=True, use_cades=True, timestamper=stamper
    )
    try:
        made: bytes = asyncio.run(making).dump()
    except (TimestampRequestError, OSError, ValueError) as error:
        if stamper is None:
            raise
        who = getattr(stamper, "url", "the timestamp authority")
        raise TransientError(str(who), f"gave no token: {error}") from error
    return made


def read_roots(content: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM or DER file; raises BadInput for none."""
    try:
        if pem.detect(content):
            found = pem.unarmor(content, multiple=True)
            roots = [x509.Certificate.load(der) for _, _, der in found]
        else:
            roots = [x509.Certificate.load(content)]
        for root in roots:
            _ = root.subject.native
    except (ValueError, TypeError) as error:
        raise BadInput("trust", f"is no certificate: {error}") from error
    return roots


def certificate_of(key: Key) -> bytes:
    """Return the certificate of a key as PEM, to be given to whoever checks."""
    armoured: bytes = pem.armor("CERTIFICATE", _signer(key).signing_cert.dump())
    return armoured


def _signer(key: Key) -> Any:  # noqa: ANN401 - pyHanko's signer
    signer = signers.SimpleSigner.load_pkcs12_data(key.p12, [], key.passphrase)
    if signer is None or signer.signing_cert is None:
        raise BadInput("key", "cannot be opened with this passphrase")
    return signer


def check_seal(
    content: bytes, der: bytes, roots: Sequence[x509.Certificate]
) -> tuple[Check, ...]:
    """Return what a signature and its timestamp show, each for itself."""
    try:
        signed = _read(der)
        validating = generic_cms.async_validate_detached_cms(
            content,
            signed,
            signer_validation_context=_context(roots),
            ts_validation_context=_context(roots),
        )
        status = asyncio.run(validating)
    except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything
        return (_broken(str(error)),)
    return (_signature(status), _stamp(status.timestamp_validity))


def _context(roots: Sequence[x509.Certificate]) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots), allow_fetching=False)


def _read(der: bytes) -> Any:  # noqa: ANN401 - asn1crypto has no types
    """Return the signed data; raises ValueError where it says more than one thing."""
    info = cms.ContentInfo.load(der, strict=True)
    signed = info["content"]
    algorithms = [a["algorithm"].native for a in signed["digest_algorithms"]]
    if algorithms != [_DIGEST] or len(signed["signer_infos"]) != 1:
        message = "one signature over SHA-256 is expected"
        raise ValueError(message)
    return signed


def _broken(why: str) -> Check:
    return Check(
        what=_SIGNATURE,
        intact=False,
        valid=False,
        trusted=False,
        indication=Indication.FAILED,
        code="FORMAT_FAILURE",
        text=f"The signature cannot be read: {why}.",
    )


def _signature(status: Any) -> Check:  # noqa: ANN401 - pyHanko's status
    name = status.signing_cert.subject.native.get("common_name", "somebody")
    indication, code = _outcome(status)
    texts = {
        Indication.PASSED: f"Signed by {name}, whom you trust.",
        Indication.INDETERMINATE: f"Signed by {name}; nobody you trust vouches for it. "
        "A key of one's own shows that nothing was changed, not who sealed.",
        Indication.FAILED: "The signature does not fit what it should cover.",
    }
    return Check(
        what=_SIGNATURE,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        indication=indication,
        code=code,
        text=texts[indication],
        looked_at=("the manifest", f"the certificate of {name}"),
    )


def _outcome(status: Any) -> tuple[Indication, str]:  # noqa: ANN401 - pyHanko's status
    if not status.intact:
        return Indication.FAILED, "HASH_FAILURE"
    if not status.valid:
        return Indication.FAILED, "SIG_CRYPTO_FAILURE"
    if status.trusted:
        return Indication.PASSED, ""
    problem = status.trust_problem_indic
    return Indication.INDETERMINATE, problem.name if problem else "NO_CERTIFICATE_CHAIN"


def _stamp(status: Any) -> Check:  # noqa: ANN401 - pyHanko's status
    if status is None:
        return Check(
            what=_STAMP,
            intact=True,
            valid=True,
            trusted=False,
            indication=Indication.INDETERMINATE,
            code="NO_POE",
            text="No authority has stamped it: its time is the word of who sealed.",
        )
    indication, code = _outcome(status)
    at = status.timestamp
    texts = {
        Indication.PASSED: f"It existed at {at.isoformat()}, says one you trust.",
        Indication.INDETERMINATE: f"Stamped at {at.isoformat()}, by an authority that "
        "you did not say you trust.",
        Indication.FAILED: "The timestamp does not fit the signature.",
    }
    return Check(
        what=_STAMP,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        indication=indication,
        code=code,
        text=texts[indication],
        looked_at=("the signature", "the authority's token"),
        at=at if status.intact and status.valid else None,
    )
