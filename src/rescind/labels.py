"""What codes are called for people: one place for both doors, read from data/words."""

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.questions import question
from rescind.adapters.data.words import ENGLISH, words_of
from rescind.core.facts import FACTS
from rescind.core.model.facts import MONTH_FIRST
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence, Value

if TYPE_CHECKING:
    from rescind.adapters.public.case import EventJson
    from rescind.core.act.alternatives import Alternative

ONCE = "once so far"
"""How often something is paid whose period one charge does not tell."""


def say(value: Value, country: str | None = None) -> str:
    """Return a sentence, or what may stand in one, in words.

    Days in it are written in the order of the person's country (ISO 3166).

    >>> say(date(2026, 3, 1)), say(date(2026, 3, 1), "US-CA")
    ('1 March 2026', 'March 1, 2026')
    """
    return words_of(country).write(value)


_YES_NO = {"true": "yes", "false": "no"}


def typed(value: str, *, is_page: bool = False) -> str:
    """Return a value in standard form as a person would type it.

    A page writes a day in words as well.

    >>> typed("P12M"), typed("true"), typed("2026-01-31", is_page=True)
    ('12 months', 'yes', '31 January 2026')
    """
    if value in _YES_NO:
        return _YES_NO[value]
    if _LENGTH.fullmatch(value):
        return say(Period.parse(value))
    if is_page and _DAY.fullmatch(value):
        return day_in_words(value)
    return value


_LENGTH = re.compile(r"P\d{1,4}[DWMY]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_in_words(day: str | date) -> str:
    """Return a day as pages write it; text that begins with one in ISO 8601 likewise.

    >>> day_in_words("2026-01-31")
    '31 January 2026'
    """
    value = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{value.day} {value:%B %Y}"


def month_in_words(day: date) -> str:
    """Return the month of a day as pages write it.

    >>> month_in_words(date(2026, 8, 31))
    'August 2026'
    """
    return f"{day:%B %Y}"


def day_on_card(
    day: date,
    today: date,
    country: str | None = None,
    *,
    weekday: bool = True,
    by_name: bool = True,
) -> str:
    """Return a day as cards write it: with its year where that is not today's.

    Yesterday, today and tomorrow go by these names, but for a day in a sentence
    (``by_name``), where ``on`` may stand before it. The order of day and month is that
    of the person's country (ISO 3166).

    >>> day_on_card(date(2026, 12, 6), date(2026, 11, 28))
    'Sunday 6 December'
    >>> day_on_card(date(2027, 12, 6), date(2026, 11, 28), "US-CA")
    'Monday, December 6, 2027'
    >>> day_on_card(date(2026, 11, 29), date(2026, 11, 28))
    'tomorrow'
    """
    away = (day - today).days
    if by_name and away in _NEAR:
        return _NEAR[away]
    is_month_first = (country or "")[:2] in MONTH_FIRST
    comma = "," if is_month_first else ""
    text = f"{day:%B} {day.day}" if is_month_first else f"{day.day} {day:%B}"
    if day.year != today.year or abs(away) > _FAR:
        text += f"{comma} {day.year}"
    return f"{day:%A}{comma} {text}" if weekday else text


_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_FAR = 120
"""Days from which on a day is written with its year."""


_SUM_IN_TEXT = re.compile(r"(?<![\w.,])(\d{1,9}\.\d{1,3}) ([A-Z]{3})(?!\w)")
"""A sum as data has it; without hundredths it may be a number and another word."""


def sums_in_words(text: str) -> str:
    """Return text with each sum as pages write it.

    >>> sums_in_words("the price is 372.00 EUR")
    'the price is €372'
    """
    return _SUM_IN_TEXT.sub(_as_money, text)


def _as_money(match: re.Match[str]) -> str:
    return money_on_page(Money(amount=Decimal(match[1]), currency=match[2]))


def days_in_words(text: str, country: str | None = None) -> str:
    """Return text with each day and moment in ISO 8601 as a day in words.

    The order of day and month is that of the person's country (ISO 3166).

    >>> days_in_words("by 2026-01-31 at the latest")
    'by 31 January 2026 at the latest'
    >>> days_in_words("by 2026-01-31 at the latest", "US-TX")
    'by January 31, 2026 at the latest'
    """
    return _DAY_IN_TEXT.sub(lambda match: _as_words(match, country), text)


def _as_words(match: re.Match[str], country: str | None) -> str:
    try:
        return say(date.fromisoformat(match[0][:10]), country)
    except ValueError:
        # numbers that only look like a day: somebody's reference
        return match[0]


_DAY_IN_TEXT = re.compile(r"\b\d{4}-\d{2}-\d{2}\b(?:T\d{2}:\d{2}[-+:.\dZ]*)?")


def place(locator: str) -> str:
    """Return where something stands; what was answered is called by its question.

    >>> place("notice"), place("Art. 9(1)")
    ('“How much notice must you give?”', 'Art. 9(1)')
    """
    return f"“{question(locator).text}”" if locator in FACTS else locator


def label(code: str, table: str) -> str:
    """Return what a code of a table is called; the code itself where it has no name."""
    return str(ENGLISH.table(table).get(code, code))


def event_name(event: "EventJson") -> str:
    """Return what an event of the public form is called."""
    from rescind.core.model.case import EventKind  # noqa: PLC0415 - 0.016 s at a check

    if event["kind"] == EventKind.CHARGED and event["details"].get("rightful"):
        return label("rightful_charge", "event_instead")
    if event["details"].get("before"):
        return label("told_before", "event_instead")
    where = event["details"].get("where")
    if event["kind"] == EventKind.BUTTON_USED and where:
        return say(Sentence.of("event_instead", "steps_done", who=where))
    return label(event["kind"], "event")


_VALUES = {
    "reads_as": "message",
    "what": "done_there",
    "left": "bench_store",
    "result": "signature",
    "problems": "to_mend",
}
"""Details of events that hold codes, and where these have their names."""
SEPARATOR = "; "
"""What stands between codes where a detail holds several."""


def detail_value(value: str, name: str) -> str:
    """Return what a detail of an event holds, in words where it holds codes."""
    table = _VALUES.get(name)
    if table is None:
        return value
    return SEPARATOR.join(label(code, table) for code in value.split(SEPARATOR))


def check_name(what: str) -> str:
    """Return what a check of a pack is about; ``stamp:7`` is the stamp in event 7."""
    code, _, number = what.partition(":")
    return ENGLISH.say(Sentence.of("check", code, number=number))


def period_name(period: str | None) -> str:
    """Return how often something is paid; ``None`` where one charge does not tell."""
    return label(period, "period") if period else ONCE


def course_cost(course: "Alternative") -> str:
    """Return what a course of action costs at worst and at best, or gives back.

    Empty where that is not known.
    """
    worst, best = course.cost, course.cost_at_best
    if worst is None or best is None:
        return ""
    if course.is_fee_open:
        return f"{_cost(worst)}, and what is asked for leaving early"
    if worst == best:
        return _cost(worst)
    return f"{_cost(worst)} at worst, {_cost(best)} at best"


def _cost(money: "Money") -> str:
    if money.amount < 0:
        return f"gives back {money.of(-money.amount)}"
    return f"costs {money}" if money.amount else "costs nothing more"
