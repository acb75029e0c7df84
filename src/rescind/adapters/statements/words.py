"""Words of headers and marks, from the data, as they are compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml

_ACCENTS = re.compile(r"[\u0300-\u036f]")
_LETTERLESS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "æ": "ae",
        "ı": "i",
        "ð": "d",
        "đ": "d",
    }
)


def fold_header(text: str) -> str:
    """Return a header's words in lower case, without accents and punctuation.

    >>> fold_header(" Montant de l’opération (€)")
    'montant de l operation'
    """
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", bare))
    return _LETTERLESS.sub(" ", bare).strip()


@cache
def columns() -> Mapping[str, Any]:
    """Return the data on columns, as written."""
    content: Mapping[str, Any] = read_yaml(SHIPPED / "statements" / "columns.yaml")
    return content


@cache
def roles() -> Mapping[str, tuple[str, int]]:
    """Return the role that each header word stands for, and its rank there."""
    table: dict[str, tuple[str, int]] = {}
    for role, words in columns()["roles"].items():
        for rank, word in enumerate(words):
            table.setdefault(fold_header(word), (role, rank))
    return table


def known_headers(row: Iterable[str]) -> int:
    """Return how many cells of a row are headers on file."""
    return sum(fold_header(cell) in roles() for cell in row if cell.strip())


@cache
def marks(name: str) -> frozenset[str]:
    """Return a set of folded words: ``pending``, ``not_entries``, ``totals``."""
    return frozenset(fold_header(word) or word for word in columns()[name])


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that stand in one column and tell money out from money in."""

    out: frozenset[str]
    into: frozenset[str]


@cache
def pairs() -> tuple[Pair, ...]:
    """Return the pairs of marks on file, folded."""
    return tuple(
        Pair(
            frozenset(map(fold_mark, each["out"])),
            frozenset(map(fold_mark, each["in"])),
        )
        for each in columns()["marks"]
    )


def fold_mark(text: str) -> str:
    """Return a mark as it is compared; a sign alone stays one."""
    return fold_header(text) or text.strip()


@cache
def two_faced() -> frozenset[str]:
    """Return marks that are money out in one pair and money in in another."""
    out = frozenset(word for pair in pairs() for word in pair.out)
    return out & frozenset(word for pair in pairs() for word in pair.into)


def day_comes_first(header: Iterable[str]) -> bool:
    """Return whether headers are in a language that never puts the month first.

    >>> day_comes_first(["Fecha", "Concepto", "Importe"]), day_comes_first(["Date"])
    (True, False)
    """
    english = marks("english")
    names = [fold_header(name) for name in header]
    return any(n in roles() and not english.issuperset(n.split()) for n in names)
