"""Checks on what surrounds a pack's files: archive, manifest, signature, timestamps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from rescind.adapters.evidence import asice, cades
from rescind.adapters.evidence.certificates import is_of_one_key
from rescind.adapters.evidence.timestamp_tokens import check_token, digest_of
from rescind.adapters.evidence.trust import Trust
from rescind.adapters.evidence.verify.asic_rules import broken_rules
from rescind.adapters.evidence.verify.order import Covered, in_order, stamped
from rescind.core.errors import BadInput
from rescind.core.model.evidence import Check, Indication


def plain(
    what: str, *, wrong: str, right: str, code: str, at: tuple[str, ...]
) -> Check:
    """Return a check that everybody can repeat: it holds where nothing is wrong."""
    holds = not wrong
    return Check(
        what=what,
        intact=holds,
        valid=holds,
        trusted=holds,
        indication=Indication.PASSED if holds else Indication.FAILED,
        code="" if holds else code,
        text=right if holds else wrong,
        looked_at=at,
    )


_RULES_CHECKED_BELOW = frozenset(
    {
        "references-resolve",
        "digests-fit",
        "all-signed",
        "stamps-fit",
        "archive-covers-all",
    }
)
"""Rules about what the files hold: the checks below name the file."""


def container(raw: bytes, box: asice.Container) -> Check:
    """Check the archive itself: its bytes, its names, and the rules of ASiC-E."""
    wrong = ""
    if not box.is_exact:
        wrong = "Bytes of the archive were changed outside its files, or added to it."
    elif set(box.meta) != box.expected_meta():
        odd = sorted(set(box.meta) ^ box.expected_meta())
        wrong = f"In META-INF there is more or less than there should be: {odd[0]}."
    elif rules := [
        name for name in broken_rules(raw) if name not in _RULES_CHECKED_BELOW
    ]:
        wrong = f"Rules of ASiC-E are broken (docs/asic.md): {'; '.join(rules)}."
    right = "The archive is what its contents make, byte for byte, and an ASiC-E."
    return plain(
        "container",
        wrong=wrong,
        right=right,
        code="FORMAT_FAILURE",
        at=("the archive",),
    )


def damaged(why: str) -> Check:
    """Return the one check on a pack that cannot be taken apart any more."""
    return plain(
        "container",
        wrong=f"The pack is damaged, or was changed: {why}.",
        right="",
        code="FORMAT_FAILURE",
        at=("the archive",),
    )


def manifest(box: asice.Container) -> Check:
    """Check every file against the manifest that is signed."""
    listing = asice.read_manifest(box.manifest)
    names = [reference.name for reference in listing.references]
    wrong = _differences(listing, box.files)
    return plain(
        "manifest",
        wrong="; ".join(wrong) + "." if wrong else "",
        right=f"All {len(names)} files are as the manifest has them, and no other is "
        "there.",
        code="HASH_FAILURE",
        at=tuple(names),
    )


def _differences(listing: asice.Manifest, there: Mapping[str, bytes]) -> list[str]:
    names = [reference.name for reference in listing.references]
    wrong = [
        f"{reference.name} was changed"
        for reference in listing.references
        if reference.name in there
        and sha256(there[reference.name]).digest() != reference.digest
    ]
    wrong += [f"{name} is missing" for name in names if name not in there]
    wrong += [f"{name} was added" for name in there if name not in names]
    return wrong + [f"{n} is named twice" for n in set(names) if names.count(n) > 1]


def archives(
    box: asice.Container, trust: Trust, covered: Sequence[Covered]
) -> tuple[list[Check], datetime | None]:
    """Check the archive timestamps, the newest first; each covers what is ``covered``.

    Also returns the moment that the oldest trusted one proves, if any does.
    """
    checks: list[Check] = []
    since: datetime | None = None
    for number in range(box.renewals, 0, -1):
        earlier = [*covered, *stamped(_tokens_before(box, number))]
        check = in_order(_archive(box, number, trust, since), earlier)
        since = check.at if check.holds else since
        checks.append(check)
    return checks, since


def _archive(
    box: asice.Container, number: int, trust: Trust, since: datetime | None
) -> Check:
    name = box.archive_manifest(number)
    token = box.meta.get(asice.token_name(number), b"")
    what = f"archive:{number}"
    try:
        raw = box.meta[name]
        wrong = _differences(asice.read_manifest(raw), _files_before(box, number))
    except (KeyError, BadInput) as error:
        wrong, raw = [f"its manifest cannot be read: {error}"], b""
    if wrong:
        text = f"Archive timestamp {number}: {'; '.join(wrong)}."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(name,))
    return check_token(token, digest_of(raw), trust, what=what, at=since)


def _tokens_before(box: asice.Container, number: int) -> dict[str, bytes]:
    """Return the timestamps that an archive timestamp covers, by their names."""
    tokens = {
        f"archive timestamp {earlier}": box.meta.get(asice.token_name(earlier), b"")
        for earlier in range(1, number)
    }
    try:
        own = cades.token_in(box.signature)
    except Exception:  # noqa: BLE001 - hostile bytes make parsers raise anything
        own = None
    return tokens | ({"the timestamp": own} if own else {})


def _files_before(box: asice.Container, number: int) -> dict[str, bytes]:
    """Return what an archive timestamp has to cover: all that was there before it."""
    before = {asice.MANIFEST, asice.SIGNATURE}
    before |= {asice.token_name(earlier) for earlier in range(1, number)}
    before |= {box.archive_manifest(earlier) for earlier in range(1, number)}
    inside = {name: c for name, c in box.meta.items() if name in before}
    return {**box.files, **inside}


def stamp(box: asice.Container, trust: Trust, since: datetime | None) -> Check:
    """Check when the signature existed, and by whose word."""
    try:
        token = cades.token_in(box.signature)
        value = cades.signature_value(box.signature)
    except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything
        text = f"The signature cannot be read: {error}."
        return plain("timestamp", wrong=text, right="", code="FORMAT_FAILURE", at=())
    if token is not None:
        if is_of_one_key(box.signature, token):
            text = "It was stamped with the key that sealed it: nobody else saw it."
            code = "CHAIN_CONSTRAINTS_FAILURE"
            return plain("timestamp", wrong=text, right="", code=code, at=())
        imprint = digest_of(value)
        return check_token(token, imprint, trust, what="timestamp", at=since)
    text = "No authority has stamped it: its time is the word of whoever sealed it."
    if since is not None:
        text = f"Stamped later: an archive timestamp shows it at {since.isoformat()}."
    return Check(
        what="timestamp",
        intact=True,
        valid=True,
        trusted=since is not None,
        indication=Indication.PASSED if since else Indication.INDETERMINATE,
        code="" if since else "NO_POE",
        text=text,
        at=since,
    )


def signature(box: asice.Container, trust: Trust, since: datetime | None) -> Check:
    """Check the signature over the manifest, as of when it is proved to exist."""
    return cades.check_seal(box.manifest, box.signature, trust, at=since)
