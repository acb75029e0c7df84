"""Exports of more banks, in the shapes that these write; the entries are made up."""

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.model.statement import Statement

OUT_FIRST = ("12.99,,87.01", ",1000.00,1087.01")
IN_FIRST = (",12.99,87.01", "1000.00,,1087.01")
FEES = (
    "Status,Direction,Created on,Source fee amount,Source name,"
    "Source amount (after fees),Source currency,Target name,"
    "Target amount (after fees),Target currency,Exchange rate"
)


def read(*lines: str) -> Statement:
    return read_content("a.csv", "\n".join(lines).encode())


def sums(whole: Statement) -> list[tuple[int, str | None]]:
    assert not whole.asks
    return list(zip(whole.entries["amount"], whole.entries["currency"], strict=True))


def test_the_fee_s_amount_is_no_amount_beside_one_after_fees() -> None:
    whole = read(
        FEES,
        "COMPLETED,OUT,2026-01-05,0.00,Jo,12.99,EUR,Netflix,13.99,USD,1.08",
        "COMPLETED,IN,2026-01-25,0.00,ACME,1000.00,EUR,Jo,1000.00,EUR,1.0",
        "COMPLETED,OUT,2026-02-05,0.00,Jo,12.99,EUR,Netflix,13.99,USD,1.08",
    )

    assert sums(whole) == [(-12_990, "EUR"), (1_000_000, "EUR"), (-12_990, "EUR")]
    assert "balance" not in dict(whole.layout.columns)


def test_what_the_card_was_charged_comes_before_what_the_shop_asked_for() -> None:
    whole = read(
        "Дата операции;Сумма операции;Валюта операции;"
        "Сумма платежа;Валюта платежа;Описание",
        "05.02.2026;-9,99;USD;-799,00;RUB;Netflix",
        "25.01.2026;50000,00;RUB;50000,00;RUB;ACME",
    )

    assert sums(whole) == [(-799_000, "RUB"), (50_000_000, "RUB")]


def test_running_numbers_are_no_amounts_however_few_the_entries_are() -> None:
    whole = read(
        "Α/Α;Ημερομηνία;Αιτιολογία;Αρ. συναλλαγής;Ποσό;Πρόσημο ποσού",
        "1;05/01/2026;NETFLIX;1;12,99;Χ",
        "2;25/01/2026;ACME;2;1.000,00;Π",
    )

    assert sums(whole) == [(-12_990, None), (1_000_000, None)]


def test_a_day_under_a_header_cut_short_is_no_text() -> None:
    whole = read(
        "Date,Narration,Value Dat,Debit Amount,Credit Amount,Value Day Two",
        "05/01/26,NETFLIX,05/01/26,649.00,0.00,05/01/26",
        "25/01/26,ACME,25/01/26,0.00,50000.00,25/01/26",
    )

    assert whole.entries["text"].to_list() == ["NETFLIX", "ACME"]


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ("Value Two", "05/01/26"),
        ("Transaction ID", "tx_0000ABC"),
        ("Wechselkurs", "1,08"),
    ],
)
def test_what_names_nobody_is_no_text(header: str, first: str) -> None:
    whole = read(
        f"Date;Description;{header};Money Out;Money In",
        f"05/01/26;NETFLIX;{first};12,99;",
        f"25/01/26;ACME;{first};;1000,00",
    )

    assert whole.entries["text"].to_list() == ["NETFLIX", "ACME"]
    assert sums(whole) == [(-12_990, None), (1_000_000, None)]


def test_an_opening_balance_in_estonian_is_no_entry() -> None:
    whole = read(
        "Kuupäev;Saaja/Maksja;Selgitus;Summa;Valuuta;Deebet/Kreedit",
        "01.01.2026;;Algsaldo;100,00;EUR;K",
        "05.01.2026;Netflix;abo;12,99;EUR;D",
        "25.01.2026;ACME;palk;1000,00;EUR;K",
    )

    assert sums(whole) == [(-12_990, "EUR"), (1_000_000, "EUR")]


@pytest.mark.parametrize(
    ("header", "out", "into", "currency"),
    [
        ('תאריך,תיאור,בחובה,בזכות,היתרה בש"ח', *OUT_FIRST, None),
        ("วันที่,รายการ,ถอนเงิน,ฝากเงิน,คงเหลือ", *OUT_FIRST, None),
        ("거래일자,내용,출금(원),입금(원),잔액(원)", *OUT_FIRST, "KRW"),
        ("日期,說明,存入金額,支出金額,餘額", *IN_FIRST, None),
        ("Ngày,Mô tả,Số tiền ghi có,Số tiền ghi nợ,Số dư", *IN_FIRST, None),
    ],
)
def test_sides_are_read_in_more_scripts(
    header: str, out: str, into: str, currency: str | None
) -> None:
    whole = read(header, f"2026-01-05,NETFLIX,{out}", f"2026-01-25,ACME,{into}")

    assert sums(whole) == [(-12_990, currency), (1_000_000, currency)]
    assert "balance" in dict(whole.layout.columns)
