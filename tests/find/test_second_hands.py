"""Second hands of the kinds in which banks write statements, made for these tests."""

import json
from decimal import Decimal

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement
from tests.find.test_as_banks_write import FEB, JAN, Case, case
from tests.find.test_as_banks_write import read as read_case

WORK = "2026-01-25"
THREE = ((JAN, "-9.99"), (WORK, "1500.00"), (FEB, "-9.99"))
MARKS = [
    case(
        f"marks {out}/{into}",
        f"{day};{text};{amount};{mark}",
        f"{JAN};Sonant;9,99;{out}",
        f"{WORK};Maker;1500,00;{into}",
        f"{FEB};Sonant;9,99;{out}",
        rows=THREE,
        text="Sonant",
    )
    for day, text, amount, mark, out, into in (
        ("Ημερομηνία", "Αιτιολογία", "Ποσό", "Χ/Π", "Χ", "Π"),
        ("Ημερομηνία", "Περιγραφή", "Ποσό", "Πρόσημο", "Χρέωση", "Πίστωση"),
        ("Datum", "Naziv", "Znesek", "Vrsta", "Breme", "Dobro"),
        ("Дата", "Опис", "Сума", "Тип", "Витрата", "Дохід"),
        ("Dagsetning", "Skýring", "Upphæð", "", "Út", "Inn"),
        ("Dátum", "Popis", "Suma", "Smer", "Výdavok", "Príjem"),
    )
]
PENDING = [
    case(
        "a word for the day of what is only reserved",
        "Bokföringsdag;Rubrik;Belopp",
        "Reserverat;Kiosk;-50,00",
        f"{FEB};Sonant;-9,99",
        f"{WORK};Maker;1500,00",
        rows=((FEB, "-9.99"), (WORK, "1500.00")),
    ),
    case(
        "a status with accents",
        "Datum;Text;Belopp;Status",
        f"{FEB};Kiosk;-50,00;Ej bokförd",
        f"{WORK};Maker;1500,00;Bokförd",
        f"{JAN};Sonant;-9,99;Bokförd",
        rows=((WORK, "1500.00"), (JAN, "-9.99")),
    ),
    case(
        "a column that says whether an entry is booked",
        "Date,Description,Amount,Booked",
        f"{FEB},Kiosk,-50.00,N",
        f"{WORK},Maker,1500.00,Y",
        f"{JAN},Sonant,-9.99,Y",
        rows=((WORK, "1500.00"), (JAN, "-9.99")),
    ),
    case(
        "a section of pending entries above the headers",
        "Pending transactions",
        "Date,Description,Amount",
        f"{FEB},Kiosk,-50.00",
        "Posted transactions",
        "Date,Description,Amount",
        f"{WORK},Maker,1500.00",
        f"{JAN},Sonant,-9.99",
        rows=((WORK, "1500.00"), (JAN, "-9.99")),
    ),
]
BALANCES = [
    case(
        "amounts without a sign, which the balances tell",
        "Date,Description,Amount,Balance",
        f"{JAN},Sonant,9.99,990.01",
        f"{WORK},Maker,1500.00,2490.01",
        f"{FEB},Sonant,9.99,2480.02",
        rows=THREE,
    ),
    case(
        "the same with the newest entry first",
        "Date,Description,Amount,Balance",
        f"{FEB},Sonant,9.99,2480.02",
        f"{WORK},Maker,1500.00,2490.01",
        f"{JAN},Sonant,9.99,990.01",
        rows=THREE[::-1],
    ),
    case(
        "a card whose balance is what is owed",
        "Date,Description,Amount,Balance",
        f"{JAN},Sonant,9.99,109.99",
        f"{WORK},Payment,-100.00,9.99",
        f"{FEB},Sonant,9.99,19.98",
        rows=((JAN, "-9.99"), (WORK, "100.00"), (FEB, "-9.99")),
        asks=("spending",),
    ),
    case(
        "lines of balances that the entries do not give",
        "Datum;Text;Betrag;Saldo",
        "01.01.2026;Anfangssaldo;;1000,00",
        "05.01.2026;Sonant;-9,99;990,01",
        "25.01.2026;Maker;1500,00;2490,01",
        "31.01.2026;Endsaldo;;2400,00",
        rows=THREE[:2],
        asks=("totals",),
    ),
    case(
        "lines of balances that they do give",
        "Datum;Text;Betrag;Saldo",
        "01.01.2026;Anfangssaldo;;1000,00",
        "05.01.2026;Sonant;-9,99;990,01",
        "25.01.2026;Maker;1500,00;2490,01",
        "31.01.2026;Endsaldo;;2490,01",
        rows=THREE[:2],
    ),
    case(
        "a total with a word before it",
        "Date,Description,Amount",
        f"{JAN},Sonant,-9.99",
        "Transactions Total,,-9.99",
        rows=((JAN, "-9.99"),),
    ),
]
DAYS = [
    case(
        "month, day and year",
        "Month,Day,Year,Payee,Amount",
        "1,5,2026,Sonant,-9.99",
        "1,25,2026,Maker,1500.00",
        "2,5,2026,Sonant,-9.99",
        rows=THREE,
    ),
    case(
        "a month by its name",
        "Day,Month,Year,Payee,Amount",
        "5,Jan,2026,Sonant,-9.99",
        "25,Jan.,2026,Maker,1500.00",
        "5,February,2026,Sonant,-9.99",
        rows=THREE,
    ),
    case(
        "year, month and day that stand apart",
        "Year,Payee,Month,Day,Amount",
        "2026,Sonant,1,5,-9.99",
        "2026,Maker,1,25,1500.00",
        "2026,Sonant,2,5,-9.99",
        rows=THREE,
    ),
    case(
        "days as a workbook counts them",
        "Date,Description,Amount",
        "46027,Sonant,-9.99",
        "46047,Maker,1500.00",
        rows=THREE[:2],
    ),
]
LETTERS = [
    case(
        f"letters of {encoding}",
        "Date;Text;Amount",
        f"{JAN};{text};-9,99",
        rows=((JAN, "-9.99"),),
        text=text,
        encoding=encoding,
    )
    for encoding, text in (
        ("cp1252", "CAFE £5 OFF’S"),
        ("iso8859-2", "ŻABKA ŁÓDŹ świąteczną"),
        ("cp852", "Opłata za kartę ŁÓDŹ"),
        ("mac_roman", "Prélèvement août"),
        ("cp1254", "ŞİŞLİ IĞDIR maaş"),
    )
]
EVERY = [*MARKS, *PENDING, *BALANCES, *DAYS, *LETTERS]


