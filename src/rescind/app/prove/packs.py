"""Verifying: packs are checked, and renewed before their proof grows old."""

import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.evidence import asice, cades, pack, revocation, tsa
from rescind.adapters.evidence.trust import (
    Role,
    Trust,
    read_crl,
    read_roots,
    read_sender,
)
from rescind.adapters.evidence.verify import check_pack, wrapping
from rescind.app import confined
from rescind.app.prove.authorities import authorities as authorities_named
from rescind.app.prove.authorities import trust as trust_of_authorities
from rescind.core.errors import BadInput
from rescind.core.model.evidence import Check

if TYPE_CHECKING:
    from rescind.adapters.evidence.trust import TimestampAuthority

MOST_BYTES = 600_000_000
LIMITS = confined.ReadingLimits(seconds=120, memory=3_000_000_000)
"""For checking one pack; it is held in memory whole, more than once."""
ANY_ROLE = "trust"
"""A file's role where the reader named none: what its certificates are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """Whom the reader says they trust, as files; each file in one role alone."""

    any_role: Sequence[Path] = ()
    """Trusted as what their certificates are: see ``Trust.decided``."""
    sealers: Sequence[Path] = ()
    tsas: Sequence[Path] = ()
    senders: Sequence[Path] = ()
    """Certificates, or records of DKIM keys."""
    crls: Sequence[Path] = ()
    blocks: Sequence[str] = ()
    """``HEIGHT=MERKLEROOT`` of Bitcoin's blocks, as block explorers write it."""


def verify(path: Path, trusted: Trusted) -> tuple[Check, ...]:
    """Return every check on a pack; raises BadInput for what cannot be read."""
    return verify_upload(_read(path, "pack"), trust_in(trusted))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedFiles:
    """Whom the reader says they trust, as the contents of files."""

    contents: Mapping[Any, Sequence[bytes]]
    """By role: see ``trust_of``."""
    crls: Sequence[bytes] = ()
    blocks: Mapping[int, bytes] = field(default_factory=dict)


def verify_upload(raw: bytes, trusted: TrustedFiles) -> tuple[Check, ...]:
    """Return every check on a pack that somebody else made, within limits.

    Raises BadInput for what never was a pack, or takes too much to be checked.
    """
    trust_of(trusted.contents, trusted.crls)  # names the file that holds no certificate
    checks: tuple[Check, ...] = confined.run(
        "pack",
        LIMITS,
        "pack",
        raw,
        dict(trusted.contents),
        tuple(trusted.crls),
        dict(trusted.blocks),
    )
    return checks


def check_contents(
    raw: bytes,
    contents: Mapping[str, Sequence[bytes]],
    crls: Sequence[bytes],
    blocks: Mapping[int, bytes],
) -> tuple[Check, ...]:
    """Return every check on a pack's bytes: ``verify_upload``, as it runs confined."""
    return verify_bytes(raw, trust_of(contents, crls, blocks))


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


def trust_in(trusted: Trusted) -> TrustedFiles:
    """Return what the files say that a reader trusts; raises BadInput naming one."""
    paths = {
        ANY_ROLE: trusted.any_role,
        Role.SEALER: trusted.sealers,
        Role.TSA: trusted.tsas,
        Role.SENDER: trusted.senders,
    }
    return TrustedFiles(
        contents={r: [_read(path, "trust") for path in paths[r]] for r in paths},
        crls=[read_crl(_read(path, "crl")) for path in trusted.crls],
        blocks=dict(_block(text) for text in trusted.blocks),
    )


def trust_of(
    contents: Mapping[Any, Sequence[bytes]],
    crls: Sequence[bytes] = (),
    blocks: Mapping[int, bytes] | None = None,
) -> "Trust":
    """Return the trust of a reader as of now: the contents of files, by their role.

    Raises BadInput for a file that holds no certificate.
    """
    roots = {
        role: [root for each in contents.get(role, ()) for root in read_roots(each)]
        for role in (Role.SEALER, Role.TSA)
    }
    read = [read_sender(content) for content in contents.get(Role.SENDER, ())]
    return Trust(
        now=clock.now(),
        sealers=tuple(roots[Role.SEALER]),
        tsas=tuple(roots[Role.TSA]),
        undecided=tuple(tuple(read_roots(each)) for each in contents.get(ANY_ROLE, ())),
        senders=tuple(root for certificates, _ in read for root in certificates),
        sender_keys={name: key for _, keys in read for name, key in keys.items()},
        crls=tuple(crls),
        blocks=blocks or {},
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
    own = [authority.url for authority in authorities]
    material = revocation.fetch(token, trust_of_authorities(authorities), own)
    if not material:
        return container
    meta = {**container.meta, name: lay_in(container.meta[name], material)}
    return replace(container, meta=meta)


def _read(path: Path, field_name: str) -> bytes:
    try:
        status = path.stat()
        # a pipe or a device would be waited for, and has no size
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise BadInput(field_name, f"{path} is no regular file; name a copy of it")
        if status.st_size > MOST_BYTES:
            raise BadInput(field_name, f"{path} is larger than {MOST_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise BadInput(field_name, message) from error
