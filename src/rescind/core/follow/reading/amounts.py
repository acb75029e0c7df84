"""Days and sums as messages write them, in the ways of many places."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rescind.core.model.money import Money

_CENTURY = 2000
_LAST_MONTH = 12
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(20\d\d|\d\d)(?!\d)")
_DAY_FIRST = (
    r"(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º|°|:e)?\s*(?:of |de |d')?"
    r"(MONTHS)\.?,?\s*(?:de |del )?(20\d\d)"
)
_MONTH_FIRST = r"(?<!\w)(MONTHS)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(20\d\d)"
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "us$": "USD",
    "r$": "BRL",
    "$": "USD",
    "¥": "JPY",
    "₹": "INR",
}
_CODES = "eur|usd|gbp|chf|sek|nok|dkk|brl|cad|aud|pln|inr|jpy|euros?|kr|dollars?|reais"
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "kr": "SEK",
    "dollar": "USD",
    "dollars": "USD",
    "reais": "BRL",
}
_SUM = r"\d{1,3}(?:[ .,'\u00a0]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY = re.compile(
    rf"(?P<sign>us\$|r\$|[€£$¥₹])\s?(?P<a>{_SUM})"
    rf"|(?<![\d.,])(?P<b>{_SUM})\s?(?P<after>[€£$]|(?:{_CODES})(?!\w))"
    rf"|(?<!\w)(?P<code>eur|usd|gbp|chf|sek|nok|dkk|brl|cad|aud|kr)\s?(?P<c>{_SUM})"
)


def month_patterns(
    months: Mapping[str, int],
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of days whose months are named, for the names given."""
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return (
        re.compile(_DAY_FIRST.replace("MONTHS", names)),
        re.compile(_MONTH_FIRST.replace("MONTHS", names)),
    )


def find_days(
    folded: str,
    months: Mapping[str, int],
    patterns: tuple[re.Pattern[str], re.Pattern[str]],
) -> list[date]:
    """Return the days that a folded text names, in their order.

    A day in figures whose month and day could change places is not guessed, unless
    the dots say which is which: ``03.04.2026`` is the third of April, ``03/04/2026``
    is no day that is known.
    """
    days: list[tuple[int, date]] = []
    for match in _ISO.finditer(folded):
        year, month, day = map(int, match.groups())
        days += [(match.start(), each) for each in _day(year, month, day)]
    first, second = patterns
    for match in first.finditer(folded):
        number, name, year_text = match.groups()
        named = _day(int(year_text), months[name], int(number))
        days += [(match.start(), each) for each in named]
    for match in second.finditer(folded):
        name, number, year_text = match.groups()
        named = _day(int(year_text), months[name], int(number))
        days += [(match.start(), each) for each in named]
    for match in _NUMBERS.finditer(folded):
        days += [(match.start(), each) for each in _in_figures(match)]
    return [each for _, each in sorted(days)]


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _in_figures(match: re.Match[str]) -> Iterator[date]:
    first, dot, second, year_text = match.groups()
    one, two, year = int(first), int(second), int(year_text)
    year += 0 if year >= _CENTURY else _CENTURY
    if dot == "." or one > _LAST_MONTH or one == two:
        yield from _day(year, two, one)
    elif two > _LAST_MONTH:
        yield from _day(year, one, two)


def find_money(text: str) -> Money | None:
    """Return the first sum in a text, in lower case; ``None`` where there is none.

    >>> str(find_money("refunded € 1.234,50 today"))
    '1234.50 EUR'
    """
    match = _MONEY.search(text.lower())
    if match is None:
        return None
    parts = match.groupdict()
    number = parts["a"] or parts["b"] or parts["c"]
    unit = parts["sign"] or parts["after"] or parts["code"]
    currency = SIGNS.get(unit) or _NAMES.get(unit) or unit.upper()
    return Money(amount=_number(number), currency=currency)


def _number(text: str) -> Decimal:
    """Return a number whose last separator, with two digits after it, is the point."""
    plain = re.sub(r"[ '\u00a0]", "", text)
    whole, cut, cents = re.match(r"^(.*?)(?:([.,])(\d{1,2}))?$", plain).groups()  # type: ignore[union-attr]  # every text matches
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits}.{cents}" if cut else digits)
