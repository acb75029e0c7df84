"""CSV of any bank: delimiter, preamble and header are recognised; read in columns."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import polars as pl

from rescind.adapters.statements.dates import looks_like_date
from rescind.adapters.statements.decode import decode, encoding_of, is_utf8
from rescind.adapters.statements.numbers import is_entry, looks_like_amount
from rescind.adapters.statements.parted_dates import named_parts
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import fold_header, known_headers, roles
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

DELIMITERS = ",;\t|"
_ACCOUNTS = frozenset({"iban", "kontonummer"})
"""What stands before an account's number above a table, beside the headers on file."""
_SAMPLE_BYTES = 300_000
_SAMPLE_ROWS = 300
_MOST_PREAMBLE = 80
_MOST_COLUMNS = 200
_FEWEST_CELLS = 2
"""Filled cells of a header; a line above the table has no more than so many."""
_FEWEST_KNOWN = 2
"""Words on file that make a line a header, whatever its width."""
_FEWEST_OF_EMPTY = 3
"""Words on file that make a line the header of a statement without entries."""
_NEVER_IN_DAYS = ";\t|"
"""Delimiters that no bank writes in a day, nor between a day and a time."""
_CURRENCY_CODE = 3
_BYTE_ORDER_MARK = 3
"""Bytes of it in UTF-8."""
csv.field_size_limit(1_000_000)


def read_delimited(content: bytes, delimiter: str = "", quotes: str = "") -> Table:
    """Return the table in a CSV file; raises BadInput where no table is found.

    ``quotes`` is ``none`` where a person says that a quote in this file is a letter
    like any other. Raises BadInput where a quote swallows the lines below it.
    """
    encoding = encoding_of(content[:_SAMPLE_BYTES] if content.isascii() else content)
    if encoding == "utf-8-sig":
        content = content[_BYTE_ORDER_MARK:]
    elif encoding != "utf-8" or not is_utf8(content):
        content = decode(content)[0].lstrip("\ufeff").encode()
    if b"\r" in content[:_SAMPLE_BYTES] and b"\n" not in content[:_SAMPLE_BYTES]:
        content = content.replace(b"\r", b"\n")
    if quotes == "none":
        content = content.replace(b'"', b"'")
    sample = content[:_SAMPLE_BYTES].decode("utf-8", "ignore")
    delimiter = delimiter or _delimiter(sample)
    rows = _numbered(sample, delimiter)
    header, line = _start(rows, delimiter)
    above = [row for row, at in rows if at < line and any(map(str.strip, row))]
    width = len(header) or _width(rows, line)
    offset = _offset(content, line)
    cells, lines = _cells(content[offset:], delimiter, width, line + 1)
    preamble = sample[: len(content[:offset].decode("utf-8", "ignore"))]
    return Table(
        header=tuple(header),
        cells=cells,
        layout=Layout(format="csv", encoding=encoding, delimiter=delimiter),
        lines=lines,
        first_line=line + 1,
        account=_account_above(preamble, delimiter),
        currency=_currency_above(preamble, delimiter),
        above=above[-1] if above and header else (),
    )


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    return [row for row, _ in _numbered(sample, delimiter)]


Numbered = list[tuple[list[str], int]]
"""Rows, and the line of the file where each one ends."""


def _numbered(sample: str, delimiter: str) -> Numbered:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        return [(row, reader.line_num) for row in islice(reader, _SAMPLE_ROWS)]
    except csv.Error:
        lines = sample.splitlines()[:_SAMPLE_ROWS]
        return [(line.split(delimiter), n) for n, line in enumerate(lines, 1)]


def _delimiter(sample: str) -> str:
    """Return the delimiter that makes most lines entries of one width.

    Of a file without entries: the one that makes most words on file of its headers.
    """

    def fits(delimiter: str) -> tuple[int, int]:
        rows = [row for row in _rows(sample, delimiter) if len(row) > 1]
        widths = Counter(len(row) for row in rows if is_entry(row) and is_parted(row))
        return (max(widths.values(), default=0), max(widths, default=0))

    def is_parted(row: list[str]) -> bool:
        """Return whether no day has more of its line behind it: ``5.1.26;Lumen;-7``."""
        days = filter(looks_like_date, row)
        return not any(sign in day for day in days for sign in _NEVER_IN_DAYS)

    best = max(DELIMITERS, key=fits)
    if fits(best)[0]:
        return best

    def knows(delimiter: str) -> int:
        rows = _rows(sample, delimiter)
        if any(map(named_parts, rows)):
            return _FEWEST_OF_EMPTY
        return max(map(known_headers, rows), default=0)

    best = max(DELIMITERS, key=knows)
    if knows(best) < _FEWEST_OF_EMPTY:
        for delimiter in DELIMITERS:
            _check_swallowed(_numbered(sample, delimiter), delimiter)
        raise BadInput("file", "no line with a date and an amount was found", ["csv"])
    return best


def _start(rows: Numbered, delimiter: str) -> tuple[list[str], int]:
    """Return the header, and how many lines of the file stand before the table's rows.

    What stands between the header and the first entry belongs to the table, so that a
    broken first line is no header and is not passed over.
    """
    before: Numbered = []
    is_parted = False
    for row, line in rows[:_MOST_PREAMBLE]:
        is_first = is_entry(row) or (is_parted and any(map(looks_like_amount, row)))
        if is_first and not _is_preamble(row, before):
            return _header(before, len(row))
        is_parted = is_parted or bool(named_parts(row))
        before.append((row, line))
    header, line = _header(before, 0)
    if known_headers(header) < _FEWEST_OF_EMPTY:
        _check_swallowed(rows, delimiter)
        message = f"no entry was found in the first {_MOST_PREAMBLE} lines"
        raise BadInput("file", message, ["a line with a date and an amount"])
    return header, line


