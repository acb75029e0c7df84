"""How much of one file is read: cells of a workbook, pages of a PDF."""

from contextvars import ContextVar
from dataclasses import dataclass

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The most that is read of one file; a file with more is refused whole."""

    cells: int = 5_000_000
    """Of all sheets together, empty ones between others too."""
    pages: int = 400


ALLOWED: ContextVar[Counts] = ContextVar("ALLOWED")
"""What whoever asked for the file to be read allows."""
_USUAL = Counts()


def require_cells(count: int) -> None:
    """Raise BadInput where a workbook has more cells than are read."""
    _require(count, ALLOWED.get(_USUAL).cells, "too_many_cells")


def require_pages(count: int) -> None:
    """Raise BadInput where a PDF has more pages than are read."""
    _require(count, ALLOWED.get(_USUAL).pages, "too_many_pages")


def _require(count: int, most: int, code: str) -> None:
    if count > most:
        raise BadInput("file", why_not(code, count=count, most=most))
