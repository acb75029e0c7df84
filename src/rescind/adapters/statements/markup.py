"""Tables in markup: web pages and XML that banks name ``.xls``."""

import re
from collections.abc import Iterator

from lxml import etree, html

from rescind.adapters.statements.counts import require_cells
from rescind.adapters.statements.decode import decode
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
            yield [_cells(row) for row in table.iter("tr")]


def _cells(row: etree._Element) -> list[str]:
    """Return a row's cells; one that spans several is followed by empty ones."""
    cells = []
    for cell in row.iterchildren("td", "th"):
        text = " ".join("".join(map(str, cell.itertext())).split())
        span = str(cell.get("colspan") or "1")
        count = int(span) if span.isdecimal() else 1
        cells += [text, *[""] * (min(count, _MOST_SPAN) - 1)]
    return cells


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
