"""Sounds: the consonants of a name in whatever script, so that scripts compare.

Every letter's name in Unicode says how it sounds: HEBREW LETTER NUN, KATAKANA LETTER
NE, CYRILLIC SMALL LETTER EN. Vowels are left out, since scripts and languages write
them each in its own way, and consonants that some script does not tell apart (B and P
in Arabic, L and R in Japanese, F and P in Hebrew) count as one.
"""

import re
import unicodedata
from functools import lru_cache

_BEFORE = (("ch", "t"), ("sh", "s"), ("ph", "p"), ("th", "t"), ("ck", "k"), ("x", "ks"))
_SOFT_C = re.compile(r"c(?=[eiy])")
_CLASSES = str.maketrans("bfvcgqzjdr", "pppkkksstl", "aeiouwyh")
_DOUBLED = re.compile(r"(.)\1+")
_LETTER = re.compile(r"(?:LETTER|CHOSEONG|JUNGSEONG|JONGSEONG) (.+)")
_SPELT = {
    "KATAKANA HU": "p",
    "HIRAGANA HU": "p",
    "HANGUL IEUNG": "",
    "CYRILLIC HA": "k",
    "CYRILLIC SHCHA": "s",
    "CYRILLIC TSE": "s",
    "CYRILLIC YERU": "",
    "GREEK CHI": "k",
    "GREEK PSI": "ps",
    "GREEK XI": "ks",
    "HEBREW AYIN": "",
    "HEBREW TSADI": "s",
    "HEBREW VAV": "",
    "ARABIC AIN": "",
    "ARABIC THAL": "s",
}
"""Letters that do not sound as their names begin."""
_NAMED_BY_VOWEL_FIRST = frozenset({"CYRILLIC"})
"""Scripts whose letters' names may begin with a vowel: EN is N, EF is F."""


def sounds(text: str) -> str:
    """Return the consonants of a text as classes of sounds, and its digits.

    >>> sounds("Netflix"), sounds("Нетфликс"), sounds("ネットフリックス")
    ('ntplks', 'ntplks', 'ntplks')
    """
    # a kana with its marks is one letter, and so has to stay whole: PO is no HO
    kana = unicodedata.normalize("NFKC", text)
    parts = (c if _is_kana(c) else unicodedata.normalize("NFKD", c) for c in kana)
    plain = "".join(parts).casefold()
    latin = "".join(c if c.isascii() else _sound(c) for c in plain)
    for letters, sound in _BEFORE:
        latin = latin.replace(letters, sound)
    latin = _SOFT_C.sub("s", latin).translate(_CLASSES)
    return _DOUBLED.sub(r"\1", "".join(c for c in latin if c.isalnum()))


def _is_kana(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff"


def is_latin(text: str) -> bool:
    """Return whether all letters of a text are Latin ones."""
    plain = unicodedata.normalize("NFKD", text)
    letters = (c for c in plain if c.isalpha())
    return all(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in letters)


@lru_cache(maxsize=4096)
def _sound(letter: str) -> str:
    """Return how a letter that is not ASCII sounds, in Latin consonants."""
    name = unicodedata.name(letter, "")
    match = _LETTER.search(name)
    if match is None or " SMALL " in f" {match[1]}":
        return ""
    script, own = name.partition(" ")[0], match[1].split()[0]
    if f"{script} {own}" in _SPELT:
        return _SPELT[f"{script} {own}"]
    if "JONGSEONG SIOS" in name:
        # at a syllable's end it is a T
        return "t"
    if script == "LATIN":
        return own[0].lower()
    own = own.lower()
    if script in _NAMED_BY_VOWEL_FIRST:
        return own
    return own[:2] if own[:2] in _TWO else own[:1]


_TWO = frozenset({"sh", "ph", "th", "ch"})
