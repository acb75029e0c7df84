"""Formats that say themselves what is what, as banks really write them."""

import io
import json
import zipfile

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement

JAN, FEB = "2026-01-05", "2026-02-05"

OFX = (
    "OFXHEADER:100\nDATA:OFXSGML\nENCODING:USASCII\nCHARSET:{}\n\n"
    "<OFX><STMTRS><CURDEF>EUR<ACCTID>2<BANKTRANLIST>{}</BANKTRANLIST></STMTRS></OFX>"
)


def ofx(*amounts: str, charset: str = "1252", name: str = "SONANT") -> bytes:
    entries = "".join(
        f"<STMTTRN><DTPOSTED>20260105<TRNAMT>{each}<NAME>{name}</STMTTRN>\n"
        for each in amounts
    )
    encoding = f"cp{charset}" if charset.isdigit() else "cp1252"
    return OFX.format(charset, entries).encode(encoding)


def amounts(statement: Statement) -> list[str]:
    return [f"{each / 1000:.2f}" for each in statement.entries["amount"].to_list()]


def test_an_ofx_file_of_a_month_without_entries_is_read() -> None:
    assert read_content("a.ofx", ofx()).entries.is_empty()


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("1252", "PRÉLÈVEMENT"),
        ("1250", "PŘÍCHOZÍ"),
        ("NONE", "DÉPÔT"),
        ("1251", "ОПЛАТА"),
    ],
)
def test_an_ofx_file_is_read_in_the_charset_that_it_names(
    charset: str, name: str
) -> None:
    read = read_content("a.ofx", ofx("-9.99", charset=charset, name=name))

    assert read.entries["text"].to_list() == [name]


def test_amounts_of_ofx_and_qif_are_read_as_all_of_them_say() -> None:
    qif = b"!Type:Bank\nD2026-01-05\nT-1,650\n^\nD2026-01-06\nT-15.49\n^\n"

    assert amounts(read_content("a", ofx("-1,650", "-15.49"))) == ["-1650.00", "-15.49"]
    assert amounts(read_content("a", ofx("-1.650", "-15,49"))) == ["-1650.00", "-15.49"]
    assert amounts(read_content("a", ofx("-1,650,000", "-2"))) == [
        "-1650000.00",
        "-2.00",
    ]
    assert amounts(read_content("a", qif)) == ["-1650.00", "-15.49"]
    with pytest.raises(BadInput, match="unlike the others"):
        read_content("a", ofx("-1,650", "-15.49", "-1,65"))


@pytest.mark.parametrize(
    "head",
    [
        b"!Clear:AutoSwitch\n!Account\nNMain\n^\n!Clear:AutoSwitch\n!Type:Bank\n",
        b"# written by hand\n\n!Type:CCard\n",
        b"; a comment\n!Option:MDY\n!Type:Bank\n",
        b"\xef\xbb\xbf!Type:Cash\n",
    ],
)
def test_qif_is_known_behind_switches_and_comments(head: bytes) -> None:
    body = b"D1/31'26\nU-15.49\nT-15.49\nPSonant\n# a note\n^\n"
    body += b"D2/ 4'26\nT-5.49\nPLumen\n^\n"

    read = read_content("a.qif", head + body)

    assert read.entries["on"].to_list()[0].isoformat() == "2026-01-31"
    assert amounts(read) == ["-15.49", "-5.49"]


def mt940(*entries: str, opening: str = "C260101EUR100,00", closing: str = "") -> bytes:
    body = "".join(f":61:{each}\n:86:Sonant\n-12 months\n" for each in entries)
    end = f":62F:{closing}\n" if closing else ""
    head = f":20:A\n:25:NL00BANK0000000001\n:28C:1/1\n:60F:{opening}\n"
    return f"{head}{body}{end}-\n".encode()


