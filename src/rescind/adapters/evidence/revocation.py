"""Revocation lists and answers, fetched while they can be had (RFC 5280, RFC 6960).

Whoever judges a timestamp years later cannot fetch them any more: they are laid into
the token when the pack is sealed or renewed, those that speak against it too. Where an
authority names no place, or the place does not answer, nothing is laid in.
"""

import asyncio
from typing import Any

import requests
from asn1crypto import cms
from pyhanko.sign.validation import generic_cms
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from rescind.adapters.evidence.timestamp_tokens import Revocation
from rescind.adapters.evidence.trust import Trust

TIMEOUT = 10
"""Seconds for one list or answer."""


def fetch(token: bytes, trust: Trust) -> Revocation:
    """Return certificates and revocation data for the one who signed a token."""
    certificates = generic_cms.extract_certs_for_validation(
        cms.ContentInfo.load(token)["content"]
    )
    context = ValidationContext(
        trust_roots=list(trust.tsas),
        other_certs=list(certificates.other_certs),
        moment=trust.now,
        allow_fetching=True,
        fetcher_backend=RequestsFetcherBackend(per_request_timeout=TIMEOUT),
        retroactive_revinfo=True,
    )
    validator = CertificateValidator(
        certificates.signer_cert,
        intermediate_certs=list(certificates.other_certs),
        validation_context=context,
    )
    validate: Any = validator.async_validate_usage  # pyHanko has no types here
    try:
        path = asyncio.run(validate(set(), {"time_stamping"}))
        chain = tuple(path.iter_certs(include_root=True))
    except (PathError, ValidationError, requests.RequestException, OSError):
        chain = ()
    return Revocation(
        certificates=chain,
        crls=tuple(each.dump() for each in context.crls),
        ocsps=tuple(each.dump() for each in context.ocsps),
    )
