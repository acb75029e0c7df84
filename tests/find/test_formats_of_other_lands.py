"""Norma 43, the encodings of East Asia, and the numbers of Wallos."""

import json

import pytest

from rescind.adapters.statements.decode import encoding_of
from rescind.adapters.statements.reader import read_content
from rescind.adapters.statements.subscription_lists import read_list
from rescind.core.errors import BadInput


def account(opening: int = 100_000, currency: str = "978") -> str:
    head = "11" + "00491500" + "1234567890" + "250101" + "250331" + "2"
    return f"{head}{opening:014}{currency}3LUCIA NADIE".ljust(80)


def movement(day: str, cents: int, reference: str = "") -> str:
    mark = "1" if cents < 0 else "2"
    head = "22" + "    1500" + day + day + "12" + "408" + mark + f"{abs(cents):014}"
    return f"{head}{'0' * 10}{'0' * 12}{reference}".ljust(80)


def words(first: str, second: str = "") -> str:
    return f"2301{first.ljust(38)}{second.ljust(38)}"


def end(out: int, into: int, closing: int) -> str:
    head = "33" + "00491500" + "1234567890" + f"{2:05}{out:014}{1:05}{into:014}"
    return f"{head}2{closing:014}978".ljust(80)


LINES = (
    account(),
    movement("250105", -1299),
    words("RECIBO LUMEN ESPAÑA", "MANDATO 8812"),
    words("CUOTA DE ENERO"),
    movement("250125", 150_000, "NOMINA"),
    movement("250205", -1299),
    "2401840" + f"{1400:014}".ljust(73),
    end(2598, 150_000, 247_402),
    "88" + "9" * 18 + "000008".ljust(60),
)


