"""QIF: records of lettered lines that end with ``^``."""

from collections.abc import Iterator

import polars as pl

from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.adapters.statements.numbers import read_dates
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout, Statement

_REGISTERS = frozenset({"bank", "ccard", "cash", "oth a", "oth l"})
"""Sections that hold entries; the others hold categories, securities and the like."""
Record = tuple[dict[str, str], str, int]


def is_qif(head: bytes) -> bool:
    """Return whether a file starts as QIF does."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n ")
    return start[:6].lower() == b"!type:" or start[:8].lower() in {
        b"!account",
        b"!option:",
    }


def read_qif(name: str, content: bytes, order: str = "") -> Statement:
    """Return a QIF file's entries; raises BadInput with the line that is none."""
    text, encoding = decode(content)
    records = list(_records(text))
    # Quicken writes 1/ 5'26: blanks before short numbers, a quote before the year.
    days = [r["D"].replace("'", "/").replace(" ", "") for r, _, _ in records]
    dates = read_dates(pl.Series(days, dtype=pl.String), order or None)
    entries = []
    for (record, account, line), day in zip(
        records, dates.values.to_list(), strict=True
    ):
        amount = amount_of(record.get("T") or record.get("U") or "")
        if day is None or amount is None:
            what = "date" if day is None else "amount"
            raise BadInput("file", f"the record ending in line {line} has no {what}")
        payee, memo = record.get("P", ""), record.get("M", "")
        entries.append(
            Entry(
                on=day.isoformat(),
                amount=amount,
                account=account,
                text=" ".join(filter(None, (payee, memo))),
                kind=record.get("N", ""),
            )
        )
    layout = Layout(
        format="qif",
        encoding=encoding,
        dates=dates.order,
        dates_sure=dates.is_sure,
        spending="negative",
    )
    return Statement(file=name, entries=frame_of(entries), layout=layout)


def _records(text: str) -> Iterator[Record]:
    """Yield the records of accounts' registers, with account and last line."""
    section, account, record = "bank", "", dict[str, str]()
    lines = text.splitlines()
    for number, raw in enumerate([*lines, "^"], 1):
        line = raw.strip("\ufeff \t")
        if line.startswith("!"):
            section = line[1:].lower().removeprefix("type:").strip()
        elif line != "^":
            if line:
                record.setdefault(line[0].upper(), line[1:].strip())
        else:
            if section == "account":
                account = record.get("N", account)
            elif section in _REGISTERS and record:
                if "D" not in record:
                    message = f"the record ending in line {number} has no date"
                    raise BadInput("file", message)
                yield record, account, number
            record = {}
