"""Sentences that a person reads, as codes and values; the words stand in the data."""

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = object
"""What stands in for a placeholder: text, a number, a day, a sum, or a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: which it is, and what stands in for its placeholders.

    ``table`` is a file in ``data/words/<language>/``, ``code`` an entry of it.

    >>> Sentence.of("reason", "window_over", length="7 days").values
    (('length', '7 days'),)
    """

    table: str
    code: str
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, table: str, code: str, **values: Value) -> "Sentence":
        """Return a sentence with values by the names of its placeholders."""
        return cls(table, code, tuple(values.items()))
