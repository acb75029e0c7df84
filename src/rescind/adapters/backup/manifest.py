"""The manifest of a backup: what it is, what is in it, and each part's digest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rescind.core.model.backup import Backup
from rescind.core.model.sentence import Sentence

FORMAT = "rescind-backup"
VERSION = 1
NAME = "manifest.json"
TABLES, FILES, SETTINGS = "tables/", "files/", "settings/"
SEALED = "sealed.json"
LACKS = "backup_lacks"
"""The table of words for what a backup does not hold."""
_LONGEST = 400


class Unreadable(Exception):  # noqa: N818 - what a backup is
    """A backup, or a part of it, cannot be used; the sentence says why."""

    def __init__(self, code: str, /, **values: str | int) -> None:
        """Keep the sentence, of the table ``backup``."""
        super().__init__(code)
        self.sentence = Sentence.of("backup", code, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """What a backup says of itself."""

    backup: Backup
    digests: Mapping[str, str]
    """SHA-256 of each part, in hexadecimal, by its name in the archive."""


def manifest_bytes(backup: Backup, digests: Mapping[str, str]) -> bytes:
    """Return a manifest as JSON."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": backup.made_at.isoformat(),
        "made_by": backup.made_by,
        "schema": list(backup.schema),
        "tables": dict(backup.rows),
        "members": {
            name: {"bytes": size, "sha256": digests[name]}
            for name, size in backup.members.items()
        },
        "lacks": [{"code": s.code, **dict(s.values)} for s in backup.lacks],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_manifest(content: bytes, lacks: Mapping[str, str]) -> BackupManifest:
    """Return what a manifest says; ``lacks`` has the codes of what may be lacking.

    Raises Unreadable where it is none, or one of a later format.
    """
    try:
        entries = json.loads(content)
        is_ours = entries["format"] == FORMAT
        version = int(entries["version"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable("no_manifest") from error
    if not is_ours:
        raise Unreadable("foreign")
    if version > VERSION:
        raise Unreadable("newer_format", version=version)
    try:
        return _read(entries, lacks)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("no_manifest") from error


def _read(entries: Mapping[str, Any], lacks: Mapping[str, str]) -> BackupManifest:
    made_at = datetime.fromisoformat(entries["made_at"])
    if made_at.tzinfo is None:
        raise ValueError(entries["made_at"])
    members = {_line(name): entry for name, entry in entries["members"].items()}
    backup = Backup(
        made_at=made_at,
        made_by=_line(entries["made_by"]),
        schema=tuple(_line(name) for name in entries["schema"]),
        rows={_line(name): _count(n) for name, n in entries["tables"].items()},
        members={name: _count(entry["bytes"]) for name, entry in members.items()},
        lacks=tuple(_lack(entry, lacks) for entry in entries["lacks"]),
    )
    digests = {name: _line(entry["sha256"]) for name, entry in members.items()}
    return BackupManifest(backup=backup, digests=digests)


def _lack(entry: Mapping[str, Any], lacks: Mapping[str, str]) -> Sentence:
    values = {name: _line(value) for name, value in entry.items() if name != "code"}
    sentence = Sentence.of(LACKS, _line(entry["code"]), **values)
    lacks[sentence.code].format(**values)  # a name that the words lack shows here
    return sentence


def _line(text: object) -> str:
    """Return text that can stand in a line of a terminal; raises ValueError."""
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isprintable():
        raise ValueError(text)
    return text


def _count(number: object) -> int:
    if not isinstance(number, int) or number < 0:
        raise ValueError(number)
    return number


def table_of(names: Sequence[str]) -> dict[str, str]:
    """Return the members that hold tables, by the table's name."""
    return {
        name.removeprefix(TABLES).removesuffix(".jsonl"): name
        for name in names
        if name.startswith(TABLES)
    }
