"""What is paid for again and again: case by case, and the whole in figures."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.public.finding import sentences_json
from rescind.core.find.recurring import recurring
from rescind.core.model.recurring_charge import RecurringCharge
from tests.find.bank import accounts
from tests.find.scoring import Score, score, table

KNOWN = descriptors()
Line = tuple[date, float, str]


def find(
    *lines: Line, currency: str = "EUR", end: date | None = None
) -> list[RecurringCharge]:
    ordered = sorted(lines)
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(1, len(ordered) + 1), dtype=pl.UInt32),
            "on": [on for on, _, _ in ordered],
            "amount": pl.Series(
                [round(-a * 1000) for _, a, _ in ordered], dtype=pl.Int64
            ),
            "currency": [currency] * len(ordered),
            "account": ["a"] * len(ordered),
            "text": [text for _, _, text in ordered],
            "kind": [""] * len(ordered),
            "file": ["f"] * len(ordered),
        }
    )
    return recurring(frame, KNOWN, end)


def monthly(
    count: int, cost: float, text: str, *, day: int = 5, start: int = 1
) -> list[Line]:
    months = range(start, start + count)
    return [
        (date(2025 + (m - 1) // 12, (m - 1) % 12 + 1, day), cost, text) for m in months
    ]


def only(found: list[RecurringCharge]) -> RecurringCharge:
    assert len(found) == 1, [(f.merchant, f.period) for f in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quillhalle Süd 09/26", "Quillhalle Süd"),
        ("QUILLHALLE SÜD 09/26", "Quillhalle Süd"),
        ("QuillHalle Große Łąka", "QuillHalle Große Łąka"),
        ("QUILLHALLE SUD", "Quillhalle Sud"),
        ("quillhalle été 1", "Quillhalle Été"),
    ],
)
def test_a_payee_is_called_as_the_statement_writes_it(text: str, name: str) -> None:
    lines = [(date(2026, month, 3), 34.9, text) for month in range(5, 12)]

    assert only(find(*lines)).merchant == name


def test_a_monthly_charge_is_found_with_its_next_day_and_why() -> None:
    found = only(
        find(*monthly(12, 12.99, "NETFLIX.COM 866-579-7172 CA"), currency="USD")
    )

    assert (found.merchant, found.kind, found.channel) == (
        "Netflix",
        "subscription",
        "direct",
    )
    assert (found.period, found.state) == ("P1M", "active")
    assert found.next_on == date(2026, 1, 5)
    assert found.amount.amount == Decimal("12.99")
    assert [place.row for place in found.transactions] == list(range(1, 13))
    because = sentences_json(found.because)
    assert because[0] == "12 charges, a month apart, within a day of each due day"
    assert "Netflix is on file as subscription" in because


def test_references_and_dates_in_the_text_do_not_part_what_belongs_together() -> None:
    lines = [
        (
            on,
            cost,
            f"KARTENZAHLUNG QUILLON STUDIO {on:%d.%m.} REF {n}A7X{n * 7919} CARD 1234",
        )
        for n, (on, cost, _) in enumerate(monthly(8, 9.5, ""))
    ]

    assert only(find(*lines)).merchant == "Quillon Studio"


def test_of_names_that_stand_equally_often_the_first_is_taken() -> None:
    cities = ("OSLO", "LEEDS", "AUSTIN", "GRAZ", "TOLEDO", "NANTES")
    lines = [
        (on, cost, f"QUILLON {city}")
        for city, (on, cost, _) in zip(cities, monthly(6, 9.5, ""), strict=True)
    ]

    assert only(find(*lines)).merchant == "Quillon Oslo"


def test_a_name_that_changes_is_one_contract() -> None:
    old = monthly(6, 49.0, "COURSERA*2BF8QX")
    new = monthly(6, 49.0, "COURSRA", start=7)

    found = only(find(*old, *new))

    assert len(found.transactions) == 12
    assert found.service == "coursera"


def test_a_gateway_that_changes_is_one_contract() -> None:
    old = monthly(6, 7.77, "FABLEY READS LTD")
    new = monthly(6, 7.77, "PADDLE.NET* FABLEY", start=7)

    found = only(find(*old, *new))

    assert (len(found.transactions), found.channel) == (12, "reseller")


def test_a_price_rise_is_told_and_the_contract_goes_on() -> None:
    found = only(
        find(
            *monthly(6, 9.99, "ZENDARA APP"), *monthly(6, 11.99, "ZENDARA APP", start=7)
        )
    )

    assert [place.on for place in found.price_rises] == [date(2025, 7, 5)]
    assert found.amount.amount == Decimal("11.99")
    assert "2 prices, one after the other" in sentences_json(found.because)


@pytest.mark.parametrize(("days", "period"), [(7, "P1W"), (14, "P2W"), (28, "P4W")])
def test_charges_by_the_week_keep_their_days(days: int, period: str) -> None:
    lines = [
        (date(2025, 1, 6) + timedelta(days=days * n), 5.0, "SUBSCRIPTION TRELLA BOX")
        for n in range(14)
    ]

    found = only(find(*lines))

    assert found.period == period
    assert found.next_on == lines[-1][0] + timedelta(days=days)


@pytest.mark.parametrize(
    ("months", "period"), [(2, "P2M"), (3, "P3M"), (6, "P6M"), (12, "P1Y")]
)
def test_charges_by_several_months_keep_their_day(months: int, period: str) -> None:
    lines = [
        (date(2022 + (m // 12), m % 12 + 1, 17), 60.0, "MITGLIEDSBEITRAG HARBORLY CLUB")
        for m in range(0, 36, months)
    ]

    found = only(find(*lines))

    assert found.period == period


def test_the_thirty_first_falls_on_the_last_day_of_short_months() -> None:
    days = [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
    ]

    found = only(find(*((day, 8.0, "SONANT STREAM") for day in days)))

    assert found.next_on == date(2025, 6, 30)


def test_direct_debits_slip_over_the_weekend() -> None:
    days = [date(2025, m, 1) for m in range(1, 11)]
    booked = [d + timedelta(days={5: 2, 6: 1}.get(d.weekday(), 0)) for d in days]

    found = only(find(*((day, 30.0, "LASTSCHRIFT MOSAIC FITNESS") for day in booked)))

    assert found.next_on == date(2025, 11, 3)  # the 1st is a Saturday


def test_a_trial_that_converts_is_told() -> None:
    lines = [
        (date(2025, 1, 6), 0.0, "NIMBUS CLOUD"),
        *monthly(5, 9.99, "NIMBUS CLOUD", day=20),
    ]

    found = only(find(*lines))

    assert [place.on for place in found.trial] == [date(2025, 1, 6)]
    assert len(found.transactions) == 6


def test_a_trial_that_runs_is_told_and_one_long_ago_is_not() -> None:
    other = (date(2025, 6, 20), 3.0, "SHOP")

    running = find((date(2025, 6, 10), 1.0, "DUOLINGO"), other)
    long_ago = find((date(2025, 2, 10), 1.0, "DUOLINGO"), other)

    assert [(f.state, f.merchant, f.period) for f in running] == [
        ("trial", "Duolingo", None)
    ]
    assert long_ago == []


def test_a_contract_that_stopped_has_ended() -> None:
    found = only(find(*monthly(6, 9.99, "DEEZER"), (date(2025, 12, 1), 4.0, "BAKERY")))

    assert (found.state, found.next_on) == ("ended", None)


def test_one_that_was_silent_before_and_came_back_is_paused() -> None:
    lines = [*monthly(4, 9.99, "DEEZER"), *monthly(4, 9.99, "DEEZER", start=8)]

    found = only(find(*lines, end=date(2026, 1, 20)))

    assert found.state == "paused"
    assert "silent from 5 April 2025 to 5 August 2025: it came back" in sentences_json(
        found.because
    )


def test_two_plans_at_one_merchant_are_two() -> None:
    found = find(
        *monthly(10, 10.99, "SPOTIFY P1", day=3),
        *monthly(10, 5.99, "SPOTIFY P2", day=17),
    )

    assert sorted(f.amount.amount for f in found) == [Decimal("5.99"), Decimal("10.99")]


def test_two_plans_of_one_price_are_told_apart_by_their_days() -> None:
    found = find(
        *monthly(9, 10.99, "SPOTIFY", day=3), *monthly(9, 10.99, "SPOTIFY", day=18)
    )

    assert [len(f.transactions) for f in found] == [9, 9]


def test_what_apple_bills_is_taken_apart_by_amount() -> None:
    text = "APPLE.COM/BILL 866-712-7753 CA"
    once = [(date(2025, 3, 9), 4.49, text), (date(2025, 5, 27), 1.19, text)]

    found = find(
        *monthly(10, 2.99, text, day=4), *monthly(10, 9.99, text, day=21), *once
    )

    assert [(f.channel, f.merchant) for f in found] == [("apple", "Apple")] * 2
    assert "the receipt by mail, which names the app" in sentences_json(found[0].surer)


def test_foreign_money_drifts_and_its_fees_are_no_contract() -> None:
    lines = [
        (on, 20 + n % 5 * 0.21, "HELIX SOFTWARE INC")
        for n, (on, _, _) in enumerate(monthly(11, 0, ""))
    ]
    fees = [(on, 0.35, "FOREIGN TRANSACTION FEE") for on, _, _ in lines]

    found = only(find(*lines, *fees))

    assert len(found.transactions) == 11


def test_a_refund_is_shown_beside_its_contract() -> None:
    back = (date(2025, 6, 9), -12.99, "NETFLIX.COM")

    found = only(find(*monthly(12, 12.99, "NETFLIX.COM"), back))

    assert [place.on for place in found.refunds] == [date(2025, 6, 9)]
    assert len(found.transactions) == 12


def test_a_yearly_charge_is_found_from_two() -> None:
    found = only(
        find(
            (date(2024, 3, 3), 99.0, "TANDEMO YOGA"),
            (date(2025, 3, 3), 99.0, "TANDEMO YOGA"),
        )
    )

    assert (found.period, found.next_on) == ("P1Y", date(2026, 3, 3))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DAUERAUFTRAG KRAMER MIETE WHG 4", "bill"),
        ("IBERDROLA CLIENTES", "bill"),
        ("NORTHGATE HOME INSURANCE", "bill"),
        ("VODAFONE GMBH", "bill"),
        ("HARBOR FEDERAL AUTO LOAN PMT", "instalment"),
        ("KLARNA*VERDANT SHOP", "instalment"),
        ("ANNA BERG SPAREN", "other"),
        ("PUREGYM LTD", "subscription"),
        ("ORBITAL YOGA", "subscription"),
    ],
)
def test_bills_instalments_and_savings_are_kinds_of_their_own(
    text: str, kind: str
) -> None:
    assert only(find(*monthly(8, 61.5, text))).kind == kind


def test_counted_instalments_are_told_by_their_count() -> None:
    lines = [
        (on, 40.0, f"ORBITAL MOEBEL {n}/10")
        for n, (on, _, _) in enumerate(monthly(6, 0, "", start=4), 1)
    ]

    assert only(find(*lines)).kind == "instalment"


def test_habits_are_no_contract() -> None:
    start = date(2025, 1, 6)
    coffee = [
        (start + timedelta(days=7 * n), 3.4, "CAFE MIRABEAU BERLIN") for n in range(40)
    ]
    fuel = [
        (start + timedelta(days=11 * n + n % 5), 50.0, "SHELL 4411 BERLIN")
        for n in range(20)
    ]
    barber = [
        (start + timedelta(days=33 * n + n % 4 * 5), 28.0, "SALON TONI")
        for n in range(9)
    ]
    shop = [
        (start + timedelta(days=3 * n), 20 + n * 1.37 % 40, "REWE MARKT BERLIN")
        for n in range(80)
    ]

    assert find(*coffee, *fuel, *barber, *shop) == []


def test_what_a_marketplace_sells_beside_its_membership_is_not_of_it() -> None:
    shop = [
        (
            date(2025, 1, 3) + timedelta(days=9 * n),
            15 + n * 3.7 % 50,
            f"AMZN Mktp DE*{n}X4",
        )
        for n in range(30)
    ]

    found = only(find(*shop, *monthly(12, 8.99, "Amazon Prime*AB12")))

    assert (found.merchant, len(found.transactions)) == ("Amazon Prime", 12)


def test_income_is_never_what_is_paid_for() -> None:
    assert (
        find(*((on, -2500.0, "SALARY ACME") for on, _, _ in monthly(12, 0, "", day=27)))
        == []
    )


def test_nothing_is_found_in_nothing() -> None:
    assert find() == []


def test_the_account_as_of_an_earlier_day_is_told_as_of_then() -> None:
    found = only(find(*monthly(12, 9.99, "DEEZER"), end=date(2025, 12, 6)))

    assert found.next_on == date(2026, 1, 5)


@pytest.fixture(scope="module")
def scored() -> Score:
    made = list(accounts(77, 90))
    return score(made, recurring(table(made), KNOWN))


@pytest.mark.parametrize(
    ("kind", "least"),
    [("subscription", 0.95), ("bill", 0.95), ("instalment", 0.92), ("other", 0.9)],
)
def test_made_up_accounts_are_read_as_they_are(
    scored: Score, kind: str, least: float
) -> None:
    assert scored.precision(kind) >= least
    assert scored.recall(kind) >= least


def test_periods_days_and_channels_are_right(scored: Score) -> None:
    assert scored.f1("charges") >= 0.95
    for what, least in (
        ("period", 0.98),
        ("channel", 0.98),
        ("next", 0.95),
        ("state", 0.93),
    ):
        assert scored.share("subscription", what) >= least, what


@pytest.mark.parametrize("months", [12, 6, 3])
@pytest.mark.parametrize(
    "prices", [(99.48, 79.88, 59.88), (79.88, 59.88, 99.48), (60, 50, 60)]
)
def test_a_plan_on_file_that_is_paid_seldom_may_have_another_price_each_time(
    months: int, prices: tuple[float, ...]
) -> None:
    found = only(find(*seldom(months, prices, "NORDVPN.COM")))

    assert (found.kind, len(found.transactions)) == ("subscription", 3)


@pytest.mark.parametrize("months", [12, 6, 3])
def test_a_price_that_falls_each_time_is_of_one_plan_as_one_that_rises(
    months: int,
) -> None:
    falling, up_and_down = (99.48, 79.88, 59.88), (99.48, 59.88, 79.88)

    found = only(find(*seldom(months, falling, "QUILLON ZORBLATT")))

    assert (found.kind, len(found.transactions)) == ("subscription", 3)
    assert not find(*seldom(months, up_and_down, "QUILLON ZORBLATT"))


def test_sums_by_the_quarter_that_fall_and_are_collected_are_by_use() -> None:
    lines = seldom(3, (99.48, 79.88, 59.88), "SEPA BASISLASTSCHRIFT QUILLON")

    assert only(find(*lines)).kind == "bill"


def seldom(months: int, prices: tuple[float, ...], text: str) -> list[Line]:
    places = (divmod(n * months + 2, 12) for n in range(len(prices)))
    days = (date(2023 + year, month + 1, 4) for year, month in places)
    return [(day, price, text) for day, price in zip(days, prices, strict=True)]
