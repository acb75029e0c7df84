"""A fee in a column of its own: counted where the balances show that it was taken."""

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.model.statement import Statement

HEADER = "Date,Description,Amount,Fee,Balance"
ON_TOP = (
    "2026-01-05,Netflix,-12.99,0.30,86.71",
    "2026-01-25,Wage,100.00,0.00,186.71",
    "2026-02-05,Netflix,-12.99,0.30,173.42",
)
INSIDE = (
    "2026-01-05,Netflix,-12.99,0.30,87.01",
    "2026-01-25,Wage,100.00,0.00,187.01",
    "2026-02-05,Netflix,-12.99,0.30,174.02",
)


def read(*rows: str, header: str = HEADER) -> Statement:
    return read_content("a.csv", "\n".join([header, *rows]).encode())


def sums(whole: Statement) -> list[int]:
    assert not whole.asks
    return whole.entries["amount"].to_list()


def test_a_fee_that_the_balance_shows_is_part_of_what_was_paid() -> None:
    assert sums(read(*ON_TOP)) == [-13_290, 100_000, -13_290]
    assert sums(read(*reversed(ON_TOP))) == [-13_290, 100_000, -13_290]


def test_a_fee_below_zero_is_taken_as_one_above() -> None:
    rows = [row.replace(",0.30,", ",-0.30,") for row in ON_TOP]

    assert sums(read(*rows)) == [-13_290, 100_000, -13_290]


def test_a_fee_that_the_amount_holds_is_left_alone() -> None:
    assert sums(read(*INSIDE)) == [-12_990, 100_000, -12_990]


def test_a_fee_of_which_no_balance_tells_is_left_alone() -> None:
    rows = [row.rsplit(",", 1)[0] for row in ON_TOP]

    header = HEADER.removesuffix(",Balance")
    assert sums(read(*rows, header=header)) == [-12_990, 100_000, -12_990]


def test_of_fees_that_differ_each_is_taken_as_its_balance_shows() -> None:
    rows = (*ON_TOP, "2026-02-06,Shop,-10.00,0.50,163.42")

    assert sums(read(*rows)) == [-12_990, 100_000, -13_290, -10_000]


def test_what_is_owed_on_a_card_grows_by_the_fee() -> None:
    whole = read(
        "2026-01-05,Netflix,12.99,0.30,113.29",
        "2026-01-15,Payment - thank you,-100.00,0.00,13.29",
        "2026-02-05,Netflix,12.99,0.30,26.58",
        "2026-02-07,Shop,10.00,0.00,36.58",
    )

    assert sums(whole) == [-13_290, 100_000, -13_290, -10_000]


def test_balances_of_two_currencies_are_kept_apart() -> None:
    whole = read(
        "2026-01-05,Netflix,-12.99,0.30,EUR,86.71",
        "2026-01-06,Lumen,-5.00,0.10,GBP,94.90",
        "2026-02-05,Netflix,-12.99,0.30,EUR,73.42",
        "2026-02-06,Lumen,-5.00,0.10,GBP,89.80",
        header="Date,Description,Amount,Fee,Currency,Balance",
    )

    assert sums(whole) == [-13_290, -5100, -13_290, -5100]


@pytest.mark.parametrize(
    "header",
    [
        "Started Date,Completed Date,Description,Amount,Fee,State,Balance",
        "Startdatum,Abschlussdatum,Beschreibung,Betrag,Gebühr,Status,Kontostand",
        "Date de début,Date de fin,Description,Montant,Frais,État,Solde",
        "Data di inizio,Data di completamento,Descrizione,Importo,Costo,State,Saldo",
        "Data rozpoczęcia,Data zrealizowania,Opis,Kwota,Opłata,State,Saldo",
    ],
)
def test_what_waits_moves_no_balance_and_days_are_those_of_the_charges(
    header: str,
) -> None:
    whole = read(
        "2026-01-05 10:00:00,2026-01-06 10:00:00,Netflix,-12.99,0.30,COMPLETED,86.71",
        "2026-01-25 10:00:00,2026-01-25 10:00:00,Wage,100.00,0.00,COMPLETED,186.71",
        "2026-01-26 10:00:00,,Shop,-1.00,0.50,PENDING,",
        "2026-02-05 10:00:00,2026-02-06 10:00:00,Netflix,-12.99,0.30,COMPLETED,173.42",
        header=header,
    )

    assert sums(whole) == [-13_290, 100_000, -13_290]
    assert [on.isoformat()[5:] for on in whole.entries["on"]] == [
        "01-05",
        "01-25",
        "02-05",
    ]


def test_a_word_of_cost_heads_the_amounts_where_nothing_else_does() -> None:
    whole = read(
        "05/01/2026,Netflix,-12.99",
        "25/01/2026,Netflix,-12.99",
        header="Data,Descrizione,Costo",
    )

    assert sums(whole) == [-12_990, -12_990]
