"""Text: one line of a person's words, and nothing that could act as more."""

import unicodedata

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput

MAX_LINE = 200
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Overrides of direction (Unicode TR 9): what is read is not what stands there."""


def check_line(text: str, field: str) -> None:
    """Raise BadInput for control characters and overrides of direction.

    They can forge headers and layouts; they are refused, not dropped, so that nothing
    is sent that was not typed.
    """
    bad = [c for c in text if not c.isprintable() or c in BIDI]
    if bad:
        codes = ", ".join(sorted({f"U+{ord(c):04X}" for c in bad})[:5])
        raise BadInput(field, why_not("not_printable", codes=codes))


def clean_line(text: str, field: str) -> str:
    """Return one line without blanks around it; raises BadInput for any other text."""
    line = text.strip()
    check_line(line, field)
    if len(line) > MAX_LINE:
        message = why_not("too_many_characters", count=len(line), most=MAX_LINE)
        raise BadInput(field, message)
    return line


def is_mark(character: str) -> bool:
    """Return whether a character only changes or joins those around it."""
    return unicodedata.category(character) in _MARKS


_MARKS = frozenset({"Mn", "Me", "Cf"})
_PICTURES = frozenset({"So", "Sk", "Cn"})
"""Categories of Unicode (UAX 44) of pictures, and of those newer than this Python."""


def without_pictures(text: str) -> str:
    """Return a text without small pictures and what changes them: emoji, arrows, stars.

    What letters are made of stays, in every script.

    >>> without_pictures("🏋️ Mein Gym™ ❤️")
    'Mein Gym™'
    """
    kept: list[str] = []
    is_after = False
    for character in text:
        is_after = _is_picture(character) or (is_after and is_mark(character))
        kept += [] if is_after or character in _AS_PICTURE else [character]
    rest = "".join(kept)
    return text if rest == text else " ".join(part for part in rest.split(" ") if part)


_AS_PICTURE = frozenset("\ufe0f\u20e3")
"""What makes a picture of the sign before it: the selector, and the frame of a key."""


def _is_picture(character: str) -> bool:
    is_astral = ord(character) >= _FIRST_ASTRAL
    return unicodedata.category(character) in _PICTURES and (
        is_astral or _FIRST_SYMBOL <= ord(character) <= _LAST_SYMBOL
    )


_FIRST_ASTRAL = 0x1F000
_FIRST_SYMBOL, _LAST_SYMBOL = 0x2190, 0x2BFF
"""Blocks of pictures: from Mahjong Tiles on, and Arrows to Miscellaneous Symbols."""
