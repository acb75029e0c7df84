"""Pages of a long list: which rows, and whether there are more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest, QueryDict

SIZE = 50
MOST = 1_000_000
"""The last page that can be asked for: a database counts rows in 64 bits."""

_T = TypeVar("_T")


@dataclass(slots=True, kw_only=True)
class ListPage:
    """One page; its rows are asked for with one more, which tells of a next page."""

    name: str
    """Of the parameter that says which page."""
    number: int
    """From 1 on."""
    query: QueryDict
    """Of the address: other lists on the same page stay where they are."""
    has_next: bool = False

    @classmethod
    def of(cls, request: HttpRequest, name: str) -> "ListPage":
        """Return the page that an address names; the first for anything else."""
        text = request.GET.get(name, "")
        number = int(text) if text.isascii() and text.isdigit() else 1
        number = min(max(number, 1), MOST)
        return cls(name=name, number=number, query=request.GET)

    @property
    def span(self) -> slice:
        """The rows to ask for."""
        return slice(self.first - 1, self.first + SIZE)

    @property
    def first(self) -> int:
        """Return which row is its first, from 1 on."""
        return (self.number - 1) * SIZE + 1

    def rows(self, asked: Sequence[_T]) -> Sequence[_T]:
        """Return the rows of this page among those that were asked for."""
        self.has_next = len(asked) > SIZE
        return asked[:SIZE]

    @property
    def before(self) -> str:
        """The query of the page before; empty where there is none."""
        return self._query(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The query of the page after; empty where there is none."""
        return self._query(self.number + 1) if self.has_next else ""

    def _query(self, number: int) -> str:
        query = self.query.copy()
        query[self.name] = str(number)
        return query.urlencode()