@pytest.mark.parametrize(
    ("entry", "amount"),
    [
        ("260102    D12,99NMSCNONREF", "-12.99"),
        ("2601020102D-104,12NMSCNONREF//1", "104.12"),
        ("2601020102C-104,12NMSCNONREF//1", "-104.12"),
        ("2601020102D12NMSCNONREF", "-12.00"),
        ("2601020102RD12,5NMSC", "12.50"),
        ("260102C1.234,50NTRFNONREF", "1234.50"),
        ("2601020102DR 12,99NMSC", "-12.99"),
    ],
)
def test_field_61_is_read_as_banks_bend_it(entry: str, amount: str) -> None:
    read = read_content("a.sta", mt940(entry))

    assert amounts(read) == [amount]
    assert read.entries["text"].to_list() == ["Sonant -12 months"]


def test_a_balance_without_a_currency_or_a_comma_is_read() -> None:
    read = read_content(
        "a", mt940("260102D12NMSC", opening="C260101100", closing="C26013188,")
    )

    assert read.checked == ("opening balance and entries give the closing balance",)


CAMT = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    "<Stmt><Id>1</Id>{}<Acct><Id><Othr><Id>7</Id></Othr></Id></Acct>{}{}{}</Stmt>"
    "</BkToCstmrStmt></Document>"
)
MADE = "<CreDtTm>2026-02-01T00:00:00</CreDtTm>"
BALANCES_OF_CAMT = "".join(
    f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{sum_}</Amt>"
    "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>"
    for code, sum_ in (("OPBD", "100.00"), ("CLBD", "90.01"))
)


def camt(
    *, made: str = "", balances: str = "", summary: str = "", day: str = JAN
) -> bytes:
    booked = f"<BookgDt><Dt>{day}</Dt></BookgDt>" if day else ""
    entry = (
        f"<Ntry><Amt Ccy='EUR'>9.99</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>"
        f"{booked}<AddtlNtryInf>Sonant</AddtlNtryInf></Ntry>"
    )
    return CAMT.format(made, balances, summary, entry).encode()


def test_an_entry_of_camt_without_a_day_is_of_its_statements_day_and_asked_about() -> (
    None
):
    by_making = read_content("a", camt(made=MADE, day=""))
    by_balance = read_content("a", camt(made=MADE, balances=BALANCES_OF_CAMT, day=""))

    assert str(by_making.entries["on"][0]) == "2026-02-01"
    assert str(by_balance.entries["on"][0]) == "2026-01-31"
    assert [ask.field for ask in by_balance.asks] == ["days"]
    with pytest.raises(BadInput, match="no BookgDt"):
        read_content("a", camt(day=""))


def test_a_summary_of_camt_that_differs_is_told_where_balances_add_up() -> None:
    summary = "<TxsSummry><TtlNtries><NbOfNtries>7</NbOfNtries></TtlNtries></TxsSummry>"

    told = read_content("a", camt(balances=BALANCES_OF_CAMT, summary=summary))
    open_ = read_content("a", camt(summary=summary))
    gone_on = read_content("a", camt(summary=summary), {"totals": "go_on"})

    assert told.notes == ("the file states entries of 7.00; its entries give 1.00",)
    assert not told.asks
    assert [ask.field for ask in open_.asks] == ["totals"]
    assert not gone_on.asks


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_an_archive_of_statements_is_read_as_one() -> None:
    read = read_content("a.zip", zipped(b=camt(day=FEB), a=camt(day=JAN)))

    assert read.entries["on"].cast(str).to_list() == [JAN, FEB]
    assert read.entries["row"].to_list() == [1, 2]
    assert read.notes == ("the entries of 2 files are put together: a, b",)


def test_an_archive_names_the_file_that_cannot_be_read() -> None:
    with pytest.raises(BadInput, match=r"a\.zip: b: this is no bank statement"):
        read_content("a.zip", zipped(a=camt(), b=b"<html>x</html>"))
    with pytest.raises(BadInput, match="inside an archive"):
        read_content("a.zip", zipped(a=zipped(b=camt())))
    with pytest.raises(BadInput, match="no file"):
        read_content("a.zip", zipped(**{".hidden": b"x"}))


