"""SWIFT MT940 and MT942: tagged fields, with or without the blocks around them."""

import re
from collections.abc import Iterator, Sequence

from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout, Statement

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_LINE_61 = re.compile(
    r"(?P<valued>\d{6})(?P<booked>\d{4})?\s?(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>\d[\d.]*,\d*)\s?(?P<kind>[SNF][A-Z0-9]{3})?(?P<rest>.*)",
    re.DOTALL,
)
_BALANCE = re.compile(r"\s*([CD])(\d{6})([A-Z]{3})([\d.]*,\d*)")
_SUBFIELD = re.compile(r"[?>~^](\d{2})")
_PARTS = re.compile(
    r"(?<![A-Z])(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|COAM|OAMT)\+"
)
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|ORDP|BENM|ISDT|PURP|ULTC|ULTD|TRCD|UDTR|PREF|RTRN)/"
)
_NAME, _TEXT = (
    frozenset({"32", "33"}),
    frozenset(f"2{n}" for n in range(10)) | frozenset({"60", "61", "62", "63"}),
)


def is_mt940(head: bytes) -> bool:
    """Return whether a file has the fields that every such statement has."""
    return bool(re.search(rb"(?m)^(?:\{4:\s*)?:20:", head)) and b":25" in head


class _FieldReader:
    """Takes the fields of a file in, one statement after the other."""

    def __init__(self) -> None:
        """Start before the first statement."""
        self.entries: list[Entry] = []
        self.checked: list[str] = []
        self._open("")

    def _open(self, _: str) -> None:
        self.account, self.currency = "", ""
        self.opening: int | None = None
        self.start = len(self.entries)

    def take(self, tag: str, value: str, line: int) -> None:
        """Take a field in; raises BadInput where it cannot be read or adds up not."""
        if tag == "20":
            self._open(value)
        elif tag.startswith("25"):
            self.account = value.split("\n", maxsplit=1)[0].strip()
        elif tag in {"60F", "60M"}:
            self.opening, self.currency = _balance(value, line)
        elif tag == "34F":
            self.currency = self.currency or value.strip()[:3]
        elif tag in {"61", "86"}:
            self._booked(tag, value, line)
        elif tag in {"62F", "62M"}:
            self.checked += _check_closing(self.opening, self._own(), value, line)
        elif tag in {"90D", "90C"}:
            self.checked += _check_sum(self._own(), tag, value)

    def _booked(self, tag: str, value: str, line: int) -> None:
        if tag == "61":
            self.entries.append(_entry(value, self.account, self.currency, line))
        elif self._own() and not self.entries[-1].text:
            self.entries[-1] = _with_text(self.entries[-1], value)

    def _own(self) -> list[Entry]:
        return self.entries[self.start :]


def read_mt940(name: str, content: bytes) -> Statement:
    """Return the entries of all statements in a file, balances and counts checked.

    Raises BadInput where a line 61 cannot be read or the balances do not add up.
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
        checked=tuple(reader.checked),
    )


def _fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield tag, value and line of each field; blocks around them are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\{4:\s*", "\n", text)
    text = re.sub(r"(?m)^-\}?.*$", "", text)
    found = list(_FIELD.finditer(text))
    line = 1
    at = 0
    for index, tag in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        line += text.count("\n", at, tag.start())
        at = tag.start()
        yield tag[1], text[tag.end() : end].strip("\n"), line


def _balance(value: str, line: int) -> tuple[int, str]:
    found = _BALANCE.match(value)
    amount = amount_of(found[4]) if found else None
    if not found or amount is None:
        raise BadInput("file", f"line {line}: the balance cannot be read: {value[:60]}")
    return (-amount if found[1] == "D" else amount), found[3]


def _entry(value: str, account: str, currency: str, line: int) -> Entry:
    found = _LINE_61.match(value.strip())
    amount = amount_of(found["amount"]) if found else None
    if not found or amount is None:
        raise BadInput("file", f"line {line}: field 61 cannot be read: {value[:60]}")
    is_out = found["mark"] in {"D", "RC", "ED"}
    return Entry(
        on=_day(found["valued"], found["booked"]),
        amount=-amount if is_out else amount,
        currency=currency,
        account=account,
        kind=found["kind"] or "",
    )


def _day(valued: str, booked: str | None) -> str:
    """Return the booking day; its year is the value day's, or the one beside it."""
    year, month = 2000 + int(valued[:2]), int(valued[2:4])
    if not booked:
        return f"{year:04}-{valued[2:4]}-{valued[4:6]}"
    if month == 12 and booked[:2] == "01":
        year += 1
    elif month == 1 and booked[:2] == "12":
        year -= 1
    return f"{year:04}-{booked[:2]}-{booked[2:]}"


