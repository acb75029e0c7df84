"""Packs of evidence: a case's log and every kept byte, ready to be sealed."""

import json
from collections.abc import Mapping, Sequence

from rescind.adapters.evidence import asice
from rescind.adapters.evidence.names import canonical_name
from rescind.adapters.public.case import event_json
from rescind.core.model.case import Event
from rescind.core.model.evidence import Item
from rescind.core.prove.chain import head

FORMAT = "rescind-log/3"
READABLE = frozenset({"rescind-log/1", "rescind-log/2", FORMAT})
"""Formats of the log that can be checked; older ones know fewer kinds of events."""
LOG = "log.json"
CASE = "case.json"
SUMMARY = "summary.pdf"
FILES = "files/"
COPIES = "pades/"


def log_json(case_id: str, events: Sequence[Event]) -> bytes:
    """Return the events with their digests, and the head that covers them all."""
    rows = [event_json(event) for event in events]
    log = {"format": FORMAT, "case": case_id, "head": head(events), "events": rows}
    return json.dumps(log, ensure_ascii=False, indent=1).encode()


def file_name(digest: str, name: str) -> str:
    """Return where a kept file lies in a pack: its digest is its name."""
    return f"{FILES}{digest.removeprefix('sha256:')}/{canonical_name(name)}"


def to_seal(items: Sequence[Item]) -> tuple[dict[str, bytes], bytes]:
    """Return the files of a pack, and the manifest that is sealed."""
    files = {item.name: (item.media_type, item.content) for item in items}
    return {name: c for name, (_, c) in files.items()}, asice.manifest(files)


def sealed_pack(files: Mapping[str, bytes], manifest: bytes, signature: bytes) -> bytes:
    """Return a pack's bytes."""
    return asice.pack(files, {asice.MANIFEST: manifest, asice.SIGNATURE: signature})


def renewed_pack(
    container: asice.Container, meta: Mapping[str, bytes], token: bytes
) -> bytes:
    """Return a pack with one archive timestamp more."""
    number = container.renewals + 1
    return asice.pack(container.files, {**meta, asice.token_name(number): token})
