"""Statements of every format are read whole, with their totals, or refused by line."""

from datetime import date
from pathlib import Path

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.presets import banks
from rescind.adapters.statements.reader import read_content, read_statement
from rescind.core.errors import BadInput
from rescind.core.model.statement import ENTRIES, Statement
from tests.find import samples

Row = tuple[date, int, str]


def rows(statement: Statement) -> list[Row]:
    picked = statement.entries.select("on", "amount", "text")
    return [(on, amount, text) for on, amount, text in picked.iter_rows()]


def asked(statement: Statement) -> str:
    """Return what is asked about a statement, in words."""
    return "; ".join(ENGLISH.say(each.because) for each in statement.asks)


def csv(*lines: str, encoding: str = "utf-8") -> Statement:
    return read_content("a.csv", "\n".join(lines).encode(encoding))


def test_a_csv_of_an_american_card_has_the_month_first() -> None:
    read = csv(
        "Date,Description,Amount",
        "01/13/2026,LUMEN.COM,-15.49",
        "02/11/2026,SALARY,3000.00",
    )

    assert rows(read) == [
        (date(2026, 1, 13), -15490, "LUMEN.COM"),
        (date(2026, 2, 11), 3000000, "SALARY"),
    ]
    assert (read.layout.dates, read.layout.dates_sure) == ("MDY", True)


def test_a_german_csv_has_its_account_above_the_table_and_a_total_below() -> None:
    read = csv(
        "Konto:;DE12500105170648489890",
        "",
        "Kontostand vom 01.03.2026:;1.234,00 EUR",
        "",
        "Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung",
        '13.01.26;Lumen;"Abo; Größe";-1.012,99;EUR',
        "14.01.26;Arbeitgeber;Lohn;2.300,00;EUR",
        "Summe;;;1.287,01;",
        encoding="cp1252",
    )

    assert rows(read) == [
        (date(2026, 1, 13), -1012990, "Lumen Abo; Größe"),
        (date(2026, 1, 14), 2300000, "Arbeitgeber Lohn"),
    ]
    assert read.entries["account"].to_list() == ["DE12500105170648489890"] * 2
    assert read.entries["currency"].to_list() == ["EUR", "EUR"]
    assert read.layout.encoding == "cp1252"


def test_a_line_of_totals_is_set_beside_the_entries() -> None:
    lines = [
        "Buchung;Text;Soll;Haben",
        "13.01.2026;Lumen;12,99;",
        "14.01.2026;Lohn;;2000,00",
    ]

    right = csv(*lines, "Summe;;12,99;2.000,00")
    wrong = csv(*lines, "Summe;;13,99;2.000,00")

    assert right.notes == (
        "the total of credit adds up",
        "the total of debit adds up",
    )
    assert (
        "the file states a total of 13.99 for debit; the entries give 12.99: look"
        in wrong.notes
    )


def test_a_csv_without_a_header_is_read_by_what_its_columns_hold() -> None:
    read = csv(
        "2026-01-02,-12.99,*,,LUMEN CA",
        "2026-01-03,5.00,*,,REFUND",
        "2026-01-02,-12.99,*,,LUMEN CA",
    )

    assert [amount for _, amount, _ in rows(read)] == [-12990, 5000, -12990]
    assert read.entries["row"].to_list() == [1, 2, 3]


def test_a_mark_says_which_entries_are_money_out() -> None:
    read = csv(
        '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";'
        '"Bedrag (EUR)";"Mutatiesoort";"Mededelingen"',
        '"20260105";"Sonant";"NL01INGB0001234567";"NL99";"IC";"Af";"10,99";"Incasso";'
        '"Naam: Sonant"',
        '"20260106";"Werkgever";"NL01INGB0001234567";"NL98";"OV";"Bij";"2000,00";'
        '"Overschrijving";"Salaris"',
    )

    assert [amount for _, amount, _ in rows(read)] == [-10990, 2000000]
    assert read.layout.bank == "ING (Nederland)"
    assert read.layout.spending == "marked"


def test_pending_entries_are_left_out_but_counted_as_rows() -> None:
    read = csv(
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,"
        "State,Balance",
        "CARD_PAYMENT,Current,2026-01-05 10:00:00,,Sonant,-9.99,0.00,EUR,PENDING,90.01",
        "CARD_PAYMENT,Current,2026-01-02 10:00:00,2026-01-03 11:00:00,Lumen,-9.99,0.00,"
        "EUR,COMPLETED,90.01",
    )

    assert read.entries["row"].to_list() == [2]
    assert read.notes == ("1 entry is pending or failed: left out (line 2)",)


