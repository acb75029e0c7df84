"""The day of a charge comes before the day of its booking, in every bank's words."""

from datetime import date, timedelta

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.app.find.finding import find
from rescind.core.model.statement import Statement
from tests.find.test_running_balances import skipped

MONTHS = [(2026, 6), (2026, 7), (2026, 8), (2026, 9), (2026, 10), (2026, 11)]
CHARGED = [date(year, month, 30) for year, month in MONTHS]
HEADERS = [
    ("Transaction Date", "Post Date", "Description", "Amount"),
    ("Trans. Date", "Posting Date", "Description", "Amount"),
    ("Started Date", "Completed Date", "Description", "Amount"),
    ("Purchase Date", "Posted Date", "Description", "Amount"),
    ("Charge Date", "Date Posted", "Description", "Amount"),
    ("Belegdatum", "Buchungsdatum", "Beschreibung", "Betrag"),
    ("Umsatzdatum", "Buchungstag", "Beschreibung", "Betrag"),
    ("Kaufdatum", "Buchungsdatum", "Beschreibung", "Betrag"),
    ("Transaktionsdatum", "Buchungsdatum", "Beschreibung", "Betrag"),
    ("Date opération", "Date comptable", "Libellé", "Montant"),
    ("Date d'achat", "Date de comptabilisation", "Libellé", "Montant"),
    ("Date de la transaction", "Date", "Libellé", "Montant"),
    ("Fecha operación", "Fecha contable", "Concepto", "Importe"),
    ("Fecha de compra", "Fecha", "Concepto", "Importe"),
    ("Data operazione", "Data contabile", "Descrizione", "Importo"),
    ("Data acquisto", "Data registrazione", "Descrizione", "Importo"),
    ("Data da compra", "Data do lançamento", "Descrição", "Valor"),
    ("Datum transactie", "Boekdatum", "Omschrijving", "Bedrag"),
    ("Transaktionsdag", "Bokföringsdag", "Text", "Belopp"),
    ("Købsdato", "Bogføringsdato", "Tekst", "Beløb"),
    ("Kjøpsdato", "Bokføringsdato", "Tekst", "Beløp"),
    ("Ostopäivä", "Kirjauspäivä", "Selitys", "Määrä"),
    ("Data transakcji", "Data księgowania", "Opis", "Kwota"),
    ("Datum transakce", "Datum zaúčtování", "Popis", "Částka"),
    ("Vásárlás dátuma", "Könyvelés dátuma", "Leírás", "Összeg"),
    ("Дата операции", "Дата проводки", "Описание", "Сумма"),
]


def file_of(
    header: tuple[str, ...], *, late: timedelta = timedelta(1), more: str = ""
) -> bytes:
    lines = [";".join(header)]
    lines += [f"{day};{day + late};NETFLIX.COM;-17.99{more}" for day in CHARGED]
    return "\n".join(lines).encode()


def days(read: Statement) -> list[date]:
    return list(read.entries["on"].to_list())


@pytest.mark.parametrize("header", HEADERS, ids=lambda h: f"{h[0]}, {h[1]}")
def test_the_day_of_the_charge_is_taken_and_not_the_bookings(
    header: tuple[str, str, str, str],
) -> None:
    assert days(read_content("a.csv", file_of(header))) == CHARGED


def test_the_next_charge_of_a_card_is_due_on_the_day_of_the_charge() -> None:
    lines = ["Transaction Date,Post Date,Description,Category,Type,Amount,Memo"]
    lines += [
        f"{on:%m/%d/%Y},{on + timedelta(1):%m/%d/%Y},NETFLIX.COM,Bills,Sale,-17.99,"
        for on in reversed(CHARGED)
    ]
    read = read_content("chase.csv", "\n".join(lines).encode())

    (netflix,) = find([read])

    assert netflix.next_on == date(2026, 12, 30)
    assert netflix.transactions[-1].on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("valued", "booked"),
    [
        ("Wertstellung", "Buchungstag"),
        ("Date valeur", "Date opération"),
        ("Fecha valor", "Fecha operación"),
        ("Data valuta", "Data contabile"),
        ("Value Date", "Booking Date"),
    ],
)
def test_a_day_of_value_is_no_day_of_a_charge(valued: str, booked: str) -> None:
    content = file_of((valued, booked, "Text", "Betrag"))

    assert days(read_content("a.csv", content)) == [d + timedelta(1) for d in CHARGED]


@pytest.mark.parametrize("late", [timedelta(-3), timedelta(40)])
def test_a_day_that_is_no_charges_leaves_the_bookings(late: timedelta) -> None:
    content = file_of(("Transaction Date", "Post Date", "Text", "Amount"), late=late)

    assert days(read_content("a.csv", content)) == [d + late for d in CHARGED]


def test_a_periods_first_day_is_no_day_of_a_charge() -> None:
    lines = ["Transaction Date;Post Date;Text;Amount"]
    lines += [f"2026-06-01;2026-06-{day:02};LUMEN {day};-9.99" for day in range(2, 9)]

    read = read_content("a.csv", "\n".join(lines).encode())

    assert days(read) == [date(2026, 6, day) for day in range(2, 9)]


def test_balances_are_followed_by_the_days_of_booking() -> None:
    """Here a day has one balance, and before the last entry one is missing."""
    lines = [
        "Transaction Date;Post Date;Text;Amount;Balance",
        "2026-06-01;2026-06-01;LUMEN;-10.00;90.00",
        "2026-06-02;2026-06-03;SONANT;-5.00;75.00",
        "2026-06-03;2026-06-03;VERDANT;-10.00;75.00",
        "2026-06-04;2026-06-05;TRELLA;-5.00;70.00",
        "2026-06-06;2026-06-06;FABLEY;-7.00;60.00",
    ]

    read = read_content("a.csv", "\n".join(lines).encode())

    assert days(read)[1] == date(2026, 6, 2)
    assert skipped(read) == ["line 6, 2026-06-06: 60.00 instead of 63.00"]


def test_ofx_and_camt_name_the_day_of_the_charge_too() -> None:
    ofx = (
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><STMTRS><CURDEF>EUR<ACCTID>2"
        "<BANKTRANLIST><STMTTRN><DTPOSTED>20260701<DTUSER>20260630120000"
        "<TRNAMT>-9.99<NAME>SONANT</STMTTRN></BANKTRANLIST></STMTRS></OFX>"
    )
    camt = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        "<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><Othr><Id>7</Id></Othr></Id></Acct>"
        "<Ntry><Amt Ccy='EUR'>9.99</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>"
        "<BookgDt><Dt>2026-07-01</Dt></BookgDt><NtryDtls><TxDtls><RltdDts>"
        "<TxDtTm>2026-06-30T12:00:00</TxDtTm></RltdDts></TxDtls></NtryDtls>"
        "<AddtlNtryInf>Sonant</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>"
    )

    for content in (ofx, camt):
        assert days(read_content("a", content.encode())) == [date(2026, 6, 30)]
