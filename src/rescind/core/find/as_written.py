"""Names as statements write them: folded words get their accents and capitals back."""

import re
from collections.abc import Iterable, Sequence

from rescind.core.find.clean import fold_all

_WORD = re.compile(r"[^\W\d_]+")


def as_written(words: Sequence[str], texts: Iterable[str]) -> str:
    """Return folded words as one of some texts writes them.

    What stands in capitals, or in none, is written as a name is.

    >>> as_written(["FITHALLE", "SUD", "CLUB"], ["FitHalle Süd 09/26"])
    'FitHalle Süd Club'
    """
    told = [
        word
        for text in dict.fromkeys(texts)
        if not (text.isascii() and text.isupper())
        for word in _WORD.findall(text)
    ]
    written = dict(zip(reversed(fold_all(told)), reversed(told), strict=True))
    return " ".join(_as_name(written.get(word, word)) for word in words).strip()


def _as_name(word: str) -> str:
    return word.title() if word.isupper() or word.islower() else word
