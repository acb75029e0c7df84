"""Lines of statements as people type them: which number is money, which a name."""

from datetime import date

import pytest

from rescind.adapters.data.line_names import name_in_line, seller_of
from rescind.adapters.input.statement_line import read_line

TODAY = date(2026, 11, 30)

SUMS = {
    "SPOTIFY 10,99": "10,99",
    "SPOTIFY 10.99": "10.99",
    "SPOTIFY -10,99": "10,99",
    "SPOTIFY 10,99-": "10,99",
    "SPOTIFY - 10,99 EUR": "10,99 EUR",
    "SPOTIFY EUR 10,99": "10,99 EUR",
    "SPOTIFY EUR10.99": "10.99 EUR",
    "SPOTIFY €10": "10 EUR",
    "SPOTIFY 10 €": "10 EUR",
    "SPOTIFY 10,99 S": "10,99",
    "SPOTIFY 10.99 DR": "10.99",
    "SPOTIFY (10.99)": "10.99",
    "SPOTIFY 10,-": "10",
    "SPOTIFY 10.– CHF": "10 CHF",
    "SPOTIFY kr 119,00": "119,00 kr",
    "SPOTIFY 119 kr/mån": "119 kr",
    "SPOTIFY 1 299,00 kr": "1299,00 kr",
    "SPOTIFY 10,99 € monatlich": "10,99 EUR",
    "SPOTIFY US$9.99": "9.99 USD",
    "SPOTIFY $9.99": "9.99 $",
    "SPOTIFY 1'299.00 CHF": "1'299.00 CHF",
    "SPOTIFY 1,234.56 USD": "1,234.56 USD",
    "10,99 SPOTIFY": "10,99",
    "-10,99 EUR SPOTIFY": "10,99 EUR",
    # the balance of the account stands behind it
    "SPOTIFY -13,99 1.204,33": "13,99",
    "ＳＰＯＴＩＦＹ　１０，９９": "10,99",
}
NAMES = (
    *("24 Hour Fitness", "Canal 7", "Studio 54", "O2", "3", "Channel 4", "Web 2.0"),
    *("24/7 Fitness", "Gym 24/7", "Catch-22", "Area 51 S", "Canal 7 FR", "1&1"),
    *("CHANNEL 10 TOP", "Radio 98.5", "Club 1860", "1. FC Köln", "Forever 21"),
    *("99p Store", "10,99", "Level 42", "Gym 2026", "Boeing 747-8"),
)


@pytest.mark.parametrize("line", SUMS)
def test_a_sum_at_an_end_of_a_line_is_the_price(line: str) -> None:
    read = read_line(line, today=TODAY)

    assert (read.name, read.price) == ("SPOTIFY", SUMS[line])


@pytest.mark.parametrize("name", NAMES)
def test_a_number_of_a_name_is_no_sum(name: str) -> None:
    read = read_line(name, today=TODAY)

    assert (read.name, read.price, read.day) == (name, "", "")
    assert not read.is_of_statement


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("24 Hour Fitness 29,99", "24 Hour Fitness"),
        ("Studio 54 129,00 EUR", "Studio 54"),
        ("Canal 7 299,00", "Canal 7"),
        ("3 25,00", "3"),
        ("O2 29,99 EUR", "O2"),
    ],
)
def test_a_sum_behind_a_number_of_a_name_leaves_it(line: str, name: str) -> None:
    assert read_line(line, today=TODAY).name == name


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("SPOTIFY 12.11. 10,99", "12.11."),
        ("12.11. 13.11. SPOTIFY 10,99", "12.11."),
        ("SPOTIFY vom 12.11.2026 10,99", "12.11.2026"),
        ("SPOTIFY 12.11 10,99", "12.11"),
        ("11/12 SPOTIFY 13.99", "11/12"),
        ("2026-11-12;SPOTIFY;-13.99", "2026-11-12"),
        ("12NOV SPOTIFY 10.99", "12 NOV"),
        ("SPOTIFY 12. Nov 10,99", "12. Nov"),
        ("20261112 SPOTIFY 9,99", "20261112"),
        ("SPOTIFY 12.11.", "12.11."),
    ],
)
def test_a_day_beside_the_name_is_that_of_the_charge(line: str, day: str) -> None:
    read = read_line(line, today=TODAY)

    assert (read.name, read.day) == ("SPOTIFY", day)


def test_what_can_be_a_sum_or_a_day_is_neither() -> None:
    read = read_line("SPOTIFY 12.11", today=TODAY)

    assert (read.name, read.price, read.day) == ("SPOTIFY", "", "")
    assert read.is_of_statement


@pytest.mark.parametrize("line", ["SPOTIFY +9,99", "SPOTIFY 9.99 CR", "SPOTIFY 9,99 H"])
def test_money_that_came_in_is_no_price(line: str) -> None:
    read = read_line(line, today=TODAY)

    assert (read.name, read.price) == ("SPOTIFY", "")


def test_a_gym_keeps_the_word_that_tells_it_from_a_film_service() -> None:
    assert name_in_line("PEACOCK GYM").name == "Peacock Gym"


@pytest.mark.parametrize(
    ("line", "seller", "sold"),
    [
        ("PADDLE.NET* OBSCURE", "Paddle", "OBSCURE"),
        ("FS* Setapp", "FastSpring", "Setapp"),
        ("DRI*ADOBE", "Digital River", "ADOBE"),
        ("2CO.COM|BITDEFENDER", "2Checkout (Verifone)", "BITDEFENDER"),
        ("CLEVERBRIDGE", "Cleverbridge", ""),
    ],
)
def test_who_sells_for_the_maker_is_known_by_the_mark(
    line: str, seller: str, sold: str
) -> None:
    found = seller_of(line)

    assert found is not None
    assert (found[0].name, found[1]) == (seller, sold)


@pytest.mark.parametrize(
    "line",
    ["STRIPE *YOGA", "SUMUP *YOGA", "Paddle Club", "FS Gym", "Drift", "PAYPAL *YOGA"],
)
def test_who_only_carries_the_money_sells_nothing(line: str) -> None:
    assert seller_of(line) is None
