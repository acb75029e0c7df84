"""Charges that come after an end raise an alarm; others do not."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.public.finding import sentences_json
from rescind.core.find.watch import Alarm, Ended, alarms
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
