"""Directories of others: taken in, found after our entries, an address by name."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.directories import (
    COMPANIES,
    FOLDER,
    ORIGINS,
    Found,
    Taken,
    as_name,
    keep,
    read_directory,
    read_kept,
)
from rescind.adapters.data.name_search import NameSearch
from rescind.adapters.data.name_words import name_words
from rescind.settings import data_folder, private_folder


def take_in(paths: Sequence[Path]) -> list[Taken]:
    """Keep the directories in some files and folders; all of them are read first.

    Raises BadInput naming the file that cannot be read.
    """
    directories = [read_directory(path) for path in paths]
    folder = private_folder() / "catalogue-overlay"
    for kind, records, _ in directories:
        keep(folder, kind, records, clock.today())
    return [Taken(kind, len(records), over) for kind, records, over in directories]


MOST = 10
"""Records that are listed below our entries."""


def search(words: str) -> tuple[Found, ...]:
    """Return the records that words may mean, the surest first; none for no words."""
    found, names = _kept(_state())
    return tuple(found[int(each.slug)] for each in names.search(words)[:MOST])


def address_of(merchant: str) -> Found | None:
    """Return the record of a company that is called just so and has an address."""
    found, names = _kept(_state())
    exact = names.exact(merchant)
    one = None if exact is None else found[int(exact.slug)]
    is_one = one is not None and one.kind == COMPANIES and one.record["address"]
    return one if is_one else None


def origin(found: Found) -> str:
    """Return where a record comes from, and that nobody checked it."""
    return f"{ORIGINS[found.kind]}, taken in on {found.taken_on}, not checked by us"


def _state() -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a directory is taken in anew, by whatever process."""
    folder = data_folder() / "catalogue-overlay" / FOLDER
    paths = sorted(folder.glob("*.json"))
    statuses = [(path, path.stat()) for path in paths]
    return tuple((str(path), s.st_size, s.st_mtime_ns) for path, s in statuses)


@lru_cache(maxsize=1)
def _kept(
    state: tuple[tuple[str, int, int], ...],  # noqa: ARG001 - what it is kept by
) -> tuple[tuple[Found, ...], NameSearch]:
    """Return the records that were taken in, and what finds their numbers."""
    found = read_kept(data_folder() / "catalogue-overlay")
    names = [as_name(number, each) for number, each in enumerate(found)]
    return found, NameSearch(names, name_words(SHIPPED))
