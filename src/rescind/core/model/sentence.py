"""Sentences that a person reads, as codes and values; the words stand in the data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from rescind.core.model.money import Money
    from rescind.core.model.period import Period

Value: TypeAlias = (
    "str | int | float | date | Period | Money | Sentence | tuple[Value, ...] | None"
)
"""What stands in for a placeholder; a tuple is a list, ``None`` is not known."""


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
    def of(cls, table: str, code: str, /, **values: Value) -> "Sentence":
        """Return a sentence with values by the names of its placeholders.

        Only what the text names: sentences are compared by their values too.
        """
        return cls(table, code, tuple(values.items()))

    def __str__(self) -> str:
        """Return table and code, for a log; a door says the sentence in words.

        >>> str(Sentence.of("bad_input", "unknown_value", value="x"))
        'bad_input.unknown_value'
        """
        return f"{self.table}.{self.code}"


Wording: TypeAlias = Sentence | str
"""A sentence by its code, or words that were words before: a person's, or data's."""
