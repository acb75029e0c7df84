"""ISO 20022 camt.052, 053 and 054, every version: the parts that all have alike."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.core.errors import BadInput
from rescind.core.model.statement import Layout, Statement

_REPORTS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_TEXTS = ("Ustrd", "AddtlTxInf", "AddtlNtryInf")


def is_camt(head: bytes) -> bool:
    """Return whether an XML file is a camt message."""
    return b"camt.05" in head or b"BkToCstmr" in head


def read_camt(name: str, content: bytes) -> Statement:
    """Return the booked entries of all statements in a message, totals checked.

    Raises BadInput where the XML breaks off, an entry has no date or amount, or the
    entries do not add up to the totals and balances stated (ISO 20022, TxsSummry, Bal).
    """
    entries: list[Entry] = []
    checked: list[str] = []
    waiting, row = 0, 0
    try:
        for report in _reports(content):
            sums = _Sums()
            for node in report.iterchildren("{*}Ntry"):
                row += 1
                found = list(_entry(report, node, row))
                sums.add(found)
                if _status(node) == "PDNG":
                    waiting += 1
                    continue
                entries.extend(found)
            checked += sums.check(report)
    except etree.XMLSyntaxError as error:
        message = f"line {error.lineno or 0}: {error.msg}"
        raise BadInput("file", message, ["a whole camt.053 file"]) from error
    notes = (f"{waiting} entries are pending: left out",) if waiting else ()
    return Statement(
        file=name,
        entries=frame_of(entries),
        layout=Layout(format="camt", encoding="xml", dates="YMD", spending="marked"),
        checked=tuple(checked),
        notes=notes,
    )


def _reports(content: bytes) -> Iterator[etree._Element]:
    """Yield each statement, and let it go before the next one is read."""
    reading = etree.iterparse(
        BytesIO(content),
        events=("end",),
        tag=[f"{{*}}{name}" for name in _REPORTS],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    seen = False
    for _, node in reading:
        seen = True
        yield node
        node.clear()
    if not seen:
        raise BadInput("file", "no statement is in this file", ["camt.053", "camt.052"])


def _find(node: etree._Element, path: str) -> str:
    """Return the text at a path of local names, or nothing."""
    found = node.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def _status(node: etree._Element) -> str:
    return _find(node, "Sts/Cd") or _find(node, "Sts") or "BOOK"


def _day(node: etree._Element) -> str:
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        text = _find(node, path)
        if text:
            return text[:10]
    raise BadInput("file", f"the entry in line {node.sourceline} has no BookgDt")


def _signed(node: etree._Element) -> tuple[int, str]:
    amount = node.find("{*}Amt")
    value = amount_of(amount.text or "") if amount is not None else None
    if amount is None or value is None:
        raise BadInput("file", f"the entry in line {node.sourceline} has no Amt")
    sign = -1 if _find(node, "CdtDbtInd") == "DBIT" else 1
    return sign * value, str(amount.get("Ccy") or "")


def _entry(report: etree._Element, node: etree._Element, row: int) -> Iterator[Entry]:
    """Yield an entry, or each part of a batch whose parts have their amounts."""
    day, (total, currency) = _day(node), _signed(node)
    account = _find(report, "Acct/Id/IBAN") or _find(report, "Acct/Id/Othr/Id")
    parts = node.findall("{*}NtryDtls/{*}TxDtls")
    sums = [_part(part) for part in parts]
    is_batch = (
        len(parts) > 1 and None not in sums and sum(s or 0 for s in sums) == abs(total)
    )
    for part, own in (
        zip(parts, sums, strict=True) if is_batch else [(node, abs(total))]
    ):
        yield Entry(
            on=day,
            amount=(own or 0) * (-1 if total < 0 else 1),
            currency=currency,
            account=account,
            text=_text(part, is_out=total < 0),
            kind=_kind(node),
            row=row,
            foreign=_instructed(part, currency)[0],
            foreign_currency=_instructed(part, currency)[1],
        )


def _part(part: etree._Element) -> int | None:
    return amount_of(_find(part, "Amt") or _find(part, "AmtDtls/TxAmt/Amt"))


def _instructed(part: etree._Element, currency: str) -> tuple[int | None, str]:
    found = part.find(".//{*}AmtDtls/{*}InstdAmt/{*}Amt")
    if found is None or found.get("Ccy") in {None, currency}:
        return None, ""
    return amount_of(found.text or ""), str(found.get("Ccy"))


def _text(node: etree._Element, *, is_out: bool) -> str:
    party = "Cdtr" if is_out else "Dbtr"
    names = [
        (found.text or "").strip()
        for path in (
            f".//{{*}}RltdPties/{{*}}{party}/{{*}}Nm",
            f".//{{*}}RltdPties/{{*}}{party}/{{*}}Pty/{{*}}Nm",
        )
        for found in node.findall(path)
    ][:1]
    said = [
        (found.text or "").strip()
        for name in _TEXTS
        for found in node.iter(f"{{*}}{name}")
    ]
    return " ".join(dict.fromkeys(text for text in [*names, *said] if text))


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
        done = []
        stated = (
            ("TxsSummry/TtlNtries/NbOfNtries", self.count * 1000, "entries"),
            ("TxsSummry/TtlDbtNtries/Sum", self.debit, "debits"),
            ("TxsSummry/TtlCdtNtries/Sum", self.credit, "credits"),
        )
        for path, ours, what in stated:
            theirs = amount_of(_find(report, path)) if _find(report, path) else None
            if theirs is not None:
                _same(what, theirs, ours)
                done.append(f"{what} add up")
        opening, closing = (
            _balance(report, ("OPBD", "PRCD")),
            _balance(report, ("CLBD",)),
        )
        if opening is not None and closing is not None:
            _same("balance", closing, opening + self.credit - self.debit)
            done.append("opening balance and entries give the closing balance")
        return done


def _same(what: str, stated: int, ours: int) -> None:
    if stated != ours:
        message = (
            f"the file states {what} of {stated / 1000:.2f}; "
            f"its entries give {ours / 1000:.2f}"
        )
        raise BadInput("file", message, ["download the file again"])


def _balance(report: etree._Element, codes: tuple[str, ...]) -> int | None:
    for node in report.iterchildren("{*}Bal"):
        if _find(node, "Tp/CdOrPrtry/Cd") in codes:
            value, _ = _signed(node)
            return value
    return None
