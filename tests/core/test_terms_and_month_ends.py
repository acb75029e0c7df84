"""When a first term runs that begins later, notice at month ends, and rights to come.

The days were counted by hand from the acts, by somebody who had not seen the rules.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rescind.adapters.public.decision import answer_json
from rescind.app.act import letters
from rescind.app.act.plan import plan
from rescind.core.follow.due import days_of
from rescind.core.model.money import Money
from rescind.core.model.period import Period, Unit
from rescind.core.periods import add, notice_day
from tests.conftest import SENDER

GYM: dict[str, Any] = {
    "service": "other",
    "merchant": "Fitpark",
    "kind": "gym",
    "channel": "web",
    "sold_by": "premises",
    "period": "P1M",
    "notice": "P1M",
    "price": "30 EUR",
    "as_of": "2026-11-29",
}


def answer(**told: Any) -> Any:
    planned = plan({n: v for n, v in (GYM | told).items() if v is not None})
    return answer_json(planned.checked, planned.decision)


@pytest.mark.parametrize("country", ["DE", "NL", "SE"])
def test_a_first_term_that_begins_after_the_signing_is_no_renewal(country: str) -> None:
    found = answer(
        country=country,
        purchased_at="2026-11-10",
        term="P12M",
        term_ends_at="2027-11-30",
    )

    assert found["ends_on"] == "2027-11-30"


def test_a_term_whose_length_nobody_told_may_be_the_first() -> None:
    found = answer(country="DE", purchased_at="2026-01-10", term_ends_at="2027-01-31")

    assert found["ends_on"] == "2027-01-31"


def test_a_term_after_a_whole_first_one_is_a_renewal() -> None:
    found = answer(
        country="DE", purchased_at="2024-03-10", term="P12M", term_ends_at="2027-03-31"
    )

    assert found["ends_on"] == "2026-12-29"


@pytest.mark.parametrize(
    ("bought", "notice", "last", "ends_on"),
    [
        ("2025-12-31", "P1M", "2026-11-30", "2026-12-30"),
        ("2025-05-31", "P3M", "2026-02-28", "2026-05-30"),
        ("2025-02-01", "P1M", "2025-12-31", "2026-01-31"),
    ],
)
def test_a_notice_on_the_last_day_of_a_month_is_in_time(
    bought: str, notice: str, last: str, ends_on: str
) -> None:
    told = {"country": "CH", "purchased_at": bought, "notice": notice}
    told |= {"term": "P12M", "renewal_term": "P12M"}

    assert answer(**told, as_of=last)["ends_on"] == ends_on
    after = date.fromisoformat(last) + (date(2026, 1, 2) - date(2026, 1, 1))
    assert answer(**told, as_of=after.isoformat())["ends_on"] > ends_on


def test_the_last_day_for_a_notice_is_the_last_from_which_it_is_over_in_time() -> None:
    first = date(2024, 1, 1).toordinal()
    for end in map(date.fromordinal, range(first, first + 800)):
        for length in (
            Period(1, Unit.MONTH),
            Period(3, Unit.MONTH),
            Period(6, Unit.WEEK),
        ):
            last = notice_day(length, end)
            assert add(last, length) <= end
            assert add(date.fromordinal(last.toordinal() + 1), length) > end


@pytest.mark.parametrize(
    ("country", "words"),
    [
        *(
            (country, "with effect from 31 January 2027, the last day before the new")
            for country in (
                *("AT", "CZ", "DE", "ES", "FR", "GB", "GR", "IE", "IT", "LU"),
                *("NO", "PL", "PT", "SK"),
            )
        ),
        ("BE", "before the new price applies and free of charge"),
    ],
)
def test_a_letter_about_a_price_names_the_end_of_the_decision_or_none(
    country: str, words: str
) -> None:
    told: dict[str, Any] = GYM | {
        "kind": "telecom",
        "sold_by": "online",
        "country": country,
        "purchased_at": "2026-03-01",
        "term": "P24M",
        "price_raised_at": "2027-02-01",
        "change_told_at": "2026-11-20",
        "rise_agreed": False,
        "told_on": "2026-11-20",
        "change_on": "2027-02-01",
        "new_price": "35 EUR",
    }

    wanted = letters.Wanted(kind="price-rise", language="en")
    letter = letters.write(told, SENDER | {"country": country}, wanted).letter

    assert words in "\n".join(each.text for each in letter.paragraphs)
    end = date(2026, 11, 29) if country == "BE" else date(2027, 1, 31)
    assert answer(**told)["ends_on"] == end.isoformat()


def test_no_day_is_named_before_a_right_begins() -> None:
    """Danish gyms can be left after five months, with the end of the next month."""
    found = answer(country="DK", purchased_at="2026-08-31", term="P12M", notice=None)
    (cancel,) = (each for each in days_of(found) if each.what == "cancel")

    assert "from 31 January 2027, not before" in found["headline"]
    assert cancel.by == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("bought", "told", "last", "ends_on"),
    [
        # The last month lacks the day before the one that it began on.
        ("2026-11-30", {"term": "P3M"}, "2027-01-31", "2027-02-28"),
        ("2027-11-30", {"term": "P3M"}, "2028-01-31", "2028-02-29"),
        ("2026-08-31", {"term": "P6M"}, "2027-01-31", "2027-02-28"),
        ("2024-02-29", {"term": "P12M"}, "2025-01-31", "2025-02-28"),
        ("2026-10-31", {"term": "P1M", "notice": "P14D"}, "2026-11-16", "2026-11-30"),
        # The month has it: the day before.
        ("2026-11-29", {"term": "P3M"}, "2027-01-31", "2027-02-28"),
        ("2026-08-31", {"term": "P12M"}, "2027-07-30", "2027-08-30"),
        # Renewed, always counted from the first day.
        ("2024-02-29", {"term": "P12M"}, "2027-01-31", "2027-02-28"),
        ("2024-02-29", {"term": "P12M"}, "2028-01-28", "2028-02-28"),
        (
            "2026-08-31",
            {"term": "P6M", "renewal_term": "P6M"},
            "2027-07-30",
            "2027-08-30",
        ),
        (
            "2026-11-30",
            {"term": "P3M", "renewal_term": "P3M"},
            "2027-04-29",
            "2027-05-29",
        ),
    ],
)
def test_a_term_from_a_day_that_its_last_month_lacks_ends_with_that_month(
    bought: str, told: dict[str, Any], last: str, ends_on: str
) -> None:
    contract = {"country": "CH", "purchased_at": bought, "renewal_term": "P12M"} | told

    assert answer(**contract, as_of=last)["ends_on"] == ends_on
    after = date.fromisoformat(last).toordinal() + 1
    next_day = date.fromordinal(after).isoformat()
    assert answer(**contract, as_of=next_day)["ends_on"] > ends_on


def test_a_charge_at_the_end_of_a_short_month_is_for_the_time_after_it() -> None:
    """Four charges of a term of three months would be one too many."""
    told = GYM | {"country": "CH", "purchased_at": "2026-11-30", "term": "P3M"}
    told |= {"as_of": "2026-12-05", "renewal_term": "P3M"}

    planned = plan(told)
    (watch,) = (a for a in planned.plan.actions if a.do == "watch_statement")

    assert planned.decision.ends_on == date(2027, 2, 28)
    assert planned.plan.best is not None
    assert planned.plan.best.cost == Money(amount=Decimal(60), currency="EUR")
    assert watch.by == date(2027, 3, 1)


@pytest.mark.parametrize(
    "told",
    [
        {"purchased_at": "2025-12-31"},
        {"purchased_at": "2025-11-10", "starts_on": "2025-12-31"},
        {"purchased_at": "2025-12-30", "paid_at": "2025-12-31"},
        {"purchased_at": "2025-12-15", "trial_ends_at": "2025-12-31"},
        {"paid_at": "2026-10-31"},
    ],
)
def test_the_first_charge_after_the_end_is_counted_from_the_first_of_all(
    told: dict[str, str],
) -> None:
    """A charge on 30 November is followed by one on 31 December."""
    told = {"country": "CH", "term_ends_at": "2026-12-30"} | told

    (watch,) = (each for each in answer(**told)["do"] if each["do"] == WATCH)

    assert answer(**told)["ends_on"] == "2026-12-30"
    assert watch["by"] == "2026-12-31"


def test_charges_every_some_days_keep_no_day_of_the_month() -> None:
    """Every four weeks from 3 November: 1 December, 29 December, 26 January."""
    told = {"country": "CH", "purchased_at": "2026-11-03", "period": "P4W"}

    (watch,) = (
        each
        for each in answer(**told, term_ends_at="2026-12-31")["do"]
        if each["do"] == WATCH
    )

    assert watch["by"] == "2027-01-26"


@pytest.mark.parametrize(
    ("told", "ends_on"),
    [
        ({"country": "AT", "kind": "newspaper", "term": "P48M"}, "2027-02-28"),
        ({"country": "DE", "term": "P12M", "as_of": "2025-01-20"}, "2025-02-28"),
        ({"country": "CH", "term": "P12M", "as_of": "2025-01-20"}, "2025-02-28"),
    ],
)
def test_a_course_ends_on_the_day_of_the_verdict_in_a_short_month(
    told: dict[str, str], ends_on: str
) -> None:
    """A charge on 28 February is for the time from 1 March on."""
    day, after = date.fromisoformat(ends_on), f"{ends_on[:4]}-03-01"

    planned = plan(GYM | {"purchased_at": "2024-02-29"} | told)
    best = planned.plan.best
    (watch,) = (a for a in planned.plan.actions if a.do == WATCH)

    assert planned.decision.ends_on == day
    assert best is not None
    assert best.access_until == watch.by == date.fromisoformat(after)


WATCH = "watch_statement"


COVER: dict[str, Any] = GYM | {
    "kind": "insurance",
    "country": "FR",
    "sold_by": "online",
    "purchased_at": "2025-02-10",
    "term": "P12M",
    "renewal_term": "P12M",
    "period": "P1Y",
    "notice": "P2M",
    "price": "365 EUR",
    "withdrawal_informed": True,
}


def test_a_law_s_end_after_a_renewal_costs_the_share_of_the_days() -> None:
    """Told on 31 January: 19 days of the year that is paid for on 10 February."""
    planned = plan(COVER | {"as_of": "2027-01-31", "renewal_notice_given": True})

    best = planned.plan.best
    assert best is not None
    assert planned.decision.ends_on == date(2027, 2, 28)
    assert best.access_until == date(2027, 3, 1)
    assert best.cost == best.cost_at_best == Money(amount=Decimal(19), currency="EUR")


def test_no_step_comes_before_a_right_begins() -> None:
    planned = plan(
        COVER
        | {"as_of": "2025-12-20", "renewal_notice_given": True}
        | {"withdrawal_informed": None}
    )
    cancel = next(a for a in planned.plan.actions if a.do == "cancel")

    assert "from 10 February 2026, not before" in headline_of(planned)
    assert cancel.on == date(2026, 2, 10)


def test_a_notice_before_its_right_begins_ends_it_with_that_day_or_the_next() -> None:
    """Danish gyms: with the end of the month after the fifth, or the one after it."""
    told: dict[str, Any] = {"country": "DK", "purchased_at": "2026-06-30"}
    planned = plan(GYM | told | {"term": "P12M", "withdrawal_informed": True})

    (early,) = (a for a in planned.plan.alternatives if a.do == "cancel_now")
    worst, kindest = (each.access_until for each in early.outcomes)
    assert (worst, kindest) == (date(2027, 2, 1), date(2027, 1, 1))
    assert planned.plan.best is not None
    assert planned.plan.best.access_until == date(2027, 1, 1)


@pytest.mark.parametrize(
    "told",
    [
        {"country": "BE", "purchased_at": "2026-07-10"},
        {"country": "IT", "purchased_at": "2026-01-31"},
        {"country": "GB", "purchased_at": "2026-01-10"}
        | {
            "price_raised_at": "2027-01-01",
            "change_told_at": "2026-11-10",
            "rise_agreed": False,
        },
        {"country": "NL", "kind": "gym", "purchased_at": "2025-03-31", "term": "P12M"},
    ],
)
def test_no_course_names_another_last_safe_day_than_the_verdict(
    told: dict[str, str],
) -> None:
    phone = {"kind": "telecom", "term": "P24M", "sold_by": "online"}
    planned = plan(GYM | phone | told | {"renewal_term": "P12M"})

    courses = {each.do for each in planned.plan.alternatives}
    assert "cancel_on_last_safe_day" not in courses


def test_a_course_may_cost_where_the_verdict_says_so_of_its_end() -> None:
    """A French renewal can be left after ten days; what it costs, nobody told."""
    told = GYM | {"country": "FR", "kind": "telecom", "purchased_at": "2024-01-15"}
    planned = plan(told | {"term": "P24M", "notice": "P3M", "renewal_term": "P12M"})
    codes = {r.code for r in planned.checked.verdict.topics["cancel"].because}

    best = planned.plan.best
    assert "law_exit_owes" in codes
    assert best is not None
    assert best.is_fee_open


@pytest.mark.parametrize("as_of", ["2026-11-29", "2026-11-28"])
def test_nothing_is_to_pay_until_an_end_that_comes_before_the_first_charge(
    as_of: str,
) -> None:
    trial = {"had_trial": True, "trial_ends_at": "2026-11-30", "period": "P1Y"}
    told = GYM | {"kind": "software", "country": "DE", "purchased_at": "2026-11-23"}
    told |= {"sold_by": "online", "notice": None, "price": "99 EUR", "as_of": as_of}
    facts = {n: v for n, v in (told | trial).items() if v is not None}

    planned = plan(facts | {"withdrawal_informed": True, "trial_price_clear": True})
    (cancel,) = (a for a in planned.plan.actions if a.do == "cancel")

    assert cancel.why is not None
    assert cancel.why.code != "cancel_owes"


@pytest.mark.parametrize(
    ("as_of", "ends_on", "cost"),
    [("2026-12-01", "2027-01-01", 30), ("2026-11-30", "2026-12-30", 0)],
)
def test_what_a_notice_too_late_for_the_first_term_costs_is_told(
    as_of: str, ends_on: str, cost: int
) -> None:
    """Charges on the 31st, or the last day; a month's notice once the year is over."""
    told = {"country": "DE", "purchased_at": "2025-12-31", "term": "P12M"}
    planned = plan(GYM | told | {"as_of": as_of})

    best = planned.plan.best
    assert planned.decision.ends_on == date.fromisoformat(ends_on)
    assert best is not None
    assert best.access_until == date.fromisoformat(ends_on) + timedelta(days=1)
    assert best.cost == Money(amount=Decimal(cost), currency="EUR")


def headline_of(planned: Any) -> str:
    return str(answer_json(planned.checked, planned.decision)["headline"])