def _with_text(entry: Entry, value: str) -> Entry:
    name, text, code = _said(value)
    return Entry(
        on=entry.on,
        amount=entry.amount,
        currency=entry.currency,
        account=entry.account,
        text=" ".join(part for part in (name, text) if part) or code or "-",
        kind=" ".join(part for part in (entry.kind, code) if part),
    )


def _said(value: str) -> tuple[str, str, str]:
    """Return name, purpose and booking text of field 86, in its usual structures."""
    joined = value.replace("\n", "")
    marks = list(_SUBFIELD.finditer(joined))
    if marks and re.match(r"\d{3}[?>~^]", joined):
        parts: dict[str, str] = {}
        for index, mark in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(joined)
            parts[mark[1]] = parts.get(mark[1], "") + joined[mark.end() : end]
        name = "".join(parts[k] for k in sorted(parts) if k in _NAME)
        text = "".join(parts[k] for k in sorted(parts) if k in _TEXT)
        return name.strip(), _purpose(text), parts.get("00", "").strip()
    slashed = list(_SLASHED.finditer(joined))
    if slashed:
        found = {
            mark[1]: joined[
                mark.end() : slashed[i + 1].start()
                if i + 1 < len(slashed)
                else len(joined)
            ]
            for i, mark in enumerate(slashed)
        }
        party = (
            found.get("NAME")
            or found.get("BENM")
            or found.get("ORDP")
            or found.get("CNTP", "").split("/")[-1]
        )
        return (
            party.strip("/ "),
            found.get("REMI", "").strip("/ "),
            found.get("TRTP", "").strip("/ "),
        )
    return "", " ".join(value.split()), ""


def _purpose(text: str) -> str:
    """Return the purpose without the references around it, where it is marked."""
    marks = list(_PARTS.finditer(text))
    for index, mark in enumerate(marks):
        if mark[1] == "SVWZ":
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            return text[mark.end() : end].strip()
    return text.strip()


def _check_closing(
    opening: int | None, entries: Sequence[Entry], value: str, line: int
) -> list[str]:
    closing, _ = _balance(value, line)
    if opening is None:
        return []
    ours = opening + sum(entry.amount for entry in entries)
    if ours != closing:
        message = (
            f"line {line}: the closing balance is {closing / 1000:.2f}; "
            f"the entries give {ours / 1000:.2f}"
        )
        raise BadInput("file", message, ["download the file again"])
    return ["opening balance and entries give the closing balance"]


def _check_sum(entries: Sequence[Entry], tag: str, value: str) -> list[str]:
    found = re.match(r"\s*(\d+)([A-Z]{3})([\d.]*,\d*)", value)
    if not found:
        return []
    sign = -1 if tag == "90D" else 1
    amounts = [abs(e.amount) for e in entries if e.amount * sign > 0]
    if len(amounts) != int(found[1]) or sum(amounts) != amount_of(found[3]):
        message = (
            f"field {tag} states {found[1]} entries of {found[3]}; "
            f"{len(amounts)} were read"
        )
        raise BadInput("file", message, ["download the file again"])
    return [f"{found[1]} entries of field {tag} add up"]
