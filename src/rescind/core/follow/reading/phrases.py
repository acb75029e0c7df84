"""Phrases: a small language for what messages say, compiled to patterns.

A space stands for anything between two words, ``~`` for up to six words, ``<name>`` for
one of a list of words. Text is compared without accents, in lower case, and clause by
clause, so that every pattern runs over a short text.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

MOST_LETTERS = 600
"""A sentence is read up to here; nobody confirms anything in a longer one."""
_GAP = r"(?:\w++\W+){0,7}?"
_LAST_GAP = r"(?:\w++\W*+){0,7}?"
_WHOLE = {"ll": " will", "ve": " have", "re": " are", "d": " would", "m": " am"}
_CLIPPED = re.compile(r"'(ll|ve|re|d|m)(?!\w)")
_SHORT = {"can't": "cannot", "won't": "will not", "can not": "cannot", "n't": " not"}
_SPELT_OUT = re.compile(
    r"([aou])e(?:(?<=kue)(?=nd|nft)|(?<=bestae)(?=tig)|(?<=\bue)(?=ber)"
    r"|(?<=\bfue)(?=r\b)|(?<=rue)(?=ck|f)|(?<=\bkoe)(?=nn)|(?<=\bmoe)(?=cht)"
    r"|(?<=loe)(?=s)|(?<=verlae)(?=nger)|(?<=\blae)(?=uft)|(?<=gebue)(?=hr)"
    r"|(?<=gue)(?=ltig)|(?<=\bmue)(?=ss)|(?<=wue)(?=rd|nsch)|(?<=\bspae)(?=t)"
    r"|(?<=\bnae)(?=chst)|(?<=verfue)(?=g)|(?<=[vre]rhae)(?=lt))"
)
"""German umlauts as they are spelt where there are none: kuendigen, bestaetigt."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return text in lower case, without accents, with plain quotes and blanks.

    >>> fold("Ihr ABONNEMENT wurde gekündigt – es hasn’t")
    'ihr abonnement wurde gekundigt – es has not'
    >>> fold("Wir bestaetigen die Kuendigung")
    'wir bestatigen die kundigung'
    >>> fold("Baja Nº 7")
    'baja nr 7'
    """
    plain = text.replace("’", "'").replace("‘", "'").replace("ß", "ss").casefold()
    plain = _CLIPPED.sub(lambda clipped: _WHOLE[clipped[1]], plain)
    # without accents it would be "no"
    plain = plain.replace("nº", "nr")
    letters = plain if plain.isascii() else _without_accents(plain)
    letters = _SPELT_OUT.sub(r"\1", letters)
    for short, whole in _SHORT.items():
        letters = letters.replace(short, whole)
    return " ".join(letters.split())


def _without_accents(text: str) -> str:
    split = unicodedata.normalize("NFKD", text)
    marks = "".join(c for c in set(split) if unicodedata.combining(c))
    return split.translate(str.maketrans("", "", marks))


def compile_phrase(phrase: str, words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Return the pattern of a phrase; ``words`` are the lists that it may name.

    >>> ended = compile_phrase("<thing> ~ ended", {"thing": ["plan"]})
    >>> bool(ended.search("your plan has now been ended"))
    True
    """
    return any_of([phrase], words)


