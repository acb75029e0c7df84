"""JSON exports: the list of transactions in them, whatever it is called."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.numbers import looks_like_date
from rescind.adapters.statements.rows import table_of_records
from rescind.adapters.statements.table import Table
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_DEEPEST = 8
_FEWEST_LINES = 2
_MOST_LISTS, _SAMPLE = 1000, 20
"""Lists in a list that are looked into; records that tell whether there are dates."""
_MILLISECONDS = range(10**12 + 1, 4 * 10**12)
"""Moments from 2001 to 2096; no amount is as large, and no other number as likely."""
_MOST_DIGITS = 15
"""Fewer digits than this: longer numbers are references, whatever their type."""
_SMALL = ("minor", "cents")
"""In the names of fields whose amounts are whole hundredths."""
_WHOLE = re.compile(r"-?\d{1,18}")


def read_json(content: bytes) -> Table:
    """Return the largest list of records with dates in a JSON export, or JSON Lines.

    Objects inside a record become fields with dots in their names, as in
    ``amount.value``. Moments in milliseconds become days (UTC). Whole amounts beside
    no decimals at all, as Monzo writes them, are hundredths.
    """
    text, encoding = decode(content)
    try:
        tree = json.loads(text, parse_float=str)
    except RecursionError as error:
        raise BadInput("file", "the JSON is nested too deeply") from error
    except ValueError as error:
        tree = _lines(text, error)
    lists = [records for records in _lists(tree, 0) if _has_dates(records)]
    if not lists:
        raise BadInput(
            "file",
            "no list of transactions was found",
            ["a list of objects with date and amount"],
        )
    records = [_flat(record) for record in max(lists, key=len)]
    return table_of_records(
        _in_units(records), Layout(format="json", encoding=encoding)
    )


def _lines(text: str, error: ValueError) -> list[Any]:
    """Return the records of JSON Lines; raises BadInput with the line that is none."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < _FEWEST_LINES:
        raise BadInput("file", f"this is no JSON: {error}") from error
    records = []
    for number, line in lines:
        try:
            records.append(json.loads(line, parse_float=str))
        except (ValueError, RecursionError) as wrong:
            raise BadInput("file", f"line {number} is no JSON: {wrong}") from wrong
    return records


def _lists(tree: Any, depth: int) -> Iterator[list[dict[str, Any]]]:  # noqa: ANN401 - JSON
    if depth > _DEEPEST:
        return
    if isinstance(tree, list):
        records = [each for each in tree if isinstance(each, dict)]
        if records and len(records) == len(tree):
            yield records
        for each in tree[:_MOST_LISTS]:
            if isinstance(each, list):
                yield from _lists(each, depth + 1)
    elif isinstance(tree, dict):
        for each in tree.values():
            yield from _lists(each, depth + 1)


def _has_dates(records: list[dict[str, Any]]) -> bool:
    return any(
        looks_like_date(str(value)) or _is_moment(value)
        for record in records[:_SAMPLE]
        for value in _flat(record).values()
    )


def _is_moment(value: Any) -> bool:  # noqa: ANN401 - JSON
    text = str(value)
    return len(text) < _MOST_DIGITS and text.isdecimal() and int(text) in _MILLISECONDS


def _flat(
    record: Mapping[str, Any], before: str = "", depth: int = 0
) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            fields.update(_flat(value, f"{name}.", depth + 1))
        elif isinstance(value, list):
            words = [str(each) for each in value if isinstance(each, str | int | float)]
            if words:
                fields[name] = " ".join(words)
        elif value is not None:
            fields[name] = _cell(value)
    return fields


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, int) and not isinstance(value, bool) and _is_moment(value):
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
    return str(value)


def _in_units(records: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return records with amounts in units: whole hundredths are divided.

    Only where every amount of a field is whole, and its name or the marks of such an
    export (Monzo's ``local_amount`` beside ``amount``) say so.
    """
    names = dict.fromkeys(name for record in records for name in record)
    monzo = {"amount", "local_amount"} if "local_amount" in names else set()
    for name in names:
        if name not in monzo and not any(word in name.lower() for word in _SMALL):
            continue
        filled = [record for record in records if record.get(name)]
        if all(_WHOLE.fullmatch(record[name]) for record in filled):
            for record in filled:
                record[name] = str(Decimal(record[name]).scaleb(-2))
    return records
