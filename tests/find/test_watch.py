"""Charges that come after an end raise an alarm; others do not."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.public.finding import sentences_json
from rescind.core.find.ended import Alarm, Ended
from rescind.core.find.watch import alarms
from rescind.core.model.period import Period
from tests.find.bank import accounts
from tests.find.scoring import alarm_score, ends, table
from tests.find.test_find import Line, monthly

KNOWN = descriptors()


def watch(
    lines: list[Line],
    after: list[Line],
    *,
    effective_on: date,
    resumed_on: date | None = None,
    merchant: str = "Deezer",
    names_last: bool = True,
) -> list[Alarm]:
    """Return the alarms about a contract whose last charge is ``lines``' last."""
    ordered = sorted([*lines, *after])
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(1, len(ordered) + 1), dtype=pl.UInt32),
            "on": [on for on, _, _ in ordered],
            "amount": pl.Series(
                [round(-a * 1000) for _, a, _ in ordered], dtype=pl.Int64
            ),
            "currency": ["EUR"] * len(ordered),
            "account": ["a"] * len(ordered),
            "text": [text for _, _, text in ordered],
            "kind": [""] * len(ordered),
            "file": ["f"] * len(ordered),
        }
    )
    row = ordered.index(lines[-1]) + 1
    contract = Ended(
        merchant=merchant,
        channel="direct",
        effective_on=effective_on,
        last_charge=("f", row) if names_last else None,
        amount=Decimal(str(lines[-1][1])),
        resumed_on=resumed_on,
    )
    return alarms(frame, [contract], KNOWN)


HALF_YEAR = monthly(6, 9.99, "DEEZER PARIS")
END = date(2025, 6, 20)


def days(found: list[Alarm]) -> list[date]:
    return [alarm.on for alarm in found]


def test_a_charge_after_the_end_is_told_with_how_late_it_is() -> None:
    found = watch(
        HALF_YEAR, [(date(2025, 7, 5), 9.99, "DEEZER PARIS")], effective_on=END
    )

    assert days(found) == [date(2025, 7, 5)]
    assert sentences_json(found[0].because) == [
        "the same payee charges the same amount after the end",
        "15 days after it had ended on 20 June 2025",
    ]


def test_a_charge_on_the_day_of_the_end_is_rightful() -> None:
    assert watch(HALF_YEAR, [(END, 9.99, "DEEZER PARIS")], effective_on=END) == []


def test_silence_and_then_a_charge_is_told() -> None:
    found = watch(HALF_YEAR, [(date(2025, 11, 18), 9.99, "DEEZER")], effective_on=END)

    assert days(found) == [date(2025, 11, 18)]


@pytest.mark.parametrize("text", ["DEEZR MUSIC", "PAYPAL *DEEZER", "SP DEEZER INTL"])
def test_another_text_does_not_hide_it(text: str) -> None:
    lines = monthly(6, 9.99, "DEEZER PARIS")

    assert len(watch(lines, [(date(2025, 7, 5), 9.99, text)], effective_on=END)) == 1


def test_a_biller_that_names_nobody_is_told_on_the_due_day_only() -> None:
    on_due = watch(
        HALF_YEAR, [(date(2025, 7, 6), 9.99, "PAYPAL 402-935-7733")], effective_on=END
    )
    off = watch(
        HALF_YEAR, [(date(2025, 7, 22), 9.99, "PAYPAL 402-935-7733")], effective_on=END
    )
    was_there = watch(
        [(date(2025, 1, 9), 9.99, "PAYPAL 402-935-7733"), *HALF_YEAR],
        [(date(2025, 7, 6), 9.99, "PAYPAL 402-935-7733")],
        effective_on=END,
    )

    assert (len(on_due), off, was_there) == (1, [], [])


def test_a_dearer_charge_on_the_due_day_is_told() -> None:
    dearer = watch(
        HALF_YEAR, [(date(2025, 7, 6), 12.99, "DEEZER PARIS")], effective_on=END
    )
    other_day = watch(
        HALF_YEAR, [(date(2025, 7, 21), 12.99, "DEEZER PARIS")], effective_on=END
    )

    assert (len(dearer), other_day) == (1, [])


def test_another_plan_at_the_merchant_is_not_the_ended_one() -> None:
    family = monthly(10, 9.99, "DEEZER FAMILY", day=24)

    assert watch([*family[:5], *HALF_YEAR], family[5:], effective_on=END) == []


