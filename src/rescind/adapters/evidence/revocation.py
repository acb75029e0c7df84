"""Revocation lists and answers, fetched while they can be had (RFC 5280, RFC 6960).

Whoever judges a timestamp years later cannot fetch them any more: they are laid into
the token when the pack is sealed or renewed, those that speak against it too. Where an
authority names no place, or the place does not answer, nothing is laid in.
"""

import asyncio
from collections.abc import Awaitable, Collection, Iterable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import requests
from asn1crypto import cms
from pyhanko.sign.validation import generic_cms
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.fetchers.api import FetcherBackend, Fetchers, FetchLimits
from pyhanko_certvalidator.fetchers.common_utils import FetchBudget
from pyhanko_certvalidator.fetchers.requests_fetchers.cert_fetch_client import (
    RequestsCertificateFetcher,
)
from pyhanko_certvalidator.fetchers.requests_fetchers.crl_client import (
    RequestsCRLFetcher,
)
from pyhanko_certvalidator.fetchers.requests_fetchers.ocsp_client import (
    RequestsOCSPFetcher,
)

from rescind.adapters.evidence.timestamp_tokens import Revocation
from rescind.adapters.evidence.trust import Trust
from rescind.adapters.network import web
from rescind.core.errors import OutsideError

TIMEOUT = 10.0
"""Seconds for one list or answer."""
MOST_BYTES = 10_000_000
"""Of one of them; lists of large authorities have some megabytes."""
ACCEPTED = 200


def fetch(token: bytes, trust: Trust, own: Collection[str] = ()) -> Revocation:
    """Return certificates and revocation data for the one who signed a token.

    ``own`` are the addresses of authorities that the person set. What their
    certificates name is asked like anybody's, but for the same hosts: an authority
    within a private network has its lists beside it.
    """
    certificates = generic_cms.extract_certs_for_validation(
        cms.ContentInfo.load(token)["content"]
    )
    context = ValidationContext(
        trust_roots=list(trust.tsas),
        other_certs=list(certificates.other_certs),
        moment=trust.now,
        allow_fetching=True,
        fetcher_backend=_Backend(frozenset(map(host_and_port, own))),
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


Host: TypeAlias = tuple[str | None, int]


def host_and_port(url: str) -> Host:
    """Return whom an address asks."""
    parts = urlsplit(url)
    return parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


class _Fetcher:
    """Asks by our own room: the addresses stand in certificates, so they are nobody's.

    pyHanko's fetchers would connect wherever a certificate says.
    """

    own: frozenset[Host] = frozenset()

    def _get(
        self, url: str, *, acceptable_content_types: Iterable[str]
    ) -> Awaitable[web.Response]:
        accepted = ",".join(acceptable_content_types)
        headers = {"Accept": accepted}
        return asyncio.to_thread(ask_named, url, self.own, None, headers)

    def _post(
        self,
        url: str,
        data: bytes,
        *,
        content_type: str,
        acceptable_content_types: Iterable[str],
    ) -> Awaitable[web.Response]:
        accepted = ",".join(acceptable_content_types)
        headers = {"Accept": accepted, "Content-Type": content_type}
        return asyncio.to_thread(ask_named, url, self.own, data, headers)


def ask_named(
    url: str, own: Collection[Host], content: bytes | None, headers: dict[str, str]
) -> web.Response:
    """Return what an address in a certificate answers; raises RequestException."""
    question = web.Request(
        url=url,
        is_own=host_and_port(url) in own,
        content=content,
        headers=headers,
        seconds=TIMEOUT,
        most_bytes=MOST_BYTES,
    )
    try:
        reply = web.ask(question)
    except OutsideError as error:
        raise requests.RequestException(str(error)) from error
    if reply.status_code != ACCEPTED:
        message = f"status code {reply.status_code}"
        raise requests.RequestException(message)
    return reply


class _OcspFetcher(_Fetcher, RequestsOCSPFetcher):  # type: ignore[misc]  # untyped
    pass


class _CrlFetcher(_Fetcher, RequestsCRLFetcher):  # type: ignore[misc]  # untyped
    pass


class _CertificateFetcher(_Fetcher, RequestsCertificateFetcher):  # type: ignore[misc]  # untyped
    pass


class _Backend(FetcherBackend):
    def __init__(self, own: frozenset[Host]) -> None:
        self._own = own

    def get_fetchers(self) -> Fetchers:
        """Return what fetches answers, lists and certificates, within limits."""
        budget = FetchBudget(FetchLimits())
        answers = _OcspFetcher(budget=budget)
        lists = _CrlFetcher(budget=budget)  # type: ignore[no-untyped-call]  # untyped
        certificates = _CertificateFetcher(budget=budget)
        for each in (answers, lists, certificates):
            each.own = self._own
        return Fetchers(
            ocsp_fetcher=answers, crl_fetcher=lists, cert_fetcher=certificates
        )

    async def close(self) -> None:
        """Leave; nothing is open."""
