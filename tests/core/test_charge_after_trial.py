"""After a trial the charge that was told counts, not the day the trial ended."""

from datetime import date
from typing import Any

import pytest

from rescind.app.know import check

STREAMING = {
    "service": "other",
    "merchant": "Zappeline",
    "kind": "streaming",
    "country": "US-NY",
    "channel": "web",
    "sold_by": "online",
    "purchased_at": "2026-10-24",
    "trial_ends_at": "2026-11-22",
    "period": "P1M",
    "price": "11.94 USD",
    "as_of": "2026-11-30",
}


def end_and_charge(**told: Any) -> tuple[date | None, object]:
    topics = check.check(STREAMING | told).verdict.topics
    return topics["cancel"].ends_on, topics["renewal"].at


@pytest.mark.parametrize(
    ("told", "ends_on", "charge"),
    [
        # paid from the 23rd: to 22 December
        ({"paid_at": "2026-11-23"}, date(2026, 12, 22), date(2026, 12, 23)),
        # a term as long as what is paid for begins with that payment too
        (
            {"paid_at": "2026-11-23", "term": "P1M", "renewal_term": "P1M"},
            date(2026, 12, 22),
            date(2026, 12, 23),
        ),
        # a later charge says on which day they come as well
        (
            {
                "paid_at": "2026-11-23",
                "trial_ends_at": "2026-09-22",
                "purchased_at": "2026-08-24",
            },
            date(2026, 12, 22),
            date(2026, 12, 23),
        ),
        # the trial itself was paid for: the first charge is the one at its end
        (
            {"paid_at": "2026-11-20", "as_of": "2026-11-21"},
            date(2026, 11, 21),
            date(2026, 11, 22),
        ),
        # a short month's charge is of the series that the trial's end begins
        (
            {
                "purchased_at": "2025-12-31",
                "trial_ends_at": "2026-01-31",
                "paid_at": "2026-02-28",
                "as_of": "2026-03-10",
            },
            date(2026, 3, 30),
            date(2026, 3, 31),
        ),
        # nobody told a charge
        ({}, date(2026, 12, 21), date(2026, 12, 22)),
    ],
)
def test_the_charge_that_was_told_beats_the_end_of_the_trial(
    told: dict[str, str], ends_on: date, charge: date
) -> None:
    assert end_and_charge(**told) == (ends_on, charge)


def test_a_charge_after_a_trial_was_left_begins_no_series() -> None:
    told = {"cancelled_at": "2026-11-25", "paid_at": "2026-11-28"}

    assert end_and_charge(**told)[0] == date(2026, 12, 21)
