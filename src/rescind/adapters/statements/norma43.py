"""Norma 43 (AEB): the records of 80 signs in which Spanish banks give statements."""

import re
from dataclasses import replace
from datetime import date

from rescind.adapters.statements.assumed import total_assumption
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import THOUSANDTHS, Assumption, Layout, Statement

_ACCOUNT = re.compile(rb"\s*11\d{18}\d{12}[12]\d{14}\d{3}")
"""The head of an account: bank, branch, account, two days, balance, currency."""
_CURRENCIES = {
    "978": "EUR", "840": "USD", "826": "GBP", "756": "CHF", "392": "JPY", "752": "SEK",
    "578": "NOK", "208": "DKK", "124": "CAD", "036": "AUD", "554": "NZD", "484": "MXN",
    "985": "PLN",
}  # fmt: skip
"""ISO 4217 by number, as the records have it."""
_DEBIT = "1"
_PER_HUNDREDTH = THOUSANDTHS // 100


def is_norma43(head: bytes) -> bool:
    """Return whether a file begins with the record of an account."""
    return _ACCOUNT.match(head) is not None


def read_norma43(name: str, content: bytes) -> Statement:
    """Return the entries of all accounts in a file; totals and balances are compared.

    Raises BadInput where a record cannot be read.
    """
    text, encoding = decode(content)
    reader = _RecordReader()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip("\x1a \t"):
            reader.take(line, number)
    return Statement(
        file=name,
        entries=frame_of(reader.entries),
        layout=Layout(format="norma43", encoding=encoding, dates="YMD"),
        checked=tuple(dict.fromkeys(reader.checks)),
        assumed=tuple(reader.assumed),
    )


class _RecordReader:
    """Takes records in, in the order of the file."""

    def __init__(self) -> None:
        """Start before the first account."""
        self.entries: list[Entry] = []
        self.checks: list[str] = []
        self.assumed: list[Assumption] = []
        self.account = self.currency = ""
        self.opening = self.start = 0
        self.takes = {
            "11": self._open,
            "22": self._take_entry,
            "23": self._take_words,
            "24": self._take_foreign,
            "33": self._close,
            "88": self._end,
        }

    def take(self, line: str, number: int) -> None:
        """Take a record in; raises BadInput, naming its line."""
        take = self.takes.get(line[:2])
        if take is None or (line[:2] in {"23", "24"} and not self.entries):
            raise BadInput("file", f"line {number} is no record of Norma 43: {line}")
        try:
            take(line)
        except ValueError as error:
            message = f"line {number} cannot be read: {line}"
            raise BadInput("file", message) from error

    def _end(self, _line: str) -> None:
        """Take the end of the file in, which counts its records."""

    def _open(self, line: str) -> None:
        self.account = line[2:20]
        self.currency = _CURRENCIES.get(line[47:50], "")
        self.opening = _amount(line[32], line[33:47])
        self.start = len(self.entries)

    def _take_entry(self, line: str) -> None:
        day = date(2000 + int(line[10:12]), int(line[12:14]), int(line[14:16]))
        self.entries.append(
            Entry(
                on=day.isoformat(),
                amount=_amount(line[27], line[28:42]),
                currency=self.currency,
                account=self.account,
                text=line[52:80].strip(" 0"),
            )
        )

    def _take_words(self, line: str) -> None:
        entry = self.entries[-1]
        text = f"{entry.text} {line[4:42].strip()} {line[42:80].strip()}"
        self.entries[-1] = replace(entry, text=text.strip())

    def _take_foreign(self, line: str) -> None:
        self.entries[-1] = replace(
            self.entries[-1],
            foreign=int(line[7:21]) * _PER_HUNDREDTH,
            foreign_currency=_CURRENCIES.get(line[4:7], ""),
        )

    def _close(self, line: str) -> None:
        """Set the totals of an account beside its entries."""
        own = [entry.amount for entry in self.entries[self.start :]]
        out, into = (
            -sum(a for a in own if a < 0),
            sum(a for a in own if a > 0),
        )
        stated = (
            ("a sum of money out", int(line[25:39]) * _PER_HUNDREDTH, out),
            ("a sum of money in", int(line[44:58]) * _PER_HUNDREDTH, into),
            (
                "a closing balance",
                _amount(line[58], line[59:73]),
                self.opening + into - out,
            ),
        )
        wrong = [each for each in stated if each[1] != each[2]]
        self.assumed += [total_assumption(*each) for each in wrong]
        if not wrong:
            self.checks.append("opening balance and entries give the closing balance")


def _amount(mark: str, digits: str) -> int:
    """Return thousandths of an amount in hundredths; money out is below zero."""
    amount = int(digits) * _PER_HUNDREDTH
    return -amount if mark == _DEBIT else amount
