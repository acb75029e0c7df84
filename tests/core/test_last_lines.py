"""Rare turns of the core, each reached by what leads there."""

from datetime import date

from rescind.app.act import letters
from rescind.app.act.plan import plan
from rescind.app.know.check import check
from rescind.core.act.letter import as_text
from rescind.core.model.verdict import COVER_OPEN, NOTICE_OPEN, unbound
from rescind.labels import say
from tests.conftest import SENDER
from tests.core.test_other_rhythm import STREAMING


def test_what_was_paid_by_the_end_is_counted_back_from_a_later_charge() -> None:
    told = {"cancelled_at": "2026-08-20", "paid_at": "2026-11-15", "purchased_at": None}

    cancel = check(STREAMING | told).verdict.topics["cancel"]

    # charges on the 15th: what was paid in August holds to 14 September
    assert cancel.ends_on == date(2026, 9, 14)


def test_who_was_told_of_the_right_on_a_known_day_is_asked_for_none() -> None:
    told = {
        "purchased_at": "2026-10-20",
        "withdrawal_informed": True,
        "withdrawal_informed_at": "2026-10-21",
    }

    withdrawal = check(STREAMING | told).verdict.topics["withdrawal"]

    assert withdrawal.answer is not None
    assert withdrawal.answer.value == "no"
    assert "withdrawal_informed_at" not in withdrawal.asks


def test_a_reply_asks_for_the_rest_no_sooner_than_the_notice_did() -> None:
    daily = {
        "service": "other",
        "merchant": "Dagsbladet",
        "kind": "newspaper",
        "channel": "web",
        "sold_by": "online",
        "country": "SE",
        "purchased_at": "2025-10-01",
        "term": "P12M",
        "renewal_term": "P12M",
        "notice": "P1M",
        "period": "P12M",
        "price": "2400 SEK",
        "paid_at": "2026-10-01",
        "renewal_notice_given": False,
        "as_of": "2026-11-29",
    }
    details = {
        "answer": "money_refused",
        "first_kind": "cancel",
        "amount": "2005 SEK",
        "first_sent_on": "2026-11-28",
        "answered_on": "2026-11-29",
    }

    wanted = letters.Wanted(kind="reply", language="en")
    text = as_text(letters.write(daily | details, SENDER, wanted).letter)

    # thirty days after an end of today, as the notice had it
    assert "29 December 2026" in text


def test_an_end_that_may_come_sooner_stands_beside_one_that_nobody_knows() -> None:
    told = {
        "service": "other",
        "merchant": "Torggym",
        "channel": "web",
        "kind": "gym",
        "country": "SE",
        "sold_by": "premises",
        "purchased_at": "2026-02-01",
        "term": "P1M",
        "paid_at": "2026-03-14",
        "price": "100 SEK",
        "price_raised_at": "2026-12-15",
        "as_of": "2026-11-30",
    }

    headline = say(plan(told).decision.headline)

    assert headline.endswith("otherwise when the contract allows.")


def test_several_open_facts_are_not_named_one_by_one() -> None:
    condition = unbound([COVER_OPEN, NOTICE_OPEN])

    assert condition is not None
    assert condition.code == "several"


def test_a_notice_too_late_for_a_renewal_ends_it_on_no_day_without_a_length() -> None:
    told = {"renews_at": "2026-12-10", "notice": "P1M", "period": None}
    facts = STREAMING | told | {"paid_at": None, "purchased_at": None, "country": "BO"}

    cancel = check(facts).verdict.topics["cancel"]

    assert cancel.ends_on is None
