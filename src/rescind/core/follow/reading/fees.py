"""The fee that an answer asks for leaving: whether it asks one, and which sum."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.sums import SumWords, sums_in
from rescind.core.model.money import Money

_CLAUSE = re.compile(r"(?<!\d)[,;:](?!\d)|[;:]|,(?=\s)|\s[-–—]\s|[()]")
_BESIDE = 24
"""Letters after a fee in which a negation still speaks of it: "the fee is waived"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeWords:
    """How a fee for leaving is asked for; patterns run over folded text."""

    asked: re.Pattern[str]
    denied: re.Pattern[str]
    """Words beside it by which it is waived, or paid back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFee:
    """That a fee is asked for, in which sentence, and how much."""

    sentence: str
    amount: Money | None
    """``None`` where no sum stands beside it."""


def asked_fee(
    sentences: Sequence[str],
    fees: FeeWords,
    languages: Sequence[SumWords],
) -> AskedFee | None:
    """Return the first fee for leaving that is asked for; ``None`` for none.

    The sum is that in its own sentence, else the only one in the next.
    """
    for number, sentence in enumerate(sentences):
        folded = fold(sentence)
        found = fees.asked.search(folded)
        if found is None or folded.endswith("?"):
            continue
        if _is_denied(folded, found.span(), fees, languages):
            continue
        amount = _beside(folded, found.start(), languages)
        if amount is None:
            after = [fold(each) for each in sentences[number + 1 : number + 2]]
            amount = _only_sum(after, languages)
        return AskedFee(sentence=sentence, amount=amount)
    return None


def _is_denied(
    folded: str, span: tuple[int, int], fees: FeeWords, languages: Sequence[SumWords]
) -> bool:
    """Return whether a clause says that there is no such fee, or that it comes back."""
    first, last = span
    for words in languages:
        cuts = [match.span() for match in _CLAUSE.finditer(folded)]
        cuts += [match.span() for match in words.joins.finditer(folded)]
        start = max((stop for _, stop in cuts if stop <= first), default=0)
        stop = min((cut for cut, _ in cuts if cut >= last), default=len(folded))
        near = folded[start : min(stop, last + _BESIDE)]
        if words.nothing.search(near) or fees.denied.search(near):
            return True
    return False


def _beside(folded: str, at: int, languages: Sequence[SumWords]) -> Money | None:
    """Return the first sum after a fee, else the last one before it."""
    for words in languages:
        sums = sums_in(folded, words)
        after = [money for (start, _), money in sums if start >= at]
        if sums:
            return after[0] if after else sums[-1][1]
    return None


def _only_sum(sentences: Sequence[str], languages: Sequence[SumWords]) -> Money | None:
    for sentence in sentences:
        for words in languages:
            sums = {money for _, money in sums_in(sentence, words)}
            if len(sums) == 1 and not words.back.search(sentence):
                return sums.pop()
    return None
