"""Backups rewritten: what somebody hands over who knows the format."""

import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rescind.adapters.backup.archive import ArchiveWriter
from rescind.adapters.backup.manifest import LACKS, NAME, read_manifest
from rescind.adapters.data.words import ENGLISH
from rescind.core.model.backup import Backup

Rows = list[dict[str, Any]]
EVENTS, KEPT = "tables/EventRecord.jsonl", "tables/FileRecord.jsonl"


def parts_of(path: Path) -> dict[str, bytes]:
    """Return a backup's parts by their names, without the manifest."""
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n != NAME}


def backup_of(path: Path) -> Backup:
    """Return what a backup's manifest says."""
    with zipfile.ZipFile(path) as archive:
        return read_manifest(archive.read(NAME), ENGLISH.table(LACKS)).backup


def rewritten(
    path: Path,
    target: Path,
    *,
    change: Callable[[dict[str, bytes]], None] = lambda _: None,
    **said: Any,
) -> Path:
    """Write a backup with other parts or another manifest, and digests that fit."""
    parts = parts_of(path)
    change(parts)
    target.touch()
    writer = ArchiveWriter(target)
    for name, content in parts.items():
        writer.add(name, content)
    backup = replace(backup_of(path), members=dict(writer.sizes))
    writer.finish(replace(backup, **said))
    return target


def rows_of(content: bytes) -> Rows:
    return [json.loads(line) for line in content.splitlines()]


def lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)
