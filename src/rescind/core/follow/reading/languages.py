"""The languages that messages are read in, and which one a text is in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.phrases import Finder, fold
from rescind.core.model.message import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of a language: its phrases, and the words that take them back."""

    code: str
    common: frozenset[str]
    """Words by which the language is known."""
    addressed: Finder
    """Words that speak to the reader: you, your."""
    declared: Finder
    """Words by which whoever writes confirms something themselves: we confirm."""
    unmet: Finder
    """Words by which something is still asked of the reader before it ends."""
    joins: re.Pattern[str]
    negations: Finder
    conditions: re.Pattern[str]
    waits: re.Pattern[str]
    """Words that begin a condition after what it is about: as soon as you."""
    later: re.Pattern[str]
    """Words of a promise: it will be done, which is not that it is."""
    help: Finder
    cues: Mapping[str, re.Pattern[str]]
    """Words that point somewhere without saying it: ``refund``, ``end``, ``which``,
    ``identity``, ``turn_to``, ``discount``, ``term``, ``handled``, ``paid``."""
    phrases: Mapping[tuple[Label, int], Finder]
    """By label and strength."""
    negative: Finder
    """Confirmations that negate something themselves: no further charges."""


_WORD = re.compile(r"[a-z]+")


def languages_of(text: str, languages: Sequence[Language]) -> list[Language]:
    """Return the languages that a text is likely in, the likeliest first.

    Three at most; a text too short to tell is read in all of them.
    """
    words = _WORD.findall(fold(text[:4000]))
    begun = text[:4000].lower()
    counts = {
        language.code: sum(word in language.common for word in words)
        + 3 * sum(letter in begun for letter in LETTERS.get(language.code, ""))
        for language in languages
    }
    ranked = sorted(languages, key=lambda language: -counts[language.code])
    best = counts[ranked[0].code]
    if best < _FEWEST_COMMON:
        return ranked
    return [each for each in ranked[:3] if counts[each.code] * 2 >= best]


_FEWEST_COMMON = 3
LETTERS = {"de": "ß", "es": "¿¡ñ", "pt": "ãõ", "sv": "å", "fr": "œù"}
"""Letters that hardly any other of these languages has; one counts as three words."""
