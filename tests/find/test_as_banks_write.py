"""Statements as banks really write them: each kind in several hands."""

from dataclasses import dataclass, field

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement


@dataclass(frozen=True)
class Case:
    """A file of our own making, and what is right."""

    what: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()
    """Day and amount of each entry."""
    text: str = ""
    asks: tuple[str, ...] = ()
    encoding: str = "utf-8"
    corrections: dict[str, str] = field(default_factory=dict)


def case(what: str, *lines: str, **more: object) -> Case:
    return Case(what, lines, **more)  # type: ignore[arg-type] # what the cases say


JAN, FEB, MAR = "2026-01-05", "2026-02-05", "2026-03-16"
MARKED = ((JAN, "-9.99"), ("2026-01-25", "1500.00"), (FEB, "-9.99"))
SIGNS = [
    case(
        f"marks {out}/{into}",
        f"{day};{text};{amount};{mark}",
        f"{JAN};Sonant;9,99;{out}",
        f"2026-01-25;Maker;1500,00;{into}",
        f"{FEB};Sonant;9,99;{out}",
        rows=MARKED,
        text="Sonant",
    )
    for day, text, amount, mark, out, into in (
        ("Datums", "Maksājuma mērķis", "Summa", "D/K", "D", "K"),
        ("Kuupäev", "Selgitus", "Summa", "Deebet/Kreedit", "D", "K"),
        ("Data", "Opis", "Kwota", "Wn/Ma", "Wn", "Ma"),
        ("Dátum", "Közlemény", "Összeg", "T/J", "T", "J"),
        ("Tarih", "Açıklama", "Tutar", "B/A", "B", "A"),
        ("Date", "Details", "Amount", "DrCr", "DR", "CR"),
        ("Date", "Details", "Amount", "Kind of it", "Expense", "Income"),
        ("Date", "Details", "Amount", "Flow", "Outflow", "Inflow"),
        ("Date", "Details", "Amount", "", "-", "+"),
        ("Datum", "Omschrijving", "Bedrag", "Debet/Credit", "Debet", "Credit"),
        ("Buchung", "Text", "Betrag", "S/H", "S", "H"),
        ("Fecha", "Concepto", "Importe", "Movimiento", "Cargo", "Abono"),
        ("Data", "Descrizione", "Importo", "Segno", "Dare", "Avere"),
        ("Data", "Histórico", "Valor", "Natureza", "Saída", "Entrada"),
        ("Date", "Libellé", "Montant", "Sens", "Débit", "Crédit"),
        ("Дата", "Описание", "Сумма", "Тип", "Расход", "Приход"),
        ("交易时间", "商品", "金额", "收/支", "支出", "收入"),
        ("Dato", "Tekst", "Beløb", "Retning", "Ud", "Ind"),
        ("Pvm", "Selite", "Summa", "Laji", "Otto", "Pano"),
    )
]
PURCHASES = (("2026-01-13", "-9.99"), ("2026-01-25", "200.00"), (FEB, "-9.99"))
SIGNS += [
    case(
        "a card's purchases and payments, all above zero",
        "Date,Description,Amount,Type",
        "01/13/2026,SONANT,9.99,Purchase",
        "01/25/2026,THANK YOU,200.00,Payment",
        "02/05/2026,SONANT,9.99,Purchase",
        rows=PURCHASES,
    ),
    case(
        "marks without any header",
        "13-01-2026;NL00TRIO0000000001;9,99;Af;Sonant",
        "25-01-2026;NL00TRIO0000000001;200,00;Bij;Maker",
        "05-02-2026;NL00TRIO0000000001;9,99;Af;Sonant",
        rows=PURCHASES,
        text="Sonant",
    ),
    case(
        "a refund in a marked file",
        "Date,Details,Amount,Debit/Credit",
        f"{JAN},Sonant,9.99,Debit",
        f"{JAN},Sonant back,-9.99,Debit",
        f"{FEB},Sonant,9.99,Debit",
        rows=((JAN, "-9.99"), (JAN, "9.99"), (FEB, "-9.99")),
    ),
    case(
        "debits that are written below zero",
        "Data;Histórico;Débito;Crédito",
        "13/01/2026;Sonant;-9,99;",
        "25/01/2026;Maker;;200,00",
        "05/02/2026;Sonant;-9,99;",
        rows=PURCHASES,
    ),
    case(
        "money out beside money in, with dashes where there is none",
        "Date,Details,Cash Out,Cash In",
        "2026-01-13,Sonant,9.99,-",
        "2026-01-25,Maker,-,200.00",
        "2026-02-05,Sonant,9.99,-",
        rows=PURCHASES,
    ),
    case(
        "two columns of sums without a header, and the balance",
        "13/01/2026;Sonant shop;9,99;;990,01",
        "25/01/2026;Maker works;;200,00;1190,01",
        "05/02/2026;Sonant shop;9,99;;1180,02",
        rows=PURCHASES,
    ),
    case(
        "two columns of sums without a header, money in first",
        "13/01/2026;Sonant shop;;9,99;990,01",
        "25/01/2026;Maker works;200,00;;1190,01",
        "05/02/2026;Sonant shop;;9,99;1180,02",
        rows=PURCHASES,
    ),
    case(
        "all spending by default is asked about",
        "Date,Details,Amount",
        f"{JAN},Sonant,9.99",
        f"{FEB},Lumen,4.99",
        rows=((JAN, "-9.99"), (FEB, "-4.99")),
        asks=("spending",),
    ),
    case(
        "and no longer where a person has said so",
        "Date,Details,Amount",
        f"{JAN},Sonant,9.99",
        f"{FEB},Lumen,4.99",
        rows=((JAN, "-9.99"), (FEB, "-4.99")),
        corrections={"spending": "positive"},
    ),
]
STEPS = ((JAN, "-4350.00"), ("2026-01-17", "412900.00"), (FEB, "-4350.00"))
BALANCES = [
    case(
        "whole amounts under headers that nobody knows, the balance last",
        "Nap;Kinek;Mennyi;Marad",
        "2026.01.05.;Lumen;-4350;102345",
        "2026.01.17.;Maker;412900;515245",
        "2026.02.05.;Lumen;-4350;510895",
        rows=STEPS,
    ),
    case(
        "the balance first",
        "Päev;Seis;Muutus;Kellele",
        "05.01.2026;102345,00;-4350,00;Lumen",
        "17.01.2026;515245,00;412900,00;Maker",
        "05.02.2026;510895,00;-4350,00;Lumen",
        rows=STEPS,
    ),
    case(
        "the newest entry first",
        "Date,Sum,In/Out,Details",
        f"{FEB},510895.00,-4350.00,Lumen",
        "2026-01-17,515245.00,412900.00,Maker",
        f"{JAN},102345.00,-4350.00,Lumen",
        rows=STEPS[::-1],
    ),
]
DATES = [
    case(
        "a header that many banks have forces no order",
        "Date,Amount,Description,Balance",
        "01/05/2026,-15.49,SONANT,984.51",
        "02/05/2026,-15.49,SONANT,969.02",
        "03/16/2026,-10.99,LUMEN,958.03",
        rows=((JAN, "-15.49"), (FEB, "-15.49"), (MAR, "-10.99")),
    ),
    case(
        "the headers' language tells the order",
        "Fecha;Concepto;Importe",
        "05/01/2026;SONANT;-15,49",
        "05/02/2026;SONANT;-15,49",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
    ),
    case(
        "an order that nothing tells is asked about",
        "Date,Details,Amount",
        "05/01/2026,SONANT,-15.49",
        "05/01/2026,LUMEN,-5.49",
        rows=((JAN, "-15.49"), (JAN, "-5.49")),
        asks=("dates",),
    ),
    case(
        "year, month and day in three columns",
        "Jahr;Monat;Tag;Empfänger;Betrag",
        "2026;1;5;Sonant;-15,49",
        "2026;02;05;Sonant;-15,49",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
        text="Sonant",
    ),
    case(
        "day, month and year in three columns",
        "Day,Month,Year,Shop,Amount",
        "5,1,2026,Sonant,-15.49",
        "5,2,2026,Sonant,-15.49",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
    ),
    case(
        "the time before the date",
        "When,Details,Amount",
        "14:05 16/03/2026,Sonant,-15.49",
        "09:30:11 17/03/2026,Lumen,-5.49",
        rows=((MAR, "-15.49"), ("2026-03-17", "-5.49")),
    ),
    case(
        "a period's ends stay, the entries' day moves",
        "Account,Date from,Date to,Details,Done,Amount",
        f"1,2026-01-01,2026-03-31,Sonant,{JAN},-15.49",
        f"1,2026-01-01,2026-03-31,Sonant,{FEB},-15.49",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
    ),
    case(
        "a day that stands only where it changes",
        "Date,Details,Amount",
        f"{JAN},Sonant,-1.00",
        ",Lumen,-2.00",
        ",Kiosk,-3.00",
        ",Baker,-4.00",
        f"{FEB},Sonant,-1.00",
        rows=(
            (JAN, "-1.00"),
            (JAN, "-2.00"),
            (JAN, "-3.00"),
            (JAN, "-4.00"),
            (FEB, "-1.00"),
        ),
        asks=("days",),
    ),
]
TEXTS = [
    case(
        "an empty column of notes does not stand for the text",
        "Date,Notes,Details of it,Amount",
        f"{JAN},,Paid at SONANT,-15.49",
        f"{FEB},,Paid at SONANT,-15.49",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
        text="SONANT",
    ),
    case(
        "a card's holder is no payee",
        "Karteninhaber;Datum;Händlername;Betrag",
        "A. PERSON;05.01.2026;SONANT;-15,49",
        "A. PERSON;05.02.2026;LUMEN;-5,49",
        rows=((JAN, "-15.49"), (FEB, "-5.49")),
        text="SONANT",
    ),
    case(
        "an entry on two lines",
        "Transaction date,Value date,Description,Withdrawals (SGD),Deposits (SGD)",
        "05/01/2026,05/01/2026,DEBIT PURCHASE,15.49,",
        ",,SONANT.COM 04/01,,",
        "25/01/2026,25/01/2026,TRANSFER,,200.00",
        ",,MAKER,,",
        rows=((JAN, "-15.49"), ("2026-01-25", "200.00")),
        text="DEBIT PURCHASE SONANT.COM 04/01",
    ),
    case(
        "sections between the header and the entries",
        "Date,Type,Description,Withdrawal (-),Deposit (+)",
        "Posted Transactions",
        "12/17/2025,VISA,SONANT,$15.49,",
        "11/17/2025,VISA,SONANT,$15.49,",
        rows=(("2025-12-17", "-15.49"), ("2025-11-17", "-15.49")),
    ),
    case(
        "entries below a line that calls them pending are left out",
        "Date,Type,Description,Withdrawal (-),Deposit (+)",
        "Pending Transactions",
        "12/18/2025,VISA,LUMEN,$5.49,",
        "Posted Transactions",
        "12/17/2025,VISA,SONANT,$15.49,",
        "11/17/2025,VISA,SONANT,$15.49,",
        rows=(("2025-12-17", "-15.49"), ("2025-11-17", "-15.49")),
    ),
    case(
        "a footnote below the entries",
        "Date,Details,Amount",
        f"{JAN},SONANT,-15.49",
        f"{FEB},SONANT,-15.49",
        "Made on 2026-03-01 by the bank.",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
    ),
    case(
        "a sum below the entries that is theirs",
        "Date,Details,Amount",
        f"{JAN},SONANT,-15.49",
        f"{FEB},SONANT,-15.49",
        ",,-30.98",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
    ),
    case(
        "the header again, at the end of a page",
        "Date,Details,Amount,Debit/Credit",
        f"{JAN},SONANT,15.49,Debit",
        "Date,Details,Amount,Debit/Credit",
        f"{FEB},MAKER,20.00,Credit",
        rows=((JAN, "-15.49"), (FEB, "20.00")),
    ),
    case(
        "headers without an entry",
        "Date,Description,Amount,Balance",
        rows=(),
    ),
]
LETTERS = [
    case(
        f"capitals with accents in {encoding}",
        header,
        f"05/01/2026;{word};-15,49",
        f"05/02/2026;{word};-15,49",
        rows=((JAN, "-15.49"), (FEB, "-15.49")),
        text=word,
        encoding=encoding,
    )
    for encoding, header, word in (
        ("cp1252", "Date;Operation;Montant", "PRÉLÈVEMENT À PAYER"),
        ("cp1252", "Data;Descrição;Valor", "DÉBITO CARTÃO"),
        ("cp1252", "Datum;Text;Betrag", "GEBÜHR"),
        ("cp1252", "Fecha;Concepto;Importe", "NÓMINA AÑO"),
        ("cp1252", "Dato;Tekst;Belop", "KJØP PÅ NETT"),
        ("cp1250", "Datum;Popis;Castka", "PŘÍCHOZÍ ÚHRADA"),
        ("cp1250", "Data;Opis;Kwota", "OPŁATA ZA KARTĘ"),
        ("cp1250", "Datum;Megjegyzes;Osszeg", "HŰSÉG ŐSZI DÍJ"),
        ("cp1251", "Дата;Описание;Сумма", "ОПЛАТА УСЛУГ"),
        ("cp1257", "Data;Paskirtis;Suma", "MOKĖJIMAS UŽ PASLAUGĄ"),
        ("cp850", "Datum;Text;Betrag", "GEBÜHR FÜR GRÖßE"),
    )
]
NUMBERS = [
    case(
        "thousands without decimals beside decimals",
        "Date,Details,Amount",
        f'{JAN},RENT,"-1,650"',
        f"{FEB},SONANT,-15.49",
        rows=((JAN, "-1650.00"), (FEB, "-15.49")),
    ),
    case(
        "three digits behind a sign, in a currency with two decimals",
        "Datum;Text;Betrag EUR",
        "05.01.2026;MIETE;-1.650",
        "05.02.2026;MIETE;-1.650",
        rows=((JAN, "-1650.00"), (FEB, "-1650.00")),
    ),
    case(
        "three digits behind a sign, in no currency, are asked about",
        "Datum;Text;Betrag",
        "05.01.2026;MIETE;-1.650",
        "05.02.2026;MIETE;-2.650",
        rows=((JAN, "-1650.00"), (FEB, "-2650.00")),
        asks=("decimal",),
    ),
    case(
        "a long minus, a minus behind, and brackets",
        "Date;Details;Amount",
        f"{JAN};SONANT;\u2212100,00",
        f"{FEB};SONANT;100,00-",
        f"{MAR};SONANT;(100,00)",
        rows=((JAN, "-100.00"), (FEB, "-100.00"), (MAR, "-100.00")),
    ),
    case(
        "a sign apart from its amount",
        "Date,Details,Amount (total)",
        f"{JAN},SONANT,- $15.49",
        f"{FEB},MAKER,+ $20.00",
        rows=((JAN, "-15.49"), (FEB, "20.00")),
    ),
]
EVERY = [*SIGNS, *BALANCES, *DATES, *TEXTS, *LETTERS, *NUMBERS]


