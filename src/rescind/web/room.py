"""How much of an answer's reasons stands open on its card; the rest is folded."""

from collections.abc import Sequence
from itertools import accumulate

REASONS = 3
"""Reasons at most; the others wait under "Why?"."""
WORDS = 75
"""Words of them together: with all else on a card it stays under 150."""


def open_reasons(texts: Sequence[str]) -> int:
    """Return how many of the reasons stand open: the first in any case.

    >>> open_reasons(["It is over."] * 5), open_reasons(["word " * 60] * 2)
    (3, 1)
    """
    words = accumulate(len(text.split()) for text in texts[:REASONS])
    return max(1, sum(count <= WORDS for count in words))
