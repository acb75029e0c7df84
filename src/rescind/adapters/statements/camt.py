"""ISO 20022 camt.052, 053 and 054: the parts that every version has alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.assumed import days_assumption, total_assumption
from rescind.adapters.statements.charge_days import charged_on
from rescind.adapters.statements.entry import Entry, amount_of, frame_of
from rescind.adapters.statements.running import Closings
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS, Assumption, Layout, Statement

_REPORTS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_TEXTS = ("Ustrd", "AddtlTxInf", "AddtlNtryInf")
_BOOKED = "BOOK"
"""The one status of an entry that changes the balance (ExternalEntryStatus1Code)."""
_MADE = "RltdDts/TxDtTm"
"""When the transaction itself took place, as at a till."""
_ISO_DAY = len("2026-03-01")
"""Characters of a moment that are its day."""


def is_camt(head: bytes) -> bool:
    """Return whether an XML file is a camt message."""
    return b"camt.05" in head or b"BkToCstmr" in head


def read_camt(name: str, content: bytes) -> Statement:
    """Return the booked entries of all statements in a message, totals checked.

    Totals and balances that differ from the entries' (ISO 20022, TxsSummry, Bal) are
    among what was assumed. Raises BadInput where the XML breaks off or an entry has no
    amount, or no day although its statement has none either.
    """
    entries: list[Entry] = []
    checks: list[str] = []
    notes: list[str] = []
    assumed: list[Assumption] = []
    statuses: dict[str, int] = {}
    closings = Closings()
    row = 0
    try:
        for report in _reports(content):
            sums, own = _Sums(), _Report.of(report)
            for node in report.iterchildren("{*}Ntry"):
                row += 1
                parts = list(_entries(own, node, row))
                status = _status(node)
                sums.add(parts, is_booked=status == _BOOKED)
                if status != _BOOKED:
                    statuses[status] = statuses.get(status, 0) + 1
                    continue
                entries.extend(parts)
            sums.check(report, own.account, closings)
            checks += sums.checks
            notes += sums.notes
            assumed += sums.assumed
            if own.without_day:
                notes.append(_without_day(own))
                assumed.append(days_assumption("days_statement"))
    except etree.XMLSyntaxError as error:
        message = f"line {error.lineno or 0}: {error.msg}"
        raise BadInput("file", message, ["a whole camt.053 file"]) from error
    notes += [_left_out(status, count) for status, count in statuses.items()]
    return Statement(
        file=name,
        entries=frame_of(entries),
        layout=Layout(format="camt", encoding="xml", dates="YMD", spending="marked"),
        checked=tuple(checks),
        notes=tuple(notes),
        assumed=tuple(assumed),
    )


def _left_out(status: str, count: int) -> str:
    lines = Sentence.of("noted", "status", status=status)
    return ENGLISH.say(Sentence.of("noted", "pending", count=count, lines=lines))


@dataclass(slots=True, kw_only=True)
class _Report:
    """What a statement says of all its entries; looked for once, to save time."""

    account: str
    day: str
    """The statement's own, for entries without one."""
    without_day: int = 0

    @classmethod
    def of(cls, report: etree._Element) -> "_Report":
        """Return what a statement says of itself."""
        days = (
            _find(report, path)
            for path in ("FrToDt/ToDtTm", "FrToDt/ToDt", "Bal/Dt/Dt", "CreDtTm")
        )
        return cls(
            account=_find(report, "Acct/Id/IBAN") or _find(report, "Acct/Id/Othr/Id"),
            day=next((day for day in days if day), "")[:_ISO_DAY],
        )


def _without_day(report: _Report) -> str:
    count, day = report.without_day, report.day
    return ENGLISH.say(Sentence.of("noted", "no_day", count=count, day=day))


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
    return _find(node, "Sts/Cd") or _find(node, "Sts") or _BOOKED


def _day(report: _Report, node: etree._Element) -> str:
    """Return an entry's day, or its statement's; raises BadInput where both lack."""
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        text = _find(node, path)
        if text:
            return text[:_ISO_DAY]
    if not report.day:
        raise BadInput("file", f"the entry in line {node.sourceline} has no BookgDt")
    report.without_day += 1
    return report.day


def _signed(node: etree._Element) -> tuple[int, str]:
    amount = node.find("{*}Amt")
    value = amount_of(amount.text or "") if amount is not None else None
    if amount is None or value is None:
        raise BadInput("file", f"the entry in line {node.sourceline} has no Amt")
    sign = -1 if _find(node, "CdtDbtInd") == "DBIT" else 1
    return sign * value, str(amount.get("Ccy") or "")


def _entries(report: _Report, node: etree._Element, row: int) -> Iterator[Entry]:
    """Yield an entry, or each part of a batch whose parts have their amounts."""
    day, (total, currency) = _day(report, node), _signed(node)
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
        made = _find(part, _MADE) or _find(part, f"NtryDtls/TxDtls/{_MADE}")
        yield Entry(
            on=charged_on(day, made[:_ISO_DAY]),
            booked=day if made else "",
            amount=(own or 0) * (-1 if total < 0 else 1),
            currency=currency,
            account=report.account,
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
        self.booked = 0
        self.checks: list[str] = []
        self.notes: list[str] = []
        self.assumed: list[Assumption] = []

    def add(self, entries: list[Entry], *, is_booked: bool) -> None:
        """Count an entry; only a booked one changes the balance."""
        total = sum(entry.amount for entry in entries)
        self.booked += total if is_booked else 0
        self.count += 1
        self.debit -= min(total, 0)
        self.credit += max(total, 0)

    def check(self, report: etree._Element, account: str, closings: Closings) -> None:
        """Set totals and balances beside the entries, and beside the statement before.

        Banks' summaries are wrong more often than their balances: where these add up,
        a summary that differs is only told.
        """
        opening, opened = _balance(report, ("OPBD", "PRCD"))
        closing, closed = _balance(report, ("CLBD",))
        before = closings.skipped(account, opened, opening)
        if before is not None and opening is not None:
            self._differs(f"an opening balance ({opened})", opening, before)
        closings.close(account, closed, closing)
        adds_up = False
        if opening is not None and closing is not None:
            ours = opening + self.booked
            adds_up = ours == closing
            if adds_up:
                balances = "opening balance and entries give the closing balance"
                self.checks.append(balances)
            else:
                self._differs("a closing balance", closing, ours)
        totals = (
            ("TxsSummry/TtlNtries/NbOfNtries", self.count * THOUSANDTHS, "entries"),
            ("TxsSummry/TtlDbtNtries/Sum", self.debit, "debits"),
            ("TxsSummry/TtlCdtNtries/Sum", self.credit, "credits"),
        )
        for path, ours, what in totals:
            theirs = amount_of(_find(report, path)) if _find(report, path) else None
            if theirs == ours:
                self.checks.append(f"{what} add up")
            elif theirs is not None and adds_up:
                differs = total_assumption(what, theirs, ours).because
                self.notes.append(ENGLISH.say(differs))
            elif theirs is not None:
                self._differs(what, theirs, ours)

    def _differs(self, what: str, stated: int, ours: int) -> None:
        self.assumed.append(total_assumption(what, stated, ours))


def _balance(report: etree._Element, codes: tuple[str, ...]) -> tuple[int | None, str]:
    """Return a balance and its day, where a statement has one of a kind."""
    for node in report.iterchildren("{*}Bal"):
        if _find(node, "Tp/CdOrPrtry/Cd") in codes:
            value, _ = _signed(node)
            day = _find(node, "Dt/Dt") or _find(node, "Dt/DtTm")
            return value, day[:_ISO_DAY]
    return None, ""
