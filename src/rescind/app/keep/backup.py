"""Backing up: all that is kept in one file, read again before it bears its name."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rescind import __version__
from rescind.adapters import clock
from rescind.adapters.backup import sealed
from rescind.adapters.backup.archive import ArchiveWriter
from rescind.adapters.backup.manifest import LACKS, SEALED, SETTINGS, TABLES
from rescind.adapters.data.words import ENGLISH
from rescind.app import confined
from rescind.app.confined import ReadingLimits
from rescind.app.keep import parts
from rescind.core.errors import BadInput, Damaged
from rescind.core.model.backup import Backup, Examination
from rescind.core.model.sentence import Sentence
from rescind.settings import data_folder
from rescind.store import copies, integrity
from rescind.store.speech import RESTORE

VARIABLE = "RESCIND_BACKUP_PASSPHRASE"
"""The passphrase of the keys in a backup, where nobody can be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBackup:
    """A backup that was made, and read again."""

    path: Path
    digest: str
    """SHA-256 of the file but for its last 64 bytes, which are this."""
    backup: Backup


def has_secrets() -> bool:
    """Return whether a passphrase is needed: there is a key, or a secret setting."""
    return bool(parts.secret_parts(data_folder()))


def make_backup(
    target: Path, *, passphrase: str | None, replace: bool, with_keys: bool = True
) -> MadeBackup:
    """Copy all that is kept to one file, beside whoever works.

    ``passphrase`` is what keys go under; needed where there are any. Raises BadInput
    for a file that cannot be written there, and Damaged where what is kept is damaged:
    then no file is made.
    """
    _require_place(target, replace=replace)
    integrity.require_whole(integrity.all_damage())
    secret = parts.secret_parts(data_folder()) if with_keys else {}
    if secret:
        _require_passphrase(passphrase)
    with _partial(target) as partial:
        now = clock.now()
        writer = ArchiveWriter(partial)
        rows = _write_tables(writer, partial.parent)
        for name, content in parts.plain_parts(data_folder()):
            writer.add(SETTINGS + name, content)
        if secret and passphrase:
            writer.add(SEALED, sealed.seal(secret, passphrase))
        backup = _backup(writer, rows, now, with_keys=with_keys, secret=secret)
        digest = writer.finish(backup)
        faults = examine(partial).faults
        if faults:
            raise _damaged(faults)
        _put(partial, target, replace=replace)
    return MadeBackup(path=target, digest=digest, backup=backup)


def _require_place(target: Path, *, replace: bool) -> None:
    if target.exists() and not replace:
        message = ENGLISH.say(Sentence.of("bad_input", "exists", name=str(target)))
        raise BadInput("file", message, ["--force", f"{target}.new"])
    if not target.absolute().parent.is_dir():
        folder = str(target.absolute().parent)
        raise BadInput("file", Sentence.of("backup", "no_folder", name=folder))


def _require_passphrase(passphrase: str | None) -> None:
    if not passphrase:
        sentence = Sentence.of("backup", "passphrase_needed", variable=VARIABLE)
        raise BadInput("passphrase", sentence, [f"{VARIABLE}=…", "--without-keys"])
    if len(passphrase) < sealed.SHORTEST:
        least = sealed.SHORTEST
        sentence = Sentence.of("backup", "passphrase_short", least=least)
        raise BadInput("passphrase", sentence)


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """Lend a file beside the target, for the user alone; it never stays."""
    folder = target.absolute().parent
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _write_tables(writer: ArchiveWriter, folder: Path) -> dict[str, int]:
    """Write each table's rows, as they are at one moment; return how many."""
    counts: dict[str, int] = {}
    with copies.snapshot() as using:
        for name, model in copies.tables().items():
            counts[name] = 0
            # a part is written at one go, and bytes that rows refer to are parts too
            with tempfile.TemporaryFile(dir=folder) as lines:
                for row in copies.read_rows(model, using, writer.keep):
                    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                    lines.write(text.encode() + b"\n")
                    counts[name] += 1
                lines.seek(0)
                writer.add_stream(f"{TABLES}{name}.jsonl", lines)
    return counts


def _backup(
    writer: ArchiveWriter,
    rows: dict[str, int],
    now: datetime,
    *,
    with_keys: bool,
    secret: dict[str, bytes],
) -> Backup:
    folder = data_folder()
    lacking = list(parts.lacks(folder, secret))
    if not with_keys and has_secrets():
        lacking.insert(0, Sentence.of(LACKS, "keys"))
    return Backup(
        made_at=now,
        made_by=f"rescind {__version__}",
        schema=copies.schema(),
        rows=rows,
        members=dict(writer.sizes),
        lacks=tuple(lacking),
    )


def examine(path: Path) -> Examination:
    """Return what a file holds as a backup, and what is wrong with it.

    It is read in a process with limits: whoever hands one over may have made it.
    Raises BadInput where it asks for too much.
    """
    seconds = 60 + path.stat().st_size / 1_000_000
    limits = ReadingLimits(seconds=seconds, memory=1_500_000_000)
    found: Examination = confined.run("file", limits, "backup", path.absolute())
    return found


def _damaged(faults: tuple[Sentence, ...]) -> Damaged:
    who = ENGLISH.say(Sentence.of("backup", "what_is_kept"))
    words = ENGLISH.say(Sentence.of("backup", "damaged", faults=faults))
    return Damaged(who, words, [RESTORE])


def _put(partial: Path, target: Path, *, replace: bool) -> None:
    """Give a file its name, once its bytes are on the disk."""
    for path in (partial, partial.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    if not replace:
        _require_place(target, replace=False)
    partial.replace(target)
