"""Certificates: what one may do by its own words (RFC 5280, RFC 3161)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, x509

if TYPE_CHECKING:
    from pyhanko.sign.validation.settings import KeyUsageConstraints


def name_of(certificate: x509.Certificate) -> str:
    """Return a certificate's holder as a person would name them."""
    names = certificate.subject.native
    return str(names.get("common_name") or names.get("organization_name") or "somebody")


def may_issue(certificate: x509.Certificate) -> bool:
    """Return whether a certificate may issue others (RFC 5280, 4.2.1.3 and 4.2.1.9)."""
    basic, usage = certificate.basic_constraints_value, certificate.key_usage_value
    is_ca = basic is not None and bool(basic["ca"].native)
    return is_ca and (usage is None or "key_cert_sign" in usage.native)


def may_stamp(certificate: x509.Certificate) -> bool:
    """Return whether a certificate is for timestamps alone, critically.

    RFC 3161 section 2.3.
    """
    usages = [
        each
        for each in certificate["tbs_certificate"]["extensions"]
        if each["extn_id"].native == "extended_key_usage"
    ]
    return bool(
        len(usages) == 1
        and usages[0]["critical"].native
        and usages[0]["extn_value"].parsed.native == ["time_stamping"]
    )


def usage_to_sign(certificate: x509.Certificate) -> "KeyUsageConstraints":
    """Return what a signer's certificate has to say of its key.

    One that says nothing is for everything (RFC 5280, 4.2.1.3).
    """
    from pyhanko.sign.validation.settings import (  # noqa: PLC0415 - 0.3 s, pyHanko
        KeyUsageConstraints,
    )

    if certificate.key_usage_value is None:
        return KeyUsageConstraints(key_usage=set())
    return KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )


def issuer_not_allowed(path: Any) -> x509.Certificate | None:  # noqa: ANN401 - pyHanko's path
    """Return the certificate of a path that issued another and may not, if one did.

    Also the root's own right is looked at, which a validator takes from its being
    trusted (RFC 5280, 6.1.1 (d)): a sealer's certificate is trusted, and issues
    nothing.
    """
    chain = list(path.iter_certs(include_root=True))
    for place, each in enumerate(chain[:-1]):
        if not may_issue(each):
            return each
        most = each.basic_constraints_value["path_len_constraint"].native
        between = [below for below in chain[place + 1 : -1] if not below.self_issued]
        if most is not None and len(between) > most:
            return each
    return None


def signer_in(der: bytes) -> x509.Certificate | None:
    """Return the certificate that a CMS signature names as its signer's, if it can."""
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415 - 0.3 s, pyHanko

    try:
        content = cms.ContentInfo.load(der)["content"]
        return generic_cms.extract_certs_for_validation(content).signer_cert
    except Exception:  # noqa: BLE001 - hostile bytes make parsers raise anything
        return None


def valid_from(der: bytes) -> datetime | None:
    """Return when the certificate behind a CMS signature begins to hold."""
    signer = signer_in(der)
    if signer is None:
        return None
    begins: datetime = signer["tbs_certificate"]["validity"]["not_before"].native
    return begins


def is_of_one_key(first: bytes, second: bytes) -> bool:
    """Return whether two CMS signatures were made with one key."""
    one, other = signer_in(first), signer_in(second)
    if one is None or other is None:
        return False
    return bool(one.public_key.dump() == other.public_key.dump())
