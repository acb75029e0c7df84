"""Names that are one: cut, glued to a city, misspelt, or with a word more."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from rescind.core.find import thresholds


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
    first, second = one.split(), other.split()
    return one == other or _share_a_name(first, second) or _heads_alike(first, second)


def _share_a_name(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether one name is the other cut, or has the other's first word."""
    bare, bare_other = "".join(first), "".join(second)
    short = min(len(bare), len(bare_other))
    if short >= thresholds.NAME_LETTERS and bare[:short] == bare_other[:short]:
        return True
    return any(
        len(words[0]) >= thresholds.NAME_LETTERS and words[0] in others
        for words, others in ((first, second), (second, first))
    )


def _heads_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether the first long words are one, cut or misspelt."""
    head, other_head = (
        next((word for word in words if len(word) >= thresholds.NAME_LETTERS), "")
        for words in (first, second)
    )
    if not head or not other_head:
        return False
    if head.startswith(other_head) or other_head.startswith(head):
        return True
    likeness = Levenshtein.normalized_similarity(head, other_head)
    return likeness >= thresholds.NAME_LIKENESS


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
    if len(bare) >= thresholds.NAME_LETTERS and longer.startswith(bare):
        return True
    start = thresholds.KEY_START
    if min(len(bare), len(longer)) < thresholds.KEY_LETTERS:
        return False
    if bare[:start] != longer[:start]:
        return False
    likeness = Levenshtein.normalized_similarity(bare, longer[: len(bare) + 1])
    return likeness >= thresholds.KEY_LIKENESS
