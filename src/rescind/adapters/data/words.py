"""Words: every sentence that a person reads, by its code, in the reader's language.

``data/words/<language>/<table>.yaml`` maps codes to texts with named placeholders.
A text that turns on a number is a mapping of CLDR's plural categories (``one``,
``other`` ...) and chosen by the value named ``count``; ``data/words/plurals.yaml`` has
each language's rule. A day is written with its month's name, or as CLDR writes it where
the placeholder says how: ``{day:long}``. A sentence may stand in another one, and a
tuple is a list, joined with commas or with what the placeholder says: ``{losses:; }``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import rescind
from rescind.adapters.data.yaml import read_yaml
from rescind.core.model.facts import MONTH_FIRST
from rescind.core.model.money import Money
from rescind.core.model.period import Period, Unit
from rescind.core.model.sentence import Sentence, Value, Wording

FOLDER = Path(rescind.__file__).parent / "data" / "words"
_UNITS = {Unit.DAY: "day", Unit.WEEK: "week", Unit.MONTH: "month", Unit.YEAR: "year"}
_DAY_FORMATS = frozenset({"short", "medium", "long", "full"})


class Words:
    """The words of one language."""

    def __init__(
        self,
        language: str,
        *,
        month_first: bool = False,
        money: Callable[[Money], str] = str,
    ) -> None:
        """Keep the language; a table is read when a sentence of it is first said.

        ``month_first`` says that a day without its own format is written so, ``money``
        how a sum is.
        """
        self._language = language
        self._money = money
        self._order = "month_first" if month_first else "day_first"

    def say(self, wording: Wording) -> str:
        """Return a sentence in words; what is in words already stays as it is.

        Raises KeyError where the code has no words.

        >>> ENGLISH.say(Sentence.of("answer", "depends"))
        'It depends'
        """
        if isinstance(wording, str):
            return wording
        entry = self.table(wording.table)[wording.code]
        if not wording.values:
            return str(entry)
        values = dict(wording.values)
        if not isinstance(entry, str):
            entry = entry[_plural_rule(self._language)(values["count"])]
        places = {name: self._in_place(value) for name, value in values.items()}
        return str(entry.format_map(places))

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table of this language: texts, or plural forms, by their codes."""
        return _table(self._language, name)

    def write(self, value: Value, how: str = "") -> str:
        """Return a value as it stands in a sentence; ``how`` is the placeholder's word.

        >>> ENGLISH.write(Period.parse("P1M")), ENGLISH.write(Period.parse("P14D"))
        ('1 month', '14 days')
        """
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, tuple):
            return (how or ", ").join(self.write(each) for each in value)
        if isinstance(value, Period):
            unit = _UNITS[value.unit]
            return self.say(Sentence.of("length", unit, count=value.count))
        if isinstance(value, date):
            return self._day(value, how)
        if isinstance(value, Money):
            return self._money(value)
        return format(value, how)

    def _in_place(self, value: Value) -> object:
        # text and numbers, which most values are, write themselves
        return value if isinstance(value, str | int | float) else _Placed(self, value)

    def _day(self, day: date, how: str) -> str:
        if how not in _DAY_FORMATS:
            month = Sentence.of("month", str(day.month))
            return self.say(
                Sentence.of(
                    "written_day",
                    f"{self._order}_with_year",
                    day=day.day,
                    month=month,
                    year=day.year,
                )
            )
        from babel.dates import format_date  # noqa: PLC0415 - 0.02 s; seldom used

        # the day before the month, as everywhere else on our pages
        locale = "en_GB" if self._language == "en" else self._language
        return str(format_date(day, how, locale=locale))


class _Placed:
    """A value in a placeholder; ``format`` asks it how it is written there."""

    def __init__(self, words: Words, value: Value) -> None:
        self._words, self._value = words, value

    def __format__(self, how: str) -> str:
        return self._words.write(self._value, how)


@cache
def _table(language: str, name: str) -> Mapping[str, Any]:
    return _read(FOLDER / language / f"{name}.yaml")


@cache
def _plural_rule(language: str) -> Callable[[Any], str]:
    """Return what names a number's plural category.

    The rules are CLDR's; read from our own file, since all that Babel knows of a
    language takes 0.05 s to load.
    """
    from babel.plural import PluralRule  # noqa: PLC0415 - 0.01 s; seldom used

    return PluralRule(_read(FOLDER / "plurals.yaml")[language])


def _read(path: Path) -> Mapping[str, Any]:
    entries: Mapping[str, Any] = read_yaml(path)
    return entries


def languages() -> tuple[str, ...]:
    """Return the languages that have words."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))


ENGLISH = Words("en")
AMERICAN = Words("en", month_first=True)
"""English for those who write the month before the day."""


def why_not(code: str, /, **values: Value) -> str:
    """Return in words why something that was given cannot be used.

    >>> why_not("no_yes_or_no", value="perhaps")
    "'perhaps' is neither yes nor no"
    """
    return ENGLISH.say(Sentence.of("bad_input", code, **values))


def words_of(country: str | None) -> Words:
    """Return the words that write days in the order of a country (ISO 3166).

    >>> [words_of(country).write(date(2026, 3, 1)) for country in ("US-CA", "DE")]
    ['March 1, 2026', '1 March 2026']
    """
    is_month_first = country is not None and country[:2] in MONTH_FIRST
    return AMERICAN if is_month_first else ENGLISH