def read(each: Case) -> Statement:
    content = "\n".join(each.lines).encode(each.encoding)
    return read_content("a.csv", content, each.corrections)


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.what)
def test_a_kind_is_read_as_it_is_meant(each: Case) -> None:
    statement = read(each)

    found = [
        (str(on), f"{amount / 1000:.2f}")
        for on, amount in statement.entries.select("on", "amount").iter_rows()
    ]
    assert found == list(each.rows)
    assert each.text in " ".join(statement.entries["text"].to_list())
    assert [ask.field for ask in statement.asks] == list(each.asks)


GOOD = (f"{JAN},Sonant,-15.49", f"{FEB},Sonant,-15.49")


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ((f"{JAN},Sonant,-15.49x", *GOOD), 2),
        ((*GOOD, f"{MAR},Sonant,-15..49"), 4),
        ((*GOOD, f"{MAR},Sonant,"), 4),
        ((*GOOD, f"{MAR},Sonant"), 4),
        ((*GOOD, "2026-13-45,Sonant,-15.49"), 4),
        ((*GOOD, "16/17/2026,Sonant,"), 4),
        ((*GOOD, ",Sonant,-7.00"), 4),
        ((GOOD[0], ",,-3.00", GOOD[1]), 3),
        ((GOOD[0], f"{MAR},Sonant,-1.2.3", GOOD[1]), 3),
        ((GOOD[0], f'{MAR},"12 inch,-4.00', GOOD[1], f'{MAR},"Pub,-1.00', GOOD[0]), 3),
        ((GOOD[0], f'{MAR},"12 inch,-4.00', GOOD[1]), 3),
    ],
)
def test_a_row_that_cannot_be_read_is_named_wherever_it_stands(
    lines: tuple[str, ...], line: int
) -> None:
    content = "\n".join(("Date,Description,Amount", *lines)).encode()

    with pytest.raises(BadInput, match=rf"line {line}\b"):
        read_content("a.csv", content)


def test_a_broken_row_is_left_out_on_a_persons_word() -> None:
    content = "\n".join(("Date,Description,Amount", *GOOD, "x,Sonant,-1.00")).encode()

    with pytest.raises(BadInput) as refused:
        read_content("a.csv", content)
    assert refused.value.suggestions == ("skip=4",)
    assert read_content("a.csv", content, {"skip": "4"}).entries.height == 2


def test_quotes_are_letters_on_a_persons_word() -> None:
    content = (
        f'Date,Description,Amount\n{JAN},"12 inch,-4.00\n{FEB},"Pub,-1.00\n'.encode()
    )

    assert read_content("a.csv", content, {"quotes": "none"}).entries.height == 2


def test_a_word_of_a_header_is_no_currency() -> None:
    content = f"DATE,DESCRIPTION,NET AMOUNT\n{JAN},A,-1.00\n{FEB},B,-2.00\n".encode()

    assert read_content("a.csv", content).entries["currency"].to_list() == [None, None]
