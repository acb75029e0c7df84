"""OpenTimestamps: a second anchor for a digest, in the Bitcoin block chain.

A timestamp calendar takes the digest at once and answers with a promise; hours later
it names the block. Nobody has to be trusted then, but the reader needs the block's own
header.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opentimestamps.calendar import (
    DEFAULT_CALENDAR_WHITELIST,
    CommitmentNotFoundError,
    RemoteCalendar,
)
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

from rescind.adapters.evidence.tsa import AGENT
from rescind.core.errors import TransientError

TIMEOUT = 10
"""Seconds that a timestamp calendar has to answer."""


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
    stamp.merge(_answer(url, digest, "submit"))
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
        is_public = attestation.uri in DEFAULT_CALENDAR_WHITELIST
        if not is_public and attestation.uri.rstrip("/") != url.rstrip("/"):
            continue
        try:
            place.merge(_answer(attestation.uri, place.msg, "get_timestamp"))
            has_grown = True
        except CommitmentNotFoundError:
            continue
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


def _answer(url: str, digest: bytes, call: str) -> Timestamp:
    remote = RemoteCalendar(url if url.endswith("/") else f"{url}/", AGENT)
    try:
        return getattr(remote, call)(digest, timeout=TIMEOUT)
    except CommitmentNotFoundError:
        raise
    except Exception as error:
        # the library raises whatever its parser meets in an answer
        what = f"did not answer: {type(error).__name__}"
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
