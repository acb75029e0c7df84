"""Verifying: packs are checked, and renewed before their proof grows old."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.evidence import asice, cades, pack, revocation, tsa
from rescind.adapters.evidence.trust import Trust, read_crl, read_roots
from rescind.adapters.evidence.verify import check_pack, wrapping
from rescind.app.prove.authorities import authorities as authorities_named
from rescind.app.prove.authorities import trust as trust_of_authorities
from rescind.core.errors import BadInput
from rescind.core.model.evidence import Check

if TYPE_CHECKING:
    from rescind.adapters.evidence.trust import TimestampAuthority

MOST_BYTES = 600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """Whom the reader says they trust, as files."""

    roots: Sequence[Path] = ()
    crls: Sequence[Path] = ()
    blocks: Sequence[str] = ()
    """``HEIGHT=MERKLEROOT`` of Bitcoin's blocks, as block explorers write it."""


def verify(path: Path, trusted: Trusted) -> tuple[Check, ...]:
    """Return every check on a pack; raises BadInput for what cannot be read."""
    return verify_bytes(_read(path, "pack"), trust_in(trusted))


def verify_bytes(raw: bytes, trust: "Trust") -> tuple[Check, ...]:
    """Return every check on a pack's bytes, one alone where they are damaged.

    Raises BadInput for what never was a pack.
    """
    try:
        return check_pack(raw, trust)
    except BadInput as error:
        if not asice.is_meant_as_pack(raw):
            raise
        return (wrapping.damaged(ENGLISH.say(error.message)),)


def trust_in(trusted: Trusted) -> "Trust":
    """Return the trust that files name; raises BadInput naming the field."""
    roots = [
        root for path in trusted.roots for root in read_roots(_read(path, "trust"))
    ]
    return trust_of(
        roots,
        [read_crl(_read(path, "crl")) for path in trusted.crls],
        dict(_block(text) for text in trusted.blocks),
    )


def trust_of(
    roots: Sequence[Any],
    crls: Sequence[bytes] = (),
    blocks: Mapping[int, bytes] | None = None,
) -> "Trust":
    """Return the trust of a reader, as of now."""
    return Trust(
        now=clock.now(), roots=tuple(roots), crls=tuple(crls), blocks=blocks or {}
    )


def _block(text: str) -> tuple[int, bytes]:
    height, _, root = text.partition("=")
    try:
        return int(height), bytes.fromhex(root)[::-1]
    except ValueError as error:
        message = f"{text!r} is no block with its Merkle root"
        raise BadInput("block", message, ["358391=4e6f…"]) from error


def renew(path: Path, stamp_by: Sequence[str] = ()) -> tuple[bytes, datetime]:
    """Return a pack with an archive timestamp more, and the time it says.

    What the timestamp before it will be judged by is laid in first, as far as it can
    be had. Raises OutsideError when no authority answers, and BadInput for a pack that
    does not hold together: what is broken is not stamped again.
    """
    raw = _read(path, "pack")
    authorities = authorities_named(stamp_by)
    checks = verify_bytes(raw, trust_of_authorities(authorities))
    broken = [check for check in checks if not (check.intact and check.valid)]
    if broken:
        raise BadInput("pack", f"is not renewed: {broken[0].text}")
    container = _with_long_term(asice.unpack(raw), authorities)
    meta, manifest = asice.to_renew(container)
    mark = sha256(manifest).digest()
    stamp = tsa.stamp_by_any(authorities, mark, now=clock.now())
    return pack.renewed_pack(container, meta, stamp.token), stamp.at


def _with_long_term(
    container: asice.Container, authorities: "Sequence[TimestampAuthority]"
) -> asice.Container:
    """Return a container whose newest timestamp carries what it is judged by later."""
    lay_in: Callable[..., bytes]
    token: bytes | None
    if container.renewals:
        name = asice.token_name(container.renewals)
        token, lay_in = container.meta[name], cades.token_with_long_term
    else:
        name, lay_in = asice.SIGNATURE, cades.with_long_term
        token = cades.token_in(container.signature)
    if token is None:
        return container
    material = revocation.fetch(token, trust_of_authorities(authorities))
    if not material:
        return container
    meta = {**container.meta, name: lay_in(container.meta[name], material)}
    return replace(container, meta=meta)


def _read(path: Path, field_name: str) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(field_name, f"{path} is larger than {MOST_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise BadInput(field_name, message) from error
