"""CSV of any bank: delimiter, preamble and header are recognised; read in columns."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import polars as pl

from rescind.adapters.statements.decode import decode, encoding_of
from rescind.adapters.statements.numbers import is_entry
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
_CURRENCY_CODE = 3
_BYTE_ORDER_MARK = 3
"""Bytes of it in UTF-8."""
csv.field_size_limit(1_000_000)


def read_delimited(content: bytes, delimiter: str = "") -> Table:
    """Return the table in a CSV file; raises BadInput where no table is found."""
    encoding = encoding_of(content[:_SAMPLE_BYTES] if content.isascii() else content)
    if encoding not in {"utf-8", "utf-8-sig"}:
        content = decode(content)[0].lstrip("\ufeff").encode()
    elif encoding == "utf-8-sig":
        content = content[_BYTE_ORDER_MARK:]
    if b"\r" in content[:_SAMPLE_BYTES] and b"\n" not in content[:_SAMPLE_BYTES]:
        content = content.replace(b"\r", b"\n")
    sample = content[:_SAMPLE_BYTES].decode("utf-8", "ignore")
    delimiter = delimiter or _delimiter(sample)
    start, header, line = _start(sample, delimiter)
    width = len(header) or _width(sample, delimiter, start)
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
    )


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        return list(islice(reader, _SAMPLE_ROWS))
    except csv.Error:
        return [line.split(delimiter) for line in sample.splitlines()[:_SAMPLE_ROWS]]


def _delimiter(sample: str) -> str:
    """Return the delimiter that makes most lines entries of one width."""

    def fits(delimiter: str) -> tuple[int, int]:
        rows = [row for row in _rows(sample, delimiter) if len(row) > 1]
        widths = Counter(len(row) for row in rows if is_entry(row))
        return (max(widths.values(), default=0), max(widths, default=0))

    best = max(DELIMITERS, key=fits)
    if not fits(best)[0]:
        raise BadInput("file", "no line with a date and an amount was found", ["csv"])
    return best


def _start(sample: str, delimiter: str) -> tuple[int, list[str], int]:
    """Return the first entry's row, the header above it, and the lines before it."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    before: list[tuple[list[str], int]] = []
    for number, row in enumerate(islice(reader, _MOST_PREAMBLE)):
        if is_entry(row) and not _is_preamble(row, before):
            header, at = _header(before, len(row))
            first = at if at is not None else (before[-1][1] if before else 0)
            return number, header, first
        before.append((row, reader.line_num))
    message = f"no entry was found in the first {_MOST_PREAMBLE} lines"
    raise BadInput("file", message, ["a line with a date and an amount"])


def _is_preamble(row: list[str], before: list[tuple[list[str], int]]) -> bool:
    """Return whether a line that looks like an entry stands above a header."""
    cells = sum(bool(cell.strip()) for cell in row)
    return cells <= _FEWEST_CELLS and not any(known_headers(r) for r, _ in before)


def _header(
    before: list[tuple[list[str], int]], width: int
) -> tuple[list[str], int | None]:
    """Return the header, and how many lines of the file end with it."""
    for row, line in reversed(before):
        is_known = known_headers(row) >= _FEWEST_KNOWN
        cells = sum(bool(cell.strip()) for cell in row)
        if cells >= _FEWEST_CELLS and (is_known or abs(len(row) - width) <= 1):
            return [cell.strip().lstrip("\ufeff") for cell in row], line
    return [], None


def _width(sample: str, delimiter: str, start: int) -> int:
    """Return how many cells the entries have at most."""
    rows = _rows(sample, delimiter)[start:]
    return min(max((len(row) for row in rows), default=1), _MOST_COLUMNS)


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
            rows.append([*row, *[""] * (width - len(row))][:width])
            lines.append(at)
            at = first + reader.line_num
    except csv.Error as error:
        raise BadInput("file", f"line {at} cannot be read: {error}") from error
    schema = {str(index): pl.String for index in range(width)}
    return pl.DataFrame(rows, schema=schema, orient="row"), lines


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
