"""After an end: everything that comes goes on being told, and the last lag is not."""

from datetime import date, timedelta

import pytest

from tests.find.test_find import Line, monthly
from tests.find.test_watch import END, HALF_YEAR, days, watch

TAKEN_ON = [date(2025, month, 5) for month in range(7, 13)]


def taken(cost: float, text: str, *, off: int = 0) -> list[Line]:
    return [(on + timedelta(days=off), cost, text) for on in TAKEN_ON]


@pytest.mark.parametrize(
    "text",
    [
        "DEEZER PARIS",
        "PAYPAL *DEEZER 35314369001",
        "DEEZER SA/ABO 8J2K",
        "PRLV SEPA DEEZER MUSIC ICS FR12",
        "SP DEEZER INTL GBR",
        "PAYPAL 402-935-7733",
        "PAYPAL EUROPE SARL ET CIE 1019283",
        "PADDLE.NET 8830",
        "MUSIC BY DEEZER SUBSCRIPTION",
    ],
)
def test_each_charge_for_half_a_year_is_told_whatever_its_name(text: str) -> None:
    found = watch(HALF_YEAR, taken(9.99, text), effective_on=END)

    assert days(found) == TAKEN_ON


@pytest.mark.parametrize("text", ["DEEZER PARIS", "DEEZER SA/ABO 8J2K"])
def test_each_charge_at_a_higher_price_is_told(text: str) -> None:
    found = watch(HALF_YEAR, taken(12.99, text, off=1), effective_on=END)

    assert len(found) == len(TAKEN_ON)


def test_a_name_that_raised_an_alarm_raises_it_on_any_day() -> None:
    after = [
        (date(2025, 7, 5), 9.99, "MUSIC BY DEEZER"),
        (date(2025, 8, 19), 9.99, "MUSIC BY DEEZER"),
        (date(2025, 9, 2), 45.0, "MUSIC BY DEEZER"),
    ]

    found = watch(HALF_YEAR, after, effective_on=END)

    assert days(found) == [date(2025, 7, 5), date(2025, 8, 19)]


def test_names_and_channels_in_turn_are_all_told() -> None:
    texts = ("DEEZER PARIS", "PAYPAL *DEEZER", "PAYPAL 402-935-7733", "DEEZR MUSIC")
    after = [(on, 9.99, texts[place % 4]) for place, on in enumerate(TAKEN_ON, start=1)]

    assert days(watch(HALF_YEAR, after, effective_on=END)) == TAKEN_ON


@pytest.mark.parametrize("lag", [1, 2, 3, 5])
def test_the_last_rightful_charge_may_be_booked_late(lag: int) -> None:
    end = date(2025, 7, 6)
    after = [(end + timedelta(days=lag - 1), 9.99, "DEEZER PARIS")]
    if lag == 1:
        after = [(end, 9.99, "DEEZER PARIS")]

    assert watch(HALF_YEAR, after, effective_on=end) == []


def test_what_is_late_by_more_than_five_days_is_told() -> None:
    after = [(date(2025, 7, 13), 9.99, "DEEZER PARIS")]

    assert len(watch(HALF_YEAR, after, effective_on=date(2025, 7, 6))) == 1


def test_only_one_charge_is_late_and_the_next_is_told() -> None:
    after = [(date(2025, 7, 8), 9.99, "DEEZER"), (date(2025, 8, 6), 9.99, "DEEZER")]

    found = watch(HALF_YEAR, after, effective_on=date(2025, 7, 6))

    assert days(found) == [date(2025, 8, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "KARTENZAHLUNG 19.06. DEEZER PARIS",
        "CARTE X4417 19/06 DEEZER PARIS",
        "PURCHASE AUTHORIZED ON 06/19 DEEZER",
        "POS 19.06.25 DEEZER",
    ],
)
def test_a_card_text_says_that_it_was_bought_before_the_end(text: str) -> None:
    after = [(date(2025, 6, 23), 9.99, text)]

    assert watch(HALF_YEAR, after, effective_on=END) == []


@pytest.mark.parametrize("text", ["KARTENZAHLUNG 22.06. DEEZER", "DEEZER 99.99 31.31"])
def test_a_card_text_says_that_it_was_bought_after_the_end(text: str) -> None:
    after = [(date(2025, 6, 23), 9.99, text)]

    assert days(watch(HALF_YEAR, after, effective_on=END)) == [date(2025, 6, 23)]


def test_a_single_charge_has_no_rhythm_that_could_excuse_another() -> None:
    after = [(date(2025, 6, 23), 9.99, "DEEZER")]

    assert len(watch(HALF_YEAR[-1:], after, effective_on=END)) == 1


def test_a_weekly_charge_just_after_the_end_is_told() -> None:
    weekly = [
        (date(2025, 5, 5) + timedelta(days=7 * n), 5.0, "DEEZER") for n in range(6)
    ]
    end = date(2025, 6, 17)

    assert len(watch(weekly, [(date(2025, 6, 19), 5.0, "DEEZER")], effective_on=end))


def test_another_contract_at_that_price_and_day_is_left_alone() -> None:
    after = taken(9.99, "TIDAL MUSIC")

    assert watch(HALF_YEAR, after, effective_on=END) == []


def test_two_plans_that_run_beside_are_left_alone() -> None:
    family = monthly(12, 14.99, "DEEZER FAMILY", day=24)

    assert watch([*family[:5], *HALF_YEAR], family[5:], effective_on=END) == []


def test_a_name_with_a_word_of_the_contract_goes_on_raising_alarms() -> None:
    after = [
        (date(2025, 7, 5), 9.99, "FAMILY TUNES LTD"),
        (date(2025, 8, 19), 9.99, "FAMILY TUNES LTD"),
        (date(2025, 9, 5), 30.0, "FAMILY TUNES LTD"),
    ]

    found = watch(HALF_YEAR, after, effective_on=END, merchant="Deezer Family")

    assert days(found) == [date(2025, 7, 5), date(2025, 8, 19)]