def any_of(
    phrases: Sequence[str], words: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> re.Pattern[str]:
    """Return a pattern that finds any of some phrases, as ``compile_phrase`` does one.

    That a word begins is looked at once for all of them: a place inside a word is left
    at once, which takes a third of the time.
    """
    parts = [_part(phrase, words) for phrase in phrases]
    at_words = "|".join(part for begins, part in parts if begins)
    anywhere = [part for begins, part in parts if not begins]
    first = [rf"(?<!\w)(?:{at_words})"] if at_words else []
    return re.compile("|".join([*first, *anywhere]) or r"(?!)")


class Finder(Protocol):
    """Finds words in folded text, as a compiled pattern does."""

    def search(self, string: str, /) -> re.Match[str] | None:
        """Return where they stand first; ``None`` where they do not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Many phrases, of which only those are tried that a word can begin.

    One pattern of two hundred tries them all at each word, which takes ten times as
    long.
    """

    by_letter: Mapping[str, re.Pattern[str]]
    """Those that may begin with a letter, those included that may with any."""
    others: re.Pattern[str]
    """Those that may begin with any."""
    anywhere: re.Pattern[str]
    """Those that need no word's beginning."""

    def search(self, string: str, /) -> re.Match[str] | None:
        """Return where the first of them stands; ``None`` where none does."""
        inside = self.anywhere.search(string)
        for word in _BEGIN.finditer(string):
            if inside and inside.start() < word.start():
                return inside
            fitting = self.by_letter.get(word[0], self.others)
            if found := fitting.match(string, word.start()):
                return found
        return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """Words of a sentence that say nothing where others stand in it as well."""

    words: Finder
    others: Finder

    def search(self, string: str, /) -> re.Match[str] | None:
        """Return where the words stand first, with none of the others around."""
        found = self.words.search(string)
        return None if found and self.others.search(string) else found


@dataclass(frozen=True, slots=True)
class Either:
    """What one or another finds."""

    finders: tuple[Finder, ...]

    def search(self, string: str, /) -> re.Match[str] | None:
        """Return what the first of them finds that finds anything."""
        found = (each.search(string) for each in self.finders)
        return next((match for match in found if match), None)


_BEGIN = re.compile(r"(?<!\w)\w")
_NONE = re.compile(r"(?!)")


def phrases_of(
    phrases: Sequence[str], words: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Finder:
    """Return what finds any of some phrases, as ``any_of`` does, where they are many.

    >>> bool(phrases_of(["(no|never) ~ charged"]).search("you are never charged"))
    True
    """
    if len(phrases) < _MANY:
        return any_of(phrases, words)
    parts = [_part(phrase, words) for phrase in phrases]
    at_words = [(part, _letters(part)) for begins, part in parts if begins]
    known = {letter for _, letters in at_words for letter in letters or ()}
    return Phrases(
        by_letter={
            letter: re.compile(
                "|".join(p for p, each in at_words if each is None or letter in each)
            )
            for letter in known
        },
        others=_any([part for part, letters in at_words if letters is None]),
        anywhere=_any([part for begins, part in parts if not begins]),
    )


_MANY = 24
"""Fewer are found as fast by one pattern."""


def _any(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(parts)) if parts else _NONE


_WORDS = re.compile(r"\((?:\?:)?([^()]*)\)(.?)")
_MAY_LACK = ("?", "*", "{")


def _letters(part: str) -> frozenset[str] | None:
    """Return the letters with which a pattern may begin; ``None`` where any may be."""
    inner = part.removeprefix("(?:")
    group = _WORDS.match(inner)
    if group and group[2] in _MAY_LACK:
        return None
    choices = group[1].split("|") if group else [inner]
    if all(each[:1].isalnum() and each[1:2] not in _MAY_LACK for each in choices):
        return frozenset(each[0] for each in choices)
    return None


def _part(phrase: str, words: Mapping[str, Sequence[str]]) -> tuple[bool, str]:
    """Return whether a phrase begins with a word, and its pattern from there on."""
    pattern = _OPTIONAL_END.sub("", phrase).replace("~? ?", "~ ")
    for name, choices in words.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{'|'.join(choices)})")
    pattern = pattern.replace(" ~ ", " \0").replace("~ ", "\0").replace("~", "\1")
    pattern = pattern.replace(" ?", r"\W*").replace(" ", r"\W+")
    pattern = pattern.replace("\0", _GAP).replace("\1", _LAST_GAP)
    begins = phrase[:1].isalnum() or phrase[:1] in "(<^"
    last = r"(?!\w)" if phrase[-1:].isalnum() or phrase[-1:] in ")>?*" else ""
    if any(letter >= FIRST_IDEOGRAPH for letter in phrase):
        begins, last = False, ""
    return begins, f"(?:{pattern}){last}"


FIRST_IDEOGRAPH = "\u3000"
"""Scripts from here on have no blanks, so that no word has an edge."""


_OPTIONAL_END = re.compile(r" \([^()]*\)\?$")
"""Words at the end of a phrase that may be missing say nothing."""


_ENDS = re.compile(
    r"(?<=[.!?…])(?<![ (]\d\.)(?<![ (]\d\d\.)[\"'”)]*\s+"
    r"(?=[\"'“(]?[A-ZÀ-ÖØ-Þ0-9¿¡])|\n+|\s•\s"
)
_WRAPPED = re.compile(r"(?<=\S)\n(?=\s*[a-zà-öø-ÿ0-9(\"'])")


_CUT_MONTH = re.compile(
    r"\b(jan|janv|jän|ene|gen|sty|feb|febr|fév|févr|fev|lut|mar|mär|mrz|mrt|apr|avr|abr"
    r"|kwi|mag|may|maj|jun|juin|giu|cze|jul|juil|lug|lip|aug|août|ago|sie|sep|sept|set"
    r"|wrz|okt|oct|ott|out|paź|nov|lis|dez|dec|déc|dic|des|gru"
    r"|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)k)"
    r"\.(?=\s+\d)",
    re.IGNORECASE,
)
"""A month cut short before a number: its dot ends no sentence."""
_CUT_WORD = re.compile(
    r"\b((?:[a-z]\.)+[a-z]|tj|tzn|dvs|d\.v\.s|ca|nr|kl|pr|s?fr|rs|inkl|zzgl|abzgl|godz|ok|art)"
    r"\.(?=\s+\d)",
    re.IGNORECASE,
)
"""Other words cut short before a number: "t.o.m. 31 mars", "tj. 31.05."."""


def sentences(text: str) -> list[str]:
    r"""Return a text's sentences; lines that were only wrapped are put together.

    >>> sentences("Your plan\nhas ended. Goodbye!")
    ['Your plan has ended.', 'Goodbye!']
    >>> sentences("It ended on 14. Okt. 2028. Goodbye!")
    ['It ended on 14. Okt 2028.', 'Goodbye!']
    >>> sentences("It runs t.o.m. 31 mars 2027.")
    ['It runs t.o.m 31 mars 2027.']
    """
    joined = _WRAPPED.sub(" ", text.replace("\r\n", "\n"))
    joined = _CUT_WORD.sub(r"\1", _CUT_MONTH.sub(r"\1", joined))
    parts = (part.strip() for part in _ENDS.split(joined))
    return [part[:MOST_LETTERS] for part in parts if part]
