"""Words: every sentence that a person reads, by its code, in the reader's language.

``data/words/<language>/<table>.yaml`` maps codes to texts with named placeholders.
A text that turns on a number is a mapping of CLDR's plural categories (``one``,
``other`` ...) and chosen by the value named ``count``. A day is written as ISO 8601,
or as CLDR writes it where the placeholder says how: ``{day:long}``. A sentence may
stand in another one, and a tuple is a list, joined with commas.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.model.sentence import Sentence

FOLDER = SHIPPED / "words"
_DAY_FORMATS = frozenset({"short", "medium", "long", "full"})


class Words(Formatter):
    """The words of one language."""

    def __init__(self, language: str) -> None:
        """Keep the language; a table is read when a sentence of it is first said."""
        self._language = language

    def say(self, sentence: Sentence) -> str:
        """Return a sentence in words; raises KeyError where the code has none.

        >>> ENGLISH.say(Sentence.of("answer", "depends"))
        'It depends'
        """
        entry = self.table(sentence.table)[sentence.code]
        values = dict(sentence.values)
        if isinstance(entry, Mapping):
            entry = entry[self._plural(values["count"])]
        return str(self.vformat(entry, (), values)) if values else str(entry)

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table of this language: texts, or plural forms, by their codes."""
        return _table(self._language, name)

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as Formatter has it
        """Return what stands in for a placeholder."""
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(self.format_field(each, format_spec) for each in value)
        if isinstance(value, date) and format_spec in _DAY_FORMATS:
            return str(format_date(value, format_spec, locale=self._language))
        return str(format(value, format_spec))

    def _plural(self, count: Any) -> str:  # noqa: ANN401 - any number
        return Locale.parse(self._language).plural_form(count)


@cache
def _table(language: str, name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = read_yaml(FOLDER / language / f"{name}.yaml")
    return table


def languages() -> tuple[str, ...]:
    """Return the languages that have words."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))


ENGLISH = Words("en")
