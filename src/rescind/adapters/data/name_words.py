"""Words that stand around names: on statements, and where people ask for an end."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rescind.adapters.data.yaml import read_yaml

_REFERENCE = re.compile(
    r"[0-9]{4,}|\b(?=(?:\w*[0-9]){2})(?=\w*[a-z])\w{6,}", re.IGNORECASE
)
"""A reference or a telephone number: what statements have and sentences seldom do."""
_WORD = re.compile(r"[a-z0-9\u00c0-\u036f]+|[^\W_a-z0-9\u00c0-\u036f]+")
"""Letters of one script: a Latin name stands in a Japanese sentence without spaces."""
_STEM = "~"
"""Stands behind the beginning of a word, in the data."""


def fold(text: str) -> str:
    """Return letters and digits of any script, without case and accents.

    >>> fold("Disney+"), fold("Café Noir"), fold("ﾈﾄﾌﾘｸｽ") == fold("ネトフリクス")
    ('disney', 'cafenoir', True)
    """
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded one by one.

    >>> words_of("Résilier: my mum's Match.com")
    ['resilier', 'my', 'mums', 'match', 'com']
    """
    plain = text.replace("'", "").replace("’", "")
    plain = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(c for c in plain if not unicodedata.category(c).startswith("M"))
    return _WORD.findall(bare)


@dataclass(frozen=True, slots=True)
class NameWords:
    """What tells that a text is about a service that it names."""

    asking: frozenset[str]
    """Words of who wants to end something."""
    asking_stems: tuple[str, ...]
    around: frozenset[str]
    """Words that say nothing of who is meant: ways of booking, kinds of plan."""
    processors: frozenset[str]
    """Who stands before a merchant on a statement."""

    def is_usual(self, word: str) -> bool:
        """Return whether a word names nobody."""
        return word in self.around or self.is_asking(word)

    def is_asking(self, word: str) -> bool:
        """Return whether a word asks for an end."""
        return word in self.asking or word.startswith(self.asking_stems)

    def is_about(self, text: str, around: Sequence[str], sold: Collection[str]) -> bool:
        """Return whether a text is about what it names, by the words around that."""
        if any(map(self.is_asking, around)):
            return True
        if "*" in text or _REFERENCE.search(text):
            return True
        if any(word in self.processors for word in around):
            return True
        return all(
            word in sold or word in self.around or word[0].isdigit() for word in around
        )


@cache
def name_words(data: Path) -> NameWords:
    """Return the words in a folder of data."""
    words = read_yaml(data / "descriptors" / "words.yaml")
    asking = [
        fold(w) for line in words["asking"] for w in line.split() if _STEM not in w
    ]
    stems = [fold(w) for line in words["asking"] for w in line.split() if _STEM in w]
    lines = [*words["noise"], *words["kinds"]["subscription"], *words["plain"]]
    processors = (stem for stems in words["processors"].values() for stem in stems)
    return NameWords(
        asking=frozenset(asking),
        asking_stems=tuple(stems),
        around=frozenset(fold(word) for line in lines for word in line.split()),
        processors=frozenset(
            fold(stem) for stem in processors if len(stem) >= _LEAST_PROCESSOR
        ),
    )


_LEAST_PROCESSOR = 4
"""Letters of a processor's name that is no short mark: "in", "st", "dm"."""
