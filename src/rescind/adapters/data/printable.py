"""Characters: which of them the fonts of letters have."""

from bisect import bisect_right
from functools import cache

from rescind.adapters.data.catalogue import SHIPPED

FOLDER = SHIPPED / "fonts"


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    text = (FOLDER / "coverage.txt").read_text(encoding="ascii")
    pairs = [line.split("-") for line in text.split()]
    return tuple(int(a, 16) for a, _ in pairs), tuple(int(b, 16) for _, b in pairs)


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that no font here can print, each once."""
    firsts, lasts = _ranges()
    missing = []
    for character in dict.fromkeys(text):
        place = bisect_right(firsts, ord(character)) - 1
        if place < 0 or ord(character) > lasts[place]:
            missing.append(character)
    return missing
