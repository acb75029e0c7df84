"""A year's price on file tells a yearly plan by one charge, and nothing more."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.public.finding import sentences_json
from rescind.core.find.known_prices import KnownPrice, of_one_charge, yearly
from rescind.core.find.recurring import recurring
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.recurring_charge import RecurringCharge, State

KNOWN = descriptors()
FIRST, LAST = date(2026, 1, 2), date(2026, 11, 20)
LUNCH = "LUNCH ROOM"


def price(amount: str, period: str = "P1Y", service: str = "vimeo") -> KnownPrice:
    return KnownPrice(
        service=service,
        amount=Money(amount=Decimal(amount), currency="EUR"),
        period=Period.parse(period),
        seen_on=date(2026, 3, 1),
    )


def entries(
    *lines: tuple[date, str, str], currency: str | None = "EUR"
) -> pl.DataFrame:
    """Return an account from FIRST to LAST with some charges."""
    around = [(FIRST, "4.10", LUNCH), (LAST, "5.20", LUNCH)]
    rows = sorted([*around, *lines])
    return pl.DataFrame(
        {
            "row": pl.Series(range(1, len(rows) + 1), dtype=pl.UInt32),
            "on": [on for on, _, _ in rows],
            "amount": [-int(Decimal(amount) * 1000) for _, amount, _ in rows],
            "currency": pl.Series([currency] * len(rows), dtype=pl.String),
            "account": ["a"] * len(rows),
            "text": [text for _, _, text in rows],
            "kind": [""] * len(rows),
            "file": ["a.csv"] * len(rows),
        }
    )


def find(
    table: pl.DataFrame,
    *prices: KnownPrice,
    findings: tuple[RecurringCharge, ...] = (),
) -> list[RecurringCharge]:
    return of_one_charge(table, findings, yearly(prices), KNOWN)


ONCE = (date(2026, 6, 3), "84.00", "VIMEO PRO 8123")


@pytest.mark.parametrize("period", ["P1Y", "P12M"])
def test_one_charge_of_a_years_price_is_a_yearly_plan(period: str) -> None:
    (plan,) = find(entries(ONCE), price("84.00", period))

    assert (plan.service, plan.merchant, plan.period) == ("vimeo", "Vimeo", period)
    assert plan.state is State.ACTIVE
    assert plan.next_on == date(2027, 6, 3)
    assert [place.on for place in plan.transactions] == [date(2026, 6, 3)]
    assert sentences_json(plan.because) == [
        "one charge",
        "its sum is the price of a year that was seen on 1 March 2026",
    ]


def test_a_statement_without_a_currency_is_taken_for_the_prices() -> None:
    (plan,) = find(entries(ONCE, currency=None), price("84.00"))

    assert plan.amount == Money(amount=Decimal("84.00"), currency="EUR")


def test_of_two_charges_the_later_one_counts() -> None:
    late = (date(2026, 9, 9), "84.00", "VIMEO PRO 8123")

    (plan,) = find(entries(ONCE, late), price("84.00"))

    assert plan.next_on == date(2027, 9, 9)


@pytest.mark.parametrize(
    ("line", "currency"),
    [
        ((date(2026, 6, 3), "84.01", "VIMEO PRO 8123"), "EUR"),
        ((date(2026, 6, 3), "84.00", "VIMEO PRO 8123"), "USD"),
        ((date(2026, 6, 3), "84.00", "SPOTIFY"), "EUR"),
        ((date(2026, 6, 3), "84.00", "CORNER SHOP"), "EUR"),
        ((date(2025, 11, 20), "84.00", "VIMEO PRO 8123"), "EUR"),
    ],
)
def test_another_sum_currency_payee_or_year_is_none(
    line: tuple[date, str, str], currency: str
) -> None:
    assert find(entries(line, currency=currency), price("84.00")) == []


def test_a_sum_that_a_shorter_plan_costs_as_well_tells_nothing() -> None:
    assert find(entries(ONCE), price("84.00"), price("84.00", "P1M")) == []


def test_without_prices_or_entries_there_is_nothing_to_tell() -> None:
    assert find(entries(ONCE)) == []
    assert find(entries(ONCE).clear(), price("84.00")) == []


def test_a_service_that_was_found_on_the_account_has_no_second_plan() -> None:
    (plan,) = find(entries(ONCE), price("84.00"))
    monthly = replace(plan, period="P1M", transactions=())

    assert find(entries(ONCE), price("84.00"), findings=(monthly,)) == []


def test_a_charge_that_belongs_to_a_finding_is_taken_once() -> None:
    (plan,) = find(entries(ONCE), price("84.00"))
    other = replace(plan, service=None)

    assert find(entries(ONCE), price("84.00"), findings=(other,)) == []


def test_without_the_price_one_charge_is_nothing() -> None:
    assert recurring(entries(ONCE), KNOWN, None) == []