def test_what_was_taken_up_again_is_not_told() -> None:
    after = [(date(2025, 7, 5), 9.99, "DEEZER"), (date(2025, 9, 5), 9.99, "DEEZER")]

    found = watch(HALF_YEAR, after, effective_on=END, resumed_on=date(2025, 9, 1))

    assert days(found) == [date(2025, 7, 5)]


def test_purchases_at_apple_are_not_an_ended_contract_there() -> None:
    text = "APPLE.COM/BILL CORK"
    lines = monthly(6, 4.99, text)
    after = [
        (date(2025, 7, 19), 4.99, text),
        (date(2025, 7, 5), 1.99, text),
        (date(2025, 8, 6), 4.99, text),
    ]

    assert days(watch(lines, after, effective_on=END, merchant="Apple")) == [
        date(2025, 8, 6)
    ]


def test_without_its_last_charge_a_contract_is_known_by_its_merchant() -> None:
    after = [(date(2025, 7, 5), 9.99, "DEEZER PARIS"), (date(2025, 7, 9), 9.99, "SHOP")]

    found = watch(HALF_YEAR, after, effective_on=END, names_last=False)

    assert days(found) == [date(2025, 7, 5)]


def test_a_single_charge_before_the_end_is_enough_to_know_the_payee() -> None:
    found = watch(HALF_YEAR[:1], [(date(2025, 7, 5), 9.99, "DEEZER")], effective_on=END)

    assert len(found) == 1


def test_one_charge_is_told_for_one_contract() -> None:
    lines = monthly(6, 9.99, "DEEZER")
    found = watch(lines, [(date(2025, 7, 5), 9.99, "DEEZER")], effective_on=END)

    assert len(found) == 1


def test_nothing_is_told_of_nothing() -> None:
    assert alarms(pl.DataFrame(), [], KNOWN) == []


def test_made_up_accounts_raise_nearly_every_alarm_and_hardly_a_false_one() -> None:
    made = list(accounts(78, 150))
    ended, after = ends(made)

    recall, false = alarm_score(alarms(table(made), ended, KNOWN), after)

    assert len(after) > 30
    assert recall >= 0.95
    assert false / (2 * len(made)) <= 0.01


def test_a_week_is_no_reason_to_be_late() -> None:
    weekly = [
        (date(2025, 1, 6) + timedelta(days=7 * n), 5.0, "DEEZER") for n in range(9)
    ]
    end = weekly[-1][0] + timedelta(days=1)

    assert (
        len(watch(weekly, [(end + timedelta(days=6), 5.0, "DEEZER")], effective_on=end))
        == 1
    )


def test_a_contract_never_seen_before_its_end_is_known_by_name_and_price() -> None:
    found = watch(HALF_YEAR, [], effective_on=date(2024, 12, 1), names_last=False)

    assert days(found) == [on for on, _, _ in HALF_YEAR]


def test_one_purchase_at_apple_tells_no_due_day() -> None:
    text = "APPLE.COM/BILL CORK"
    after = [(date(2025, 7, 5), 4.99, text)]

    assert watch([(date(2025, 6, 5), 4.99, text)], after, effective_on=END) == []


APPLE = "APPLE.COM/BILL CORK"
MONTH = Period.parse("P1M")
BOUGHT = date(2025, 1, 5)


def at_store(
    lines: list[Line],
    *,
    channel: str | None = "apple",
    biller: str | None = None,
    amount: str | None = "9.99",
    due_on: date | None = BOUGHT,
    period: Period = MONTH,
    is_confirmed: bool = True,
) -> list[tuple[date, bool]]:
    """Return the days of alarms about Tinder, billed by a store, and which are sure."""
    table = pl.DataFrame(
        {
            "row": pl.Series(range(1, len(lines) + 1), dtype=pl.UInt32),
            "on": [on for on, _, _ in lines],
            "amount": pl.Series([round(-a * 1000) for _, a, _ in lines]),
            "currency": ["EUR"] * len(lines),
            "account": ["a"] * len(lines),
            "text": [text for _, _, text in lines],
            "kind": [""] * len(lines),
            "file": ["f"] * len(lines),
        },
        schema_overrides={"amount": pl.Int64},
    )
    contract = Ended(
        merchant="Tinder",
        channel=channel,
        biller=biller,
        effective_on=END,
        last_charge=None,
        amount=Decimal(amount) if amount else None,
        period=period,
        due_on=due_on,
        is_confirmed=is_confirmed,
    )
    return [(a.on, a.is_sure) for a in alarms(table, [contract], KNOWN)]


