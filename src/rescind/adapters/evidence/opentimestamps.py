"""OpenTimestamps: a second anchor for a digest, in the Bitcoin block chain.

A calendar takes the digest at once and answers with a promise; hours later it names the
block. Nobody has to be trusted then, but the reader needs the block's own header.
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
"""Seconds that a calendar has to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorProof:
    """A proof as read: the digest it is about, and where it leads."""

    digest: bytes
    calendars: tuple[str, ...]
    """Where the block is still awaited."""
    blocks: Mapping[int, bytes]
    """The Merkle root that each named block has to have, by the block's height."""


def submit(url: str, digest: bytes) -> bytes:
    """Return a calendar's promise for a digest, as the bytes of an ``.ots`` file.

    Raises TransientError when it does not answer.
    """
    stamp = Timestamp(digest)
    stamp.merge(_answer(url, digest, "submit"))
    return _written(stamp)


def complete(proof: bytes, url: str) -> bytes | None:
    """Return a proof with the block that its calendar names; ``None`` while none is.

    Asked are the calendar at ``url`` and those that OpenTimestamps knows, whatever
    other addresses the proof may name. Raises TransientError when the calendar does
    not answer, ValueError for no proof.
    """
    stamp = _read(proof)
    found = False
    for place, attestation in list(_pending(stamp)):
        known = attestation.uri in DEFAULT_CALENDAR_WHITELIST
        if not known and attestation.uri.rstrip("/") != url.rstrip("/"):
            continue
        try:
            place.merge(_answer(attestation.uri, place.msg, "get_timestamp"))
            found = True
        except CommitmentNotFoundError:
            continue
    done = any(
        isinstance(attestation, BitcoinBlockHeaderAttestation)
        for _, attestation in stamp.all_attestations()
    )
    return _written(stamp) if found and done else None


def read_anchor(proof: bytes) -> AnchorProof:
    """Return what a proof says; raises ValueError for what is none."""
    stamp = _read(proof)
    calendars: list[str] = []
    blocks: dict[int, bytes] = {}
    for message, attestation in stamp.all_attestations():
        if isinstance(attestation, PendingAttestation):
            calendars.append(attestation.uri)
        if isinstance(attestation, BitcoinBlockHeaderAttestation):
            blocks[attestation.height] = message
    return AnchorProof(digest=stamp.msg, calendars=tuple(calendars), blocks=blocks)


def _pending(stamp: Timestamp) -> Iterator[tuple[Timestamp, PendingAttestation]]:
    for attestation in stamp.attestations:
        if isinstance(attestation, PendingAttestation):
            yield stamp, attestation
    for below in stamp.ops.values():
        yield from _pending(below)


def _answer(url: str, digest: bytes, call: str) -> Timestamp:
    calendar = RemoteCalendar(url if url.endswith("/") else f"{url}/", AGENT)
    try:
        return getattr(calendar, call)(digest, timeout=TIMEOUT)
    except CommitmentNotFoundError:
        raise
    except Exception as error:
        what = f"did not answer: {type(error).__name__}"
        raise TransientError(url, what) from error


def _written(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    DetachedTimestampFile(OpSHA256(), stamp).serialize(context)
    written: bytes = context.getbytes()
    return written


def _read(proof: bytes) -> Timestamp:
    try:
        context = BytesDeserializationContext(proof)
        return DetachedTimestampFile.deserialize(context).timestamp
    except (DeserializationError, ValueError, RecursionError) as error:
        message = f"no proof of OpenTimestamps: {error}"
        raise ValueError(message) from error
