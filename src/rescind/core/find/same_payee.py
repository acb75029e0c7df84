"""Names that are one: cut, glued to a city, misspelt, or with a word more."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_FEWEST = 5
"""Letters that must be the same before a cut name is taken for the whole one."""
_CLOSE = 0.8


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Return whether two cleaned names are the same payee's.

    >>> alike("COURSRA", "COURSERA"), alike("FITLAND GYM", "FITLAND BERLIN")
    (True, True)
    >>> alike("NORTH CAFE", "SOUTH CAFE")
    False
    """
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = one.split(), other.split()
    bare, bare_other = "".join(first), "".join(second)
    short = min(len(bare), len(bare_other))
    if short >= _FEWEST and bare[:short] == bare_other[:short]:
        return True
    if len(first[0]) >= _FEWEST and first[0] in second:
        return True
    if len(second[0]) >= _FEWEST and second[0] in first:
        return True
    head = next((word for word in first if len(word) >= _FEWEST), "")
    other_head = next((word for word in second if len(word) >= _FEWEST), "")
    if not head or not other_head:
        return False
    if head.startswith(other_head) or other_head.startswith(head):
        return True
    return Levenshtein.normalized_similarity(head, other_head) >= _CLOSE


def canonical(groups: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Return groups with those put together whose keys begin alike.

    Keys of known merchants (``#``) and of channels (``@``) stay as they are.
    """
    merged: dict[str, list[int]] = {}
    before = ""
    for key in sorted(groups):
        if key[0] in "#@":
            merged[key] = list(groups[key])
            continue
        if before and _begins(before, key):
            merged[before] += groups[key]
        else:
            before = key
            merged[key] = list(groups[key])
    return merged


def _begins(one: str, other: str) -> bool:
    """Return whether two keys in order are one, cut, glued or with a letter off."""
    bare, longer = one.replace(" ", ""), other.replace(" ", "")
    if len(bare) >= _FEWEST and longer.startswith(bare):
        return True
    if min(len(bare), len(longer)) < 6 or bare[:4] != longer[:4]:
        return False
    return Levenshtein.normalized_similarity(bare, longer[: len(bare) + 1]) >= 0.85
