"""Directories of others: taken in, found after our entries, an address by name."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.directories import (
    COMPANIES,
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
    _kept.cache_clear()
    _search.cache_clear()
    return [Taken(kind, len(records), over) for kind, records, over in directories]


MOST = 10
"""Records that are listed below our entries."""


def search(words: str) -> tuple[Found, ...]:
    """Return the records that words may mean, the surest first; none for no words."""
    return tuple(_kept()[int(each.slug)] for each in _search().search(words)[:MOST])


def address_of(merchant: str) -> Found | None:
    """Return the record of a company that is called just so and has an address."""
    exact = _search().exact(merchant)
    found = None if exact is None else _kept()[int(exact.slug)]
    is_one = found is not None and found.kind == COMPANIES and found.record["address"]
    return found if is_one else None


def origin(found: Found) -> str:
    """Return where a record comes from, and that nobody checked it."""
    return f"{ORIGINS[found.kind]}, taken in on {found.taken_on}, not checked by us"


@cache
def _kept() -> tuple[Found, ...]:
    return read_kept(data_folder() / "catalogue-overlay")


@cache
def _search() -> NameSearch:
    names = [as_name(number, found) for number, found in enumerate(_kept())]
    return NameSearch(names, name_words(SHIPPED))
