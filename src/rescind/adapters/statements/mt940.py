"""SWIFT MT940 and MT942: tagged fields, with or without the blocks around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rescind.adapters.statements.assumed import total_assumption
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.adapters.statements.running import Closings
from rescind.core.errors import BadInput
from rescind.core.model.statement import THOUSANDTHS, Assumption, Layout, Statement

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_LINE_61 = re.compile(
    r"(?P<valued>\d{6})(?P<booked>\d{4})?\s*(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?"
    r"\s?(?P<minus>-)?\s?(?P<amount>\d[\d.]*(?:,\d*)?)(?![\d.,])\s?(?P<kind>[SNF][A-Z0-9]{3})?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_BALANCE = re.compile(r"\s*([CD])(\d{6})([A-Z]{3})?\s*(-?\d[\d.]*(?:,\d*)?|,\d+)")
_ENDS = re.compile(r"(?m)^-(?:\}.*)?[ \t]*$")
"""The end of a statement; a text may well begin with a dash."""
_SUBFIELD = re.compile(r"[?>~^](\d{2})")
_REFERENCES = re.compile(
    r"(?<![A-Z])(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|COAM|OAMT)\+"
)
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|ORDP|BENM|ISDT|PURP|ULTC|ULTD|TRCD|UDTR|PREF|RTRN)/"
)
_NAME = frozenset({"32", "33"})
"""Subfields of field 86, as German banks number them, that hold the payee's name."""
_TEXT = frozenset(f"2{n}" for n in range(10)) | frozenset({"60", "61", "62", "63"})
_CENTURY, _JANUARY, _DECEMBER = 2000, 1, 12
_POINT = re.compile(r"^\d+\.\d{1,2}$")
_SHOWN = 60
"""Characters of a line that are shown where it cannot be read."""


def is_mt940(head: bytes) -> bool:
    """Return whether a file has the fields that every such statement has."""
    return bool(re.search(rb"(?m)^(?:\{4:\s*)?:20:", head)) and b":25" in head


class _FieldReader:
    """Takes the fields of a file in, one statement after the other."""

    def __init__(self) -> None:
        """Start before the first statement."""
        self.entries: list[Entry] = []
        self.checks: list[str] = []
        self.assumed: list[Assumption] = []
        self.closings = Closings()
        self._open("")

    def _open(self, _: str) -> None:
        self.account, self.currency = "", ""
        self.opening: int | None = None
        self.start = len(self.entries)

    def take(self, tag: str, value: str, line: int) -> None:
        """Take a field in; raises BadInput where it cannot be read."""
        if tag == "20":
            self._open(value)
        elif tag.startswith("25"):
            self.account = value.split("\n", maxsplit=1)[0].strip()
        elif tag in {"60F", "60M"}:
            self._begin(tag, value, line)
        elif tag == "34F":
            self.currency = self.currency or value.strip()[:3]
        elif tag in {"62F", "62M"}:
            self._close(value, line)
        elif tag in {"90D", "90C"}:
            self._count(tag, value)
        else:
            self._booked(tag, value, line)

    def _begin(self, tag: str, value: str, line: int) -> None:
        """Take an opening balance in; a page's own goes on with what was before."""
        self.opening, day, currency = _balance(value, line)
        self.currency = currency or self.currency
        if tag == "60F":
            self.start = len(self.entries)
            before = self.closings.skipped(self._whose(), day, self.opening)
            if before is not None:
                what = f"an opening balance (line {line})"
                self.assumed.append(total_assumption(what, self.opening, before))

    def _booked(self, tag: str, value: str, line: int) -> None:
        if tag == "61":
            self.entries.append(_entry(value, self.account, self.currency, line))
        elif tag == "86" and len(self.entries) > self.start and self._is_bare():
            self.entries[-1] = _with_text(self.entries[-1], value)

    def _is_bare(self) -> bool:
        return not self.entries[-1].text

    def _whose(self) -> str:
        return f"{self.account} {self.currency}"

    def _own(self) -> list[Entry]:
        return self.entries[self.start :]

    def _close(self, value: str, line: int) -> None:
        """Set a closing balance beside the opening one and the entries."""
        closing, day, _ = _balance(value, line)
        self.closings.close(self._whose(), day, closing)
        if self.opening is None:
            return
        ours = self.opening + sum(entry.amount for entry in self._own())
        if ours == closing:
            self.checks.append("opening balance and entries give the closing balance")
        else:
            what = f"a closing balance (line {line})"
            self.assumed.append(total_assumption(what, closing, ours))

    def _count(self, tag: str, value: str) -> None:
        """Set a stated count and sum beside the entries."""
        match = re.match(r"\s*(\d+)([A-Z]{3})?\s*([\d.]*,?\d*)", value)
        stated = _comma_amount(match[3]) if match else None
        if not match or stated is None:
            return
        sign = -1 if tag == "90D" else 1
        amounts = [abs(e.amount) for e in self._own() if e.amount * sign > 0]
        count = int(match[1])
        if len(amounts) == count and sum(amounts) == stated:
            self.checks.append(f"{count} entries of field {tag} add up")
        elif len(amounts) != count:
            what = f"a number of entries (field {tag})"
            ours = len(amounts) * THOUSANDTHS
            self.assumed.append(total_assumption(what, count * THOUSANDTHS, ours))
        else:
            what = f"a sum (field {tag})"
            self.assumed.append(total_assumption(what, stated, sum(amounts)))


