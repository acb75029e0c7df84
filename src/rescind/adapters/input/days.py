"""Days as people write them: ``01.03.2025``, ``3/1/26``, ``yesterday``.

``dateparser`` reads days in words. A day in numbers is read here, since the order of
day and month is the very thing that goes wrong: dots mean that the day comes first;
what is divided as the person's country divides it has its order (CLDR, by Babel); of
any other that can be two days the person is asked which one it is.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from rescind.adapters.data.words import why_not
from rescind.adapters.input.lengths import is_length, read_written_length
from rescind.adapters.input.months import (
    FIRST_YEAR,
    LAST_YEAR,
    first_of,
    in_figures,
    month_of,
    nearest_days,
)
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Lies
from rescind.core.model.period import Period, Unit
from rescind.core.periods import add

_THREE = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{1,2})\.?")
_NORDIC = re.compile(r"\d+/\d+-\d+")
"""1/3-2026 is the first of March."""
_TWO = re.compile(r"(\d{1,2})\s?([./])\s?(\d{1,2})\.?")
_IN_ONE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CENTURY = 2000
_NEAR_YEARS = 15
"""A year of two digits lies at most so far from today's."""
_EXAMPLES = ("3 March 2025", "03.03.2025")
_SHORTEST = 3
"""Letters of a word that names no day by itself."""
_WHOLE = re.compile(r"(?:last|this|next|past|previous) (?:month|year)")
_BESIDE_WEEKDAY = re.compile(
    r"\b(?:letzten|letzte|letzter|vergangenen|am|on|le|dernier|pasado|el|scorso|lo|"
    r"förra|i|vorige|afgelopen)\b"
)