def file_of(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("cp1252") + b"\r\n\x1a"


def test_norma_43_is_read_with_its_words_and_its_totals() -> None:
    read = read_content("n43.txt", file_of(*LINES))

    assert read.layout.format == "norma43"
    assert read.entries["amount"].to_list() == [-12_990, 1_500_000, -12_990]
    assert read.entries["text"][0] == "RECIBO LUMEN ESPAÑA MANDATO 8812 CUOTA DE ENERO"
    assert read.entries["text"][1] == "NOMINA"
    assert [str(day) for day in read.entries["on"]] == [
        "2025-01-05",
        "2025-01-25",
        "2025-02-05",
    ]
    assert read.entries.row(2, named=True)["foreign"] == 14_000
    assert read.entries["foreign_currency"][2] == "USD"
    assert read.checked
    assert not read.asks


def test_totals_of_norma_43_that_differ_are_asked_about() -> None:
    lines = [*LINES[:-2], end(2598, 150_000, 247_400)]

    asked = read_content("n43.txt", file_of(*lines)).asks

    assert [each.field for each in asked] == ["totals"]


@pytest.mark.parametrize(
    "line", ["99 what is this", words("WORDS OF NOTHING"), movement("250x05", -1)]
)
def test_a_record_that_is_none_is_named_by_its_line(line: str) -> None:
    with pytest.raises(BadInput, match="line 2"):
        read_content("n43.txt", file_of(account(), line))


WRITTEN = [
    ("gbk", "gb18030", "交易日期,摘要,金额,余额\n2026-01-05,支付宝消费,-12.00\n"),
    ("gb18030", "gb18030", "交易时间;商户名称;收/支;金额\n江南超市;支出;35.20\n"),
    ("big5", "cp950", "交易日期,說明,提款金額,餘額\n2026/01/05,信用卡轉帳,120\n"),
    ("euc-kr", "cp949", "거래일자,적요,출금액,잔액\n2026-01-05,한빛통신,55000\n"),
    ("cp949", "cp949", "거래일시;내용;금액\n2026.01.05;카드결제 마트;-12000\n"),
    ("cp932", "cp932", "ご利用日,ご利用先\n2026/01/05,ネットフリックス,1490\n"),
    ("cp932", "cp932", "ﾀﾞｲｷﾝ;ｹｲﾀｲﾘﾖｳﾘﾖｳ;ﾃﾞﾝｷ;ｽｲﾄﾞｳ\n"),
    ("cp1252", "cp1252", "Größe;Straße"),
    ("cp1251", "cp1251", "Дата;Сумма;Описание\n05.01.2026;-10;оплата"),
]


@pytest.mark.parametrize(("encoding", "name", "text"), WRITTEN)
def test_an_encoding_is_told_by_its_letters(
    text: str, encoding: str, name: str
) -> None:
    content = text.encode(encoding)

    assert encoding_of(content) == name
    assert content.decode(encoding_of(content)) == text


def test_wallos_keeps_its_cycles_as_numbers() -> None:
    fields = ("name", "cycle", "frequency", "inactive", "price")
    rows = (
        ("Lumen", 3, 1, 0, 9.99),
        ("Kiste", 2, 2, 0, 24.5),
        ("Domain", 4, 3, 0, 30),
        ("Water", 1, 90, 0, 12),
        ("Old", 3, 1, 1, 5),
        ("Odd", 9, 1, 0, 5),
    )
    listed = [dict(zip(fields, row, strict=True)) for row in rows]
    content = json.dumps({"success": True, "subscriptions": listed}).encode()

    found = {each.name: each.period for each in read_list(content)}

    assert found == {"Lumen": "P1M", "Kiste": "P2W", "Domain": "P3Y", "Water": "P90D"}


ONE_PAYEE = (
    '"09-01-2026","NL00TRIO0000000001","12,99","{out}","Netflix","NL00INGB0000000001"',
    '"09-02-2026","NL00TRIO0000000001","12,99","{out}","Netflix","NL00INGB0000000001"',
    '"25-02-2026","NL00TRIO0000000001","2.500,00","{into}","Werk","NL00INGB0000000002"',
)


@pytest.mark.parametrize(
    ("out", "into"),
    [
        ("Debet", "Credit"),
        ("Débit", "Crédit"),
        ("Soll", "Haben"),
        ("Withdrawal", "Deposit"),
        ("Expense", "Income"),
        ("Afschrijving", "Bijschrijving"),
        ("Wypłata", "Wpłata"),
        ("Af", "Bij"),
    ],
)
def test_words_for_out_and_in_are_no_text_however_few_payees_there_are(
    out: str, into: str
) -> None:
    lines = [line.format(out=out, into=into) for line in ONE_PAYEE]

    whole = read_content("a.csv", "\n".join(lines).encode())
    out_alone = read_content("a.csv", "\n".join(lines[:2]).encode())
    in_alone = read_content("a.csv", lines[2].encode())

    assert whole.entries["text"].to_list() == ["Netflix", "Netflix", "Werk"]
    assert whole.entries["amount"].to_list() == [-12990, -12990, 2_500_000]
    assert out_alone.entries["text"].to_list() == ["Netflix", "Netflix"]
    assert out_alone.entries["amount"].to_list() == [-12990, -12990]
    assert in_alone.entries["amount"].to_list() == [2_500_000]


def test_a_letter_alone_in_a_column_without_a_header_is_no_sign() -> None:
    lines = ('"09-01-2026","12,99","A","Netflix"', '"09-02-2026","12,99","A","Netflix"')

    read = read_content("a.csv", "\n".join(lines).encode())

    assert read.entries["amount"].to_list() == [-12990, -12990]


def test_the_day_of_the_operation_counts_in_norma_43_and_not_that_of_value() -> None:
    out = movement("250105", -1299).replace("250105250105", "250105250107")
    lines = [account(), out, words("NETFLIX"), end(1299, 0, 98_701)]

    read = read_content("a.n43", "\n".join(lines).encode())

    assert str(read.entries["on"][0]) == "2025-01-05"


def test_the_day_of_entry_counts_in_mt940_and_not_that_of_value() -> None:
    fields = [":20:A", ":25:1", ":60F:C260101EUR100,", ":61:2601070105D9,99NMSCNONREF"]
    content = "\n".join([*fields, ":86:NETFLIX", ":62F:C260131EUR90,01", "-"])

    read = read_content("a.sta", content.encode())

    assert str(read.entries["on"][0]) == "2026-01-05"


@pytest.mark.parametrize("sign", [";", "\t", "|", ","])
@pytest.mark.parametrize(
    ("header", "stray"),
    [(("Datum", "Text", "Betrag"), 3), (("Wann", "Wozu", "Wieviel"), 2), ((), 1)],
)
def test_the_line_of_a_stray_quote_is_named(
    sign: str, header: tuple[str, ...], stray: int
) -> None:
    rows = [(f"0{n}.01.2026", "Netflix", "-12.99") for n in range(1, 5)]
    lines = [sign.join(row) for row in ([header] if header else []) + rows]
    lines[stray - 1] = lines[stray - 1].replace("Netflix", '"Netflix')

    with pytest.raises(BadInput, match=f"line {stray}: a quote is opened"):
        read_content("a.csv", "\n".join(lines).encode())


CARD = (
    "Дата i час операції,Деталі операції,MCC,Сума в валюті картки (UAH),"
    "Сума в валюті операції,Валюта,Курс,Сума комісій (UAH),Залишок після операції"
)
CARD_IN_ENGLISH = (
    'Date and time,Description,MCC,"Card currency amount, (UAH)",Operation amount,'
    'Operation currency,Exchange rate,"Commission, (UAH)",Balance'
)


@pytest.mark.parametrize("header", [CARD, CARD_IN_ENGLISH])
def test_the_amount_has_the_currency_of_its_own_header(header: str) -> None:
    """The column of currencies beside it is that of what was bought."""
    rows = (
        "08.04.2026 09:14:22,Spotify,5815,-208.21,-4.99,USD,41.7254,—,49859.43",
        "02.04.2026 18:40:01,Silpo,5411,-1312.55,-1312.55,UAH,—,—,50067.64",
        "08.03.2026 09:13:57,Spotify,5815,-207.58,-4.99,USD,41.5992,—,51380.19",
    )

    read = read_content("card.csv", "\n".join((header, *rows)).encode())

    assert read.entries["currency"].to_list() == ["UAH"] * 3
    assert read.entries["amount"].to_list() == [-208_210, -1_312_550, -207_580]
