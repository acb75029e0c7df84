"""The sum that an answer gives back, among those that it keeps, asks or mentions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from rescind.core.follow.reading.days import DayWords, find_days
from rescind.core.follow.reading.phrases import fold
from rescind.core.model.money import Money

SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "us$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "a$": "AUD",
    "nz$": "NZD",
    "mx$": "MXN",
    "r$": "BRL",
    "s/": "PEN",
    "¥": "JPY",
    "₹": "INR",
}
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "euroa": "EUR",
    "euron": "EUR",
    "reais": "BRL",
    "fr": "CHF",
    "franken": "CHF",
    "francs": "CHF",
    "zł": "PLN",
    "złotych": "PLN",
    "pounds": "GBP",
}
_CROWNS = r"kr|kronor(?:na)?|kroner|kronene"
"""Of three countries: which one, the language tells."""
_CODES = (
    "eur|usd|gbp|chf|sek|nok|dkk|brl|cad|aud|pln|inr|jpy|mxn|czk"
    f"|dollars?|pesos|{'|'.join(sorted(_NAMES, key=len, reverse=True))}|{_CROWNS}"
)
_DOLLARS = "usd|cad|aud|nzd|mxn|cop|clp|ars|uyu|sgd|hkd"
"""Codes behind a sum whose sign is that of many countries."""
_CROWN = re.compile(_CROWNS)
_SUM = (
    r"(?:\d{1,3}(?:[ .,'\u00a0]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
    r"(?:[.,][-–—])?"
)
_MONEY = re.compile(
    rf"(?P<sign>(?:us|ca|nz|mx|r|c|a)\$|s/|[€£$¥₹])\s?(?P<a>{_SUM})(?:\s?(?P<exact>{_DOLLARS}))?"
    rf"|(?<![\d.,])(?P<b>{_SUM})\s?(?P<after>[€£$]|(?:{_CODES})(?!\w))"
    rf"|(?<!\w)(?P<code>euro|eur|usd|gbp|chf|fr|sek|nok|dkk|brl|cad|aud|kr)\.?\s?(?P<c>{_SUM})"
    r"|(?<![\d.,])(?P<crowns>\d[\d.]*),[-–—](?!\w)"
)
_CLAUSE = re.compile(r"(?<!\d)[,;:](?!\d)|[;:]|,(?=\s)|\s[-–—]\s|[()]")
_BARE = 3
"""Letters beside a sum that leave it what stands around its clause."""
HERE, NEAR, KEPT, NOTHING, NO = 3.0, 1.5, -2.0, -3.0, -1.0
"""What counts for a sum: that it comes back in its clause, in its sentence; something
kept or asked in its clause; a negation there, or elsewhere in the sentence."""
_TWO = 2
_OPENING = 40
"""Letters, at most, before the whole that a sentence begins with."""
_AFTER = 20
"""Letters after a sum in which a negation still speaks of it."""
GRANTED, BESIDE = 1.0, 3.0
"""So much has to speak for a sum in an answer that grants money, and in another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SumWords:
    """How a language says that money comes back; patterns run over folded text."""

    crowns: str | None
    """The currency of ``kr``, where the language has one."""
    dollar: str | None
    """The currency of ``$``, where the language tells it."""
    back: re.Pattern[str]
    other: re.Pattern[str]
    """Words of fees, prices and what is kept."""
    nothing: re.Pattern[str]
    joins: re.Pattern[str]
    total: re.Pattern[str]
    """Words at the end of what stands before a total of what was just named."""
    part_of: re.Pattern[str]
    """All that stands between a part of a sum and the sum."""
    each: re.Pattern[str]
    """Words beside a sum by which it is that of each of several."""
    two: re.Pattern[str]
    """Words by which there are two of them."""
    months: re.Pattern[str]


def find_money(text: str) -> Money | None:
    """Return the first sum in a text; ``None`` where there is none.

    ``kr`` are Swedish crowns and ``$`` American dollars, as no language says otherwise.

    >>> str(find_money("refunded € 1.234,50 today"))
    '1234.50 EUR'
    """
    return next((money for _, money in _sums(text.lower(), "SEK", "USD")), None)


def sums_in(text: str, words: SumWords) -> list[tuple[tuple[int, int], Money]]:
    """Return the sums in folded text with where they stand, in their order."""
    return list(_sums(text, words.crowns, words.dollar))