def test_a_card_that_writes_spending_above_zero_is_understood() -> None:
    read = csv(
        "Date,Description,Amount",
        *(f"01/{day}/2026,SHOP {day},{day}.50" for day in range(13, 25)),
        "01/28/2026,PAYMENT - THANK YOU,-200.00",
    )

    assert read.layout.spending == "positive"
    assert rows(read)[0][1] == -13500
    assert rows(read)[-1][1] == 200000


def test_balances_tell_the_sign_where_it_could_be_either() -> None:
    read = csv(
        "Date,Description,Amount,Balance",
        "13/01/2026,A,10.00,90.00",
        "14/01/2026,B,20.00,70.00",
        "15/01/2026,C,-50.00,120.00",
        "16/01/2026,D,5.00,115.00",
    )

    assert [amount for _, amount, _ in rows(read)] == [-10000, -20000, 50000, -5000]


def test_a_japanese_statement_is_read_in_its_encoding() -> None:
    read = csv(
        "お取引日,摘要,お引出し,お預入れ,残高",
        "2026/01/05,ネットフリックス,1490,,100000",
        "2026/01/25,給与,,300000,400000",
        encoding="cp932",
    )

    assert rows(read)[0] == (date(2026, 1, 5), -1490000, "ネットフリックス")


def test_dates_in_either_order_are_said_to_be_unsure_and_read_as_they_stay_sorted() -> (
    None
):
    read = csv(
        "Date,Description,Amount",
        "01/02/2026,A,-1.00",
        "01/05/2026,B,-1.00",
        "02/03/2026,C,-1.00",
    )

    assert read.layout.dates_sure is False
    assert [on for on, _, _ in rows(read)] == [
        date(2026, 1, 2),
        date(2026, 1, 5),
        date(2026, 2, 3),
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            ["Date,Text,Amount", "2026-01-01,A,1.00", "x,B,2.00", "2026-01-03,C,3.00"],
            "3",
        ),
        (
            [
                "Date,Text,Amount",
                "2026-01-01,A,1.00",
                "2026-01-02,B,?",
                "2026-01-03,C,3",
            ],
            "3",
        ),
        (["Date,Text,Amount", "2026-01-01,A,1.00", "2026-01-02,B, and C,2.00"], "3"),
    ],
)
def test_a_broken_line_is_refused_by_its_number(lines: list[str], says: str) -> None:
    with pytest.raises(BadInput, match=f"line {says}"):
        csv(*lines)


def test_what_a_person_knows_of_the_columns_wins() -> None:
    content = b"a,b,c\n2026-01-01,2026-02-02,5.00\n2026-01-02,2026-02-03,6.00\n"

    read = read_content("a.csv", content, {"booked": "2", "spending": "negative"})

    assert [on for on, _, _ in rows(read)] == [date(2026, 2, 2), date(2026, 2, 3)]
    assert rows(read)[0][1] == 5000
    with pytest.raises(BadInput, match="columns"):
        read_content("a.csv", content, {"booked": "9"})
    with pytest.raises(BadInput, match="spending"):
        read_content("a.csv", content, {"spending": "up"})


def test_ofx_1_is_read_though_its_tags_are_left_open() -> None:
    read = read_content("a.ofx", samples.OFX_SGML)

    assert rows(read) == [
        (date(2026, 1, 5), -15490, "LUMEN & CO MONTHLY"),
        (date(2026, 2, 5), -1015490, "LUMEN & CO"),
        (date(2026, 2, 6), 20000, "REFUND"),
    ]
    assert read.entries["account"].unique().to_list() == ["000123456789"]
    assert read.checked == ("3 transactions opened and read",)


def test_ofx_2_keeps_two_cards_apart() -> None:
    read = read_content("a.qfx", samples.OFX_XML)

    assert read.entries["account"].to_list() == ["4111111111111111", "5500000000000004"]
    assert read.entries["currency"].to_list() == ["EUR", "GBP"]
    assert read.entries["foreign_currency"].to_list() == ["USD", None]


@pytest.mark.parametrize("lack", [b"<DTPOSTED>20260205", b"<TRNAMT>-1,015.49"])
def test_an_ofx_transaction_without_day_or_amount_is_refused(lack: bytes) -> None:
    with pytest.raises(BadInput, match="line 18"):
        read_content("a.ofx", samples.OFX_SGML.replace(lack, b""))