def read_mt940(name: str, content: bytes) -> Statement:
    """Return the entries of all statements in a file, balances and counts checked.

    Raises BadInput where a line 61 cannot be read.
    """
    text, encoding = decode(content)
    reader = _FieldReader()
    for tag, value, line in _fields(text):
        reader.take(tag, value, line)
    if ":61:" in text and not reader.entries:
        raise BadInput("file", "no field 61 can be read", ["MT940"])
    return Statement(
        file=name,
        entries=frame_of(reader.entries),
        layout=Layout(
            format="mt940",
            encoding=encoding,
            dates="YMD",
            decimal=",",
            spending="marked",
        ),
        checked=tuple(reader.checks),
        assumed=tuple(reader.assumed),
    )


def _fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield tag, value and line of each field; blocks around them are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\{4:\s*", "\n", text)
    text = _ENDS.sub("", text)
    tags = list(_FIELD.finditer(text))
    line, at = 1, 0
    for tag, value in _split_at(tags, text):
        line += text.count("\n", at, tag.start())
        at = tag.start()
        yield tag[1], value.strip("\n"), line


def _split_at(
    tags: Sequence[re.Match[str]], text: str
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each tag with the text from it to the next one."""
    ends = [*(tag.start() for tag in tags[1:]), len(text)]
    for tag, end in zip(tags, ends, strict=False):  # without tags there is one end
        yield tag, text[tag.end() : end]


def _balance(value: str, line: int) -> tuple[int, str, str]:
    """Return a balance with its day and currency."""
    match = _BALANCE.match(value)
    amount = _comma_amount(match[4]) if match else None
    if not match or amount is None:
        message = f"line {line}: the balance cannot be read: {value[:_SHOWN]}"
        raise BadInput("file", message)
    return (-amount if match[1] == "D" else amount), match[2], match[3] or ""


def _comma_amount(text: str) -> int | None:
    """Return an amount in thousandths; a comma parts decimals (SWIFT).

    Where a bank writes a point instead, one or two digits stand behind it.
    """
    if "," not in text and _POINT.search(text):
        return amount_of(text)
    return amount_of(text.replace(".", "").rstrip(","))


def _entry(value: str, account: str, currency: str, line: int) -> Entry:
    match = _LINE_61.match(value.strip())
    amount = _comma_amount(match["amount"]) if match else None
    if not match or amount is None:
        message = f"line {line}: field 61 cannot be read: {value[:_SHOWN]}"
        raise BadInput("file", message)
    is_out = match["mark"] in {"D", "RC", "ED"}  # a debit, or a credit taken back
    is_out ^= match["minus"] is not None  # which some banks write as a negative debit
    day = _day(match["valued"], match["booked"])
    try:
        date.fromisoformat(day)
    except ValueError as error:
        message = f"line {line}: {day!r} is no day: {value[:_SHOWN]}"
        raise BadInput("file", message) from error
    return Entry(
        on=day,
        amount=-amount if is_out else amount,
        currency=currency,
        account=account,
        kind=match["kind"] or "",
    )


def _day(valued: str, booked: str | None) -> str:
    """Return the booking day; its year is the value day's, or the one beside it."""
    year, month = _CENTURY + int(valued[:2]), int(valued[2:4])
    if not booked:
        return f"{year:04}-{valued[2:4]}-{valued[4:6]}"
    booked_month = int(booked[:2])
    if (month, booked_month) == (_DECEMBER, _JANUARY):
        year += 1
    elif (month, booked_month) == (_JANUARY, _DECEMBER):
        year -= 1
    return f"{year:04}-{booked[:2]}-{booked[2:]}"


def _with_text(entry: Entry, value: str) -> Entry:
    """Return an entry with the words of its field 86."""
    name, purpose, code = _parts(value)
    return replace(
        entry,
        text=" ".join(part for part in (name, purpose) if part) or code or "-",
        kind=" ".join(part for part in (entry.kind, code) if part),
    )


def _parts(value: str) -> tuple[str, str, str]:
    """Return name, purpose and booking text of field 86, in its usual structures."""
    joined = value.replace("\n", "")
    marks = list(_SUBFIELD.finditer(joined))
    if marks and re.match(r"\d{3}[?>~^]", joined):
        return _numbered_parts(marks, joined)
    marks = list(_SLASHED.finditer(joined))
    if marks:
        return _slashed_parts(marks, joined)
    return "", " ".join(value.split()), ""


def _numbered_parts(
    marks: Sequence[re.Match[str]], joined: str
) -> tuple[str, str, str]:
    """Return name, purpose and booking text of subfields such as ``?20``.

    A bank that runs out of numbers repeats one; its texts then belong together.
    """
    parts: dict[str, str] = {}
    for mark, text in _split_at(marks, joined):
        parts[mark[1]] = parts.get(mark[1], "") + text
    name = "".join(parts[k] for k in sorted(parts) if k in _NAME)
    text = "".join(parts[k] for k in sorted(parts) if k in _TEXT)
    return name.strip(), _purpose(text), parts.get("00", "").strip()


def _slashed_parts(marks: Sequence[re.Match[str]], joined: str) -> tuple[str, str, str]:
    """Return name, purpose and booking text of words such as ``/REMI/``."""
    parts = {mark[1]: text for mark, text in _split_at(marks, joined)}
    names = (parts.get(word) for word in ("NAME", "BENM", "ORDP"))
    party = next(filter(None, names), parts.get("CNTP", "").split("/")[-1])
    return (
        party.strip("/ "),
        parts.get("REMI", "").strip("/ "),
        parts.get("TRTP", "").strip("/ "),
    )


def _purpose(text: str) -> str:
    """Return the purpose without the references around it, where it is marked."""
    parts = _split_at(list(_REFERENCES.finditer(text)), text)
    return next((part for mark, part in parts if mark[1] == "SVWZ"), text).strip()