def names_sum(text: str, money: Money) -> bool:
    """Return whether a text names a sum.

    >>> names_sum("a penalty of 42,50 €", Money(amount=Decimal("42.5"), currency="EUR"))
    True
    """
    named = _sums(text.lower(), money.currency, money.currency)
    return any(each.amount == money.amount for _, each in named)


def beside_sum(text: str, money: Money) -> tuple[str, ...]:
    """Return the words beside a sum, of its own clause, each time that it is named.

    >>> refund = Money(amount=Decimal(297), currency="EUR")
    >>> beside_sum("Hoy le devolvemos los 297,00 € restantes. Gracias.", refund)
    ('hoy le devolvemos los restantes',)
    """
    folded, found = fold(text), list[str]()
    for (first, last), named in _sums(folded, money.currency, money.currency):
        if named.amount == money.amount:
            before = _BREAK.split(folded[:first])[-1].split()
            after = _BREAK.split(folded[last:])[0].split()
            found.append(" ".join((*before[-_BEFORE:], *after[:_BEHIND])))
    return tuple(found)


_BREAK = re.compile(r"[.,;:!?()]")
_BEFORE, _BEHIND = 4, 1
"""So near a word stands that says what the sum is."""


def money_by(
    sentences: Sequence[str], money: Money, languages: Sequence[DayWords], on: date
) -> date | None:
    """Return the last day that a sentence names beside a sum; ``None`` for none.

    ``on`` is the day of the answer: a day of the sum lies after it, and not far.
    """
    beside = [fold(each) for each in sentences if names_sum(each, money)]
    told = (
        day.on
        for sentence in beside
        for words in languages
        for day in find_days(sentence, words, on)
    )
    return max((d for d in told if on < d <= on + PROMISED_WITHIN), default=None)


PROMISED_WITHIN = timedelta(days=60)
"""A day that lies further ahead is that of something else, such as the end."""


def money_back(
    sentences: Sequence[str],
    grounds: Sequence[str],
    languages: Sequence[SumWords],
    *,
    is_granted: bool,
) -> Money | None:
    """Return the sum that comes back; ``None`` where none is clear.

    ``grounds`` are the sentences by which money is granted: a sum in one of them counts
    even where no word beside it says that it comes back. ``is_granted`` where the
    answer grants money before all: the one sum that it names is that.
    """
    least = GRANTED if is_granted else BESIDE
    best: tuple[float, Money] | None = None
    only: set[Money] = set()
    for sentence in sentences:
        here: tuple[float, Money] | None = None
        for points, money in chain.from_iterable(
            _weighed(sentence, words) for words in languages
        ):
            only.add(money)
            sure = points + (NEAR if sentence in grounds else 0)
            # of several sums in one sentence the last is the total
            if sure >= (here[0] if here else least):
                here = sure, money
        if here and (best is None or here[0] > best[0]):
            best = here
    if best is None and is_granted and len(only) == 1:
        return only.pop()
    return best[1] if best else None


def _weighed(sentence: str, words: SumWords) -> Iterator[tuple[float, Money]]:
    folded = fold(sentence)
    if folded.endswith("?"):
        return
    is_back = bool(words.back.search(folded))
    cuts = [match.span() for match in _CLAUSE.finditer(folded)]
    cuts += [match.span() for match in words.joins.finditer(folded)]
    folded = _without_opening(folded, words)
    before = 0.0
    sums = list(_sums(folded, words.crowns, words.dollar))
    for (first, last), money, is_whole in _without_wholes(folded, sums, words):
        start, stop = _clause_around(folded, cuts, (first, last), words)
        clause = folded[start : last if is_whole else stop]
        points = HERE if words.back.search(clause) else NEAR if is_back else 0.0
        points += KEPT if words.other.search(clause) else 0.0
        # "29 comes back; the rest does not" negates nothing of the 29
        part = folded[folded.rfind(";", 0, first) + 1 :].split(";")[0]
        if words.nothing.search(part):
            near = folded[start : min(stop, last + _AFTER)]
            points += NOTHING if words.nothing.search(near) else NO
        if words.total.search(folded[:first]):
            # "2 x 299 kr, that is 598 kr": the total is what the parts were
            points = max(points, before)
        before = points
        yield points, _of_all(folded, (first, last), money, words)