def test_qif_is_read_with_its_account() -> None:
    read = read_content("a.qif", samples.QIF)

    assert rows(read) == [
        (date(2026, 1, 5), -1015490, "Lumen monthly"),
        (date(2026, 1, 25), 2000000, "Salary"),
    ]
    assert read.entries["account"].to_list() == ["Everyday", "Everyday"]
    with pytest.raises(BadInput, match="line 11"):
        read_content("a.qif", samples.QIF.replace(b"D1/ 5'26\n", b""))


@pytest.mark.parametrize("kind", ["052", "053", "054"])
@pytest.mark.parametrize("version", ["02", "04", "08", "10"])
def test_camt_is_read_in_every_version(kind: str, version: str) -> None:
    read = read_content("a.xml", samples.camt(kind, version))

    assert read.entries["row"].to_list() == [1, 2, 2]
    assert read.entries["amount"].to_list() == [-12990, -10000, -20000]
    assert rows(read)[0][2] == "Lumen B.V. Abo 123"
    assert read.entries["foreign"].to_list()[0] == 14000
    assert "debits add up" in read.checked


def test_camt_whose_balances_say_another_sum_is_asked_about() -> None:
    read = read_content("a.xml", samples.camt(closing="60.00"))

    assert "a closing balance of 60.00" in asked(read)
    assert len(rows(read)) == 3


def test_camt_that_breaks_off_is_refused_with_its_line() -> None:
    with pytest.raises(BadInput, match="line"):
        read_content("a.xml", samples.camt()[:900])


def test_camt_expands_no_entities_and_opens_nothing() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    content = samples.camt().replace(b'<?xml version="1.0" encoding="UTF-8"?>', bomb)
    content = content.replace(b"Abo 123", b"&b;&f;")

    read = read_content("a.xml", content)

    assert "root:" not in str(read.entries.to_dicts())
    assert "aaaa" not in rows(read)[0][2]


def test_mt940_is_read_with_its_years_and_its_balance_checked() -> None:
    read = read_content("a.sta", samples.MT940)

    assert rows(read) == [
        (date(2026, 1, 2), -12990, "LUMEN B.V. Abo Januar"),
        (date(2026, 1, 6), 2000000, "ARBEITGEBER Gehalt"),
        (date(2026, 1, 7), -10000, "SONANT BV Factuur 9"),
    ]
    assert read.checked == ("opening balance and entries give the closing balance",)
    off = read_content("a.sta", samples.MT940.replace(b"EUR2977,01", b"EUR2978,01"))
    assert "a closing balance (line 13) of 2978.01; its entries give 2977.01" in asked(
        off
    )
    assert rows(off) == rows(read)


def test_mt942_checks_its_counts() -> None:
    read = read_content("a.sta", samples.MT942)

    assert rows(read) == [(date(2026, 1, 7), 5000, "Storno of a card payment")]
    assert read.entries["currency"].to_list() == ["EUR"]
    assert "1 entries of field 90C add up" in read.checked
    two = samples.MT942.replace(b":90C:1EUR5,00", b":90C:2EUR5,00")
    six = samples.MT942.replace(b":90C:1EUR5,00", b":90C:1EUR6,00")
    assert "(field 90C) of 2.00; its entries give 1.00" in asked(read_content("a", two))
    assert "(field 90C) of 6.00; its entries give 5.00" in asked(read_content("a", six))


@pytest.mark.parametrize(
    ("content", "amount", "text"),
    [
        (samples.WISE, -9990, "Sonant Card transaction issued by Sonant"),
        (samples.MONZO, -9990, "Sonant SONANT.COM"),
        (samples.N26, -9990, "SONANT"),
        (samples.PAYPAL, -9990, "Sonant"),
    ],
)
def test_json_exports_are_read(content: bytes, amount: int, text: str) -> None:
    read = read_content("a.json", content)

    assert rows(read)[0] == (date(2026, 1, 5), amount, text)


def test_json_lines_are_read_and_a_broken_line_is_named() -> None:
    lines = b'{"date": "2026-01-05", "amount": "-9.99", "description": "Sonant"}\n' * 2

    assert len(rows(read_content("a.jsonl", lines))) == 2
    with pytest.raises(BadInput, match="line 2"):
        read_content("a.jsonl", lines.replace(b"}\n{", b"}\n{{"))


