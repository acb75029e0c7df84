"""JSON exports: the list of transactions in them, whatever it is called."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.numbers import looks_like_date
from rescind.adapters.statements.rows import table_of_records
from rescind.adapters.statements.table import Table
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_DEEPEST = 8
_FEWEST = 2
_SMALL = ("minor", "cents")
"""In the names of fields whose amounts are whole hundredths."""


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
    if len(lines) < _FEWEST:
        raise BadInput("file", f"this is no JSON: {error}") from error
    found = []
    for number, line in lines:
        try:
            found.append(json.loads(line, parse_float=str))
        except (ValueError, RecursionError) as wrong:
            raise BadInput("file", f"line {number} is no JSON: {wrong}") from wrong
    return found


def _lists(tree: Any, depth: int) -> Iterator[list[dict[str, Any]]]:  # noqa: ANN401 - JSON
    if depth > _DEEPEST:
        return
    if isinstance(tree, list):
        records = [each for each in tree if isinstance(each, dict)]
        if records and len(records) == len(tree):
            yield records
        for each in tree[:1000]:
            if isinstance(each, list):
                yield from _lists(each, depth + 1)
    elif isinstance(tree, dict):
        for each in tree.values():
            yield from _lists(each, depth + 1)


def _has_dates(records: list[dict[str, Any]]) -> bool:
    return any(
        looks_like_date(str(value)) or _is_moment(value)
        for record in records[:20]
        for value in _flat(record).values()
    )


def _is_moment(value: Any) -> bool:  # noqa: ANN401 - JSON
    return (
        str(value).isdigit() and 10**12 < int(value) < 4 * 10**12
        if len(str(value)) < 15
        else False
    )


def _flat(
    record: Mapping[str, Any], before: str = "", depth: int = 0
) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            found.update(_flat(value, f"{name}.", depth + 1))
        elif isinstance(value, list):
            words = [str(each) for each in value if isinstance(each, str | int | float)]
            if words:
                found[name] = " ".join(words)
        elif value is not None:
            found[name] = _cell(value)
    return found


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, int) and not isinstance(value, bool) and _is_moment(value):
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
    return str(value)


def _in_units(records: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return records with amounts in units: whole hundredths are divided.

    Only where every amount of a field is whole, and its name or the marks of such an
    export (Monzo's ``local_amount`` beside ``amount``) say so.
    """
    whole = [
        key
        for key in dict.fromkeys(k for r in records for k in r)
        if any(word in key.lower() for word in _SMALL)
        or (
            key in {"amount", "local_amount"}
            and any("local_amount" in r for r in records)
        )
    ]
    for key in whole:
        values = [r[key] for r in records if r.get(key)]
        if values and all(v.lstrip("-").isdigit() for v in values):
            for record in records:
                if record.get(key):
                    cents = int(record[key])
                    sign = "-" if cents < 0 else ""
                    record[key] = f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"
    return records
