"""Days, lengths and sums as people write them, become what the facts are made of.

``dateparser`` reads days and ``price-parser`` sums, in the languages they know. A day
in numbers is read here, since the order of day and month is the very thing that goes
wrong: dots mean that the day comes first, and where slashes or dashes leave two days
possible the person is asked.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.numbers import get_territory_currencies

from rescind.adapters.data import countries
from rescind.adapters.data.words import why_not
from rescind.adapters.input.facts import nearest_days
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Fact, FactKind
from rescind.core.model.money import Money
from rescind.core.model.period import Period, Unit

_NUMERIC = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMPACT = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_LENGTH = re.compile(r"(?:(\d{1,4})|([^\W\d_]+))[\s-]*([^\W\d_]+)\.?")
_CENTURY = 2000
_SPAN = (1990, 2100)
_SOME = ("12 months", "1 year", "14 days")
_NO_TERM = frozenset({"open", "none", "no", "unlimited", "open-ended"})
_UNITS = {
    Unit.DAY: ("day", "days", "d", "tag", "tage", "tagen", "jour", "jours", "día"),
    Unit.WEEK: ("week", "weeks", "w", "wk", "wks", "woche", "wochen", "semaine"),
    Unit.MONTH: ("month", "months", "m", "mo", "mos", "mth", "monat", "monate"),
    Unit.YEAR: ("year", "years", "y", "yr", "yrs", "jahr", "jahre", "jahren"),
}
_MORE_UNITS = {
    Unit.DAY: "días dia dias giorno giorni dag dagen dagar dage dager dzień dni",
    Unit.WEEK: "semaines semana semanas settimana settimane weken vecka veckor uge",
    Unit.MONTH: "monaten mois mes meses mese mesi maand maanden månad månader måned",
    Unit.YEAR: "an ans année années año años ano anos anno anni jaar år rok lat lata",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words} | {
    word: unit for unit, words in _MORE_UNITS.items() for word in words.split()
}
_COUNTS = {
    **dict.fromkeys(("a", "an", "one", "ein", "eine", "un", "une", "uno", "una"), 1),
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "nine": 9,
    "twelve": 12,
    "eighteen": 18,
    "zwei": 2,
    "drei": 3,
    "sechs": 6,
    "zwölf": 12,
    "deux": 2,
    "trois": 3,
    "dos": 2,
    "tres": 3,
}
_ONE_WORD = {
    "yearly": Period(1, Unit.YEAR),
    "annual": Period(1, Unit.YEAR),
    "annually": Period(1, Unit.YEAR),
    "monthly": Period(1, Unit.MONTH),
    "weekly": Period(1, Unit.WEEK),
    "daily": Period(1, Unit.DAY),
    "quarterly": Period(3, Unit.MONTH),
    "fortnightly": Period(2, Unit.WEEK),
}
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "zł": "PLN"}
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "rupees": "INR",
    "rupee": "INR",
    "rs": "INR",
    "yen": "JPY",
    "won": "KRW",
    "reais": "BRL",
    "r$": "BRL",
    "us$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "hk$": "HKD",
    "s$": "SGD",
    "mx$": "MXN",
    "a$": "AUD",
    "nz$": "NZD",
}
_LOCAL_OF = {
    "$": "dollar",
    "dollar": "dollar",
    "dollars": "dollar",
    "kr": "kr",
    "krone": "kron",
    "kroner": "kron",
    "krona": "kron",
    "kronor": "kron",
    "fr": "franc",
    "francs": "franc",
    "sfr": "franc",
}
"""Names that several countries have for their money, and what CLDR's name holds."""


def read_written_day(text: str, field: str, *, today: date) -> date:
    """Return the day that somebody wrote, ``today`` being the day they wrote on.

    A month alone counts from its first day. Raises BadInput naming the field, with
    both days where two are possible, or with ways to write a day.

    >>> read_written_day("01.03.2025", "purchased_at", today=date(2026, 11, 28))
    datetime.date(2025, 3, 1)
    """
    words = " ".join(text.split())
    numbers = _NUMERIC.fullmatch(words)
    if numbers is not None:
        return _in_numbers(numbers, words, field)
    if _ISO.fullmatch(words) or _COMPACT.fullmatch(words):
        year, month, day = (int(part) for part in re.split(r"[-./]", words))
        return _usable(_day(year, month, day), words, field)
    return _usable(_in_words(words, today), words, field)


def _in_numbers(numbers: re.Match[str], words: str, field: str) -> date:
    first, second = int(numbers[1]), int(numbers[3])
    year = int(numbers[4]) + (_CENTURY if len(numbers[4]) == len("26") else 0)
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if numbers[2] == "." or month_first is None or day_first == month_first:
        return _usable(day_first, words, field)
    if day_first is None:
        return _usable(month_first, words, field)
    days = [day_first.isoformat(), month_first.isoformat()]
    both = {"first": day_first, "second": month_first}
    raise BadInput(field, why_not("two_days", value=words, **both), days)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(words: str, today: date) -> date | None:
    import dateparser  # noqa: PLC0415 - 0.09 s; only a day in words needs it

    letters = sum(character.isalpha() for character in words)
    is_short = letters <= _SHORTEST and not any(c.isdigit() for c in words)
    # "no" and "May" are days to dateparser, and "12 months" is one that long ago.
    if not letters or is_short or _is_length(words):
        return None
    moment = dateparser.parse(
        words,
        settings={
            "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - dateparser's naive base
            "PREFER_DATES_FROM": "past",
            "PREFER_DAY_OF_MONTH": "first",
            "DATE_ORDER": "DMY",
        },
    )
    return None if moment is None else moment.date()


