"""The file of a backup: a ZIP archive whose last bytes are a digest of all before.

A byte that was changed anywhere shows by that digest, and which part it lies in by the
parts' own digests in the manifest.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from rescind.adapters.backup.manifest import (
    FILES,
    NAME,
    BackupManifest,
    Unreadable,
    manifest_bytes,
    read_manifest,
)
from rescind.adapters.evidence.names import refuse_names
from rescind.adapters.evidence.zip import ENTRY_TIME
from rescind.core.errors import BadInput
from rescind.core.model.backup import Backup

BEGINS = b"PK\x03\x04"
COPY_OF_SQLITE = b"SQLite format 3\x00"
"""How a copy begins that an earlier release made as a backup."""
END = b"rescind-backup sha256:"
"""Stands before the last bytes: the digest of the file up to there, in hexadecimal."""
DIGITS = 64
CHUNK = 1 << 20
MOST_OF_MANIFEST = 200_000_000
MOST_OF_FILE = 400_000_000
"""Bytes of a part that is read whole."""
LONGEST_ROW = 64_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ArchiveWriter:
    """Writes the parts one after the other, and last what they are."""

    def __init__(self, path: Path) -> None:
        """Begin the file, which exists and is the user's alone."""
        self._path = path
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._zip.comment = END + b"0" * DIGITS
        self.sizes: dict[str, int] = {}
        self._digests: dict[str, str] = {}

    def keep(self, content: bytes) -> dict[str, str]:
        """Add bytes under their digest, once; return what stands for them in a row."""
        digest = hashlib.sha256(content).hexdigest()
        if FILES + digest not in self.sizes:
            self.add(FILES + digest, content)
        return {"file": digest}

    def add(self, name: str, content: bytes) -> None:
        """Add a part."""
        self._zip.writestr(_entry(name), content)
        self.sizes[name] = len(content)
        self._digests[name] = hashlib.sha256(content).hexdigest()

    def add_stream(self, name: str, stream: IO[bytes]) -> None:
        """Add a part that is read from where ``stream`` stands."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_entry(name), "w", force_zip64=True) as target:
            while chunk := stream.read(CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.sizes[name], self._digests[name] = size, digest.hexdigest()

    def finish(self, backup: Backup) -> str:
        """Add the manifest, and the digest of all; return that digest."""
        content = manifest_bytes(backup, self._digests)
        self._zip.writestr(_entry(NAME), content)
        self._zip.close()
        with self._path.open("r+b") as file:
            digest = _digest_before_end(file)
            file.seek(-DIGITS, 2)
            file.write(digest.encode())
        return digest


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ENTRY_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _digest_before_end(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    left = file.seek(0, 2) - DIGITS
    file.seek(0)
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


class Archive:
    """A backup that is read, part by part; no name in it leads anywhere on the disk."""

    def __init__(self, path: Path, lacks: Mapping[str, str]) -> None:
        """Open it and read its manifest; ``lacks`` as ``read_manifest`` has it.

        Raises Unreadable where it is no backup, and OSError where it cannot be read.
        """
        self._file = path.open("rb")
        try:
            self.is_whole = _is_whole(self._file)
            self._zip = zipfile.ZipFile(self._file)
            self._entries = {each.filename: each for each in self._zip.infolist()}
            self.manifest: BackupManifest = read_manifest(self._manifest(), lacks)
            self._refuse_entries()
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            self._file.close()
            raise Unreadable("cut_off") from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        """Return the archive."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()

    def _manifest(self) -> bytes:
        if NAME not in self._entries:
            raise Unreadable("foreign")
        if self._entries[NAME].file_size > MOST_OF_MANIFEST:
            raise Unreadable("no_manifest")
        try:
            with self._zip.open(NAME) as source:
                return source.read(MOST_OF_MANIFEST)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise Unreadable("no_manifest") from error

    def _refuse_entries(self) -> None:
        """Raise Unreadable for entries that are not those of the manifest."""
        names = [each.filename for each in self._zip.infolist()]
        try:
            refuse_names(names)
        except BadInput as error:
            raise Unreadable("bad_names", why=str(error.message)) from error
        known = {NAME, *self.manifest.digests}
        for name in sorted(set(names) ^ known):
            code = "not_listed" if name not in known else "part_gone"
            raise Unreadable(code, name=name)
        for name, size in self.manifest.backup.members.items():
            if self._entries[name].file_size != size:
                raise Unreadable("part_changed", name=name)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes; raises Unreadable where they are not as written.

        That shows at the end: nothing may be built upon what came before.
        """
        digest, left = hashlib.sha256(), self.manifest.backup.members[name]
        try:
            with self._zip.open(name) as source:
                while chunk := source.read(CHUNK):
                    left -= len(chunk)
                    digest.update(chunk)
                    if left < 0:
                        raise Unreadable("part_changed", name=name)
                    yield chunk
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
            *(NotImplementedError, RuntimeError),
        ) as error:
            raise Unreadable("part_changed", name=name) from error
        if left or digest.hexdigest() != self.manifest.digests[name]:
            raise Unreadable("part_changed", name=name)

    def content(self, name: str) -> bytes:
        """Return a part whole; raises Unreadable as ``chunks``, or for too much."""
        if self.manifest.backup.members[name] > MOST_OF_FILE:
            raise Unreadable("part_too_large", name=name)
        return b"".join(self.chunks(name))

    def file(self, digest: object) -> bytes:
        """Return bytes that a row refers to by their digest."""
        name = f"{FILES}{digest}"
        if not isinstance(digest, str) or name not in self.manifest.digests:
            raise Unreadable("part_gone", name=name[:100])
        return self.content(name)

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield a table's rows with their numbers; raises Unreadable."""
        rest, number = b"", 0
        for chunk in self.chunks(name):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_ROW:
                raise Unreadable("no_row", name=name, number=number + 1)
            for line in lines:
                number += 1
                yield number, _row(line, name, number)
        if rest:
            raise Unreadable("no_row", name=name, number=number + 1)


def _row(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no_row", name=name, number=number) from error
    if not isinstance(row, dict):
        raise Unreadable("no_row", name=name, number=number)
    return row


def _is_whole(file: IO[bytes]) -> bool:
    """Return whether a file is byte for byte as it was written.

    Raises Unreadable for what does not even begin and end like a backup.
    """
    begins = file.read(len(COPY_OF_SQLITE))
    if begins == COPY_OF_SQLITE:
        raise Unreadable("copy_of_sqlite")
    if not begins.startswith(BEGINS):
        raise Unreadable("foreign" if begins else "empty")
    length = file.seek(0, 2)
    file.seek(max(0, length - DIGITS - len(END)))
    end = file.read()
    digits = end.removeprefix(END).decode("ascii", "replace")
    if not end.startswith(END) or not _SHA256.fullmatch(digits):
        # a ZIP that ends as others do was never ours; ours that was cut does not
        return False
    return _digest_before_end(file) == digits
