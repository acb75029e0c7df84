"""QIF: records of lettered lines that end with ``^``."""

import re
from collections.abc import Iterator

import polars as pl

from rescind.adapters.statements.assumed import date_assumption
from rescind.adapters.statements.dates import read_dates
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, amount_of, as_all_say, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout, Statement

_REGISTERS = frozenset({"bank", "ccard", "cash", "oth a", "oth l"})
"""Sections that hold entries; the others hold categories, securities and the like."""
_COMMENTS = (b"#", b";", b"//")
_HEADER = re.compile(rb"(?i)!(?:type:|account|option:|clear:)")
"""What the first line says: what follows, or a switch that Quicken writes before it."""
_COMMENT_LINES = tuple(start.decode() for start in _COMMENTS)
_SWITCHES = ("clear:", "option:")
Record = tuple[dict[str, str], str, int]


def is_qif(head: bytes) -> bool:
    """Return whether a file starts as QIF does, comments before it aside."""
    lines = (line.strip() for line in head.lstrip(b"\xef\xbb\xbf").splitlines())
    start = next(
        (line for line in lines if line and not line.startswith(_COMMENTS)), b""
    )
    return bool(_HEADER.match(start))


def read_qif(name: str, content: bytes, order: str = "") -> Statement:
    """Return a QIF file's entries; raises BadInput with the line that is none."""
    text, encoding = decode(content)
    records = list(_records(text))
    # Quicken writes 1/ 5'26: blanks before short numbers, a quote before the year.
    days = [r["D"].replace("'", "/").replace(" ", "") for r, _, _ in records]
    dates = read_dates(pl.Series(days, dtype=pl.String), order or None)
    entries, written = [], []
    for (record, account, line), day in zip(
        records, dates.values.to_list(), strict=True
    ):
        written.append(record.get("T") or record.get("U") or "")
        amount = amount_of(written[-1])
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
    entries, assumed = as_all_say(entries, written)
    if not dates.is_sure:
        assumed += (date_assumption(dates),)
    layout = Layout(
        format="qif",
        encoding=encoding,
        dates=dates.order,
        dates_sure=dates.is_sure,
        spending="negative",
    )
    return Statement(
        file=name, entries=frame_of(entries), layout=layout, assumed=assumed
    )


def _records(text: str) -> Iterator[Record]:
    """Yield the records of accounts' registers, with account and last line."""
    section, account, record = "bank", "", dict[str, str]()
    lines = text.splitlines()
    for number, raw in enumerate([*lines, "^"], 1):
        line = raw.strip("\ufeff \t")
        if not line or line.startswith(_COMMENT_LINES):
            continue
        if line.startswith("!"):
            section = _section(line, section)
        elif line != "^":
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


def _section(line: str, section: str) -> str:
    """Return the section that a line opens; a switch opens none."""
    name = line[1:].lower().strip()
    return section if name.startswith(_SWITCHES) else name.removeprefix("type:").strip()
