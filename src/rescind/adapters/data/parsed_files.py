"""Parsed files that outlive a run: one private file in the user's cache folder.

Parsing the law on file takes longer than anything else that an answer needs. What a
text parsed to is therefore written down under the text's digest. Nothing in it can be
out of date, since a changed text has another digest. It is JSON, which runs no code;
it is left alone where it is damaged or where somebody else could have written it; and
where it cannot be written, files are parsed each time.
"""

import atexit
import json
import os
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

NAME = "parsed-1"
"""The file's name, with the number of its form."""
MOST_BYTES = 8_000_000
"""How large it may grow: all that ships takes one megabyte."""


class ParsedFiles:
    """What texts parsed to, by their digests."""

    def __init__(self, folder: Path | None) -> None:
        """Keep the folder; ``None`` where there is none. Nothing is read yet."""
        self._folder = folder
        self._new: dict[bytes, bytes] = {}

    def find(self, digest: str) -> bytes | None:
        """Return what a text parsed to, as JSON; ``None`` where it is not known."""
        key = digest.encode()
        return self._new.get(key) or self._known.get(key)

    def add(self, digest: str, entry: object) -> None:
        """Remember what a text parsed to; it is written when the program ends."""
        line = json.dumps(entry, ensure_ascii=False).encode()
        # YAML knows numbers as keys and JSON does not: such a file is parsed each time
        if self._folder is None or json.loads(line) != entry:
            return
        if not self._new:
            atexit.register(self.write)
        self._new[digest.encode()] = line

    def write(self) -> None:
        """Write what is known, whole and for the user alone; a failure costs nothing.

        Of several programs that end at once the last one wins: the others' texts are
        parsed again.
        """
        if self._folder is None:
            return
        entries = {**self._known, **self._new}
        lines = [digest + b" " + line for digest, line in entries.items()]
        size = sum(map(len, lines))
        while size > MOST_BYTES:
            # the oldest stand first
            size -= len(lines.pop(0))
        body = b"\n".join(lines)
        with suppress(OSError):
            # no further up: a home that went away meanwhile is not made again
            for each in (self._folder.parent, self._folder):
                each.mkdir(mode=0o700, exist_ok=True)
            _replace(self._folder / NAME, _digest(body) + b"\n" + body)

    @cached_property
    def _known(self) -> dict[bytes, bytes]:
        digest, _, body = _read(self._folder).partition(b"\n")
        if digest != _digest(body):
            return {}
        pairs = (line.partition(b" ") for line in body.split(b"\n"))
        return {digest: line for digest, _, line in pairs if line}


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=32).hexdigest().encode()


_OTHERS_MAY_WRITE = 0o022


def _read(folder: Path | None) -> bytes:
    """Return the file's content; nothing where others than the user could write it."""
    if folder is None:
        return b""
    try:
        with (folder / NAME).open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            is_own = status.st_uid == os.geteuid()
            if not is_own or status.st_mode & _OTHERS_MAY_WRITE:
                return b""
            return file.readall()
    except OSError:
        return b""


def _replace(path: Path, content: bytes) -> None:
    """Write a file aside and put it in place at once; readers see a whole one."""
    import tempfile  # noqa: PLC0415 - 0.003 s; only where something was parsed

    handle, name = tempfile.mkstemp(prefix=f".{NAME}-", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
