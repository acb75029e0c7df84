"""The fee that an answer asks for leaving: whether it asks one, and which sum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rescind.core.follow.reading.phrases import Finder, fold
from rescind.core.follow.reading.sums import SumWords, sums_in
from rescind.core.model.money import Money

_CLAUSE = re.compile(r"(?<!\d)[,;:](?!\d)|[;:]|,(?=\s)|\s[-–—]\s|[()]")
_BESIDE = 48
"""Letters after a fee in which a negation still speaks of it: "the fee is waived"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeWords:
    """How a fee for leaving is asked for; patterns run over folded text."""

    asked: Finder
    denied: Finder
    """Words beside it by which it is waived, or paid back."""
    named: Finder
    """A fee that was asked for before: the fee, this penalty."""
    still_owed: Finder
    """Words before what is left of a fee that was waived in part."""
    pay_us: Finder
    """Words by which the reader is asked to pay."""
    to_pay: Finder
    """Words by which a sum is to be paid, beside money that comes back too."""
    dues: Finder
    """Words for what is owed for time that has passed."""
    rest_of_term: Finder
    """Words for what is left of a term: that is asked for leaving."""
    leaving: Finder
    """A fee that is called one for leaving."""
    lowered: Finder
    """Words by which a sum took the place of a higher one."""
    no_money: Finder
    """Words by which no money comes back: what is left of that is no fee."""
    plus: Finder
    """Words between two sums by which both are asked for."""
    offered: Finder
    """A credit or voucher that they offer: its sum is none that they ask."""


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
    """Return the first fee for leaving that names a sum, else the first one.

    ``None`` where none is asked for.

    The sum is that in its own sentence, else the only one in the next. Of a fee that
    was waived in part it is what is still to be paid.
    """
    if (dunned := _with_dues(sentences, fees, languages)) is not None:
        return dunned
    if (left := _insisted_on(sentences, fees, languages)) is not None:
        return left
    found = list(_asked(sentences, fees, languages))
    with_sums = (each for each in found if each.amount is not None)
    # a subject that names the fee, over a text that drops it, asks for none
    is_waived = any(_is_waived(fold(each), fees, languages) for each in sentences)
    return next(with_sums, found[0] if found and not is_waived else None)


def _with_dues(
    sentences: Sequence[str], fees: FeeWords, languages: Sequence[SumWords]
) -> AskedFee | None:
    """Return what is overdue with what is charged for its being so; ``None`` for none.

    "The fee for November of 39.90, plus 5.00 for this reminder" asks 44.90.
    """
    if not is_dues(sentences, fees):
        return None
    asks = [each for each in sentences if _is_to_pay(fold(each), fees)]
    for sentence in asks:
        for words in languages:
            folded = fold(sentence)
            for (before, first), (after, second) in pairwise(sums_in(folded, words)):
                between = folded[before[1] : after[0]]
                if first.currency == second.currency and fees.plus.search(between):
                    total = first.of(first.amount + second.amount)
                    return AskedFee(sentence=sentence, amount=total)
    return None


def is_dues(sentences: Sequence[str], fees: FeeWords) -> bool:
    """Return whether what is asked for is owed for time that has passed.

    A fee that is called one for leaving, and what is left of a term, is none.
    """
    folded = [fold(each) for each in sentences]
    if any(fees.leaving.search(e) or fees.rest_of_term.search(e) for e in folded):
        return False
    return any(fees.dues.search(each) for each in folded)


def _is_offered(folded: str, fees: FeeWords) -> bool:
    """Return whether a sentence offers a credit or voucher, and asks for nothing.

    "We can offer you a voucher, less a fee of 20" names a fee.
    """
    asks = fees.asked.search(folded) or _is_to_pay(folded, fees)
    return bool(fees.offered.search(folded)) and not asks


def _is_waived(folded: str, fees: FeeWords, languages: Sequence[SumWords]) -> bool:
    found = fees.asked.search(folded)
    return found is not None and _is_denied(folded, found.span(), fees, languages)


def _asked(
    sentences: Sequence[str], fees: FeeWords, languages: Sequence[SumWords]
) -> Iterator[AskedFee]:
    """Yield each fee that is asked for, with a sum where one stands beside it."""
    for number, sentence in enumerate(sentences):
        folded = fold(sentence)
        found = fees.asked.search(folded)
        if found is None or folded.endswith("?"):
            continue
        if _is_denied(folded, found.span(), fees, languages):
            continue
        amount = lowered_sum(folded, fees, languages)
        amount = amount or _beside(folded, found.start(), languages)
        if amount is None and fees.no_money.search(folded):
            continue
        if amount is None:
            after = [fold(each) for each in sentences[number + 1 : number + 2]]
            after = [each for each in after if not _is_offered(each, fees)]
            lowered = (lowered_sum(each, fees, languages) for each in after)
            amount = next(filter(None, lowered), None) or _only_sum(after, languages)
        yield AskedFee(sentence=sentence, amount=amount)


