"""OFX and QFX, 1.x (SGML) and 2.x (XML): read as they are written, not as they should be.

Real files leave end tags out, repeat headers and mix the versions; of a strict reader's
refusals most are files that people have. Tags are taken in the order they come.
"""

import html
import re
from collections.abc import Iterator

from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout, Statement

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]+)\s*/?>([^<]*)")
_ENCODING = re.compile(rb"(?:CHARSET|ENCODING)\s*[:=]\s*\"?([\w-]+)", re.IGNORECASE)
_DAY = re.compile(r"\s*(\d{4})[-/]?(\d{2})[-/]?(\d{2})")
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS", "STMTTRNRS", "CCSTMTTRNRS"})
_LONGEST = 2_000


def is_ofx(head: bytes) -> bool:
    """Return whether a file starts as OFX does."""
    return b"OFXHEADER" in head.upper() or b"<OFX>" in head.upper()


def read_ofx(name: str, content: bytes) -> Statement:
    """Return an OFX file's entries; raises BadInput where one has no date or amount."""
    text, encoding = _text(content)
    entries = list(_entries(text))
    if not entries and "<STMTTRN" in text.upper():
        raise BadInput("file", "the transactions cannot be read", ["OFX 1.x or 2.x"])
    opened = len(re.findall(r"<STMTTRN\s*>", text, re.IGNORECASE))
    if opened != len(entries):
        message = f"{opened} transactions are opened, {len(entries)} can be read"
        raise BadInput("file", message, ["download the file again"])
    return Statement(
        file=name,
        entries=frame_of(entries),
        layout=Layout(
            format="ofx", encoding=encoding, dates="YMD", spending="negative"
        ),
        checked=(f"{len(entries)} transactions opened and read",),
    )


def _text(content: bytes) -> tuple[str, str]:
    named = _ENCODING.search(content[:600])
    code = named[1].decode().lower() if named else ""
    if code.isdigit():
        code = f"cp{code}"
    if code in {"cp1252", "cp1250", "cp1251", "iso-8859-1", "iso-8859-15", "cp932"}:
        try:
            return content.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            return content.decode(code, "replace"), code
    return decode(content)


def _entries(text: str) -> Iterator[Entry]:
    account = currency = ""
    fields: dict[str, str] | None = None
    within: list[str] = []
    for found in _TAG.finditer(text):
        is_end, tag, value = bool(found[1]), found[2].upper(), found[3].strip()
        if tag == "STMTTRN":
            if fields:
                yield _entry(fields, account, currency, _line(text, found.start()))
            fields = None if is_end else {}
        elif tag in {"BANKTRANLIST", "STMTRS", "CCSTMTRS"} and is_end and fields:
            yield _entry(fields, account, currency, _line(text, found.start()))
            fields = None
        elif fields is not None:
            if is_end:
                within = [each for each in within if each != tag]
            elif not value:
                within.append(tag)
            else:
                fields.setdefault(_place(tag, within), html.unescape(value)[:_LONGEST])
        elif tag == "CURDEF" and value:
            currency = value.upper()[:3]
        elif tag == "ACCTID" and value:
            account = html.unescape(value)
        elif tag in _STATEMENTS and not is_end and tag.endswith("TRNRS"):
            account = currency = ""
    if fields:
        yield _entry(fields, account, currency, _line(text, len(text)))


def _place(tag: str, within: list[str]) -> str:
    """Return a field's name; the same words inside a party are another field."""
    if tag in {"NAME", "ACCTID"} and any(
        w in {"BANKACCTTO", "CCACCTTO"} for w in within
    ):
        return f"TO.{tag}"
    if tag in {"CURSYM", "CURRATE"} and within:
        return f"{within[-1]}.{tag}"
    return tag


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _entry(fields: dict[str, str], account: str, currency: str, line: int) -> Entry:
    day = _DAY.match(
        fields.get("DTPOSTED") or fields.get("DTUSER") or fields.get("DTAVAIL") or ""
    )
    if not day:
        raise BadInput("file", f"the transaction ending in line {line} has no DTPOSTED")
    amount = amount_of(fields.get("TRNAMT", ""))
    if amount is None:
        raise BadInput("file", f"the transaction ending in line {line} has no TRNAMT")
    named = fields.get("NAME") or fields.get("PAYEE") or ""
    memo = fields.get("MEMO", "")
    text = memo if memo.startswith(named) else f"{named} {memo}"
    return Entry(
        on="-".join(day.groups()),
        amount=amount,
        currency=fields.get("CURRENCY.CURSYM", currency) or currency,
        account=account,
        text=text.strip(),
        kind=fields.get("TRNTYPE", ""),
        foreign_currency=fields.get("ORIGCURRENCY.CURSYM", ""),
    )
