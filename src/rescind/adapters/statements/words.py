"""Words of headers and marks, from the data, folded for comparing."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml

_MARKS = re.compile(r"[\u0300-\u036f]")
_LETTERLESS = re.compile(r"[\W_]+")
_OWN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "ı": "i"}
)


def folded(text: str) -> str:
    """Return a header's words without accents, case and punctuation.

    >>> folded(" Montant de l’opération (€)")
    'montant de l operation'
    """
    bare = unicodedata.normalize("NFKD", text.translate(_OWN).casefold())
    bare = unicodedata.normalize("NFC", _MARKS.sub("", bare))
    return _LETTERLESS.sub(" ", bare).strip()


@cache
def columns() -> Mapping[str, Any]:
    """Return the data on columns, as written."""
    content: Mapping[str, Any] = read_yaml(SHIPPED / "statements" / "columns.yaml")
    return content


@cache
def roles() -> Mapping[str, tuple[str, int]]:
    """Return the role that each header word stands for, and its rank there."""
    found: dict[str, tuple[str, int]] = {}
    for role, words in columns()["roles"].items():
        for rank, word in enumerate(words):
            found.setdefault(folded(word), (role, rank))
    return found


@cache
def marks(name: str) -> frozenset[str]:
    """Return a set of folded words: ``pending``, ``money_out``, ``not_entries``."""
    return frozenset(folded(word) or word for word in columns()[name])
