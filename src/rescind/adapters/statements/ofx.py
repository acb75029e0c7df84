"""OFX and QFX, 1.x (SGML) and 2.x (XML): read as written, not as it should be.

Real files leave end tags out, repeat headers and mix the versions; of a strict reader's
refusals most are files that people have. Tags are taken in the order they come.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rescind.adapters.statements.assumed import turned_assumption
from rescind.adapters.statements.charge_days import charged_on
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, amount_of, as_all_say, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout, Statement

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]+)\s*/?>([^<]*)")
_ENCODINGS = tuple(
    re.compile(name + rb"\s*[:=]\s*[\"']?([\w-]+)", re.IGNORECASE)
    for name in (rb"CHARSET", rb"ENCODING")
)
"""What names the encoding; the first one decides, the other only says ASCII or not."""
_SAYS_NOTHING = frozenset({"none", "usascii", "us-ascii", "unicode", "utf-8", "utf8"})
"""Names that do not tell how the bytes above ASCII are to be read."""
_DAY = re.compile(r"\s*(\d{4})[-/]?(\d{2})[-/]?(\d{2})")
_STATEMENTS = frozenset({"STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS"})
_CLOSING = frozenset({"STMTTRN", "BANKTRANLIST", "STMTRS", "CCSTMTRS"})
_DAYS = ("DTPOSTED", "DTUSER", "DTAVAIL")
"""The booking's day, else the purchase's, else the value's."""
_SIDES = frozenset({"DEBIT", "CREDIT"})
_LONGEST = 2_000
"""Characters of a field."""
_HEADER = 600
"""Bytes in which the header names the encoding."""
_CURRENCY_CODE = 3


def is_ofx(head: bytes) -> bool:
    """Return whether a file starts as OFX does."""
    return b"OFXHEADER" in head.upper() or b"<OFX>" in head.upper()


def read_ofx(name: str, content: bytes, spending: str = "") -> Statement:
    """Return an OFX file's entries; raises BadInput where one has no date or amount.

    Where all types contradict all signs, the types are taken and it is asked for, until
    a person says what is money out (``spending``: negative or positive).
    """
    text, encoding = _text(content)
    reader = _TagReader(text)
    entries = list(reader.entries())
    opened = len(re.findall(r"<STMTTRN\s*>", text, re.IGNORECASE))
    if opened != len(entries):
        message = f"{opened} transactions are opened, {len(entries)} can be read"
        raise BadInput("file", message, ["download the file again"])
    entries, assumed = as_all_say(entries, reader.amounts)
    # what is said beside one file counts for others too: these signs are not in doubt
    spending = (spending or "positive") if _are_turned(entries) else "negative"
    if _are_turned(entries):
        assumed = (*assumed, turned_assumption(spending))
    if spending == "positive":
        entries = [replace(each, amount=-each.amount) for each in entries]
    return Statement(
        file=name,
        entries=frame_of(entries),
        layout=Layout(
            format="ofx",
            encoding=encoding,
            dates="YMD",
            spending=spending,
        ),
        checked=(f"{len(entries)} transactions opened and read",),
        assumed=assumed,
    )


def _are_turned(entries: Sequence[Entry]) -> bool:
    """Return whether each debit is above zero and each credit below it."""
    signs = {(e.kind.upper(), e.amount > 0) for e in entries if e.amount}
    told = {(kind, is_above) for kind, is_above in signs if kind in _SIDES}
    return told == {("DEBIT", True), ("CREDIT", False)}


def _text(content: bytes) -> tuple[str, str]:
    head = content[:_HEADER]
    names = [match[1].decode().lower() for e in _ENCODINGS if (match := e.search(head))]
    code = next((name for name in names if name not in _SAYS_NOTHING), "")
    if code.isdigit():
        code = f"cp{code}"
    elif code.startswith("8859-"):
        code = f"iso{code}"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(code), code
    except (LookupError, UnicodeDecodeError):
        return decode(content)


class _TagReader:
    """Takes tags in as they come; end tags may be there or not."""

    def __init__(self, text: str) -> None:
        """Start outside of any statement."""
        self.text = text
        self.amounts: list[str] = []
        """What each transaction has in TRNAMT."""
        self.account = self.currency = ""
        self.fields: dict[str, str] | None = None
        self.within: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield the transactions."""
        for match in _TAG.finditer(self.text):
            tag, value = match[2].upper(), match[3].strip()
            if match[1]:
                if tag in _CLOSING:
                    yield from self._close(match.start())
                self.within = [each for each in self.within if each != tag]
            elif tag == "STMTTRN":
                yield from self._close(match.start())
                self.fields, self.within = {}, []
            elif self.fields is not None:
                self._field(tag, value)
            else:
                self._head(tag, value)
        yield from self._close(len(self.text))

    def _close(self, at: int) -> Iterator[Entry]:
        if self.fields:
            # Lines are counted only where a message will name one: it is slow.
            line = self.text.count("\n", 0, at) + 1 if self._is_broken() else 0
            self.amounts.append(self.fields.get("TRNAMT", ""))
            yield _entry(self.fields, self.account, self.currency, line)
        self.fields = None

    def _is_broken(self) -> bool:
        """Return whether the transaction lacks what every one has."""
        fields = self.fields or {}
        day = next(filter(None, map(fields.get, _DAYS)), "")
        return not _DAY.match(day) or amount_of(fields.get("TRNAMT", "")) is None

    def _field(self, tag: str, value: str) -> None:
        assert self.fields is not None  # noqa: S101 - a transaction is open
        if not value:
            self.within.append(tag)
        else:
            text = html.unescape(value)[:_LONGEST]
            self.fields.setdefault(_place(tag, self.within), text)

    def _head(self, tag: str, value: str) -> None:
        if tag == "CURDEF" and value:
            self.currency = value.upper()[:_CURRENCY_CODE]
        elif tag == "ACCTID" and value:
            self.account = html.unescape(value)
        elif tag in _STATEMENTS:
            self.account = self.currency = ""


def _place(tag: str, within: list[str]) -> str:
    """Return a field's name; the same words inside a party are another field."""
    if tag in {"NAME", "ACCTID"} and any(
        w in {"BANKACCTTO", "CCACCTTO"} for w in within
    ):
        return f"TO.{tag}"
    if tag in {"CURSYM", "CURRATE"} and within:
        return f"{within[-1]}.{tag}"
    return tag


def _entry(fields: dict[str, str], account: str, currency: str, line: int) -> Entry:
    days = (fields.get(name) for name in _DAYS)
    day = _DAY.match(next(filter(None, days), ""))
    if not day:
        raise BadInput("file", f"the transaction ending in line {line} has no DTPOSTED")
    made = _DAY.match(fields.get("DTUSER", ""))
    amount = amount_of(fields.get("TRNAMT", ""))
    if amount is None:
        raise BadInput("file", f"the transaction ending in line {line} has no TRNAMT")
    name = fields.get("NAME") or fields.get("PAYEE") or ""
    memo = fields.get("MEMO", "")
    text = memo if memo.startswith(name) else f"{name} {memo}"
    booked = "-".join(day.groups())
    return Entry(
        on=charged_on(booked, "-".join(made.groups())) if made else booked,
        booked=booked if made else "",
        amount=amount,
        currency=fields.get("CURRENCY.CURSYM", currency) or currency,
        account=account,
        text=text.strip(),
        kind=fields.get("TRNTYPE", ""),
        foreign_currency=fields.get("ORIGCURRENCY.CURSYM", ""),
    )