_SHORTEST = 3
"""Letters of a word that names no day by itself."""


def _is_length(words: str) -> bool:
    match = _LENGTH.fullmatch(words.casefold())
    if match is None or match[3] not in _UNIT_OF:
        return False
    return bool(match[1]) or match[2] in _COUNTS


def _usable(day: date | None, words: str, field: str) -> date:
    if day is None or not _SPAN[0] <= day.year <= _SPAN[1]:
        message = why_not("no_day", value=words[:40])
        near = nearest_days(words) or ["3 March 2025", "01.03.2025", "2025-03-01"]
        raise BadInput(field, message, near)
    return day


def read_written_length(text: str, field: str) -> Period:
    """Return the length that somebody wrote: ``12 months``, ``a year``, ``P12M``.

    Raises BadInput naming the field, with ways to write a length.

    >>> read_written_length("12 Monate", "term").iso()
    'P12M'
    """
    words = " ".join(text.split()).casefold()
    if words in _ONE_WORD:
        return _ONE_WORD[words]
    try:
        return Period.parse(words.upper())
    except ValueError:
        match = _LENGTH.fullmatch(words)
    count = match and (int(match[1]) if match[1] else _COUNTS.get(match[2]))
    unit = match and _UNIT_OF.get(match[3])
    if not count or unit is None:
        message = why_not("no_length", value=text.strip()[:40])
        raise BadInput(field, message, _SOME)
    return Period(count, unit)


def in_standard_form(facts: Mapping[str, str], *, today: date) -> dict[str, str]:
    """Return what a person typed with days, lengths and sums as facts are written.

    What has that form already stays as it is. Raises BadInput naming the field.
    """
    country = facts.get("country")
    if country:
        country = countries.place(country)
        facts = {**facts, "country": country}
    return {
        name: _standard(FACTS[name], text, today, country) if name in FACTS else text
        for name, text in facts.items()
    }


def is_written(name: str) -> bool:
    """Return whether a fact is a day, a length or a sum, read in a person's own way."""
    return name in FACTS and FACTS[name].kind in _READ


_READ = frozenset(
    {FactKind.LENGTH, FactKind.MONEY, FactKind.DAY, FactKind.MOMENT},
)


def _standard(fact: Fact, text: str, today: date, country: str | None) -> str:
    if fact.kind is FactKind.LENGTH:
        if fact.name == "renewal_term" and text.strip().casefold() in _NO_TERM:
            return "open"
        return read_written_length(text, fact.name).iso()
    if fact.kind is FactKind.MONEY:
        return str(read_written_money(text, fact.name, country=country))
    is_day = fact.kind in (FactKind.DAY, FactKind.MOMENT)
    if is_day and not _ISO.match(text.strip()):
        return read_written_day(text, fact.name, today=today).isoformat()
    return text


def read_written_money(text: str, field: str, *, country: str | None) -> Money:
    """Return the sum that somebody wrote: ``399``, ``€399``, ``1.299,00 EUR``.

    Where no currency is named, it is that of ``country`` (ISO 3166-1). Raises BadInput
    naming the field: for no sum, and for one whose currency nobody can tell.
    """
    from price_parser import Price  # noqa: PLC0415 - 0.02 s; only a sum needs it

    price = Price.fromstring(text.strip())
    if price.amount is None or text.strip().startswith("-"):
        message = why_not("no_sum", value=text.strip()[:40])
        raise BadInput(field, message, ["399.00 EUR", "€399", "13.50 USD"])
    currency = _currency(text, country)
    if currency is None:
        message = why_not("which_currency", amount=str(price.amount))
        suggestions = [f"{price.amount} {code}" for code in ("EUR", "USD")]
        raise BadInput(field, message, suggestions)
    return Money(amount=Decimal(price.amount), currency=currency)


def _currency(text: str, country: str | None) -> str | None:
    """Return the currency that a text names, or that the country has if none is."""
    codes = Locale("en").currencies
    names = {
        word
        for word in re.findall(r"[^\W\d_]*[$€£¥₹₩]|[^\W\d_]+", text.casefold())
        if word.upper() in codes or word in {**_SIGNS, **_NAMES, **_LOCAL_OF}
    }
    if not names:
        return _money_of(country)
    meanings = {_code(name, country) for name in names}
    return meanings.pop() if len(meanings) == 1 else None


def _code(name: str, country: str | None) -> str | None:
    """Return the ISO 4217 code of a name; ``None`` where several countries use it."""
    if name in _LOCAL_OF:
        local = _money_of(country)
        english = str(Locale("en").currencies.get(local, "")).casefold()
        if local is not None and _LOCAL_OF[name] in english:
            return local
        return "USD" if name == "$" else None
    return _SIGNS.get(name) or _NAMES.get(name) or name.upper()


def _money_of(country: str | None) -> str | None:
    current = get_territory_currencies(country[:2]) if country else []
    return str(current[0]) if current else None
