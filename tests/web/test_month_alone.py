"""A month where a day is asked for: pages and letters say the month, and no day."""

from datetime import date
from typing import Any

import pytest

from rescind.adapters.input.written import in_standard_form
from rescind.store import selectors
from tests.web.test_credit_is_no_money import CHARGED
from tests.web.test_days_there import read_back
from tests.web.test_desk_pages import ANNA, begun, told, words
from tests.web.test_told_before import MOBILE, gone_on

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

TODAY = date(2026, 11, 28)
AUGUST = CHARGED | {"charged-after.cancelled_at": "August"}
DENIED = "We have not received a cancellation from you. Your subscription is active."


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("August", "2026-08-31"),
        ("im August 2026", "2026-08-31"),
        ("08/2026", "2026-08-31"),
        ("février 2026", "2026-02-28"),
        ("2026年8月", "2026-08-31"),
        ("November", "2026-11-28"),
    ],
)
def test_an_end_in_a_month_counts_from_its_last_day(typed: str, day: str) -> None:
    facts = in_standard_form({"cancelled_at": typed}, today=TODAY)

    assert facts == {"cancelled_at": day, "by_month": f"cancelled_at {day}"}


def test_a_time_that_runs_out_is_counted_from_the_first() -> None:
    facts = in_standard_form({"price_raised_at": "January 2027"}, today=TODAY)

    assert facts["price_raised_at"] == "2027-01-01"


@pytest.mark.parametrize("typed", ["20.8.2026", "yesterday", "vor 3 Monaten"])
def test_a_day_is_no_month(typed: str) -> None:
    assert "by_month" not in in_standard_form({"cancelled_at": typed}, today=TODAY)


def test_no_letter_names_a_day_of_the_month(client: Any) -> None:
    case, answer = told(client, "Brightly", AUGUST)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{case}letters/", ANNA | by_mail)

    for kind in ("refund", "dispute", "complaint", "second-notice", "stop-charging"):
        letter = words(client.get(f"{case}letters/?letter={kind}"))
        assert "in August 2026" in letter, kind
        assert "August 31" not in letter, kind
        assert "August 1," not in letter, kind
    assert "Tell the exact day if you can find it" in answer


def test_the_page_names_none_either(client: Any) -> None:
    case, _ = told(client, "Brightly", AUGUST)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{case}letters/", ANNA | by_mail)

    page = words(client.post(f"{case}reply/", {"words": DENIED}, follow=True))

    assert "You gave it in August 2026" in page
    assert "August 2026, written down today You cancelled, by your word" in page
    assert "31 August" not in page
    assert "August 31" not in page


def test_the_exact_day_takes_the_place_of_the_month(client: Any) -> None:
    case, _ = told(client, "Brightly", AUGUST)
    by_mail = {"act": "email:refund", "refund.to": "help@brightly.example.org"}
    client.post(f"{case}letters/", ANNA | by_mail)

    exact = AUGUST | {"charged-after.cancelled_at": "8/25/2026"}
    client.post(f"{case}facts/", exact)

    kept = selectors.read_case(case.strip("/").split("/")[-1])
    assert "by_month" not in kept.facts
    letter = words(client.get(f"{case}letters/?letter=complaint"))
    assert "I canceled it on August 25, 2026" in letter


def test_a_charge_of_the_same_month_asks_for_the_day(client: Any) -> None:
    address = begun(client, "Brightly")
    typed = AUGUST | {"charged-after.paid_at": "8/20/2026"}

    page = words(client.post(f"{address}facts/", typed, follow=True))

    assert "Tell the day on which you cancelled" in page


def test_another_charge_of_the_month_asks_for_the_day_too(client: Any) -> None:
    address = begun(client, "Brightly")
    others = {"charged-after.further_charges": "Aug 12, Oct 10"}

    page = words(client.post(f"{address}facts/", AUGUST | others, follow=True))

    assert "Before or after 12 August 2026?" in page
    assert "no wrong charge" not in page
    kept = client.get(f"{address}facts/").content.decode()
    assert 'value="August"' in kept
    assert "Aug 12, Oct 10" in kept


def test_a_charge_of_the_month_before_is_no_wrong_one(client: Any) -> None:
    address = begun(client, "Brightly")
    others = {"charged-after.further_charges": "Jul 12, Oct 10"}

    page = words(client.post(f"{address}facts/", AUGUST | others, follow=True))

    assert "12 July 2026: it was charged before it had been ended" in page


def test_what_was_cancelled_before_is_told_by_its_month(client: Any) -> None:
    month = {"cancelled_at": "October"}

    address, page = gone_on(client, MOBILE | month)

    assert "You cancelled in October 2026; do you have a confirmation?" in page
    assert "October 2026, written down today You cancelled, by your word" in page
    answer = words(client.get(f"{address}answer/"))
    assert "31 October" not in answer.split("Full record")[0]


def test_the_field_says_how_a_month_counts(client: Any) -> None:
    typed = {
        "country": "DE",
        "happened": "cancelled",
        "cancelled.cancelled_at": "August",
    }

    said = read_back(client, typed, "cancelled.cancelled_at")

    assert "August 2026, counted from 31 August 2026" in said
