"""ISO 20022 camt.052, 053 and 054: the parts that every version has alike."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import THOUSANDTHS, Layout, Statement

_REPORTS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_TEXTS = ("Ustrd", "AddtlTxInf", "AddtlNtryInf")
_ISO_DAY = len("2026-03-01")
"""Characters of a moment that are its day."""


def is_camt(head: bytes) -> bool:
    """Return whether an XML file is a camt message."""
    return b"camt.05" in head or b"BkToCstmr" in head


def read_camt(name: str, content: bytes) -> Statement:
    """Return the booked entries of all statements in a message, totals checked.

    Raises BadInput where the XML breaks off, an entry has no date or amount, or the
    entries do not add up to the totals and balances stated (ISO 20022, TxsSummry, Bal).
    """
    entries: list[Entry] = []
    checks: list[str] = []
    pending, row = 0, 0
    try:
        for report in _reports(content):
            sums = _Sums()
            for node in report.iterchildren("{*}Ntry"):
                row += 1
                parts = list(_entries(report, node, row))
                sums.add(parts)
                if _status(node) == "PDNG":
                    pending += 1
                    continue
                entries.extend(parts)
            checks += sums.check(report)
    except etree.XMLSyntaxError as error:
        message = f"line {error.lineno or 0}: {error.msg}"
        raise BadInput("file", message, ["a whole camt.053 file"]) from error
    notes = (f"{pending} entries are pending: left out",) if pending else ()
    return Statement(
        file=name,
        entries=frame_of(entries),
        layout=Layout(format="camt", encoding="xml", dates="YMD", spending="marked"),
        checked=tuple(checks),
        notes=notes,
    )


def _reports(content: bytes) -> Iterator[etree._Element]:
    """Yield each statement, and let it go before the next one is read."""
    parser = etree.iterparse(
        BytesIO(content),
        events=("end",),
        tag=[f"{{*}}{name}" for name in _REPORTS],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    reports = 0
    for _, node in parser:
        reports += 1
        yield node
        node.clear()
    if not reports:
        raise BadInput("file", "no statement is in this file", ["camt.053", "camt.052"])


def _find(node: etree._Element, path: str) -> str:
    """Return the text at a path of local names, or nothing."""
    match = node.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return (match.text or "").strip() if match is not None else ""


def _status(node: etree._Element) -> str:
    """Return an entry's status; later versions of the message write it as a code."""
    return _find(node, "Sts/Cd") or _find(node, "Sts") or "BOOK"


def _day(node: etree._Element) -> str:
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        text = _find(node, path)
        if text:
            return text[:_ISO_DAY]
    raise BadInput("file", f"the entry in line {node.sourceline} has no BookgDt")


def _signed(node: etree._Element) -> tuple[int, str]:
    amount = node.find("{*}Amt")
    value = amount_of(amount.text or "") if amount is not None else None
    if amount is None or value is None:
        raise BadInput("file", f"the entry in line {node.sourceline} has no Amt")
    sign = -1 if _find(node, "CdtDbtInd") == "DBIT" else 1
    return sign * value, str(amount.get("Ccy") or "")


def _entries(report: etree._Element, node: etree._Element, row: int) -> Iterator[Entry]:
    """Yield an entry, or each part of a batch whose parts have their amounts."""
    day, (total, currency) = _day(node), _signed(node)
    account = _find(report, "Acct/Id/IBAN") or _find(report, "Acct/Id/Othr/Id")
    parts = node.findall("{*}NtryDtls/{*}TxDtls")
    sums = [
        amount_of(_find(part, "Amt") or _find(part, "AmtDtls/TxAmt/Amt"))
        for part in parts
    ]
    is_batch = (
        len(parts) > 1 and None not in sums and sum(s or 0 for s in sums) == abs(total)
    )
    for part, own in (
        zip(parts, sums, strict=True) if is_batch else [(node, abs(total))]
    ):
        foreign, foreign_currency = _foreign(part, currency)
        yield Entry(
            on=day,
            amount=(own or 0) * (-1 if total < 0 else 1),
            currency=currency,
            account=account,
            text=_text(part, is_out=total < 0),
            kind=_kind(node),
            row=row,
            foreign=foreign,
            foreign_currency=foreign_currency,
        )


def _foreign(part: etree._Element, currency: str) -> tuple[int | None, str]:
    """Return what it cost in the merchant's currency, where that is another one."""
    amount = part.find(".//{*}AmtDtls/{*}InstdAmt/{*}Amt")
    if amount is None or amount.get("Ccy") in {None, currency}:
        return None, ""
    return amount_of(amount.text or ""), str(amount.get("Ccy"))


def _text(node: etree._Element, *, is_out: bool) -> str:
    party = "Cdtr" if is_out else "Dbtr"
    names = [
        (match.text or "").strip()
        for path in (
            f".//{{*}}RltdPties/{{*}}{party}/{{*}}Nm",
            f".//{{*}}RltdPties/{{*}}{party}/{{*}}Pty/{{*}}Nm",
        )
        for match in node.findall(path)
    ][:1]
    texts = [
        (match.text or "").strip()
        for name in _TEXTS
        for match in node.iter(f"{{*}}{name}")
    ]
    return " ".join(dict.fromkeys(text for text in [*names, *texts] if text))


def _kind(node: etree._Element) -> str:
    codes = [
        _find(node, "BkTxCd/Domn/Fmly/Cd"),
        _find(node, "BkTxCd/Domn/Fmly/SubFmlyCd"),
        _find(node, "BkTxCd/Prtry/Cd"),
    ]
    return " ".join(code for code in codes if code)


class _Sums:
    """What a statement's entries come to, to be set beside what it states."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.count, self.debit, self.credit = 0, 0, 0

    def add(self, entries: list[Entry]) -> None:
        """Count an entry."""
        total = sum(entry.amount for entry in entries)
        self.count += 1
        self.debit -= min(total, 0)
        self.credit += max(total, 0)

    def check(self, report: etree._Element) -> list[str]:
        """Return what was checked; raises BadInput where a total is another one."""
        checks = []
        totals = (
            ("TxsSummry/TtlNtries/NbOfNtries", self.count * THOUSANDTHS, "entries"),
            ("TxsSummry/TtlDbtNtries/Sum", self.debit, "debits"),
            ("TxsSummry/TtlCdtNtries/Sum", self.credit, "credits"),
        )
        for path, ours, what in totals:
            theirs = amount_of(_find(report, path)) if _find(report, path) else None
            if theirs is not None:
                _compare(what, theirs, ours)
                checks.append(f"{what} add up")
        opening, closing = (
            _balance(report, ("OPBD", "PRCD")),
            _balance(report, ("CLBD",)),
        )
        if opening is not None and closing is not None:
            _compare("balance", closing, opening + self.credit - self.debit)
            checks.append("opening balance and entries give the closing balance")
        return checks


def _compare(what: str, theirs: int, ours: int) -> None:
    """Refuse a file whose entries come to something else than it states."""
    if theirs != ours:
        message = (
            f"the file states {what} of {theirs / THOUSANDTHS:.2f}; "
            f"its entries give {ours / THOUSANDTHS:.2f}"
        )
        raise BadInput("file", message, ["download the file again"])


def _balance(report: etree._Element, codes: tuple[str, ...]) -> int | None:
    for node in report.iterchildren("{*}Bal"):
        if _find(node, "Tp/CdOrPrtry/Cd") in codes:
            value, _ = _signed(node)
            return value
    return None