def rows_of(statement: Statement) -> list[tuple[str, Decimal]]:
    columns = statement.entries.select("on", "amount").iter_rows()
    return [(str(on), Decimal(amount) / 1000) for on, amount in columns]


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.what)
def test_a_kind_in_a_second_hand_is_read_as_it_is_meant(each: Case) -> None:
    statement = read_case(each)

    assert rows_of(statement) == [(on, Decimal(sum_)) for on, sum_ in each.rows]
    assert each.text in " ".join(statement.entries["text"].to_list())
    assert [ask.field for ask in statement.asks] == list(each.asks)


def test_a_letter_cut_in_half_leaves_the_others_as_they_are() -> None:
    content = "Datum;Text;Betrag\n13.01.2026;Café Zürich M".encode() + b"\xc3;-9,99\n"

    (text,) = read_content("a.csv", content).entries["text"].to_list()

    assert text.startswith("Café Zürich M")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"!Type:Bank\nD1/31/2026\nT-15..49\n^\n", "no amount"),
        (b"OFXHEADER:100\n<OFX><STMTTRN><DTPOSTED>20260105<TRNAMT>-15..49", "TRNAMT"),
        (b"Date,Text,Debit,Credit\n2026-01-05,A,5.00,\n2026-02-05,A,1,5.00,", "line 3"),
    ],
)
def test_a_slip_in_an_amount_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_content("a", content)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("Euro", "EUR"), ("eur", "EUR"), ("£", "GBP"), ("US Dollar", "USD"), ("?", "?")],
)
def test_a_currency_is_known_by_its_name_and_its_sign(cell: str, code: str) -> None:
    lines = f"Date,Description,Amount,Currency\n{JAN},Sonant,-9.99,{cell}\n"

    codes = read_content("a.csv", lines.encode()).entries["currency"].to_list()

    assert codes == [code if code != "?" else None]


def test_a_word_in_capitals_is_no_currency_where_it_is_one_of_a_header() -> None:
    lines = "DATE,DESCRIPTION,{}\n2026-01-05,Sonant,-9.99\n"

    def codes(header: str) -> list[str | None]:
        content = lines.format(header).encode()
        return read_content("a.csv", content).entries["currency"].to_list()

    assert codes("ALL AMOUNTS") == [None]
    assert codes("AMOUNT (ALL)") == ["ALL"]
    assert codes("AMOUNT EUR") == ["EUR"]


def test_a_point_parts_decimals_of_mt940_where_two_digits_stand_behind_it() -> None:
    content = (
        b":20:A\n:25:NL00\n:60F:C260101EUR100,00\n:61:260102D12.99NMSCNONREF\n"
        b":86:Sonant\n:62F:C260131EUR87.01\n-\n"
    )

    statement = read_content("a.sta", content)

    assert rows_of(statement) == [("2026-01-02", Decimal("-12.99"))]
    assert not statement.asks


def test_entries_of_camt_that_are_only_announced_are_left_out_and_counted() -> None:
    entry = (
        '<Ntry><Amt Ccy="EUR">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>{}</Sts>'
        "<BookgDt><Dt>2026-01-05</Dt></BookgDt></Ntry>"
    )
    entries = "".join(
        entry.format(*each)
        for each in (("9.99", "BOOK"), ("5.00", "PDNG"), ("6.00", "INFO"))
    )
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}'
        "</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        for code, amount in (("OPBD", "100.00"), ("CLBD", "90.01"))
    )
    content = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        f"<BkToCstmrStmt><Stmt>{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
    )

    statement = read_content("a.xml", content.encode())

    assert rows_of(statement) == [(JAN, Decimal("-9.99"))]
    assert len(statement.notes) == 2
    assert not statement.asks


def test_a_pending_status_counts_in_json_too() -> None:
    entries = [
        {"date": JAN, "amount": "-9.99", "name": "Sonant", "status": "vorgemerkt"},
        {"date": FEB, "amount": "-9.99", "name": "Sonant", "status": "gebucht"},
    ]

    statement = read_content("a.json", json.dumps(entries).encode())

    assert rows_of(statement) == [(FEB, Decimal("-9.99"))]