TABLE = (
    "<table><tr><th>Fecha</th><th colspan='2'>Concepto</th><th>Importe</th></tr>"
    "<tr><td>05/01/2026</td><td>SONANT</td><td></td><td>-12,99</td></tr>"
    "<tr><td>05/02/2026</td><td>SONANT <b>ES</b></td><td></td><td>-1.012,99</td></tr>"
    "</table>"
)
OFFICE = "urn:schemas-microsoft-com:office:spreadsheet"
SHEET = (
    f'<?xml version="1.0"?><Workbook xmlns="{OFFICE}" xmlns:ss="{OFFICE}">'
    "<Worksheet ss:Name='A'><Table>"
    "<Row><Cell><Data>Fecha</Data></Cell><Cell><Data>Concepto</Data></Cell>"
    "<Cell ss:Index='4'><Data>Importe</Data></Cell></Row>"
    "<Row><Cell><Data>05/01/2026</Data></Cell><Cell><Data>SONANT</Data></Cell>"
    "<Cell ss:Index='4'><Data>-12,99</Data></Cell></Row>"
    "<Row><Cell><Data>05/02/2026</Data></Cell><Cell><Data>SONANT ES</Data></Cell>"
    "<Cell ss:Index='4'><Data>-1.012,99</Data></Cell></Row></Table>"
    "</Worksheet></Workbook>"
)


@pytest.mark.parametrize(
    "content",
    [
        f"<html><body>{TABLE}</body></html>",
        f"<!DOCTYPE html>\n<html><meta charset='utf-8'><table><tr><td>{TABLE}</table>",
        f"<?xml version='1.0' encoding='utf-8'?>{TABLE}",
        SHEET,
    ],
)
def test_tables_in_markup_are_read(content: str) -> None:
    read = read_content("a.xls", content.encode())

    assert amounts(read) == ["-12.99", "-1012.99"]
    assert read.entries["text"].to_list() == ["SONANT", "SONANT ES"]


def test_a_page_is_read_in_the_charset_that_it_names() -> None:
    page = f"<html><head><meta charset=windows-1252></head>{TABLE}".replace(
        "ES<", "ESPAÑA<"
    )

    read = read_content("a.xls", page.encode("cp1252"))

    assert "SONANT ESPAÑA" in read.entries["text"].to_list()


SIMPLEFIN = json.dumps(
    {
        "errors": [],
        "accounts": [
            {"org": {"name": "A"}, "id": "ACT-1", "currency": "USD", "balance": "1.00",
             "transactions": [
                 {"id": "1", "posted": 1767571200, "amount": "-9.99",
                  "description": "SONANT", "pending": False},
                 {"id": "2", "posted": 0, "amount": "-4.00", "description": "CAFE",
                  "pending": True},
             ]},
            {"id": "ACT-2", "currency": "CAD", "transactions": [
                {"id": "3", "posted": 1770249600, "amount": "20.00",
                 "description": "MAKER"}]},
        ],
    }
).encode()  # fmt: skip


def test_lists_of_several_accounts_are_read_with_their_account_and_currency() -> None:
    read = read_content("a.json", SIMPLEFIN)

    assert amounts(read) == ["-9.99", "20.00"]
    assert read.entries["on"].cast(str).to_list() == [JAN, FEB]
    assert read.entries["account"].to_list() == ["ACT-1", "ACT-2"]
    assert read.entries["currency"].to_list() == ["USD", "CAD"]


def test_a_list_that_a_file_keeps_apart_as_pending_is_left_out() -> None:
    entry = {"bookingDate": JAN, "transactionAmount": {"amount": "-9.99"}, "text": "A"}
    tree = {"transactions": {"booked": [entry], "pending": [entry, entry]}}

    assert read_content("a", json.dumps(tree).encode()).entries.height == 1


def test_plaid_writes_money_out_above_zero_and_marks_what_is_pending() -> None:
    def entry(amount: float, *, pending: bool = False) -> dict[str, object]:
        return {
            "account_id": "a", "amount": amount, "iso_currency_code": "USD",
            "date": JAN, "name": "SONANT", "merchant_name": "Sonant",
            "pending": pending,
        }  # fmt: skip

    entries = [entry(9.99), entry(-500), entry(4, pending=True)]
    tree = {"accounts": [], "transactions": entries}

    read = read_content("a", json.dumps(tree).encode())

    assert amounts(read) == ["-9.99", "500.00"]
    assert not read.asks