class Order(StrEnum):
    """In which order a country writes the day, the month and the year."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


@cache
def order_of(country: str | None) -> tuple[Order, str] | None:
    """Return the order in which a country (ISO 3166) writes a day, and what divides it.

    ``None`` where the country is not known.

    >>> order_of("US-CA"), order_of("DE")
    ((<Order.MONTH_FIRST: 'month_first'>, '/'), (<Order.DAY_FIRST: 'day_first'>, '.'))
    """
    if not country:
        return None
    from babel import (  # noqa: PLC0415 - 0.002 s; only a typed day needs it
        Locale,
        UnknownLocaleError,
    )

    try:
        locale = Locale.parse(f"und_{country[:2]}")
    except (UnknownLocaleError, ValueError):
        return None
    pattern = str(locale.date_formats["short"].pattern)
    letters, signs = re.sub(r"[^dMy]", "", pattern), re.sub(r"[^./-]", "", pattern)
    by_letter = {"d": Order.DAY_FIRST, "M": Order.MONTH_FIRST, "y": Order.YEAR_FIRST}
    return by_letter[letters[0]], signs[:1]


def read_written_day(
    text: str, field: str, *, today: date, country: str | None = None
) -> date:
    """Return the day that somebody wrote, ``today`` being the day they wrote on.

    A month alone counts from its first day. Raises BadInput naming the field, with
    both days where two are possible, or with ways to write a day.

    >>> read_written_day("01.03.2025", "purchased_at", today=date(2026, 11, 28))
    datetime.date(2025, 3, 1)
    """
    words = in_figures(text)
    day = _read(words, field, today, country)
    bare = " ".join(w for w in words.split() if w.casefold() not in TOLD_BESIDE)
    if day is None and bare:
        day = _read(bare, field, today, country)
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        span = {"first": FIRST_YEAR, "last": LAST_YEAR}
        message = why_not("year_out_of_reach", value=words, **span)
        apart = Period(abs(day.year - today.year), Unit.YEAR)
        near = add(day, apart, -1 if day > today else 1)
        raise BadInput(field, message, [near.isoformat()])
    if day is None:
        raise _no_day(words, field, today)
    _ask_whether_past(day, bare, field, today)
    return day


TOLD_BESIDE = frozenset(
    {
        *("i", "it", "was", "posted", "sent", "mailed", "faxed", "paid", "by", "post"),
        *("cancelled", "canceled", "mail", "email", "letter", "fax"),
        *("ich", "habe", "es", "wurde", "per", "brief", "abgeschickt", "geschickt"),
        *("gesendet", "gekündigt", "bezahlt", "eingeworfen"),
        *("envoyé", "posté", "résilié", "par", "courrier"),
        *("enviado", "pagado", "por", "correo"),
    }
)
"""What people tell with a day: ``posted yesterday``."""


def _read(words: str, field: str, today: date, country: str | None) -> date | None:
    if any(pattern.fullmatch(words) for pattern in (_THREE, _IN_ONE, _TWO)):
        days = possible_days(words, today, lies_of(field))
        return _one_of(days, words, field, country) if days else None
    if not any(character.isalpha() for character in words):
        return first_of(words)
    return _with_its_month(words) or _in_words(words, field, today)


def _with_its_month(words: str) -> date | None:
    """Return a whole day as our own pages write it, without asking every language."""
    told = _WRITTEN_OUT.fullmatch(words)
    month = month_of(told["month"]) if told is not None else 0
    return _day(int(told["year"]), month, int(told["day"])) if told and month else None


_WRITTEN_OUT = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]+) (?P<year>\d{4})")


def _ask_whether_past(day: date, words: str, field: str, today: date) -> None:
    """Raise BadInput where a day to come may be one that has just passed.

    A day without its year is then the next one; so soon after it, nobody can tell.
    """
    is_far = lies_of(field) is Lies.AHEAD and day - today > _NEXT_YEARS
    if not is_far or _HAS_YEAR.search(words) or not _NAMES_A_DAY.fullmatch(words):
        return
    before = add(day, Period(1, Unit.YEAR), -1)
    if today - before <= _JUST_PASSED:
        message = why_not("two_days", value=words, first=before, second=day)
        raise BadInput(field, message, [before.isoformat(), day.isoformat()])


_NEXT_YEARS, _JUST_PASSED = timedelta(days=305), timedelta(days=60)
_NAMES_A_DAY = re.compile(
    r"\d{1,2}\b\W*[^\W\d]{3,}|[^\W\d]{3,}\W+\d{1,2}\w*|\d+\W+\d+\W*"
)
"""A day and its month, and nothing else: no length, and no name of a day."""


def possible_days(text: str, today: date, lies: Lies = Lies.PAST) -> dict[Order, date]:
    """Return the days that numbers can mean, by the order that makes them so.

    ``lies`` says which year is meant where none is named. Empty for anything but
    numbers, and where they are no day of the calendar.

    >>> list(possible_days("3/1/2026", date(2026, 11, 28)).values())
    [datetime.date(2026, 1, 3), datetime.date(2026, 3, 1)]
    """
    words = " ".join(text.split())
    in_one, three = _IN_ONE.fullmatch(words), _THREE.fullmatch(words)
    two = _TWO.fullmatch(words)
    if in_one is not None:
        year, month, number = (int(part) for part in in_one.groups())
        tries = [(Order.YEAR_FIRST, _day(year, month, number))]
    elif three is not None:
        tries = list(_of_three(three, today))
    elif two is not None:
        tries = list(_of_two(two, today, lies))
    else:
        return {}
    days: dict[Order, date] = {}
    for order, day in tries:
        if day is not None and day not in days.values():
            days[order] = day
    if "." in words or _NORDIC.fullmatch(words):
        days.pop(Order.MONTH_FIRST, None)
    return days


def leaves_open(text: str, today: date, country: str | None = None) -> bool:
    """Return whether a day as it was typed could be another one.

    >>> leaves_open("3/1/2026", date(2026, 11, 28)), leaves_open("2026-03-01", date.max)
    (True, False)
    """
    words = in_figures(text)
    order, _ = order_of(country) or (None, "")
    if order is Order.MONTH_FIRST:
        # there a dot does not say that the day comes first
        words = words.replace(".", "/")
    return len(possible_days(words, today)) > 1 or not _HAS_YEAR.search(words)


_HAS_YEAR = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d{2}\b")


def _of_three(
    numbers: re.Match[str], today: date
) -> Iterator[tuple[Order, date | None]]:
    first, second, third = int(numbers[1]), int(numbers[3]), int(numbers[4])
    if len(numbers[1]) == len("2026"):
        yield Order.YEAR_FIRST, _day(first, second, third)
        return
    if len(numbers[4]) == len("2026"):
        yield Order.DAY_FIRST, _day(third, second, first)
        yield Order.MONTH_FIRST, _day(third, first, second)
        return
    yield Order.DAY_FIRST, _soon(_day(_CENTURY + third, second, first), today)
    yield Order.MONTH_FIRST, _soon(_day(_CENTURY + third, first, second), today)
    if numbers[2] != ".":
        yield Order.YEAR_FIRST, _soon(_day(_CENTURY + first, second, third), today)


def _soon(day: date | None, today: date) -> date | None:
    """Return a day whose year had two digits, if it is one that can be meant."""
    is_near = day is not None and abs(day.year - today.year) <= _NEAR_YEARS
    return day if is_near else None


def _of_two(
    numbers: re.Match[str], today: date, lies: Lies
) -> Iterator[tuple[Order, date | None]]:
    first, second = int(numbers[1]), int(numbers[3])
    yield Order.DAY_FIRST, _nearest(second, first, today, lies)
    yield Order.MONTH_FIRST, _nearest(first, second, today, lies)


def _nearest(month: int, number: int, today: date, lies: Lies) -> date | None:
    """Return the nearest day of a day and a month without a year."""
    days = [_day(today.year + years, month, number) for years in (-1, 0, 1)]
    fitting = [
        day
        for day in days
        if day is not None
        and not (lies is Lies.PAST and day > today)
        and not (lies is Lies.AHEAD and day < today)
    ]
    return min(fitting, key=lambda day: abs(day - today), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one_of(
    days: dict[Order, date], words: str, field: str, country: str | None
) -> date:
    if len(days) == 1:
        return next(iter(days.values()))
    order, sign = order_of(country) or (None, "")
    if order in days and sign in words:
        # as everybody there writes it; with other signs it may be from elsewhere
        return days[order]
    first, second, *_ = days.values()
    suggestions = [day.isoformat() for day in days.values()]
    message = why_not("two_days", value=words, first=first, second=second)
    raise BadInput(field, message, suggestions)


def _in_words(words: str, field: str, today: date) -> date | None:
    apart = _AGO.fullmatch(words.casefold())
    if apart is not None:
        length = apart["ago"] or apart["before"] or apart["ahead"]
        if is_length(length):
            sign = 1 if apart["ahead"] else -1
            return add(today, read_written_length(length, field), sign)
    letters = sum(character.isalpha() for character in words)
    is_short = letters <= _SHORTEST and not any(c.isdigit() for c in words)
    # "no" and "May" are days to dateparser, and "12 months" is one that long ago.
    if (
        not letters
        or is_short
        or is_length(words)
        or _WHOLE.fullmatch(words.casefold())
    ):
        return None
    shorter = " ".join(_BESIDE_WEEKDAY.sub("", words.casefold()).split())
    lies = lies_of(field)
    return parsed(words, lies, today) or parsed(shorter, lies, today)


_AGO = re.compile(
    r"(?:about |some |ca\.? )?(?P<ago>.+?) (?:ago|back|fa|sedan|siden|geleden|temu)"
    r"|(?:vor|il y a|hace|há|för) (?P<before>.+)"
    r"|(?:in|dans|en|om) (?P<ahead>.+)"
)
"""A length before or after today."""


@lru_cache(maxsize=256)
def parsed(words: str, lies: Lies, today: date, of_month: str = "first") -> date | None:
    """Return the day that words name in a language; of a month alone, its first."""
    import dateparser  # noqa: PLC0415 - 0.09 s; only a day in words needs it

    settings = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - dateparser's naive base
        "PREFER_DAY_OF_MONTH": of_month,
        "DATE_ORDER": "DMY",
    }
    # "a year ago" is the same day a year ago; "March 2025" counts from its first
    relative = settings | {
        "PARSERS": ["relative-time"],
        "PREFER_DAY_OF_MONTH": "current",
    }
    moment = dateparser.parse(words, settings=relative)
    if moment is not None:
        day: date = moment.date()
        return day
    moments = [
        dateparser.parse(words, settings=settings | {"PREFER_DATES_FROM": direction})
        for direction in _DIRECTIONS[lies]
    ]
    days: list[date] = [moment.date() for moment in moments if moment is not None]
    return min(days, key=lambda day: abs(day - today), default=None)


_DIRECTIONS = {
    Lies.PAST: ("past",),
    Lies.AHEAD: ("future",),
    Lies.EITHER: ("past", "future"),
}
"""Where a day without its year lies: of two, the nearer one."""


_OF_LETTERS = {
    "end_on": Lies.AHEAD,
    "at": Lies.AHEAD,
    "until": Lies.AHEAD,
    "change_on": Lies.EITHER,
    "ends_on": Lies.EITHER,
}
"""Days that are no facts: the end that a letter names, the day it goes out."""


def lies_of(field: str) -> Lies:
    """Return where the day of a field lies, seen from today."""
    if field in _OF_LETTERS:
        return _OF_LETTERS[field]
    fact = FACTS.get(field)
    return (fact.lies if fact is not None else None) or Lies.PAST


def _no_day(words: str, field: str, today: date) -> BadInput:
    if _WHOLE.fullmatch(words.casefold()):
        return BadInput(field, why_not("many_days", value=words), _EXAMPLES)
    message = why_not("no_day", value=words[:40])
    return BadInput(field, message, _near(words, field, today) or _EXAMPLES)


def _near(words: str, field: str, today: date) -> list[str]:
    """Return the days that one may have meant that the calendar does not have."""
    three, two = _THREE.fullmatch(words), _TWO.fullmatch(words)
    if two is not None:
        return nearest_days(f"{two[1]}.{two[3]}.{today.year}")
    if three is not None and len(three[1]) < len("2026") > len(three[4]):
        return nearest_days(f"{three[1]}.{three[3]}.{_CENTURY + int(three[4])}")
    if _DAY_TOO_LATE.search(words) and any(c.isalpha() for c in words):
        tries = (
            parsed(_DAY_TOO_LATE.sub(str(last), words), lies_of(field), today)
            for last in (30, 29, 28)
        )
        return [day.isoformat() for day in tries if day is not None][:1]
    return nearest_days(words)


_DAY_TOO_LATE = re.compile(r"\b(?:29|3\d)\b")
