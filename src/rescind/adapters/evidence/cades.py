"""Seals: CAdES signatures over a manifest, stamped, and judged (pyHanko).

EN 319 122-1 (CAdES), RFC 5652 (CMS). Nothing is fetched while checking.
"""

import asyncio
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import cms

from rescind.adapters.evidence.certificates import (
    issuer_not_allowed,
    may_stamp,
    name_of,
    usage_to_sign,
)
from rescind.adapters.evidence.signing_keys import Key, signer_of
from rescind.adapters.evidence.timestamp_tokens import (
    Revocation,
    outcome,
    revocation_of,
    revoked_on,
    with_revocation,
)
from rescind.adapters.evidence.trust import Role, Trust
from rescind.core.model.evidence import Check, Indication

_DIGEST = "sha256"
SIGNATURE = "signature"
CMS_VERSIONS = frozenset({"v1", "v3"})
"""Of a signature by one certificate over what is no CMS itself (RFC 5652, 5.1)."""
STAMP_ATTRIBUTE = "signature_time_stamp_token"


def seal(content: bytes, key: Key) -> bytes:
    """Return a detached CAdES baseline signature over content, as DER."""
    with signer_of(key) as signer:
        signature = asyncio.run(
            signer.async_sign_general_data(
                content, _DIGEST, detached=True, use_cades=True
            )
        )
        return bytes(signature.dump())


def to_stamp(der: bytes) -> bytes:
    """Return the SHA-256 digest of a signature's value, which an authority stamps."""
    info = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    return sha256(info["signature"].native).digest()


def with_token(der: bytes, token: bytes) -> bytes:
    """Return a signature that carries an authority's token (CAdES B-T).

    The attribute ``signature-time-stamp`` stands outside what is signed.
    """
    signature = cms.ContentInfo.load(der)
    attribute = cms.CMSAttribute(
        {"type": STAMP_ATTRIBUTE, "values": [cms.ContentInfo.load(token)]}
    )
    info = signature["content"]["signer_infos"][0]
    info["unsigned_attrs"] = cms.CMSAttributes([attribute])
    return bytes(signature.dump())


def token_in(der: bytes) -> bytes | None:
    """Return the token that a signature carries, if there is one.

    Raises ValueError where it carries anything else beside it.
    """
    attributes = list(_read(der)["signer_infos"][0]["unsigned_attrs"] or ())
    if not attributes:
        return None
    if len(attributes) != 1 or attributes[0]["type"].native != STAMP_ATTRIBUTE:
        message = "it carries attributes that nobody here knows"
        raise ValueError(message)
    (token,) = attributes[0]["values"]
    return bytes(token.dump())


def signature_value(der: bytes) -> bytes:
    """Return the signature's value: what its timestamp covers."""
    return bytes(_read(der)["signer_infos"][0]["signature"].native)


def check_seal(
    content: bytes, der: bytes, trust: Trust, *, at: datetime | None = None
) -> Check:
    """Return what a signature shows over content.

    ``at`` is a moment at which something else proves that it existed; without it the
    certificate is judged at the moment of reading.
    """
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415 - 0.3 s, pyHanko

    try:
        signature = _read(der)
        revocation = revocation_of(signature)
        context = trust.context(
            Role.SEALER, at=at, crls=revocation.crls, ocsps=revocation.ocsps
        )
        signer = generic_cms.extract_certs_for_validation(signature).signer_cert
        status = asyncio.run(
            generic_cms.async_validate_detached_cms(
                content,
                signature,
                signer_validation_context=context,
                key_usage_settings=usage_to_sign(signer),
            )
        )
        lists = (*trust.crls, *revocation.crls)
        since = revoked_on(status.validation_path, lists, at or trust.now)
    except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything
        return _broken(str(error))
    return _verdict(status, since, _not_a_sealer(status))


def _not_a_sealer(status: Any) -> str:  # noqa: ANN401 - pyHanko's status
    """Return why nobody may seal by this certificate, or nothing."""
    name = name_of(status.signing_cert)
    if may_stamp(status.signing_cert):
        return f"The certificate of {name} is for stamping times: it seals nothing."
    issuer = issuer_not_allowed(status.validation_path) if status.trusted else None
    if issuer is None:
        return ""
    return (
        f"The certificate of {name} was issued by {name_of(issuer)}, which may not "
        "issue any (RFC 5280, section 4.2.1.9)."
    )


def _read(der: bytes) -> cms.SignedData:
    """Return the signed data; raises ValueError where it says more than one thing."""
    signature = cms.ContentInfo.load(der, strict=True)["content"]
    if signature["version"].native not in CMS_VERSIONS:
        message = f"version {signature['version'].native} of CMS is not known here"
        raise ValueError(message)
    algorithms = [a["algorithm"].native for a in signature["digest_algorithms"]]
    if algorithms != [_DIGEST] or len(signature["signer_infos"]) != 1:
        message = "one signature over SHA-256 is expected"
        raise ValueError(message)
    return signature


def _broken(why: str) -> Check:
    return Check(
        what=SIGNATURE,
        intact=False,
        valid=False,
        trusted=False,
        indication=Indication.FAILED,
        code="FORMAT_FAILURE",
        text=f"The signature cannot be read: {why}.",
    )


def _verdict(
    status: Any,  # noqa: ANN401 - pyHanko's status
    revoked_since: datetime | None,
    not_a_sealer: str,
) -> Check:
    name = name_of(status.signing_cert)
    indication, code = outcome(status)
    if code and status.valid and status.signing_cert.self_issued:
        code = "NO_CERTIFICATE_CHAIN_FOUND"  # it vouches for itself, and nobody else
    if status.trusted and revoked_since is not None:
        indication, code = Indication.INDETERMINATE, "REVOKED_NO_POE"
    texts = {
        Indication.PASSED: f"Signed by {name}, whom you trust.",
        Indication.INDETERMINATE: f"Signed by {name}; nobody you trust vouches for it. "
        "A key of one's own shows that nothing was changed, not who sealed.",
        Indication.FAILED: "The signature does not fit what it should cover.",
    }
    if "REVOKED" in code:
        texts[indication] = f"The certificate of {name} was revoked."
    if not_a_sealer:
        indication, code = Indication.FAILED, "CHAIN_CONSTRAINTS_FAILURE"
        texts[indication] = not_a_sealer
    return Check(
        what=SIGNATURE,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=indication is Indication.PASSED,
        indication=indication,
        code=code,
        text=texts[indication],
        looked_at=("the manifest", f"the certificate of {name}"),
    )


def with_long_term(der: bytes, revocation: Revocation) -> bytes:
    """Return a signature whose timestamp carries what it will be judged by later."""
    token = token_in(der)
    if token is None:
        return der
    return with_token(der, token_with_long_term(token, revocation))


def token_with_long_term(der: bytes, revocation: Revocation) -> bytes:
    """Return a token that carries what it will be judged by later."""
    token = cms.ContentInfo.load(der)
    with_revocation(token["content"], revocation)
    return bytes(token.dump())
