"""Several charges after the end: told together, asked back and disputed together."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rescind.adapters.input.charges import standard_charges
from rescind.app.act import letters
from rescind.app.act.plan import plan
from rescind.app.act.telling import later_disputes
from rescind.app.follow import cases
from rescind.app.follow.steps import facts_for
from rescind.app.follow.wrong_charges import charges_for, in_all
from rescind.app.know.check import check
from rescind.core.act.action import Action
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.labels import say
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_desk_pages import begun, words

TODAY = date(2026, 11, 30)
PRICE = Money(amount=Decimal("15.49"), currency="USD")
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
    "typed",
    [
        "2026-10-05 15.49 USD; 2026-09-05 15.49 USD",
        "5 October; 5 September",
        "5 October $15.49 and 5 September",
        "October 5, 2026 and September 5, 2026: 15.49",
        "10/5/2026 $15.49\n9/5/2026 $15.49",
        "5 Oct 15.49, 5 Sep 15.49",
    ],
)
def test_charges_are_read_as_people_write_them(typed: str) -> None:
    found = standard_charges(
        typed, "further_charges", today=TODAY, country="US-TX", price=PRICE
    )

    assert found == TWO


@pytest.mark.parametrize("typed", ["some in autumn", "October", "12.99", "5 October x"])
def test_what_names_no_day_and_sum_is_asked_about(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        standard_charges(
            typed, "further_charges", today=TODAY, country="US", price=PRICE
        )

    assert caught.value.field == "further_charges"
    assert caught.value.suggestions


def test_without_a_price_each_needs_its_sum() -> None:
    with pytest.raises(BadInput, match="further_charges"):
        standard_charges(
            "5 October", "further_charges", today=TODAY, country="US", price=None
        )


def test_nobody_lists_charges_without_end() -> None:
    many = ";".join(["2026-10-05 1.00 USD"] * 25)

    with pytest.raises(BadInput, match="further_charges"):
        check(TOLD | {"further_charges": many})


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


@pytest.mark.usefixtures("no_cases", "sunday_29_november")
def test_each_is_in_the_first_letter_and_in_those_after() -> None:
    told = {n: v for n, v in TOLD.items() if n != "as_of"} | {"further_charges": TWO}
    order = letters.Wanted(kind="refund", language="en")

    text = as_text(letters.write(told, SENDER, order).letter)
    case = selectors.read_case(cases.new_case(told | {"kind": "refund"}, SENDER))
    charges = charges_for(case, "dispute")

    assert "October 5, 2026" in text
    assert "September 5, 2026" in text
    assert "46.47" in text
    assert [charge.on.month for charge in charges] == [11, 10, 9]
    assert str(in_all(charges)) == "46.47 USD"


@pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")
def test_an_answer_that_refuses_is_answered_about_all_of_them(client: Any) -> None:
    told = {n: v for n, v in TOLD.items() if n != "as_of"} | {"further_charges": TWO}
    case_id = cases.new_case(told | {"kind": "refund"}, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    refusal = "Hi, we reviewed your account: we are unable to offer a refund."
    client.post(f"/cases/{case_id}/reply/", {"words": refusal})
    order = letters.Wanted(kind="reply", language="en")

    facts = facts_for(selectors.read_case(case_id), "reply")
    text = as_text(letters.write(facts, SENDER, order).letter)

    assert "You refuse the refund" in text
    assert "September 5, 2026" in text
    assert "All charges together come to $46.47" in text


@pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")
def test_the_page_asks_for_them_where_one_was_told(client: Any) -> None:
    at = begun(client, "Netflix")
    form = {"channel": "web", "country": "US", "part_US": "US-TX", "price": "15.49"}
    form |= {"happened": "charged-after", "charged-after.cancelled_at": "20 August"}
    form |= {"charged-after.paid_at": "5 November"}
    form |= {"charged-after.further_charges": "5 October and 5 September"}

    page = words(client.post(f"{at}facts/", form, follow=True))

    assert "46.47" in page
