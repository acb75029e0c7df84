"""Kinds that accounts made without sight of the rules showed to come out wrong."""

from datetime import date, timedelta
from itertools import accumulate, cycle, islice

from tests.find.test_find import Line, find, monthly, only

FRIDAY = date(2026, 1, 2)


def weekly(count: int, costs: list[float], text: str, late: list[int]) -> list[Line]:
    """Charges due each Friday, so many days late each, at sums that go round."""
    delays, sums = islice(cycle(late), count), cycle(costs)
    return [
        (FRIDAY + timedelta(weeks=n, days=days), cost, text)
        for n, (days, cost) in enumerate(zip(delays, sums, strict=False))
    ]


def test_a_word_of_habit_in_a_name_does_not_hide_an_even_plan() -> None:
    found = only(find(*monthly(12, 14.9, "KRONA COFFEE BERLIN")))

    assert (found.kind, found.period) == ("subscription", "P1M")


def test_a_coffee_at_one_price_each_week_is_still_a_habit() -> None:
    assert find(*weekly(30, [12.5], "KRONA COFFEE BERLIN", [0])) == []


def test_a_box_whose_sums_vary_a_little_is_found_without_a_word_for_it() -> None:
    sums = [49.1, 52.3, 47.7, 55.0, 50.4, 61.2]
    found = only(find(*weekly(26, sums, "MINDFUL BIRKEN", [0, 0, 1])))

    assert (found.kind, found.period) == ("subscription", "P1W")


def test_sums_at_a_till_each_week_are_no_box() -> None:
    sums = [49.1, 22.3, 87.7, 35.0, 50.4, 61.2]

    assert find(*weekly(26, sums, "MINDFUL BIRKEN", [0, 0, 1])) == []


def test_what_is_due_on_a_friday_may_be_booked_after_the_weekend() -> None:
    found = only(
        find(*weekly(40, [30.5], "MINDFUL HALDEN KOCHBOX", [0, 0, 0, 3, 1, 1, 0]))
    )

    assert found.period == "P1W"
    assert len(found.transactions) == 40


def test_every_thirty_days_shows_though_bookings_come_late() -> None:
    first = date(2025, 1, 3)
    late = [0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 2, 0, 0]
    lines = [
        (first + timedelta(30 * n + days), 37.49, "AMBLESIDE POST")
        for n, days in enumerate(late)
    ]

    assert only(find(*lines)).period == "P30D"


def test_two_equal_sums_among_many_at_a_shop_are_chance() -> None:
    gaps = [3, 11, 5, 19, 8, 2, 31, 7, 13, 4, 9, 26]
    days = accumulate(gaps, lambda day, gap: day + timedelta(gap), initial=FRIDAY)
    visits = [(day, 10.13 + 3.7 * n, "BACKHAUS BERLIN") for n, day in enumerate(days)]
    pair = [(date(y, 2, 3), 8.4, "BACKHAUS BERLIN") for y in (2025, 2026)]

    assert find(*visits, *pair) == []
    assert len(find(*pair)) == 1
