"""Timestamp authorities (RFC 3161 over HTTP): asked in turn, never believed blindly.

An authority learns a digest and nothing else. What it answers is checked before it is
kept: status, nonce, digest, the signature, and the roots that it is pinned to.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from asn1crypto import algos, cms, core, tsp

from rescind.adapters.evidence.timestamp_tokens import (
    check_token,
    only_sha256,
    read_token,
)
from rescind.adapters.evidence.trust import TimestampAuthority, Trust
from rescind.adapters.network import web
from rescind.core.errors import OutsideError, PermanentError, TransientError

TIMEOUT = 10.0
"""Seconds that an authority has for its whole answer."""
MOST_BYTES = 200_000
ACCEPTED = 200
_REFUSALS = range(400, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A token, who gave it, and the time in it."""

    token: bytes
    authority: str
    at: datetime


def stamp(authority: TimestampAuthority, digest: bytes, *, now: datetime) -> Stamp:
    """Return an authority's stamp over a SHA-256 digest.

    Raises TransientError when it does not answer in time, and PermanentError when it
    refuses, or answers with what is no sound token over this digest.
    """
    # 63 random bits and a highest one that is set: never negative, always of one length
    nonce = secrets.randbits(63) | 1 << 62
    reply = _post(authority.url, _query(digest, nonce))
    token = _token_in(authority.url, reply)
    _accept(authority, token, digest, nonce, now)
    return Stamp(token=token, authority=authority.name, at=read_token(token).at)


def stamp_by_any(
    authorities: Sequence[TimestampAuthority], digest: bytes, *, now: datetime
) -> Stamp:
    """Return the stamp of the first authority that gives one.

    Raises the last one's error when none does, or PermanentError for an empty list.
    """
    failure: OutsideError = PermanentError("timestamps", "no authority is named")
    for authority in authorities:
        try:
            return stamp(authority, digest, now=now)
        except OutsideError as error:
            failure = error
    raise failure


def _query(digest: bytes, nonce: int) -> bytes:
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": digest,
        }
    )
    query = tsp.TimeStampReq(
        {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    )
    return bytes(query.dump())


def _post(url: str, query: bytes) -> bytes:
    headers = {
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
    }
    reply = web.ask(
        web.Request(
            url=url,
            is_own=True,
            content=query,
            headers=headers,
            seconds=TIMEOUT,
            most_bytes=MOST_BYTES,
        )
    )
    if reply.status_code in _REFUSALS:
        raise PermanentError(url, f"refused with HTTP {reply.status_code}")
    if reply.status_code != ACCEPTED:
        raise TransientError(url, f"answered HTTP {reply.status_code}")
    return reply.content


class _Reply(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """``TimeStampResp``: a refusal holds no token (RFC 3161 section 2.4.2)."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def _token_in(url: str, reply: bytes) -> bytes:
    try:
        response = _Reply.load(reply, strict=True)
        status = response["status"]
        state = status["status"].native
        if state in ("granted", "granted_with_mods"):
            return bytes(response["time_stamp_token"].dump())
        why = "; ".join(status["status_string"].native or ()) or state
    except (ValueError, TypeError, KeyError) as error:
        raise PermanentError(url, f"sent no answer of RFC 3161: {error}") from error
    raise PermanentError(url, f"gave no stamp: {why}")


def _accept(
    authority: TimestampAuthority, der: bytes, digest: bytes, nonce: int, now: datetime
) -> None:
    """Raise PermanentError unless the token is sound and the one that was asked for."""
    try:
        token = read_token(der)
    except ValueError as error:
        raise PermanentError(authority.url, f"sent {error}") from error
    if token.nonce != nonce:
        what = "sent a token with another nonce: it answers somebody else's question"
        raise PermanentError(authority.url, what)
    pinned = Trust(now=now, tsas=authority.roots)
    check = check_token(der, only_sha256(digest), pinned, what="timestamp")
    is_sound = check.holds if authority.roots else check.intact and check.valid
    if not is_sound or "REVOKED" in check.code:
        raise PermanentError(
            authority.url, f"sent a token that is refused: {check.text}"
        )
