"""Packs that somebody bent: a sound one, changed where a reader looks."""

import io
import json
import warnings
import zipfile
from collections.abc import Callable
from random import Random

NAMES = [
    *("../x", "/etc/passwd", "C:\\x", "files/a/../b", "LOG.JSON", "log.json ", "."),
    *("META-INF/signature001.p7s", "META-INF/", "mimetype", "\u202egnp.exe", "a" * 300),
    *("META-INF/ASiCManifest2.xml", "META-INF/timestamp1.tst", "x\0y", "ﬁles/x"),
]
TEXTS = [
    *("", "null", "[]", "{}", "0", '"x"', "1e999999", "NaN", "[1,]", "\ufeff{}"),
    *('{"events":null}', '{"events":[null]}', '{"events":[{}]}', "[" * 5_000),
    *('{"events":[{"number":"1"}]}', '{"a":1,"a":2}', "9" * 6_000, "\ud800"),
]
XML = [
    *(b"<x/>", b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&b;</a>", b"<a" * 5_000),
    *(b"\xff\xfe<\0a\0/\0>\0", b"<?xml version='1.1' encoding='utf-7'?><a/>"),
]
VALUES: list[object] = [
    None,
    "",
    -1,
    0,
    2**70,
    1.5,
    True,
    [],
    {},
    "sha256:",
    "\u0000",
    "9" * 5_000,
]


def contents_of(raw: bytes) -> list[tuple[str, bytes]]:
    """Return a pack's files, in order: the type has to stand first."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def is_same(raw: bytes, sound: list[tuple[str, bytes]]) -> bool:
    """Return whether a pack holds what the sound one does, in whatever order."""
    return sorted(contents_of(raw)) == sorted(sound)


def pack(sound: list[tuple[str, bytes]], random: Random) -> bytes:
    """Return a pack with one to three things about it bent."""
    files = list(sound)
    for _ in range(random.randrange(1, 4)):
        random.choice(_BENDS)(files, random)
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")  # one name twice is what is wanted
        for name, content in files:
            entry = zipfile.ZipInfo(name.replace("\0", "0") or "x")
            entry.compress_type = random.choice([*[0] * 60, 8, 12])
            archive.writestr(entry, content)
    raw = target.getvalue()
    if random.random() < 0.2:
        place = random.randrange(len(raw))
        raw = raw[:place] + random.randbytes(random.randrange(20)) + raw[place:]
    return raw


Files = list[tuple[str, bytes]]


def _rename(files: Files, random: Random) -> None:
    place = random.randrange(len(files))
    files[place] = (random.choice(NAMES), files[place][1])


def _twice(files: Files, random: Random) -> None:
    name, content = random.choice(files)
    files.append((name, random.choice([content, b"", content[::-1]])))


def _add(files: Files, random: Random) -> None:
    files.append((random.choice(NAMES), random.randbytes(random.randrange(40))))


def _lose(files: Files, random: Random) -> None:
    if len(files) > 1:
        files.pop(random.randrange(len(files)))


def _swap(files: Files, random: Random) -> None:
    one, other = random.randrange(len(files)), random.randrange(len(files))
    a, b = files[one], files[other]
    files[one], files[other] = (a[0], b[1]), (b[0], a[1])


def _cut(files: Files, random: Random) -> None:
    place = random.randrange(len(files))
    name, content = files[place]
    files[place] = (name, content[: random.randrange(len(content) + 1)])


def _text(files: Files, random: Random) -> None:
    place = random.randrange(len(files))
    odd = random.choice(TEXTS).encode("utf-8", "surrogatepass")
    files[place] = (files[place][0], random.choice([odd, random.choice(XML)]))


def _bytes(files: Files, random: Random) -> None:
    place = random.randrange(len(files))
    name, content = files[place]
    changed = bytearray(content or b"\0")
    for _ in range(random.randrange(1, 30)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    files[place] = (name, bytes(changed))


def _log(files: Files, random: Random) -> None:
    """Bend a value in the log, and leave the JSON sound."""
    for place, (name, content) in enumerate(files):
        if name == "log.json":
            try:
                log = json.loads(content)
                event = random.choice(log["events"])
                event[random.choice(list(event))] = random.choice(VALUES)
            except (ValueError, KeyError, TypeError, IndexError):
                return
            files[place] = (name, json.dumps(log).encode("utf-8", "surrogatepass"))


_BENDS: list[Callable[[Files, Random], None]] = [
    *(_rename, _twice, _add, _lose, _swap, _cut, _text, _bytes, _log),
]