def test_a_store_that_bills_an_ended_contract_again_is_told() -> None:
    past = monthly(6, 9.99, APPLE)

    again = at_store([*past, (date(2025, 7, 6), 9.99, APPLE)])

    assert again == [(date(2025, 7, 6), True)]


@pytest.mark.parametrize("text", ["GOOGLE *Tinder", "GOOGLE *PLAY"])
def test_a_store_is_known_by_its_name_or_by_the_merchants(text: str) -> None:
    lines = [*monthly(6, 9.99, text), (date(2025, 7, 6), 9.99, text)]

    assert at_store(lines, channel="google") == [(date(2025, 7, 6), True)]


def test_a_store_that_bills_under_a_merchants_name_of_its_own_is_known() -> None:
    lines = [
        *monthly(6, 9.99, "AMZN Digital"),
        (date(2025, 7, 6), 9.99, "AMZN Digital"),
    ]

    told = at_store(lines, channel=None, biller="Amazon")

    assert told == [(date(2025, 7, 6), True)]
    assert at_store(lines, channel=None) == []


def test_another_app_of_the_same_store_is_no_charge_after_the_end() -> None:
    other = monthly(8, 4.99, APPLE, day=5)
    named = monthly(8, 9.99, "GOOGLE *DUOLINGO", day=5)

    assert at_store([*monthly(6, 9.99, APPLE), *other[5:]]) == []
    assert at_store(named, channel="google") == []


def test_another_app_at_the_same_price_goes_on_unasked() -> None:
    other = monthly(8, 9.99, APPLE, day=20)

    assert at_store([*monthly(6, 9.99, APPLE), *other]) == []


def test_the_same_sum_on_another_day_is_asked_about() -> None:
    lines = [*monthly(6, 9.99, APPLE), (date(2025, 7, 19), 9.99, APPLE)]

    assert at_store(lines) == [(date(2025, 7, 19), False)]


def test_a_store_charge_is_asked_about_where_no_price_is_known() -> None:
    due, off = (date(2025, 7, 5), 9.99, APPLE), (date(2025, 7, 15), 9.99, APPLE)

    assert at_store([due, off], amount=None) == [(date(2025, 7, 5), False)]


def test_a_contract_at_a_store_is_guessed_by_its_price_alone() -> None:
    lines = monthly(8, 9.99, APPLE)

    found = at_store(lines, due_on=None)

    assert [is_sure for _, is_sure in found] == [False, False]


def test_an_end_that_nobody_confirmed_is_asked_about() -> None:
    lines = monthly(7, 9.99, APPLE)

    assert at_store(lines, is_confirmed=False) == [(date(2025, 7, 5), False)]


@pytest.mark.parametrize(
    ("period", "due_on", "on"),
    [
        ("P1W", date(2025, 6, 2), date(2025, 6, 30)),
        ("P28D", date(2025, 6, 2), date(2025, 6, 30)),
        ("P1Y", date(2024, 7, 5), date(2025, 7, 5)),
    ],
)
def test_a_store_charge_is_known_by_the_rhythm_of_its_contract(
    period: str, due_on: date, on: date
) -> None:
    told = at_store([(on, 9.99, APPLE)], due_on=due_on, period=Period.parse(period))

    assert told == [(on, True)]


def test_a_town_that_many_payees_have_names_none_after_the_end() -> None:
    before = monthly(6, 9.5, "Lark Labs UTRECHT")
    shops = ("Krel", "Vond", "Bram", "Tuin")
    bought = [
        (date(2025, 2, 9) + timedelta(n), 20.0 + n, f"{shop} UTRECHT")
        for n, shop in enumerate(shops)
    ]
    later = [(date(2025, 7, 9), 9.5, "Krel UTRECHT")]

    assert (
        watch([*bought, *before], later, effective_on=END, merchant="Lark Labs") == []
    )


def test_what_a_store_bills_beside_is_not_known_by_its_town() -> None:
    before = monthly(6, 9.99, "DEEZER PARIS")
    store = [
        (on + timedelta(3), 9.99, "APPLE.COM/BILL PARIS")
        for on, _, _ in monthly(7, 9.99, "")
    ]
    after = [(date(2025, 7, 5), 9.99, "DEEZER PARIS")]

    assert days(
        watch([*store[:6], *before], [*store[6:], *after], effective_on=END)
    ) == [date(2025, 7, 5)]
