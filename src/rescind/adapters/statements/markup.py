"""Tables in markup: web pages and XML that banks name ``.xls``."""

import re
from collections.abc import Iterator

from lxml import etree, html

from rescind.adapters.statements.counts import require_cells
from rescind.adapters.statements.dates import looks_like_date
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.numbers import looks_like_amount
from rescind.adapters.statements.rows import tables_of
from rescind.adapters.statements.table import Table
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_MOST_SPAN = 200
"""Columns that one cell may span."""
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 2000
_NO_STATEMENT = "this is no bank statement"


def read_markup(content: bytes) -> list[Table]:
    """Return the tables with entries in a web page, or in a workbook written as XML.

    Raises BadInput where there is none.
    """
    text = _DECLARED.sub("", _text(content)).strip()
    is_sheet = "urn:schemas-microsoft-com:office:spreadsheet" in text[:_HEAD]
    try:
        sheets = list(_sheets_of_xml(text) if is_sheet else _sheets_of_html(text))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise BadInput("file", _NO_STATEMENT, ["csv", "ofx"]) from error
    require_cells(sum(len(row) for rows in sheets for row in rows))
    tables = tables_of(sheets, Layout(format="html" if not is_sheet else "excel"))
    if not tables:
        raise BadInput("file", _NO_STATEMENT, ["csv", "ofx", "camt.053"])
    return tables


def _text(content: bytes) -> str:
    match = _CHARSET.search(content[:_HEAD])
    if match:
        try:
            return content.decode(match[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # what a page says of itself may be wrong
    return decode(content)[0].lstrip("\ufeff")


def _sheets_of_html(text: str) -> Iterator[list[list[str]]]:
    """Yield the rows of each table that holds no other table."""
    parser = html.HTMLParser(no_network=True, huge_tree=False)
    tree = html.fromstring(text, parser=parser)
    for table in tree.iter("table"):
        if next(table.iterdescendants("table"), None) is None:
            yield list(_rows(table))


def _rows(table: etree._Element) -> Iterator[list[str]]:
    """Yield a table's rows, each cell in its column.

    A cell that spans several columns is followed by empty ones. One that spans several
    rows stands in the first; a day is that of each below it that has a sum.
    """
    above: _Spanning = {}
    for row in table.iter("tr"):
        cells, spanning = _cells(row, above)
        if any(map(looks_like_amount, cells)):
            for column, (_, text) in above.items():
                if looks_like_date(text) and column < len(cells):
                    cells[column] = text
        yield cells
        above = {c: (n - 1, text) for c, (n, text) in above.items() if n > 1}
        above |= spanning


_Spanning = dict[int, tuple[int, str]]
"""Cells that go on in rows below: by their column how many, and the text."""


def _cells(row: etree._Element, above: _Spanning) -> tuple[list[str], _Spanning]:
    """Return a row's cells, and those that go on below it."""
    cells: list[str] = []
    spanning: _Spanning = {}
    for cell in row.iterchildren("td", "th"):
        while len(cells) in above:
            cells.append("")
        text = " ".join("".join(map(str, cell.itertext())).split())
        below = _span(cell, "rowspan") - 1
        for part in [text, *[""] * (_span(cell, "colspan") - 1)]:
            if below:
                spanning[len(cells)] = below, part
            cells.append(part)
    return cells, spanning


def _span(cell: etree._Element, name: str) -> int:
    """Return over how many columns or rows a cell goes."""
    written = str(cell.get(name) or "1")
    return max(1, min(int(written), _MOST_SPAN)) if written.isdecimal() else 1


def _sheets_of_xml(text: str) -> Iterator[list[list[str]]]:
    """Yield the rows of each sheet of a workbook in XML (Excel 2003)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True
    )
    tree = etree.fromstring(text.encode(), parser=parser)
    for sheet in tree.iter("{*}Worksheet"):
        yield [_sheet_cells(row) for row in sheet.iter("{*}Row")]


def _sheet_cells(row: etree._Element) -> list[str]:
    """Return a row's cells; empty ones are left out in the file, by their index."""
    cells: list[str] = []
    for cell in row.iterchildren("{*}Cell"):
        index = next((v for k, v in cell.items() if str(k).endswith("}Index")), "")
        if str(index).isdecimal():
            cells += [""] * min(int(index) - 1 - len(cells), _MOST_SPAN)
        data = cell.find("{*}Data")
        text = "".join(map(str, data.itertext())) if data is not None else ""
        cells.append(" ".join(text.split()))
    return cells
