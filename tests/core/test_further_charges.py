"""Several charges after the end: what of them can be claimed and disputed, by when."""

from datetime import date

import pytest

from rescind.app.act.plan import plan
from rescind.app.act.telling import later_disputes
from rescind.app.know.check import check
from rescind.core.act.action import Action
from rescind.core.act.events import dispute_days
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.labels import say

TOLD = {
    "service": "netflix",
    "channel": "web",
    "country": "US-TX",
    "cancelled_at": "2026-08-20",
    "paid_at": "2026-11-05",
    "price": "15.49 USD",
    "payment_method": "visa-debit",
    "as_of": "2026-11-30",
}
TWO = "2026-10-05 15.49 USD; 2026-09-05 15.49 USD"


def disputed(told: dict[str, str]) -> Action:
    """Return what the plan says of the bank."""
    return next(each for each in plan(told).plan.actions if each.do == "dispute")


@pytest.mark.parametrize(
    ("further", "code"),
    [
        ("2026-08-20 15.49 USD", "charged_before_told"),
        ("2026-12-05 15.49 USD", "charged_ahead"),
        ("2026-11-05 15.49 USD", "charged_twice"),
        ("2026-10-05 15.49 USD; 2026-10-05 15.49 USD", "charged_twice"),
    ],
)
def test_a_charge_that_cannot_be_one_of_them_is_named(further: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        check(TOLD | {"further_charges": further})

    assert isinstance(caught.value.message, Sentence)
    assert caught.value.message.code == code


def test_a_charge_of_the_month_in_which_it_ended_asks_for_the_day() -> None:
    month = {"cancelled_at": "2026-09-30", "by_month": "cancelled_at 2026-09-30"}
    with pytest.raises(BadInput) as caught:
        check(TOLD | month | {"further_charges": "2026-09-12 15.49 USD"})

    assert caught.value.field == "cancelled_at"
    assert isinstance(caught.value.message, Sentence)
    assert caught.value.message.code == "charged_in_month"


def test_all_are_asked_back_and_disputed_while_there_is_time() -> None:
    planned = plan(TOLD | {"further_charges": TWO})
    actions = {action.do: action for action in planned.plan.actions}

    assert str(planned.checked.verdict.topics["refund"].amount) == "46.47 USD"
    assert str(actions["claim"].amount) == "46.47 USD"
    # Regulation E: 60 days; of the charge of September they were over on 4 November
    assert str(actions["dispute"].amount) == "30.98 USD"
    assert str(actions["dispute"].by)[:10] == "2026-12-04"


def test_every_right_has_the_day_of_the_oldest_charge_in_time() -> None:
    planned = plan(TOLD | {"further_charges": TWO})
    dispute = next(each for each in planned.plan.actions if each.do == "dispute")

    [too] = later_disputes(planned)

    # the statement that shows it may have come a month later
    assert "that time may be over" in say(dispute.why)
    assert "15.49 USD, charged on 5 September 2026" in say(dispute.why)
    # Visa gives 120 days: of the charge of 5 September they end on 3 January
    assert dict(too.values)["day"] == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("charged", "says"),
    [
        # sixty days after a statement of 30 September at the latest
        ("2026-08-30 15.49 USD", "that time is over"),
        ("2026-08-31 15.49 USD", "that time may be over"),
    ],
)
def test_time_is_over_once_no_statement_can_be_newer(charged: str, says: str) -> None:
    dispute = disputed(TOLD | {"further_charges": charged})

    assert says in say(dispute.why)


def test_what_counts_from_the_charge_is_over_for_sure() -> None:
    german = {"country": "DE", "price": "15.49 EUR", "payment_method": "sepa-debit"}
    dispute = disputed(TOLD | german | {"further_charges": "2026-09-05 15.49 EUR"})

    assert "For 15.49 EUR, charged on 5 September 2026, that time is over" in say(
        dispute.why
    )


def test_one_whose_time_is_over_does_not_move_the_day() -> None:
    told = TOLD | {"further_charges": "2026-09-05 15.49 USD"}
    alone, dispute = disputed(TOLD), disputed(told)

    assert dispute.by == alone.by
    assert dispute.amount == alone.amount


def test_without_a_right_to_dispute_all_of_it_is_named() -> None:
    told = {n: v for n, v in TOLD.items() if n != "payment_method"}
    told |= {"country": "BR", "price": "15.49 BRL"}
    further = "2026-10-05 15.49 BRL"

    dispute = disputed(told | {"further_charges": further})

    assert dispute.by is None
    assert str(dispute.amount) == "30.98 BRL"


def test_sums_of_two_moneys_are_not_added() -> None:
    told = TOLD | {"further_charges": "2026-10-05 15.49 EUR"}

    assert check(told).verdict.topics["refund"].amount is None


def test_what_is_not_one_of_them_is_left_out_of_the_suggestion() -> None:
    with pytest.raises(BadInput) as caught:
        check(TOLD | {"further_charges": f"2026-12-05 15.49 USD; {TWO}"})

    assert caught.value.suggestions == (TWO,)


def test_every_last_day_is_told_once_by_each_right() -> None:
    days = dispute_days(check(TOLD | {"further_charges": TWO}))

    # sixty days by Regulation E, 120 by Visa's rules; those of September by the
    # first of them were over on 4 November
    assert [day.isoformat() for day in days] == [
        "2026-12-04", "2027-01-03", "2027-01-04", "2027-02-02", "2027-03-05",
    ]  # fmt: skip
    assert set(dispute_days(check(TOLD))) < set(days)
