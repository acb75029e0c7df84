"""A contract that begins after it was signed: its term and paid time count from then.

The right to withdraw runs from the conclusion all the same. Days counted by hand.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rescind.adapters.public.verdict import verdict_json
from rescind.app.act.plan import plan
from rescind.core.errors import BadInput
from rescind.core.model.money import Money

GYM: dict[str, Any] = {
    "service": "other",
    "merchant": "Fitpark",
    "kind": "gym",
    "channel": "web",
    "country": "DE",
    "sold_by": "premises",
    "purchased_at": "2026-11-10",
    "starts_on": "2026-12-01",
    "term": "P12M",
    "notice": "P1M",
    "period": "P1M",
    "price": "30 EUR",
    "as_of": "2026-11-29",
}


def topics(**told: Any) -> Any:
    facts = {name: value for name, value in (GYM | told).items() if value is not None}
    return verdict_json(plan(facts).checked.verdict)["topics"]


@pytest.mark.parametrize("as_of", ["2026-11-12", "2026-12-15", "2027-10-31"])
def test_the_first_term_runs_from_the_beginning(as_of: str) -> None:
    cancel = topics(as_of=as_of)["cancel"]

    assert cancel["ends_on"] == "2027-11-30"
    assert cancel["latest"] == "2027-10-31T23:59:59+01:00"


def test_after_it_a_month_is_enough() -> None:
    assert topics(as_of="2027-11-01")["cancel"]["ends_on"] == "2027-12-01"


def test_a_renewed_term_is_counted_from_the_beginning() -> None:
    swiss = {"country": "CH", "renewal_term": "P12M", "as_of": "2027-11-01"}

    assert topics(**swiss)["cancel"]["ends_on"] == "2028-11-30"


def test_a_notice_before_the_beginning_ends_it_with_the_term() -> None:
    told = topics(cancelled_at="2026-11-12", as_of="2027-01-10")

    assert told["cancel"]["ends_on"] == "2027-11-30"


@pytest.mark.parametrize(
    ("paid_at", "charge", "until"),
    [
        (None, "2026-12-01", None),
        ("2026-11-10", "2027-01-01", "2027-01-01"),
    ],
)
def test_what_is_paid_lasts_from_the_beginning(
    paid_at: str | None, charge: str, until: str | None
) -> None:
    told = topics(paid_at=paid_at)

    assert told["renewal"]["at"] == charge
    assert told["access"]["until"] == until


def test_charges_keep_the_day_of_the_beginning() -> None:
    assert topics(as_of="2027-03-10")["renewal"]["at"] == "2027-04-01"
    assert topics(as_of="2027-03-10", paid_at="2027-03-01")["renewal"]["at"] == (
        "2027-04-01"
    )


@pytest.mark.parametrize("paid_at", [None, "2026-11-20"])
def test_the_withdrawal_runs_from_the_conclusion(paid_at: str | None) -> None:
    online = {"sold_by": "online", "purchased_at": "2026-11-20", "paid_at": paid_at}
    told = topics(**online, withdrawal_informed=True, start_requested=True)

    withdrawal = told["withdrawal"]
    assert withdrawal["latest"] == "2026-12-04T23:59:59+01:00"
    # nothing was paid, or nothing of what was paid for is used
    back = None if paid_at is None else {"amount": "30.00", "currency": "EUR"}
    assert withdrawal["amount"] == back


def test_a_plan_counts_nothing_as_used_before_the_beginning() -> None:
    online = {
        "sold_by": "online",
        "purchased_at": "2026-11-20",
        "paid_at": "2026-11-20",
    }
    told = {"withdrawal_informed": True, "start_requested": True}

    found = plan(GYM | online | told)

    assert found.plan.best is not None
    assert found.plan.best.cost == Money(amount=Decimal(-30), currency="EUR")


def test_the_law_of_fees_counts_from_the_beginning() -> None:
    """In Belgium nothing may be asked for after the first six months of a term."""
    told = {
        "country": "BE",
        "kind": "telecom",
        "term": "P24M",
        "signing_benefit": "0 EUR",
    }
    told |= {"purchased_at": "2026-05-10", "early_termination_fee": "300 EUR"}

    def at_most(as_of: str) -> Money | None:
        checked = plan(GYM | told | {"as_of": as_of}).checked
        return checked.verdict.topics["cancel"].fee_at_most

    assert at_most("2027-05-31") is None
    assert at_most("2027-06-01") == Money(amount=Decimal(0), currency="EUR")


def test_it_does_not_begin_before_it_is_signed() -> None:
    with pytest.raises(BadInput) as refused:
        plan(GYM | {"starts_on": "2026-11-09"})

    assert refused.value.field == "starts_on"


def test_a_beginning_alone_dates_the_term() -> None:
    told = topics(purchased_at=None)

    assert told["cancel"]["ends_on"] == "2027-11-30"


def test_the_watch_is_kept_on_the_first_charge_not_owed() -> None:
    found = plan(GYM | {"as_of": "2027-10-15"})

    (watch,) = (a for a in found.plan.actions if a.do == "watch_statement")

    assert watch.by == date(2027, 12, 1)