def _is_preamble(row: list[str], before: Numbered) -> bool:
    """Return whether a line that looks like an entry stands above a header."""
    cells = sum(bool(cell.strip()) for cell in row)
    return cells <= _FEWEST_CELLS and not any(known_headers(r) for r, _ in before)


def _header(before: Numbered, width: int) -> tuple[list[str], int]:
    """Return the header, and how many lines of the file end with it.

    The line with most words on file; else the nearest one that is as wide as an entry
    and holds words alone. Without one: the lines as wide as entries are rows.
    """
    best, most = None, _FEWEST_KNOWN - 1
    for row, line in before:
        known = known_headers(row)
        if known > most:
            best, most = (row, line), known
    first = before[-1][1] if before else 0
    for row, line in reversed(before):
        if best is not None:
            break
        if (
            abs(len(row) - width) > 1
            or sum(bool(c.strip()) for c in row) < _FEWEST_CELLS
        ):
            break
        if any(looks_like_date(c) or looks_like_amount(c) for c in row):
            first = line - 1  # a broken entry
            continue
        best = (row, line)
    if best is None:
        return [], first
    return [cell.strip().lstrip("\ufeff") for cell in best[0]], best[1]


def _width(rows: Numbered, start: int) -> int:
    """Return how many cells the entries have at most."""
    widths = (len(row) for row, line in rows if line > start)
    return min(max(widths, default=1), _MOST_COLUMNS)


def _offset(content: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        end = content.find(b"\n", at)
        if end < 0:
            return len(content)
        at = end + 1
    return at


def _cells(
    content: bytes, delimiter: str, width: int, first: int
) -> tuple[pl.DataFrame, list[int] | None]:
    """Return the cells; by polars, or row by row where a line is out of shape."""
    schema = {str(index): pl.String for index in range(width)}
    try:
        frame = (
            pl.read_csv(
                content,
                separator=delimiter,
                has_header=False,
                schema=schema,
                quote_char='"',
                empty_string_is_null=False,
            )
            if content.strip()
            else pl.DataFrame(schema=schema)
        )
    except (pl.exceptions.PolarsError, TypeError):
        return _row_by_row(content, delimiter, width, first)
    if b'"' in content and frame.height != _line_count(content):
        return _row_by_row(content, delimiter, width, first)
    return frame, None


def _line_count(content: bytes) -> int:
    return content.count(b"\n") + (not content.endswith(b"\n"))


def _row_by_row(
    content: bytes, delimiter: str, width: int, first: int
) -> tuple[pl.DataFrame, list[int]]:
    text = content.decode("utf-8", "replace")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines, at = [], [], first
    try:
        for row in reader:
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                message = f"line {at} has {len(row)} cells where {width} are expected"
                raise BadInput("file", message, ["quotes around text with a delimiter"])
            _check_quotes(row, delimiter, at)
            rows.append([*row, *[""] * (width - len(row))][:width])
            lines.append(at)
            at = first + reader.line_num
    except csv.Error as error:
        raise BadInput("file", f"line {at} cannot be read: {error}") from error
    schema = {str(index): pl.String for index in range(width)}
    return pl.DataFrame(rows, schema=schema, orient="row"), lines


def _check_swallowed(rows: Numbered, delimiter: str) -> None:
    """Raise BadInput, naming the line, where a quote swallowed what stands below it."""
    before = 0
    for row, line in rows:
        _check_quotes(row, delimiter, before + 1)
        before = line


def _check_quotes(row: list[str], delimiter: str, line: int) -> None:
    """Raise BadInput where a cell holds whole lines: a stray quote swallowed them."""
    for cell in row:
        if "\n" not in cell:
            continue
        swallowed = (each.split(delimiter) for each in cell.splitlines()[1:])
        if any(any(map(looks_like_date, cells)) for cells in swallowed if cells[1:]):
            message = f"line {line}: a quote is opened and swallows the lines below it"
            raise BadInput("file", message, ["quotes=none"])


def _account_above(preamble: str, delimiter: str) -> str:
    """Return the account that the lines above the table name."""
    for label, value in _labels_above(preamble, delimiter):
        is_account = _role_of(label) == "account" or label in _ACCOUNTS
        if is_account and any(c.isdigit() for c in value):
            return value
    return ""


def _currency_above(preamble: str, delimiter: str) -> str:
    for label, value in _labels_above(preamble, delimiter):
        is_code = len(value) == _CURRENCY_CODE and value.isalpha()
        if is_code and _role_of(label) == "currency":
            return value.upper()
    return ""


def _role_of(label: str) -> str:
    return roles().get(label, ("",))[0]


def _labels_above(preamble: str, delimiter: str) -> Iterator[tuple[str, str]]:
    """Yield each cell as a label, with what stands after its colon or in the next."""
    for row in _rows(preamble, delimiter):
        for index, cell in enumerate(row):
            label, _, value = cell.partition(":")
            cells_behind = (c.strip() for c in row[index + 1 :] if c.strip())
            yield fold_header(label), value.strip() or next(cells_behind, "")
