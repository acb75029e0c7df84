"""Compiled files: what every text parsed to, in one private file, read in parts.

Parsing the law on file takes longer than anything else that an answer needs. What a
text parsed to is therefore written down under the text's digest. Nothing in it can be
out of date, since a changed text has another digest. It is JSON, which runs no code;
it is left alone where it is damaged or where somebody else could have written it; and
where it cannot be written, files are parsed each time.

A table in the order of the digests stands before the texts. A look-up reads a few rows
of it and one text, however many there are.
"""

import atexit
import json
import mmap
import os
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from itertools import count
from pathlib import Path
from struct import Struct
from typing import NamedTuple

NAME = "compiled-2"
"""The file's name, with the number of its form."""
MOST_BYTES = 32_000_000
"""How large it may grow: all that ships takes two megabytes."""
_FORMER_NAMES = ("parsed-1",)
_HEAD = Struct(">8sQ")
"""What it is, and how many rows the table has."""
_MAGIC = b"rescind2"
_ROW = Struct(">16s16sQII")
"""The key, the text's checksum, where it begins, its length, and its age."""
_KEY_BYTES = 16


class _Text(NamedTuple):
    """A text with its key; the older it is, the lower its number."""

    key: bytes
    number: int
    text: bytes


class ParsedFiles:
    """What texts parsed to, by their digests."""

    def __init__(self, folder: Path | None) -> None:
        """Keep the folder; ``None`` where there is none. Nothing is read yet."""
        self._folder = folder
        self._new: dict[bytes, bytes] = {}

    def find(self, digest: str) -> bytes | None:
        """Return what a text parsed to, as JSON; ``None`` where it is not known."""
        key = _key(digest)
        return self._new.get(key) or self._known.find(key)

    def add(self, digest: str, entry: object) -> None:
        """Remember what a text parsed to; it is written when the program ends."""
        text = json.dumps(entry, ensure_ascii=False).encode()
        # YAML knows numbers as keys and JSON does not: such a file is parsed each time
        if self._folder is None or json.loads(text) != entry:
            return
        if not self._new:
            atexit.register(self.write)
        self._new[_key(digest)] = text

    def write(self) -> None:
        """Write what is known, whole and for the user alone; a failure costs nothing.

        Of several programs that end at once the last one wins: the others' texts are
        parsed again.
        """
        if self._folder is None:
            return
        known = [each for each in self._known.texts() if each.key not in self._new]
        numbers = count(max((each.number for each in known), default=0) + 1)
        new = [_Text(key, next(numbers), text) for key, text in self._new.items()]
        texts = sorted((*known, *new), key=lambda each: -each.number)
        size, most = 0, 0
        while most < len(texts) and size + len(texts[most].text) <= MOST_BYTES:
            size += len(texts[most].text)
            most += 1
        with suppress(OSError):
            # no further up: a home that went away meanwhile is not made again
            for each in (self._folder.parent, self._folder):
                each.mkdir(mode=0o700, exist_ok=True)
            _replace(self._folder / NAME, _compiled(texts[:most]))
            for name in _FORMER_NAMES:
                (self._folder / name).unlink(missing_ok=True)

    @cached_property
    def _known(self) -> "_Compiled":
        return _Compiled(_mapped(self._folder))


class _Compiled:
    """A compiled file: its table, looked up without being read as a whole."""

    def __init__(self, content: mmap.mmap | bytes) -> None:
        self._content = content
        self._rows = 0
        if len(content) >= _HEAD.size:
            magic, rows = _HEAD.unpack_from(content)
            whole = _HEAD.size + rows * _ROW.size <= len(content)
            self._rows = rows if magic == _MAGIC and whole else 0

    def find(self, key: bytes) -> bytes | None:
        """Return the text of a key; ``None`` where it has none, or a damaged one."""
        row = bisect_left(range(self._rows), key, key=self._key_of)
        if row == self._rows or self._key_of(row) != key:
            return None
        text = self._text(row)
        return None if text is None else text.text

    def texts(self) -> Iterator[_Text]:
        """Yield every text that is whole."""
        texts = map(self._text, range(self._rows))
        return (text for text in texts if text is not None)

    def _key_of(self, row: int) -> bytes:
        start = _HEAD.size + row * _ROW.size
        return self._content[start : start + _KEY_BYTES]

    def _text(self, row: int) -> _Text | None:
        key, checksum, start, length, number = _ROW.unpack_from(
            self._content, _HEAD.size + row * _ROW.size
        )
        text = self._content[start : start + length]
        is_whole = checksum == _checksum(key, text)
        return _Text(key, number, text) if is_whole else None


def _compiled(texts: list[_Text]) -> bytes:
    """Return the content of a file with some texts, the table in order of keys."""
    texts = sorted(texts)
    start = _HEAD.size + len(texts) * _ROW.size
    parts = [_HEAD.pack(_MAGIC, len(texts))]
    for key, number, text in texts:
        parts.append(_ROW.pack(key, _checksum(key, text), start, len(text), number))
        start += len(text)
    return b"".join((*parts, *(each.text for each in texts)))


def _key(digest: str) -> bytes:
    return blake2b(digest.encode(), digest_size=_KEY_BYTES).digest()


def _checksum(key: bytes, text: bytes) -> bytes:
    return blake2b(text, digest_size=16, key=key).digest()


_OTHERS_MAY_WRITE = 0o022


def _mapped(folder: Path | None) -> mmap.mmap | bytes:
    """Return the file's content; nothing where others than the user could write it."""
    if folder is None:
        return b""
    try:
        with (folder / NAME).open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            is_own = status.st_uid == os.geteuid()
            if not is_own or status.st_mode & _OTHERS_MAY_WRITE:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        # an empty file cannot be mapped
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
