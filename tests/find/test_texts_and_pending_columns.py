"""Descriptions in numbered columns, totals, and words that say that a line waits."""

import pytest

from rescind.adapters.statements.reader import read_content


def test_numbered_descriptions_are_the_text_and_numbers_of_a_line_are_not() -> None:
    text = (
        "Booking date;Currency;Debit;Credit;Transaction no.;Description1;Description2\n"
        "2026-04-02;CHF;-20.00;;77001TI01;Lumen AG;Card\n"
        "2026-04-03;CHF;;900.00;77001TI02;Firma;Credit\n"
    )

    read = read_content("a.csv", text.encode())

    assert read.entries["text"].to_list() == ["Lumen AG Card", "Firma Credit"]


def test_a_turkish_total_is_no_entry() -> None:
    text = (
        "Tarih;Açıklama;Tutar;Bakiye\n21.03.2026;LUMEN;-20,00;80,00\n"
        "22.03.2026;FIRMA;50,00;130,00\nToplam;;30,00;\n"
    )

    read = read_content("a.csv", text.encode())

    assert read.entries.height == 2
    assert "the total of amount adds up" in read.notes


@pytest.mark.parametrize(
    "words",
    ["Umsatz vorgemerkt", "no contabilizado", "non contabilizzato", "nog niet geboekt"],
)
def test_a_line_that_waits_is_left_out_whatever_its_column_is_called(
    words: str,
) -> None:
    text = (
        "Buchungstag;Empfänger;Betrag;Info\n21.03.2026;Lumen;-20,00;Umsatz gebucht\n"
        f"22.03.2026;Firma;50,00;{words}\n"
    )

    read = read_content("a.csv", text.encode())

    assert read.entries["amount"].to_list() == [-20_000]
    assert any("pending" in note for note in read.notes)


def test_one_word_in_a_column_of_anything_leaves_no_line_out() -> None:
    text = (
        "Buchungstag;Empfänger;Betrag;Info\n21.03.2026;Lumen;-20,00;Abo\n"
        "22.03.2026;Hotel;-50,00;Reservierung\n"
    )

    read = read_content("a.csv", text.encode())

    assert read.entries.height == 2


def test_lines_of_balances_stop_no_file() -> None:
    text = (
        "Date,Description,Account,Amount,Balance\n"
        "04/21/2026,Beginning balance as of 04/21/2026,,,100.00\n"
        "04/22/2026,Lumen,,-20.00,80.00\n04/23/2026,Firma,,50.00,130.00\n"
        ",,#Saldo końcowe,130.00,\n"
    )

    read = read_content("a.csv", text.encode())

    assert read.entries["amount"].to_list() == [-20_000, 50_000]
