"""JSON exports: the list of transactions in them, whatever it is called."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rescind.adapters.statements.dates import looks_like_date
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.rows import table_of_records
from rescind.adapters.statements.table import Table
from rescind.adapters.statements.words import fold_header, marks, roles
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout

_DEEPEST = 8
_FEWEST_LINES = 2
_MOST_LISTS, _SAMPLE = 1000, 20
"""Lists in a list that are looked into; records that tell whether there are dates."""
_MILLISECONDS = range(10**12 + 1, 4 * 10**12)
"""Moments from 2001 to 2096; no amount is as large, and no other number as likely."""
_SECONDS = range(946_684_800, 4_102_444_800)
"""Moments from 2000 to 2099, in seconds."""
_DATES = frozenset({"booked", "made", "valued"})
_ACCOUNT_NAMES = ("iban", "account_id", "accountId", "id", "name")
"""Fields that name the account whose list of entries a record holds, the best first."""
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
    lists = [each for each in _together(_lists(tree, ())) if _has_dates(each)]
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


Path = tuple[str, ...]
"""The names of the fields that lead to a list."""


def _together(
    lists: Iterable[tuple[Path, list[dict[str, Any]]]],
) -> list[list[dict[str, Any]]]:
    """Return the records of each path: those of several accounts are one list.

    What a file keeps apart as pending is left out, as pending entries are.
    """
    of_path: dict[Path, list[dict[str, Any]]] = {}
    for path, records in lists:
        if not path or fold_header(path[-1]) not in marks("pending"):
            of_path.setdefault(path, []).extend(records)
    return list(of_path.values())


def _lists(
    tree: Any,  # noqa: ANN401 - JSON
    path: Path,
    depth: int = 0,
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Yield each list of records with its path; lists inside of records too."""
    if depth > _DEEPEST:
        return
    if isinstance(tree, list):
        records = [each for each in tree if isinstance(each, dict)]
        if records and len(records) == len(tree):
            yield path, records
        for each in tree[:_MOST_LISTS]:
            find = _inside if isinstance(each, dict) else _lists
            yield from find(each, path, depth + 1)
    elif isinstance(tree, dict):
        for name, each in tree.items():
            yield from _lists(each, (*path, name), depth + 1)


def _inside(
    record: Mapping[str, Any], path: Path, depth: int
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Yield the lists in a record, which say what account they are of."""
    account = next((record[n] for n in _ACCOUNT_NAMES if record.get(n)), None)
    above = {"account": account, "currency": record.get("currency")}
    said = {name: value for name, value in above.items() if isinstance(value, str)}
    for name, each in record.items():
        if isinstance(each, list):
            for inner, records in _lists(each, (*path, name), depth):
                yield inner, [{**said, **one} for one in records]


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
            fields[name] = _cell(name, value)
    return fields


def _cell(name: str, value: Any) -> str:  # noqa: ANN401 - JSON
    """Return a value as text; a moment as its day.

    Seconds are as large as amounts may be: only a field of a day holds them.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        return str(value)
    seconds = value / 1000 if _is_moment(value) else value
    role = roles().get(fold_header(name.rpartition(".")[2]), ("",))[0]
    is_seconds = value in _SECONDS and role in _DATES
    if seconds != value or is_seconds:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
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
