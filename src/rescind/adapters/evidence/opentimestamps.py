"""OpenTimestamps: a second anchor for a digest, in the Bitcoin block chain.

A timestamp calendar takes the digest at once and answers with a promise; hours later
it names the block. Nobody has to be trusted then, but the reader needs the block's own
header.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opentimestamps.calendar import DEFAULT_CALENDAR_WHITELIST
from opentimestamps.core.notary import (
    BitcoinBlockHeaderAttestation,
    PendingAttestation,
)
from opentimestamps.core.op import OpSHA256
from opentimestamps.core.serialize import (
    BytesDeserializationContext,
    BytesSerializationContext,
    DeserializationError,
)
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from rescind.adapters.network import web
from rescind.core.errors import TransientError

TIMEOUT = 10.0
"""Seconds that a timestamp calendar has to answer."""
MOST_BYTES = 10_000
"""What the reference client takes for an answer."""
ACCEPTED, UNKNOWN = 200, 404


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorProof:
    """A proof as read: the digest it is about, and where it leads."""

    digest: bytes
    timestamp_calendars: tuple[str, ...]
    """Where the block is still awaited."""
    blocks: Mapping[int, bytes]
    """The Merkle root that each named block has to have, by the block's height."""


def submit(url: str, digest: bytes) -> bytes:
    """Return a timestamp calendar's promise for a digest: an ``.ots`` file's bytes.

    Raises TransientError when it does not answer.
    """
    stamp = Timestamp(digest)
    stamp.merge(_answer(url, digest, "digest", digest, is_own=True))
    return _proof_of(stamp)


def complete(proof: bytes, url: str) -> bytes | None:
    """Return a proof with the block that its calendar names; ``None`` while none is.

    Raises TransientError when the timestamp calendar does not answer, and ValueError
    where the bytes are not a proof.
    """
    stamp = _read(proof)
    has_grown = False
    for place, attestation in list(_pending(stamp)):
        # a proof comes from outside: an address that it alone names is never asked
        is_own = attestation.uri.rstrip("/") == url.rstrip("/")
        if not is_own and attestation.uri not in DEFAULT_CALENDAR_WHITELIST:
            continue
        call = f"timestamp/{place.msg.hex()}"
        try:
            said = _answer(attestation.uri, place.msg, call, None, is_own=is_own)
        except _NotYet:
            continue
        place.merge(said)
        has_grown = True
    names_a_block = any(
        isinstance(attestation, BitcoinBlockHeaderAttestation)
        for _, attestation in stamp.all_attestations()
    )
    return _proof_of(stamp) if has_grown and names_a_block else None


def read_anchor(proof: bytes) -> AnchorProof:
    """Return what a proof says; raises ValueError where the bytes are not a proof."""
    stamp = _read(proof)
    timestamp_calendars: list[str] = []
    blocks: dict[int, bytes] = {}
    for message, attestation in stamp.all_attestations():
        if isinstance(attestation, PendingAttestation):
            timestamp_calendars.append(attestation.uri)
        if isinstance(attestation, BitcoinBlockHeaderAttestation):
            blocks[attestation.height] = message
    return AnchorProof(
        digest=stamp.msg, timestamp_calendars=tuple(timestamp_calendars), blocks=blocks
    )


def _pending(stamp: Timestamp) -> Iterator[tuple[Timestamp, PendingAttestation]]:
    for attestation in stamp.attestations:
        if isinstance(attestation, PendingAttestation):
            yield stamp, attestation
    for below in stamp.ops.values():
        yield from _pending(below)


class _NotYet(Exception):  # noqa: N818 - nothing went wrong
    """A timestamp calendar has no block to name yet."""


def _answer(
    url: str, message: bytes, call: str, content: bytes | None, *, is_own: bool
) -> Timestamp:
    """Return what a timestamp calendar says of a digest, or of what it made of it.

    Its calls are those of the reference client: ``digest`` and ``timestamp/<hex>``.
    """
    reply = web.ask(
        web.Request(
            url=f"{url.rstrip('/')}/{call}",
            is_own=is_own,
            content=content,
            headers={"Accept": "application/vnd.opentimestamps.v1"},
            seconds=TIMEOUT,
            most_bytes=MOST_BYTES,
        )
    )
    if reply.status_code == UNKNOWN and content is None:
        raise _NotYet
    if reply.status_code != ACCEPTED:
        raise TransientError(url, f"answered HTTP {reply.status_code}")
    try:
        return Timestamp.deserialize(
            BytesDeserializationContext(reply.content), message
        )
    except Exception as error:
        # the library raises whatever its parser meets in an answer
        what = f"sent no timestamp: {type(error).__name__}"
        raise TransientError(url, what) from error


def _proof_of(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    DetachedTimestampFile(OpSHA256(), stamp).serialize(context)
    return bytes(context.getbytes())


def _read(proof: bytes) -> Timestamp:
    try:
        context = BytesDeserializationContext(proof)
        return DetachedTimestampFile.deserialize(context).timestamp
    except (DeserializationError, ValueError, RecursionError) as error:
        message = f"no proof of OpenTimestamps: {error}"
        raise ValueError(message) from error
