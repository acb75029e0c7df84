"""How restored files take the place of those there are, whole or not at all.

All is made ready in a folder beside; a note then says what goes aside and what comes
in. Whoever finds the note finishes what it says: each step is harmless to repeat.
"""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from rescind.settings import write_private

NOTE = "restore-under-way.json"
STAGING = ".restoring"
"""Where all is made ready; what lies there without a note was broken off."""
ASIDE = "before-restore-"
"""Begins the name of the folder where what was there before is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """What goes aside, what comes in, and the folder for what goes."""

    aside: str
    out: tuple[str, ...]
    come: tuple[str, ...]


def staging(folder: Path) -> Path:
    """Return an empty folder, for the user alone, to make all ready in."""
    place = folder / STAGING
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    return place


def swap(folder: Path, out: Iterable[str], *, name: str) -> Path:
    """Put what lies in the staging folder in the place of ``out``.

    ``out`` are names in the folder; those that are there go to the folder that is
    returned. Raises OSError where that cannot be begun: then nothing was changed.
    """
    come = tuple(sorted(each.name for each in (folder / STAGING).iterdir()))
    gone = tuple(each for each in out if (folder / each).exists())
    plan = Swap(aside=_free(folder, name), out=gone, come=come)
    _flush_tree(folder / STAGING)
    write_private(folder / NOTE, json.dumps(asdict(plan)).encode())
    finish(folder)
    return folder / plan.aside


def finish_is_needed(folder: Path) -> bool:
    """Return whether a note says that files are still to change places."""
    return (folder / NOTE).exists()


def finish(folder: Path) -> None:
    """Do what the note says that is not done yet."""
    note = folder / NOTE
    entries = json.loads(note.read_bytes())
    aside = folder / str(entries["aside"])
    aside.mkdir(mode=0o700, exist_ok=True)
    for name in entries["out"]:
        if (folder / name).exists() and not (aside / name).exists():
            (folder / name).rename(aside / name)
    for name in entries["come"]:
        if (folder / STAGING / name).exists():
            (folder / STAGING / name).rename(folder / name)
    for place in (aside, folder):
        _flush(place)
    note.unlink()
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    with suppress(OSError):
        aside.rmdir()  # nothing was there before


def erase_asides(folder: Path) -> None:
    """Erase what earlier restores put aside."""
    for place in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(place)


def _free(folder: Path, name: str) -> str:
    """Return a name for what goes aside that nothing bears yet."""
    names = [f"{ASIDE}{name}", *(f"{ASIDE}{name}-{n}" for n in range(2, 100))]
    return next(each for each in names if not (folder / each).exists())


def _flush_tree(folder: Path) -> None:
    for place, _, files in os.walk(folder):
        for name in files:
            _flush(Path(place) / name)
        _flush(Path(place))


def _flush(path: Path) -> None:
    """Have what a file or a folder holds on the disk, where systems can do that."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
