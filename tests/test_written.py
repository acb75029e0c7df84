"""What people write for days, lengths and sums, in the ways they write it."""

from datetime import date

import pytest

from rescind.adapters.input.written import (
    read_written_day,
    read_written_length,
    read_written_money,
)
from rescind.core.errors import BadInput

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("01.03.2025", "2025-03-01"),
        ("1.3.25", "2025-03-01"),
        ("1. 3. 2025", "2025-03-01"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("5/5/2026", "2026-05-05"),
        ("March 3, 2025", "2025-03-03"),
        ("3 mars 2025", "2025-03-03"),
        ("3. März 2025", "2025-03-03"),
        ("12 de marzo de 2025", "2025-03-12"),
        ("1st of August 2026", "2026-08-01"),
        ("yesterday", "2026-11-27"),
        ("5 days ago", "2026-11-23"),
        ("March 2025", "2025-03-01"),
    ],
)
def test_a_day_is_read(text: str, day: str) -> None:
    assert read_written_day(text, "paid_at", today=TODAY).isoformat() == day


def test_a_day_that_can_be_two_is_asked_for() -> None:
    with pytest.raises(BadInput, match=r"3 January 2025|1 March 2025") as error:
        read_written_day("3/1/2025", "paid_at", today=TODAY)

    assert set(error.value.suggestions) == {"2025-01-03", "2025-03-01"}


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "no",
        "May",
        "12 months",
        "a year",
        "not sure",
        "31.02.2025",
        "13/13/2025",
        "12",
        "1.1.1850",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no day"):
        read_written_day(text, "paid_at", today=TODAY)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("12 months", "P12M"),
        ("1 year", "P1Y"),
        ("a year", "P1Y"),
        ("two weeks", "P2W"),
        ("14 Tage", "P14D"),
        ("12 Monate", "P12M"),
        ("24 mois", "P24M"),
        ("p1m", "P1M"),
        ("3-month", "P3M"),
        ("yearly", "P1Y"),
    ],
)
def test_a_length_is_read(text: str, length: str) -> None:
    assert read_written_length(text, "term").iso() == length


@pytest.mark.parametrize("text", ["long", "12", "0 months", "12 parsecs", "P1Y2M"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no length"):
        read_written_length(text, "term")


@pytest.mark.parametrize(
    ("text", "country", "money"),
    [
        ("399", "DE", "399 EUR"),
        ("€399", "US", "399 EUR"),
        ("399,00 EUR", None, "399.00 EUR"),
        ("1.299 €", "DE", "1299 EUR"),
        ("$1,299.50", "US", "1299.50 USD"),
        ("$20", "CA-QC", "20 CAD"),
        ("$20", None, "20 USD"),
        ("399 kr", "SE", "399 SEK"),
        ("kr 399", "NO", "399 NOK"),
        ("CHF 12.50", None, "12.50 CHF"),
        ("12 pounds", None, "12 GBP"),
        ("R$ 49,90", "BR", "49.90 BRL"),
        ("USD 59", "DE", "59 USD"),
        ("C$ 20", "DE", "20 CAD"),
    ],
)
def test_a_sum_is_read(text: str, country: str | None, money: str) -> None:
    assert str(read_written_money(text, "price", country=country)) == money


@pytest.mark.parametrize(
    ("text", "country"),
    [("much", "DE"), ("-5 EUR", "DE"), ("399", None), ("9 kr", None)],
)
def test_what_is_no_sum_is_refused(text: str, country: str | None) -> None:
    with pytest.raises(BadInput):
        read_written_money(text, "price", country=country)
