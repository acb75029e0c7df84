"""Checks on mail that was signed with a certificate (S/MIME, RFC 8551)."""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses

from asn1crypto import cms, x509
from pyhanko.sign.validation import generic_cms

from rescind.adapters.evidence.certificates import (
    issuer_not_allowed,
    name_of,
    usage_to_sign,
)
from rescind.adapters.evidence.timestamp_tokens import outcome
from rescind.adapters.evidence.trust import Role, Trust
from rescind.core.model.case import Event
from rescind.core.model.evidence import Check, Indication
from rescind.core.prove.log_rules import FILE

_SIGNED = re.compile(
    rb"^content-type:\s*multipart/signed\b", re.IGNORECASE | re.MULTILINE
)
_LOOKED_AT = 20_000
"""Bytes in which a message's own headers end."""


def check_mail(
    events: Sequence[Event],
    files: Mapping[str, bytes],
    trust: Trust,
    since: datetime | None,
) -> Iterator[Check]:
    """Yield a check for each signed message that a log names, once, in order.

    ``since`` is a moment at which something else proves that it existed.
    """
    seen: set[str] = set()
    for event in events:
        for digest in event.details.values():
            if not digest.startswith(FILE) or digest in seen:
                continue
            seen.add(digest)
            raw = files.get(digest, b"")
            if _SIGNED.search(raw[:_LOOKED_AT].partition(b"\r\n\r\n")[0]):
                check = _check_message(raw, trust, since)
                yield replace(check, what=f"smime:{event.number}", looked_at=(digest,))


def _check_message(raw: bytes, trust: Trust, since: datetime | None) -> Check:
    try:
        content, signature = _parts(raw)
        signer = generic_cms.extract_certs_for_validation(signature).signer_cert
        status = asyncio.run(
            generic_cms.async_validate_detached_cms(
                content,
                signature,
                signer_validation_context=trust.context(Role.SENDER, at=since),
                key_usage_settings=usage_to_sign(signer),
            )
        )
        author = _author(raw)
        speaks = author in _addresses(status.signing_cert)
    except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything
        text = f"The signature on the mail cannot be read: {error}."
        return _result(Indication.FAILED, "FORMAT_FAILURE", text)
    name = name_of(status.signing_cert)
    indication, code = outcome(status)
    if indication is Indication.FAILED:
        text = (
            f"The signature of {name} does not fit the mail: it was changed, or forged."
        )
    elif not speaks:
        indication, code = Indication.INDETERMINATE, "CHAIN_CONSTRAINTS_FAILURE"
        text = f"Signed by {name}, whose certificate does not name {author}."
    elif indication is Indication.PASSED and issuer_not_allowed(status.validation_path):
        indication, code = Indication.FAILED, "CHAIN_CONSTRAINTS_FAILURE"
        text = f"The certificate of {name} was issued by one that may not issue any."
    elif indication is Indication.PASSED:
        text = f"Signed by {name} for {author}, vouched for by whom you trust."
    else:
        text = f"Signed by {name} for {author}; nobody whom you trust vouches for it."
    return _result(indication, code, text)


def _result(indication: Indication, code: str, text: str) -> Check:
    is_broken = indication is Indication.FAILED
    return Check(
        what="smime",
        intact=not is_broken,
        valid=not is_broken,
        trusted=indication is Indication.PASSED,
        indication=indication,
        code=code,
        text=text,
        is_extra=indication is Indication.INDETERMINATE,
    )


def _parts(raw: bytes) -> tuple[bytes, cms.SignedData]:
    """Return what was signed, as it stood on the wire, and the signature over it."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the policy makes
    mark = (message.get_boundary() or "").encode()
    _, signature = message.iter_parts()
    lines = re.sub(rb"\r?\n", b"\r\n", raw)
    content = lines.split(b"\r\n--" + mark + b"\r\n", 2)[1]
    der = signature.get_payload(decode=True)
    return content, cms.ContentInfo.load(der, strict=True)["content"]


def _author(raw: bytes) -> str:
    """Return the one address in From; raises ValueError where there is not one."""
    fields = BytesHeaderParser(policy=policy.compat32).parsebytes(raw).get_all("From")
    (address,) = [each for _, each in getaddresses([str(f) for f in fields or []])]
    return address.lower()


def _addresses(certificate: x509.Certificate) -> set[str]:
    """Return the addresses that a certificate speaks for (RFC 8550 section 3)."""
    alternative = certificate.subject_alt_name_value or ()
    named = {
        str(each.native).lower() for each in alternative if each.name == "rfc822_name"
    }
    return named | {
        str(value["value"].native).lower()
        for names in certificate.subject.chosen
        for value in names
        if value["type"].native == "email_address"
    }
