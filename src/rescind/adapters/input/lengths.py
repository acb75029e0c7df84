"""Lengths as people write them: ``12 months``, ``half a year``, ``un an``, ``monthly``.

The names of units are CLDR's, in the languages that letters are written in; the words
beside them (numbers, halves, ``every``) are few and stand here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from rescind.adapters.data.words import ENGLISH, why_not
from rescind.core.errors import BadInput
from rescind.core.model.period import Period, Unit

NO_TERM = frozenset(
    {"open", "none", "no", "unlimited", "open-ended", "ongoing", "indefinitely"}
)
"""How people say that there is no term, or no notice."""
_ONE_DAY = "P1D"
_EXAMPLES = ("12 months", "1 year", "14 days")
_LANGUAGES = (
    *("de", "fr", "es", "it", "sv", "nl", "pt", "da", "nb", "pl", "fi", "cs", "hu"),
    *("el", "ro", "ja", "ko"),
)
_NAMED_BY_CLDR = {
    "duration-day": Period(1, Unit.DAY),
    "duration-week": Period(1, Unit.WEEK),
    "duration-month": Period(1, Unit.MONTH),
    "duration-quarter": Period(3, Unit.MONTH),
    "duration-year": Period(1, Unit.YEAR),
}
_PLURALS = (1, 2, 5)
"""Numbers that have each plural form of the languages between them."""


def _table(rows: Mapping[Period, str]) -> dict[str, Period]:
    return {word: length for length, words in rows.items() for word in words.split()}


_UNITS = _table(
    {
        Period(1, Unit.DAY): "day days d tagen dagars",
        Period(1, Unit.WEEK): "week weeks w wk wks veckors",
        Period(2, Unit.WEEK): "fortnight fortnights quinzaine quincena",
        Period(1, Unit.MONTH): "month months m mo mos mth mths monaten mon månaders",
        Period(3, Unit.MONTH): "quarter quarters qtr qtrs vierteljahr vierteljahre",
        Period(6, Unit.MONTH): "half-year halfyear halbjahr halbjahre halbjahren "
        "semester semestre semestres semestri halvår semestrale 半年",
        Period(1, Unit.YEAR): "year years y yr yrs jahren année années",
    }
)
_RHYTHMS = _table(
    {
        Period(1, Unit.DAY): "daily täglich",
        Period(1, Unit.WEEK): "weekly wöchentlich hebdomadaire semanal settimanale "
        "wekelijks",
        Period(2, Unit.WEEK): "fortnightly zweiwöchentlich vierzehntägig quincenal",
        Period(1, Unit.MONTH): "monthly monatlich mensuel mensuelle mensuellement "
        "mensual mensualmente mensal mensile maandelijks månadsvis månedlig",
        Period(2, Unit.MONTH): "zweimonatlich bimestriel bimestral bimestrale",
        Period(3, Unit.MONTH): "quarterly vierteljährlich quartalsweise trimestriel "
        "trimestrielle trimestral trimestrale",
        Period(6, Unit.MONTH): "half-yearly semi-annual semiannual semi-annually "
        "semiannually halbjährlich semestriel semestrielle semestral",
        Period(1, Unit.YEAR): "yearly annual annually jährlich annuel annuelle "
        "annuellement anual anualmente annuale jaarlijks årlig årligen årsvis",
    }
)
_NUMBERS = {
    word: Decimal(number)
    for number, words in {
        "1": "a an one ein eine einen einem einer un une uno una um uma een één en ett "
        "et jeden yksi",
        "2": "two zwei deux dos due dois duas twee två dwa kaksi couple",
        "3": "three drei trois tres tre três drie trzy",
        "4": "four vier quatre cuatro quattro quatro fyra fire",
        "5": "five fünf cinq cinco cinque vijf fem",
        "6": "six sechs seis sei zes sex seks",
        "7": "seven sieben sept siete sette sete zeven sju syv",
        "8": "eight acht huit ocho otto oito åtta otte åtte",
        "9": "nine neun neuf nueve nove negen nio ni",
        "10": "ten zehn dix diez dieci dez tien tio ti",
        "11": "eleven elf onze once undici elva elleve",
        "12": "twelve zwölf douze doce dodici doze twaalf tolv",
        "14": "fourteen vierzehn quatorze catorce quattordici veertien fjorton",
        "18": "eighteen achtzehn dix-huit dieciocho diciotto achttien arton",
        "24": "twenty-four vierundzwanzig vingt-quatre veinticuatro ventiquattro",
        "30": "thirty dreißig dreissig trente treinta trenta dertig trettio",
        "90": "ninety neunzig noventa novanta negentig nittio",
        "0.5": "half halbes halber halbe halben demi demie medio media mezzo mezza "
        "meio halv halvt ½",
        "1.5": "anderthalb eineinhalb einundeinhalb anderhalve",
    }.items()
    for word in words.split()
}
_AND = frozenset({"and", "und", "et", "y", "e", "och", "og", "en", "i", "plus", ","})
_PASSED_OVER = frozenset(
    {
        *("every", "each", "per", "all", "alle", "jede", "jeden", "jedes", "jeder"),
        *("pro", "par", "por", "cada", "tous", "toutes", "les", "chaque", "ogni"),
        *("varje", "var", "at", "least", "minimum", "min", "minimal", "mindestens"),
        *("the", "of", "in", "advance", "calendar", "full", "whole", "only", "exactly"),
        *("term", "contract", "notice", "period", "commitment", "subscription"),
        *("laufzeit", "vertrag", "kündigungsfrist", "/"),
    }
)
"""Words that stand beside a length in contracts and change nothing of it."""
_TWO_MEANINGS = {
    "biweekly": ("2 weeks",),
    "bi-weekly": ("2 weeks",),
    "bimonthly": ("2 weeks", "2 months"),
    "bi-monthly": ("2 weeks", "2 months"),
    "biannual": ("6 months", "2 years"),
    "biannually": ("6 months", "2 years"),
}
"""Twice in a time, or once in two of them: the person is asked."""
_HOURS = frozenset({"h", "hour", "hours", "hrs", "stunden", "heures", "horas", "ore"})
_HOURS_OF_DAY = 24
_ISO_DURATION = re.compile(r"p(?=\d)(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)w)?(?:(\d+)d)?")
_ISO_UNITS = (Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.DAY)
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|½|/|,")


def read_written_length(text: str, field: str) -> Period:
    """Return the length that somebody wrote: ``12 months``, ``a year``, ``P12M``.

    Parts of a year are months, parts of a week days; a day of 24 hours is a day.
    Raises BadInput naming the field, with what it may have meant, or with ways to
    write a length.

    >>> read_written_length("12 Monate", "term").iso()
    'P12M'
    >>> read_written_length("one and a half years", "term").iso()
    'P18M'
    """
    words = " ".join(unicodedata.normalize("NFC", text).split()).casefold()
    length = _length(words)
    if length is None:
        message = why_not("no_length", value=text.strip()[:40])
        raise BadInput(field, message, _near(words) or _EXAMPLES)
    return length


def is_length(text: str) -> bool:
    """Return whether a text is a length and so no day."""
    return _length(" ".join(text.split()).casefold()) is not None


def unit_named(word: str) -> Period | None:
    """Return the length that the name of a unit, or of a rhythm, stands for.

    >>> unit_named("Monat"), unit_named("yearly")
    (Period(count=1, unit=<Unit.MONTH: 'M'>), Period(count=1, unit=<Unit.YEAR: 'Y'>))
    """
    name = word.casefold().rstrip(".")
    known = _UNITS.get(name) or _RHYTHMS.get(name)
    return known or _units_of_cldr().get(name)


def _length(words: str) -> Period | None:
    iso = _ISO_DURATION.fullmatch(words)
    if iso is not None:
        # P1Y6M: a duration of ISO 8601 may have several parts
        return _sum(
            [
                (Decimal(count), Period(1, unit))
                for count, unit in zip(iso.groups(), _ISO_UNITS, strict=True)
                if count is not None
            ]
        )
    parts = list(_parts(_apart(words)))
    if not parts or None in parts:
        return None
    return _sum([part for part in parts if part is not None])


def _apart(words: str) -> list[str]:
    """Return the words and numbers, those that hang together taken apart."""
    words = re.sub(r"['’]s?\b", "", words)
    words = re.sub(r"(\d)½", r"\1.5", words).replace("1/2", "½")
    if words in _RHYTHMS:
        return [words]
    apart: list[str] = []
    for word in _WORD.findall(words):
        known = word in _NUMBERS or word in _PASSED_OVER or unit_named(word)
        apart += [word] if known or "-" not in word else word.split("-")
    return [word for word in apart if word not in _PASSED_OVER]


def _parts(words: list[str]) -> Iterator[tuple[Decimal, Period] | None]:
    """Yield each number with its unit; ``None`` for what is neither."""
    numbers: list[Decimal] = []
    unit: Period | None = None
    for word in words:
        number = _together(tuple(numbers))
        named, count = _unit_after(number, word), _number(word)
        if named is not None and numbers:
            unit = named[1]
            yield named
            numbers.clear()
        elif word in _AND and (numbers or unit is not None):
            numbers += [_JOINED] if numbers else []
        elif count is not None:
            numbers.append(count)
        elif named is not None:
            unit = named[1]
            yield named
        else:
            yield None
    if numbers:
        # "a year and a half": the half is one of the unit before
        is_half = unit is not None and _together(tuple(numbers)) == _HALF
        yield (_HALF, unit) if is_half and unit is not None else None


_HALF, _ONE, _JOINED = Decimal("0.5"), Decimal(1), Decimal(0)


def _together(numbers: tuple[Decimal, ...]) -> Decimal | None:
    """Return the number that a few make: ``half a``, ``two and a half``.

    One where there is none; ``None`` where they make no number.
    """
    if len(numbers) < 2:  # noqa: PLR2004 - one number, or none
        return numbers[0] if numbers else _ONE
    first, *rest = numbers
    if _JOINED in rest:
        return (
            first + _HALF
            if rest in ([_JOINED, _HALF], [_JOINED, _ONE, _HALF])
            else None
        )
    return _HALF if sorted(numbers) == [_HALF, _ONE] else None


def _number(word: str) -> Decimal | None:
    if word[0].isdecimal():
        return Decimal(word.replace(",", "."))
    return _NUMBERS.get(word)


def _unit_after(number: Decimal | None, word: str) -> tuple[Decimal, Period] | None:
    """Return a number with the unit that a word names."""
    if number is None:
        return None
    if word in _HOURS:
        return number / _HOURS_OF_DAY, Period(1, Unit.DAY)
    unit = unit_named(word)
    return None if unit is None else (number, unit)


def _sum(parts: list[tuple[Decimal, Period]]) -> Period | None:
    """Return lengths as one, in the unit that was named where there is but one.

    ``None`` where no whole number of months or of days is as long.
    """
    counts = [(number * length.count, length.unit) for number, length in parts]
    units = {unit for _, unit in counts}
    total = sum(number for number, _ in counts)
    if len(units) == 1 and total == int(total):
        unit = units.pop()
    elif units <= {Unit.MONTH, Unit.YEAR}:
        months = [n * (12 if unit is Unit.YEAR else 1) for n, unit in counts]
        unit, total = Unit.MONTH, sum(months)
    elif units <= {Unit.DAY, Unit.WEEK}:
        days = [n * (7 if unit is Unit.WEEK else 1) for n, unit in counts]
        unit, total = Unit.DAY, sum(days)
    else:
        return None
    is_one = total == int(total) and 0 < total <= _MOST
    return Period(int(total), unit) if is_one else None


_MOST = 9999
"""The largest count that ISO 8601 durations are written with here."""


def _near(words: str) -> list[str]:
    """Return what a text that is no length may have meant: a length that is in it."""
    if words.isdecimal() and int(words):
        return [f"{words} days", f"{words} months"]
    if words in _TWO_MEANINGS:
        return list(_TWO_MEANINGS[words])
    apart = _apart(words)
    runs = (
        " ".join(apart[first:last])
        for first in range(len(apart))
        for last in range(len(apart), first + 1, -1)
    )
    near = next((run for run in runs if _length(run) is not None), None)
    length = None if near is None else _length(near)
    return [] if length is None else [ENGLISH.write(length)]


@cache
def _units_of_cldr() -> Mapping[str, Period]:
    """Return the lengths that CLDR's names of units stand for.

    They take 0.1 s to load, which English and German words need not wait for.
    """
    from babel.units import format_unit  # noqa: PLC0415 - 0.02 s; seldom used

    names: dict[str, Period] = {}
    for unit, length in _NAMED_BY_CLDR.items():
        for language in _LANGUAGES:
            for number in _PLURALS:
                text = format_unit(number, unit, "long", locale=language)
                name = re.sub(r"[\d\s]", "", text).casefold().rstrip(".")
                names.setdefault(name, length)
    return names


def without_none(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return facts with the shortest length for a term and a notice told as none.

    Without a minimum term a contract binds for what is paid and then runs on, unless
    a renewal was told; one that needs no notice binds for the day on which it is
    given. Raises BadInput where a contract has no
    term and how often it is paid was not told.
    """
    shortest = {"term": facts.get("period") or "", "notice": _ONE_DAY}
    none = {
        name: length
        for name, length in shortest.items()
        if str(facts.get(name) or "").strip().casefold() in NO_TERM
    }
    if none.get("term") == "":
        message = why_not("none_needs_period", value=str(facts["term"]).strip())
        raise BadInput("period", message, ["1 month", "1 year"])
    if "term" in none and not facts.get("renewal_term"):
        none["renewal_term"] = "open"
    return {**facts, **none}