def _of_all(folded: str, span: tuple[int, int], money: Money, words: SumWords) -> Money:
    """Return what a sum of each of several comes to, where their number is told.

    "Your October and November charges, 24.99 each" come to 49.98.
    """
    first, last = span
    beside = (
        f"{folded[max(0, first - _BESIDE) : first]} {folded[last : last + _BESIDE]}"
    )
    if not words.each.search(beside):
        return money
    start, stop = folded.rfind(". ", 0, first) + 1, len(folded)
    months = {match[0] for match in words.months.finditer(folded, start, stop)}
    many = len(months)
    if many < _TWO:
        many = _TWO if words.two.search(folded, start, stop) else 1
    return money.of(money.amount * many)


_BESIDE = 14
"""Letters beside a sum in which a word says that it is that of each."""


def _without_wholes(
    folded: str, sums: Sequence[tuple[tuple[int, int], Money]], words: SumWords
) -> Iterator[tuple[tuple[int, int], Money, bool]]:
    """Yield the sums but those of which another is a part, and whether one is.

    "54.50 of the 109 that you paid": what was paid says nothing of the part.
    """
    of_it = False
    for number, (span, money) in enumerate(sums):
        is_part_of_next = number + 1 < len(sums) and bool(
            words.part_of.fullmatch(folded[span[1] : sums[number + 1][0][0]])
        )
        if not of_it:
            yield span, money, is_part_of_next
        of_it = is_part_of_next


def _without_opening(folded: str, words: SumWords) -> str:
    """Return a sentence with the whole blank that it begins with.

    "Of the 109 that you paid, 54.50 comes back": what was paid says nothing of it.
    """
    sums = list(_sums(folded, words.crowns, words.dollar))
    if len(sums) < _TWO:
        return folded
    first, end = sums[0][0]
    if first > _OPENING or not words.part_of.match(f" {folded[:first]}"):
        return folded
    paid = words.other.search(folded[end : end + _OPENING])
    end += paid.end() if paid else 0
    return " " * end + folded[end:]


def _clause_around(
    folded: str,
    cuts: Sequence[tuple[int, int]],
    span: tuple[int, int],
    words: SumWords,
) -> tuple[int, int]:
    first, last = span
    starts = sorted({0, *(stop for _, stop in cuts if stop <= first)})
    stops = sorted({len(folded), *(cut for cut, _ in cuts if cut >= last)})
    before = words.total.sub("", folded[starts[-1] : first])
    beside = (before + folded[last : stops[0]]).strip()
    leads = not before.strip() and len(starts) > 1
    is_back = words.back.search(folded[starts[-1] : stops[0]])
    if leads and not is_back and words.back.search(folded[starts[-2] : starts[-1]]):
        # "a part comes back, 52.50 to be exact"
        return starts[-2], stops[0]
    if len(beside) > _BARE or len(starts) == 1:
        return starts[-1], stops[0]
    # "three visits (36 €) are paid back", "the rest, 36 €, comes back": a sum that
    # stands alone is what stands around it
    return starts[-2], stops[min(1, len(stops) - 1)]


def _sums(
    text: str, crowns: str | None, dollar: str | None
) -> Iterator[tuple[tuple[int, int], Money]]:
    for match in _MONEY.finditer(text):
        parts = match.groupdict()
        number = parts["a"] or parts["b"] or parts["c"] or parts["crowns"]
        unit = parts["sign"] or parts["after"] or parts["code"] or "kr"
        if parts["exact"]:
            currency = parts["exact"].upper()
        elif unit in ("$", "pesos"):
            currency = dollar
        elif unit in ("dollar", "dollars"):
            currency = dollar or "USD"
        elif _CROWN.fullmatch(unit):
            currency = crowns
        else:
            currency = SIGNS.get(unit) or _NAMES.get(unit) or unit.upper()
        if currency is not None:
            yield match.span(), Money(amount=_number(number), currency=currency)


def _number(text: str) -> Decimal:
    """Return a number whose last separator, with two digits after it, is the point."""
    plain = re.sub(r"[.,][-–—]$|[ '\u00a0]", "", text)
    whole, cut, cents = re.match(r"^(.*?)(?:([.,])(\d{1,2}))?$", plain).groups()  # type: ignore[union-attr]  # every text matches
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits}.{cents}" if cut else digits)
