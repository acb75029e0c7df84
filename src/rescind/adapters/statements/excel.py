"""Workbooks (xlsx, xls, ods): every sheet that has entries."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from rescind.adapters.statements.counts import require_cells
from rescind.adapters.statements.rows import tables_of
from rescind.adapters.statements.table import Table
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_OLE = b"\xd0\xcf\x11\xe0"
_MOST_UNPACKED = 400_000_000
_MOST_SHEETS = 400
_ROUNDING = 1e-6
"""Hundredths by which a float may miss a whole number of them and be one."""


def is_workbook(head: bytes) -> bool:
    """Return whether a file is a workbook's container."""
    return head.startswith((b"PK\x03\x04", _OLE))


def read_workbook(content: bytes) -> list[Table]:
    """Return the tables of the sheets with entries; a sheet twice is one.

    Raises BadInput where the file is no workbook, unpacks to more than 400 MB or
    has too many cells, or no sheet has entries.
    """
    if content.startswith(b"PK"):
        _check_size(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = list(_rows(book))
    except (CalamineError, ValueError, OSError) as error:
        raise BadInput(
            "file", f"this workbook cannot be read: {error}", ["csv", "xlsx"]
        ) from error
    texts = [[[_cell(cell) for cell in row] for row in rows] for rows in sheets]
    tables = tables_of(texts, Layout(format="excel"))
    if not tables:
        message = "no sheet has lines with a date and an amount"
        raise BadInput("file", message, ["csv"])
    return tables


def _rows(book: CalamineWorkbook) -> Iterator[Sequence[Sequence[object]]]:
    """Yield the rows of each sheet; raises BadInput where there is too much of them."""
    cells, count = 0, len(book.sheet_names)
    if count > _MOST_SHEETS:  # a part of them would seem to be all
        message = f"{count} sheets are more than the {_MOST_SHEETS} that are read"
        raise BadInput("file", message, ["a file for each year"])
    for number in range(count):
        sheet = book.get_sheet_by_index(number)
        cells += sheet.height * sheet.width
        require_cells(cells)
        yield sheet.to_python()


def _check_size(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except BadZipFile as error:
        raise BadInput("file", f"this workbook cannot be read: {error}") from error
    if size > _MOST_UNPACKED:
        raise BadInput("file", "this workbook unpacks to more than 400 MB", ["csv"])


def _cell(value: object) -> str:
    """Return a cell as it would be read: days by ISO 8601, whole numbers bare."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        hundredths = value * 100
        is_whole = abs(hundredths - round(hundredths)) < _ROUNDING
        return f"{value:.2f}" if is_whole else repr(value)
    return str(value) if value is not None else ""
