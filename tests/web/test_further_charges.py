"""Several charges after the end: told together, asked back and disputed together."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rescind.adapters.input.charges import standard_charges
from rescind.app.act import letters
from rescind.app.follow import cases
from rescind.app.follow.steps import facts_for
from rescind.app.follow.wrong_charges import charges_for, in_all
from rescind.app.know.check import check
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.core.model.money import Money
from rescind.store import selectors
from tests.conftest import SENDER
from tests.core.test_further_charges import TOLD, TWO
from tests.web.test_desk_pages import begun, words

TODAY = date(2026, 11, 30)
PRICE = Money(amount=Decimal("15.49"), currency="USD")


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