def still_to_pay(
    sentences: Sequence[str], fees: FeeWords, languages: Sequence[SumWords]
) -> AskedFee | None:
    """Return what is to be paid by sentences that ask for it: the largest sum there.

    ``None`` where they name none, or sums in several currencies. Of parts
    and their total that is the total, of months and their sum the sum.
    """
    folded = ["" if e.rstrip().endswith("?") else fold(e) for e in sentences]
    asks = [n for n, each in enumerate(folded) if _is_to_pay(each, fees)]
    asks += [n for n, each in enumerate(folded) if _is_owed(each, fees)]
    around = sorted({n + step for n in asks for step in (-1, 0, 1)})
    near = [folded[n] for n in around if 0 <= n < len(folded)]
    near = [each for each in near if not _is_offered(each, fees)]
    sums = [
        money
        for words in languages
        for each in near
        if fees.dues.search(each)
        or not (words.back.search(each) or fees.denied.search(each))
        for money in _sums_to_pay(each, fees, words)
    ]
    if sums and len({money.currency for money in sums}) == 1:
        most = max(sums, key=lambda money: money.amount)
        return AskedFee(sentence=sentences[min(asks)], amount=most)
    return None


def lowered_sum(
    folded: str, fees: FeeWords, languages: Sequence[SumWords]
) -> Money | None:
    """Return the lowest sum of a sentence by which a higher one was brought down."""
    if not fees.lowered.search(folded):
        return None
    for words in languages:
        sums = [money for _, money in sums_in(folded, words)]
        if len(sums) > 1 and len({money.currency for money in sums}) == 1:
            return min(sums, key=lambda money: money.amount)
    return None


def _sums_to_pay(folded: str, fees: FeeWords, words: SumWords) -> list[Money]:
    """Return the sums of a sentence; of those that were brought down, the lowest."""
    lowered = lowered_sum(folded, fees, (words,))
    return [lowered] if lowered else [money for _, money in sums_in(folded, words)]


def _is_to_pay(folded: str, fees: FeeWords) -> bool:
    return bool(fees.pay_us.search(folded) or fees.to_pay.search(folded))


def _is_owed(folded: str, fees: FeeWords) -> bool:
    owed = (fees.dues, fees.leaving, fees.rest_of_term)
    return any(each.search(folded) for each in owed)


def _insisted_on(
    sentences: Sequence[str], fees: FeeWords, languages: Sequence[SumWords]
) -> AskedFee | None:
    """Return a fee that is named in one sentence and to be paid by another."""
    folded = [fold(each) for each in sentences]
    names = [each for each in folded if _names_fee(each, fees)]
    if not names:
        return None
    lowered = _brought_down(sentences, fees, languages)
    if lowered is not None:
        return lowered
    for number, each in enumerate(folded):
        for words in languages:
            left = _left_over(each, fees, words)
            if left is not None:
                return AskedFee(sentence=sentences[number], amount=left)
    asks = [n for n, each in enumerate(folded) if fees.pay_us.search(each)]
    owed = [each for each in names if not fees.denied.search(each)]
    for group in ([folded[n] for n in asks], owed if asks else []):
        told = {
            money
            for each in group
            for words in languages
            for _, money in sums_in(each, words)
        }
        if len(told) == 1:
            return AskedFee(sentence=sentences[asks[0]], amount=told.pop())
    return None


def _brought_down(
    sentences: Sequence[str], fees: FeeWords, languages: Sequence[SumWords]
) -> AskedFee | None:
    """Return what is left of a sum by the first sentence that brings one down."""
    for sentence in sentences:
        least = lowered_sum(fold(sentence), fees, languages)
        if least is not None:
            return AskedFee(sentence=sentence, amount=least)
    return None


def _left_over(folded: str, fees: FeeWords, words: SumWords) -> Money | None:
    """Return what is left of a fee by a sentence: the last sum beside such words."""
    for (start, stop), money in reversed(sums_in(folded, words)):
        beside = folded[max(0, start - _LEFT) : stop + _LEFT]
        if fees.still_owed.search(beside) and not words.back.search(beside):
            return money
        return None
    return None


_LEFT = 30
"""Letters beside a sum in which words say that it is what is left."""


def _names_fee(folded: str, fees: FeeWords) -> bool:
    return bool(fees.named.search(folded) or fees.asked.search(folded))


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
            return _whole(after) if after else sums[-1][1]
    return None


def _whole(sums: Sequence[Money]) -> Money:
    """Return the first of some sums, or the one that is so many times as much.

    "Six months at 27.50, together 165.00" asks 165.00.
    """
    first = sums[0]
    many = (
        each
        for each in sums[1:]
        if each.currency == first.currency
        and each.amount > first.amount > 0
        and not each.amount % first.amount
    )
    return next(many, first)


def _only_sum(sentences: Sequence[str], languages: Sequence[SumWords]) -> Money | None:
    for sentence in sentences:
        for words in languages:
            sums = {money for _, money in sums_in(sentence, words)}
            if len(sums) == 1 and not words.back.search(sentence):
                return sums.pop()
    return None
