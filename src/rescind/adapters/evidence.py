"""Packs of evidence: written as sealed containers, and checked from end to end."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from rescind.adapters import asic
from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Check, Indication, Item
from rescind.core.prove.chain import find_breaks, head

if TYPE_CHECKING:
    from asn1crypto import x509

FORMAT = "rescind-log/1"
LOG = "log.json"
FILES = "files/"


def log_json(case_id: str, events: Sequence[Event]) -> bytes:
    """Return the events with their digests, and the head that covers them all."""
    rows = [
        {
            "number": event.number,
            "kind": event.kind.value,
            "at": event.at.isoformat(),
            "known_by": event.known_by,
            "details": dict(event.details),
            "digest": event.digest,
        }
        for event in events
    ]
    log = {"format": FORMAT, "case": case_id, "head": head(events), "events": rows}
    return json.dumps(log, ensure_ascii=False, indent=1).encode()


def file_name(digest: str, name: str) -> str:
    """Return where a kept file lies in a pack: its digest is its name."""
    return f"{FILES}{digest.removeprefix('sha256:')}/{name}"


def to_seal(items: Sequence[Item]) -> tuple[dict[str, bytes], bytes]:
    """Return the files of a pack, and the manifest that is sealed."""
    files = {item.name: (item.media_type, item.content) for item in items}
    return {name: c for name, (_, c) in files.items()}, asic.manifest(files)


def check_pack(raw: bytes, roots: "Sequence[x509.Certificate]") -> tuple[Check, ...]:
    """Return every check on a pack; raises BadInput for what is no pack at all."""
    return tuple(each_check(raw, roots))


def each_check(raw: bytes, roots: "Sequence[x509.Certificate]") -> Iterator[Check]:
    """Yield the checks one by one, the cheapest first."""
    from rescind.adapters.seal import check_seal

    container = asic.unpack(raw)
    yield _container(container)
    yield _manifest(container)
    yield from check_seal(container.manifest, container.signature, roots)
    yield from _log(container.files)


def _plain(
    what: str, *, holds: bool, code: str, text: str, at: tuple[str, ...]
) -> Check:
    return Check(
        what=what,
        intact=holds,
        valid=holds,
        trusted=holds,
        indication=Indication.PASSED if holds else Indication.FAILED,
        code="" if holds else code,
        text=text,
        looked_at=at,
    )


def _container(container: asic.Container) -> Check:
    holds = container.is_exact
    text = "The archive is what its contents make, byte for byte."
    if not holds:
        text = "Bytes of the archive were changed outside its files, or added to it."
    return _plain(
        "container", holds=holds, code="FORMAT_FAILURE", text=text, at=("the archive",)
    )


def _manifest(container: asic.Container) -> Check:
    wrong = [
        f"{reference.name} was changed"
        for reference in container.references
        if reference.name in container.files
        and sha256(container.files[reference.name]).digest() != reference.digest
    ]
    named = [reference.name for reference in container.references]
    wrong += [f"{name} is missing" for name in named if name not in container.files]
    wrong += [f"{name} was added" for name in container.files if name not in named]
    wrong += [f"{name} is named twice" for name in set(named) if named.count(name) > 1]
    text = (
        f"All {len(named)} files are as the manifest has them, and no other is there."
    )
    return _plain(
        "manifest",
        holds=not wrong,
        code="HASH_FAILURE",
        text="; ".join(wrong) + "." if wrong else text,
        at=tuple(named),
    )


def _log(files: Mapping[str, bytes]) -> tuple[Check, ...]:
    try:
        log = json.loads(files[LOG])
        events = [_event(row) for row in log["events"]]
        stated = log["head"]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        text = f"The log cannot be read: {error}."
        code = "FORMAT_FAILURE"
        return (_plain("log", holds=False, code=code, text=text, at=(LOG,)),)
    wrong = [f"event {b.number}: {b.code}" for b in find_breaks(events)]
    if stated != head(events):
        wrong.append("the head is not the last event's: the end was cut off")
    text = f"All {len(events)} events stand on one another, up to {stated[:23]}…"
    chain = _plain(
        "log",
        holds=not wrong,
        code="CHAIN_BROKEN",
        text="; ".join(wrong) + "." if wrong else text,
        at=(LOG,),
    )
    return (chain, _kept(events, files))


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        number=int(row["number"]),
        kind=EventKind(row["kind"]),
        at=datetime.fromisoformat(row["at"]),
        known_by=str(row["known_by"]),
        details={str(name): str(value) for name, value in row["details"].items()},
        digest=str(row["digest"]),
    )


def _kept(events: Sequence[Event], files: Mapping[str, bytes]) -> Check:
    named = {
        value
        for event in events
        for value in event.details.values()
        if value.startswith("sha256:")
    }
    there = {
        f"sha256:{sha256(content).hexdigest()}"
        for name, content in files.items()
        if name.startswith(FILES)
    }
    missing = sorted(named - there)
    text = f"All {len(named)} files that the log names are there, byte for byte."
    if missing:
        text = f"Named in the log and not there: {', '.join(missing)}."
    return _plain(
        "files",
        holds=not missing,
        code="SIGNED_DATA_NOT_FOUND",
        text=text,
        at=tuple(sorted(named)),
    )


def check_json(check: Check) -> dict[str, Any]:
    """Return a check in the public form."""
    return {
        "what": check.what,
        "intact": check.intact,
        "valid": check.valid,
        "trusted": check.trusted,
        "indication": check.indication.value,
        "code": check.code,
        "text": check.text,
        "looked_at": list(check.looked_at),
        "at": check.at.isoformat() if check.at else None,
    }