def test_a_workbook_is_read_below_its_title(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, "A", ["Umsätze", "", "Datum;Text;Betrag"])

    read = read_statement(path)

    assert rows(read) == [
        (date(2026, 1, 5), -9990, "Sonant"),
        (date(2026, 2, 5), -1234500, "Lumen"),
    ]


def a_workbook(folder: Path, name: str, above: list[str]) -> Path:
    """Write a small xlsx by hand: three parts are enough for readers."""
    import zipfile

    cells = [line.split(";") for line in above]
    cells += [["2026-01-05", "Sonant", "-9.99"], ["2026-02-05", "Lumen", "-1234.5"]]
    shown = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        + "</row>"
        for row in cells
    )
    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r" Type="{space}/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" '
        f'xmlns:r="{space}/officeDocument/2006/relationships"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/'
        f'relationships"><Relationship Id="r" Type="{space}/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/a.xml"/></Relationships>',
        "xl/worksheets/a.xml": f'<worksheet xmlns="{space}/spreadsheetml/2006/main">'
        f"<sheetData>{shown}</sheetData></worksheet>",
    }
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return path


def a_pdf(path: Path, lines: list[list[tuple[float, str]]]) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for place, line in enumerate(lines):
        for left, text in line:
            canvas.drawString(left, 800 - 16 * place, text)
    canvas.save()
    return path


PDF: list[list[tuple[float, str]]] = [
    [(50, "Bank of the Made-up"), (400, "Statement 2026")],
    [(50, "Opening balance"), (500, "100.00")],
    [(50, "Date"), (120, "Description"), (400, "Paid out"), (470, "Paid in")],
    [(50, "05/01/2026"), (120, "SONANT LTD"), (410, "9.99")],
    [(120, "MONTHLY PLAN")],
    [(50, "13/01/2026"), (120, "SALARY"), (475, "50.00")],
    [(50, "Closing balance"), (500, "140.01")],
]


def test_a_pdf_is_read_by_where_its_words_stand_and_its_balances_checked(
    tmp_path: Path,
) -> None:
    read = read_statement(a_pdf(tmp_path / "a.pdf", PDF))

    assert rows(read) == [
        (date(2026, 1, 5), -9990, "SONANT LTD MONTHLY PLAN"),
        (date(2026, 1, 13), 50000, "SALARY"),
    ]
    assert read.checked == ("opening balance and entries give the closing balance",)


def test_a_pdf_that_does_not_add_up_is_asked_about(tmp_path: Path) -> None:
    wrong: list[list[tuple[float, str]]] = [
        *PDF[:-1],
        [(50, "Closing balance"), (500, "140.02")],
    ]

    read = read_statement(a_pdf(tmp_path / "a.pdf", wrong))

    assert "a change of balance of 40.02; its entries give 40.01" in asked(read)


def test_a_pdf_that_is_a_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no text"):
        read_statement(a_pdf(tmp_path / "a.pdf", [[(10, "")]]))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<html>no</html>", "no bank statement"),
        (b"hello there\nno table here\n", "no line with a date"),
        (b'{"a": 1}', "no list"),
        (b"%PDF-1.7 broken", "PDF"),
        (b"PK\x03\x04 broken", "workbook"),
    ],
)
def test_what_is_no_statement_is_refused_and_told(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_content("x", content)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match=r"nowhere\.csv"):
        read_statement(Path("nowhere.csv"))
    with pytest.raises(BadInput, match="folder"):
        read_statement(Path())


def test_forty_banks_are_on_file_and_each_is_known_by_its_header() -> None:
    assert len(banks()) >= 40
    for bank in banks():
        columns = dict(bank.columns)
        assert bank.header, bank.name
        assert columns.get("dates", "DMY") in {"DMY", "MDY", "YMD"}


def test_no_bank_is_known_by_headers_that_many_banks_have() -> None:
    anyones = {
        "date", "time", "description", "amount", "balance", "debit", "credit", "type",
        "status", "category", "in", "out", "money", "paid", "transaction", "title",
        "memo", "notes", "details", "account",
    }  # fmt: skip

    for bank in banks():
        words = {word for name in bank.header for word in name.split()}
        assert words - anyones, bank.name


def test_every_reader_gives_the_same_columns() -> None:
    for content in (samples.OFX_XML, samples.QIF, samples.camt(), samples.MT940):
        assert read_content("x", content).entries.schema == ENTRIES
