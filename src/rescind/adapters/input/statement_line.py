"""Lines of statements as people type them: the name, with sum and day taken off it.

A number belongs to a name unless its form is that of money or of a day: ``Studio 54``
and ``Channel 4`` stay, ``10,99``, ``€10``, ``-10,99 EUR`` and ``12.11.`` do not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from rescind.adapters.input.days import possible_days
from rescind.adapters.input.lengths import unit_named
from rescind.adapters.input.sums import code_named, names_money

_NUMBER = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+|\d+)"
    r"(?:[.,](?:\d{2}(?![\d.,]*\d)|[-–—]{1,2}))?(?![\d.,]*\d)"
)
_DECIMALS = re.compile(r"[.,](?:\d{2}|[-–—]{1,2})$")
_ROUND = re.compile(r"[.,][-–—]{1,2}$")
"""A sum without hundredths: ``10,-``."""
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{2}")
_FIRST_THOUSAND = re.compile(r"(?<![\w.,])\d (?=\d{3}(?!\d)[^ ]*$)")
_SPACED = frozenset({"kr", "sek", "nok", "dkk", "czk", "kč", "pln", "zł", "huf", "ft"})
"""Money whose thousands stand apart: of others 7 299,00 is 299,00 paid to a Canal 7."""
_SIGNS = "-−–+"
_DEBIT = frozenset({"s", "soll", "dr", "d", "debit"})
_CREDIT = frozenset({"h", "haben", "cr", "c", "credit"})
"""Marks of banks behind a sum: it was taken, or it came in."""
_EACH = frozenset({"per", "pro", "a", "je", "par", "al", "por", "every", "each", "im"})
_WITHOUT_HUNDREDTHS = frozenset(
    {
        *(
            "eur",
            "euro",
            "euros",
            "usd",
            "gbp",
            "chf",
            "sek",
            "nok",
            "dkk",
            "pln",
            "zł",
        ),
        *("czk", "kč", "huf", "ron", "aud", "cad", "nzd", "jpy", "inr", "brl", "mxn"),
        *("kr", "dollar", "dollars", "pounds", "us$", "r$", "a$", "ca$", "c$", "au$"),
    }
)
"""What makes a whole number a sum: other words may belong to a name, as ``FR``."""
_BETWEEN = " \t,;|:-–—/\u00a0"
"""What stands between the parts of a line."""
_STRICT = (
    r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d{2})?(?!\d)",
    r"\d{4}(?P<a>[-/.])\d{2}(?P=a)\d{2}",
    r"\d{1,2}(?P<b>[-/])\d{1,2}(?P=b)(?:\d{4}|\d{2})",
)
"""Days that are nothing else."""
_BESIDE_A_SUM = (r"\d{2}[./]\d{2}\.?", r"20\d{6}")
"""What is a day beside a sum: 24/7 is no day, nor is 12.11 where it may be the sum."""
_BEFORE = r"(?:(?:vom|am|on|le|du|el|den|per|dated)\s+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """What a line tells, each as it was written."""

    name: str
    price: str = ""
    """A sum, with its money where that is named; empty: none, or none for sure."""
    day: str = ""
    is_of_statement: bool = False
    """A sum or a day stood beside the name."""


def read_line(text: str, *, today: date) -> WrittenLine:
    """Return the name in a line of a statement, with the sum and the day beside it.

    >>> read_line("NETFLIX.COM 13,99", today=date(2026, 11, 30)).price
    '13,99'
    >>> [
    ...     read_line(each, today=date(2026, 11, 30)).name
    ...     for each in ("12.11. SPOTIFY -10,99 EUR", "Studio 54", "Gym 24/7", "9,99")
    ... ]
    ['SPOTIFY', 'Studio 54', 'Gym 24/7', '9,99']
    """
    reader = _LineParts(unicodedata.normalize("NFKC", text).strip(), today)
    reader.read()
    return reader.line()


_SHORT_NAME = re.compile(r"\s*\d{1,2}\s*")
"""A name of numbers alone: ``3``."""


class _LineParts:
    """Takes sums and days off both ends of a line, for as long as there are any."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._rest, self._today = text, text, today
        self._sums: list[tuple[int, str]] = []
        """Where each sum stood, and the sum; empty where money came in."""
        self._days: list[tuple[int, str]] = []
        self._open: list[tuple[int, str]] = []
        """Numbers that can be a sum or a day."""
        self._start = 0

    def read(self) -> None:
        """Take off what stands at the ends; the name is never taken."""
        while any((self._take_day(), self._take_last_sum(), self._take_first_sum())):
            pass

    def line(self) -> WrittenLine:
        """Return what was read."""
        days = self._days or (self._open if self._sums else [])
        sums = self._sums or (self._open if self._days else [])
        return WrittenLine(
            name=self._rest,
            price=min(sums, default=(0, ""))[1],
            day=min(days, default=(0, ""))[1],
            is_of_statement=bool(self._sums or self._days or self._open),
        )

    def _keep(self, start: int, end: int) -> bool:
        """Keep what is between two places, if a name is still there."""
        left = self._rest[start:end]
        if not any(c.isalpha() for c in left) and not _SHORT_NAME.fullmatch(left):
            return False
        shorter = left.lstrip(_BETWEEN)
        self._start += start + len(left) - len(shorter)
        self._rest = shorter.rstrip(_BETWEEN)
        return True

    def _take_day(self) -> bool:
        patterns = [*_STRICT, *(_BESIDE_A_SUM if self._sums else ())]
        for pattern in patterns:
            for shape in (
                rf"(?P<at>{_BEFORE}(?P<day>{pattern}))(?=[\s,;|:]|$)",
                rf"(?<![\w.,/-])(?P<at>{_BEFORE}(?P<day>{pattern}))$",
            ):
                if self._take_day_of(shape):
                    return True
        return bool(self._sums) and any(map(self._take_day_of, _with_month()))

    def _take_day_of(self, shape: str) -> bool:
        is_last = shape.endswith("$")
        search = re.search if is_last else re.match
        match = search(shape, self._rest, re.IGNORECASE)
        if match is None or not self._is_day(match["day"]):
            return False
        place = self._start + match.start("day")
        ends = (0, match.start("at")) if is_last else (match.end("at"), None)
        if not self._keep(ends[0], len(self._rest) if ends[1] is None else ends[1]):
            return False
        self._days.append((place, " ".join(_apart(match["day"]).split())))
        return True

    def _is_day(self, text: str) -> bool:
        has_month = any(character.isalpha() for character in text)
        return has_month or bool(possible_days(text, self._today))

    def _take_last_sum(self) -> bool:
        numbers = list(_NUMBER.finditer(self._rest))
        if not numbers:
            return False
        number = numbers[-1]
        behind = _tail(self._rest[number.end() :], number[0])
        if behind is None:
            return False
        start, text = number.start(), number[0]
        thousand = _FIRST_THOUSAND.search(self._rest[: number.end()])
        if thousand is not None and behind.money.casefold() in _SPACED:
            start, text = thousand.start(), thousand[0].strip() + text
        before = _lead(self._rest[:start], text)
        return self._take_sum((start, text), before, behind, (0, before.at))

    def _take_first_sum(self) -> bool:
        """Take a sum with hundredths off the beginning: a name may begin without."""
        shape = rf"(?P<lead>[^\w]*|[^\W\d_]{{3}} ?)(?P<number>{_NUMBER.pattern})"
        number = re.match(shape, self._rest)
        if number is None or not _DECIMALS.search(number["number"]):
            return False
        lead = _lead(number["lead"], number["number"])
        word = re.match(r"\s?([^\w\s]|[^\W\d_]{3}\b)", self._rest[number.end() :])
        has_word = word is not None and names_money(word[1])
        named = word[1] if word is not None and has_word else ""
        end = number.end() + (word.end() if word is not None and has_word else 0)
        behind = self._rest[end : end + 1]
        if lead.at or behind.isalnum() or behind == ".":
            return False
        whole = (end, len(self._rest))
        place = number.start("number")
        return self._take_sum(
            (place, number["number"]), lead, _Beside(money=named), whole
        )

    def _take_sum(
        self,
        found: tuple[int, str],
        before: "_Beside",
        behind: "_Beside",
        keeps: tuple[int, int],
    ) -> bool:
        at, number = found
        money = before.money or behind.money
        has_decimals = bool(_DECIMALS.search(number))
        is_signed = before.is_debit or before.is_credit
        is_whole_sum = money.casefold() in _WITHOUT_HUNDREDTHS or (
            bool(money) and not money.isalnum()
        )
        if not (has_decimals or is_whole_sum or is_signed):
            return False
        place = self._start + at
        if not self._keep(*keeps):
            return False
        is_bare = not (money or is_signed or behind.is_debit or behind.is_credit)
        if is_bare and _DAY_AND_MONTH.fullmatch(number) and self._is_day(number):
            self._open.append((place, number))
            return True
        is_credit = before.is_credit or behind.is_credit
        amount = _ROUND.sub("", number)
        named = code_named(money) or money
        self._sums.append((place, "" if is_credit else f"{amount} {named}".strip()))
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What stands beside a number."""

    money: str = ""
    is_debit: bool = False
    is_credit: bool = False
    at: int = 0
    """Where the sum begins with it."""


def _lead(text: str, number: str) -> _Beside:
    """Return the money and the sign before a number."""
    sign, money, rest = "", "", text
    while True:
        bare = rest.rstrip(" \u00a0(")
        last = re.search(r"(?:[^\W\d_]{1,3}\$|[^\W\d_]+\.?|[^\w\s])$", bare)
        if last is None:
            break
        token, begins = last[0], last.start()
        is_apart = begins == 0 or bare[begins - 1] in " \t(;,|:-−–+\u00a0"
        if token in _SIGNS and not sign and (is_apart or bool(money)):
            sign = token
        elif (
            not money and _is_money(token, number) and (is_apart or not token.isalpha())
        ):
            money = token.rstrip(".")
        else:
            break
        rest = bare[:begins]
    return _Beside(
        money=money,
        is_debit=bool(sign) and sign != "+",
        is_credit=sign == "+",
        at=len(rest.rstrip(" (")),
    )


def _tail(text: str, number: str) -> _Beside | None:
    """Return the money and the sign behind a number; ``None`` for other words."""
    money, debit, credit = "", False, False
    told, _, _ = text.partition("/")
    for part in re.findall(r"[^\W\d_]+\$?\.?|[^\w\s]|\w+", told):
        word = part.casefold().rstrip(".")
        if part in _SIGNS:
            debit, credit = debit or part != "+", credit or part == "+"
        elif not money and _is_money(part, number):
            money = part.rstrip(".")
        elif word in _DEBIT | _CREDIT and _DECIMALS.search(number):
            debit, credit = debit or word in _DEBIT, credit or word in _CREDIT
        elif word not in _EACH and part not in tuple("()*.,;|") and not _is_unit(word):
            return None
    return _Beside(money=money, is_debit=debit, is_credit=credit)


def _is_unit(word: str) -> bool:
    return unit_named(word) is not None or word in ("mtl", "monatlich", "monthly", "pm")


def _is_money(part: str, number: str) -> bool:
    word = part.casefold().rstrip(".")
    if not word.isalpha() or _DECIMALS.search(number):
        return names_money(word)
    return word in _WITHOUT_HUNDREDTHS


def _apart(day: str) -> str:
    """Return a day with its month's name apart from the numbers: ``12 NOV``."""
    return re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", day)


@cache
def _with_month() -> tuple[str, ...]:
    """Return the shapes of a day with the name of its month, at both ends of a line."""
    names = "|".join(sorted(set(_month_names()), key=len, reverse=True))
    year = r"(?:[ ,.]*(?:20)?\d{2})?"
    days = (rf"\d{{1,2}}\.?[ -]?(?:{names})\.?(?!\w)", rf"(?:{names})\.? \d{{1,2}}")
    return tuple(
        shape
        for day in days
        for shape in (
            rf"(?P<at>{_BEFORE}(?P<day>{day}{year}))(?=[\s,;|:]|$)",
            rf"(?<![\w.,/-])(?P<at>{_BEFORE}(?P<day>{day}{year}))$",
        )
    )


def _month_names() -> Iterator[str]:
    from babel import Locale  # noqa: PLC0415 - 0.006 s; only a line with a sum needs it

    for language in ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "pl"):
        months = Locale(language).months["format"]
        for width in ("abbreviated", "wide"):
            yield from (
                re.escape(n.casefold().rstrip(".")) for n in months[width].values()
            )
