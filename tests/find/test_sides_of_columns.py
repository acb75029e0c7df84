"""Two columns of amounts: which of them is money out, whatever their headers add."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from rescind.adapters.statements.reader import read_content, read_statement
from rescind.core.model.statement import Statement

CREDIT_FIRST = [
    ("Gutschrift in EUR", "Lastschrift in EUR", "EUR"),
    ("Gutschrift in CHF", "Lastschrift in CHF", "CHF"),
    ("Credit in USD", "Debit in USD", "USD"),
    ("Haben in EUR", "Soll in EUR", "EUR"),
    ("Crédit en EUR", "Débit en EUR", "EUR"),
    ("Avere in EUR", "Dare in EUR", "EUR"),
    ("Haber en EUR", "Debe en EUR", "EUR"),
    ("Bedrag bij in EUR", "Bedrag af in EUR", "EUR"),
    ("Crédito em EUR", "Débito em EUR", "EUR"),
    ("Kredit i SEK", "Debet i SEK", "SEK"),
    ("Uznania w PLN", "Obciążenia w PLN", "PLN"),
    ("Credit in £", "Debit in £", "GBP"),
    ("Paid in (GBP)", "Paid out (GBP)", "GBP"),
    ("Money in GBP", "Money out GBP", "GBP"),
    ("In EUR", "Out EUR", "EUR"),
    ("EUR Gutschrift", "EUR Lastschrift", "EUR"),
    ("Eingang in Euro", "Ausgang in Euro", "EUR"),
    ("Amount in USD", "Amount out USD", "USD"),
    ("Amount (credit) USD", "Amount (debit) USD", "USD"),
    ("Cr. (INR)", "Dr. (INR)", "INR"),
    ("Crédito (R$)", "Débito (R$)", "BRL"),
    ("Montant au crédit (EUR)", "Montant au débit (EUR)", "EUR"),
    ("Importe abonado EUR", "Importe cargado EUR", "EUR"),
    ("Přijato v CZK", "Odesláno v CZK", "CZK"),
    ("入金金額(円)", "出金金額(円)", "JPY"),
    ("Πίστωση σε EUR", "Χρέωση σε EUR", "EUR"),
    ("Dobro v EUR", "Breme v EUR", "EUR"),
]


def read(text: str, **corrections: str) -> Statement:
    return read_content("a.csv", text.encode(), corrections)


def in_columns(first: str, second: str, wage: str = "ACME PLC") -> str:
    """Return a file whose second column is money out."""
    return (
        f"Datum;Text;{first};{second}\n"
        "05.01.2026;Netflix;;12,99\n"
        "15.01.2026;Migros;;40,10\n"
        f"25.01.2026;{wage};2500,00;\n"
        "05.02.2026;Netflix;;12,99\n"
    )


@pytest.mark.parametrize(("credit", "debit", "currency"), CREDIT_FIRST)
def test_a_currency_in_a_header_says_nothing_of_its_side(
    credit: str, debit: str, currency: str
) -> None:
    whole = read(in_columns(credit, debit))

    assert whole.entries["amount"].to_list() == [-12_990, -40_100, 2_500_000, -12_990]
    assert set(whole.entries["currency"]) == {currency}
    assert not whole.asks


@pytest.mark.parametrize("header", ["Amount in CAD", "Betrag in CHF", "Bedrag (EUR)"])
def test_an_amount_in_a_currency_is_no_money_in(header: str) -> None:
    whole = read(
        f"Datum;Text;{header}\n05.01.2026;Netflix;-12,99\n"
        "25.01.2026;ACME;2500,00\n05.02.2026;Netflix;-12,99\n"
    )

    assert whole.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]
    assert dict(whole.layout.columns)["amount"] == header


@pytest.mark.parametrize("names", [("Foo in EUR", "Bar in EUR"), ("Betrag", "Betrag")])
def test_sides_that_nothing_tells_are_asked_and_can_be_told(
    names: tuple[str, str],
) -> None:
    text = f"{in_columns(*names)}06.02.2026;ACME PLC;90,00;\n"

    (asked,) = read(text).asks

    assert (asked.field, asked.value, asked.choices) == (
        "spending",
        "columns",
        ("swapped",),
    )
    told = read(text, spending="swapped")
    assert told.entries["amount"][0] == -12_990
    assert dict(told.layout.columns)["debit"] == names[1]
    kept = read(text, spending="columns")
    assert kept.entries["amount"][0] == 12_990
    assert not told.asks
    assert not kept.asks


def test_the_fuller_column_is_taken_for_money_out_and_asked_about() -> None:
    (asked,) = read(in_columns("Foo", "Bar")).asks

    assert (asked.value, asked.choices) == ("swapped", ("columns",))


def test_a_person_names_both_columns() -> None:
    told = read(in_columns("Foo", "Bar"), debit="Bar", credit="Foo")

    assert told.entries["amount"][0] == -12_990
    assert not told.asks


def test_balances_tell_the_sides_of_columns_without_headers() -> None:
    whole = read(
        "05.01.2026;Netflix;;12,99;100,00\n25.01.2026;ACME;2500,00;;2600,00\n"
        "05.02.2026;Netflix;;12,99;2587,01\n"
    )

    assert whole.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]
    assert not whole.asks


def test_balances_bear_out_that_the_first_column_is_money_out() -> None:
    whole = read(
        "05.01.2026;Netflix;12,99;;100,00\n25.01.2026;ACME;;2500,00;2600,00\n"
        "05.02.2026;Netflix;12,99;;2587,01\n"
    )

    assert whole.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]
    assert not whole.asks


def test_a_word_of_income_tells_the_usual_order_and_asks_of_the_other() -> None:
    usual = read(
        "05.01.2026;Netflix;12,99;\n25.01.2026;Gehalt ACME;;2500,00\n"
        "05.02.2026;Netflix;12,99;\n"
    )
    other = read(in_columns("Foo", "Bar", wage="Gehalt ACME"))

    assert usual.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]
    assert not usual.asks
    assert other.entries["amount"].to_list() == [-12_990, -40_100, 2_500_000, -12_990]
    assert [(each.value, each.choices) for each in other.asks] == [
        ("swapped", ("columns",))
    ]


def test_sides_without_any_text_are_asked() -> None:
    whole = read("05.01.2026;12,99;;1\n25.01.2026;;2500,00;2\n05.02.2026;12,99;;3\n")

    assert [each.field for each in whole.asks] == ["spending"]


@pytest.mark.parametrize(
    ("names", "signs"),
    [
        (("Soll", "Foo"), (-1, 1)),
        (("Foo", "Soll"), (1, -1)),
        (("Haben", "Foo"), (1, -1)),
        (("Meno", "Tulo"), (-1, 1)),
        (("Tulu", "Kulu"), (1, -1)),
        (("Kulu", "Tulu"), (-1, 1)),
    ],
)
def test_one_known_side_tells_the_other(
    names: tuple[str, str], signs: tuple[int, int]
) -> None:
    whole = read(
        f"Datum;Text;{names[0]};{names[1]}\n05.01.2026;One;5,00;0,00\n"
        "06.01.2026;Two;0,00;7,00\n07.01.2026;One;5,00;0,00\n"
    )

    first, second = signs
    assert whole.entries["amount"].to_list() == [
        5000 * first,
        7000 * second,
        5000 * first,
    ]


def drawn(path: Path, *heads: str, rest: str = "") -> Statement:
    """Read a page with three columns of sums; the second one is money out."""
    rows = [
        ("Datum", "Text", *heads),
        ("05.01.2026", "NETFLIX", "", "12,99", "87,01"),
        ("25.01.2026", "ACME", "2.500,00", "", "2.587,01"),
        ("", rest, "", "", ""),
        ("05.02.2026", "NETFLIX", "", "12,99", "2.574,02"),
    ]
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 9)
    for place, (day, text, *sums) in enumerate(rows):
        line = 800 - 20 * place
        canvas.drawString(40, line, day)
        canvas.drawString(110, line, text)
        for at, each in zip((300, 400, 500), sums[: len(heads)], strict=False):
            canvas.drawRightString(at, line, each)
    canvas.save()
    return read_statement(path)


@pytest.mark.parametrize(
    "heads",
    [
        ("Gutschrift", "Lastschrift", "Saldo"),
        ("Gutschrift in EUR", "Lastschrift in EUR", "Saldo in EUR"),
        ("Crédit en €", "Débit en €", "Solde en €"),
        ("Haben (CHF)", "Soll (CHF)"),
        ("Einzahlung", "Auszahlung"),
        ("Bij", "Af"),
    ],
)
def test_columns_of_a_page_keep_their_sides(
    tmp_path: Path, heads: tuple[str, ...]
) -> None:
    whole = drawn(tmp_path / "a.pdf", *heads)

    assert whole.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]
    assert not whole.asks


def test_under_one_known_side_no_sum_is_taken_for_it(tmp_path: Path) -> None:
    told = drawn(tmp_path / "a.pdf", "Gutschrift", "Foo", "Saldo")

    assert told.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]


def test_a_word_of_a_side_below_an_entry_is_no_header(tmp_path: Path) -> None:
    whole = drawn(tmp_path / "a.pdf", "Haben", "Soll", "Saldo", rest="Gutschrift")

    assert whole.entries["amount"].to_list() == [-12_990, 2_500_000, -12_990]
    assert whole.entries["text"].to_list() == ["NETFLIX", "ACME Gutschrift", "NETFLIX"]
