"""After any first letter, every letter that may follow can be written."""

import pytest

from rescind.adapters.data.letters import kinds
from rescind.app.act import letters
from rescind.app.follow import cases, received
from rescind.app.follow.steps import ANY_TIME, STEPS, facts_for
from rescind.core.errors import BadInput
from rescind.store import selectors
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")

PAID = FACTS | {"price": "372 EUR", "paid_at": "2026-11-10", "payment_method": "card"}
CAUSES: dict[str, dict[str, object]] = {
    "price-rise": {"price_raised_at": "2026-12-20", "change_told_at": "2026-11-15"},
    "dispute": {"charge_unauthorised": True},
    "on-behalf-of": {"holder": "Bo Lovelace", "died_at": "2026-11-12"},
    "term-change": {"terms_changed_at": "2026-12-20", "change_told_at": "2026-11-15"},
}
ANSWER = b"We have received your message and cannot do what you ask. Coursera"


@pytest.mark.parametrize("first", sorted(kinds()))
def test_every_letter_can_follow(first: str) -> None:
    told = PAID | CAUSES.get(first, {})
    case_id = cases.new_case(told, SENDER, letters.Wanted(kind=first))
    cases.say_sent(case_id, "post", None)
    received.take_in(case_id, ANSWER)
    case = selectors.read_case(case_id)

    # a bank is told on what ground, which no letter before it gives by itself
    for kind in {*STEPS, *ANY_TIME, "reply"} - {"dispute"}:
        facts = facts_for(case, kind)
        written = letters.write(facts, case.sender, letters.Wanted(kind=kind))
        assert written.letter.paragraphs, kind


def test_a_kind_that_is_none_is_refused() -> None:
    facts = PAID | {"first_kind": "steps"}

    with pytest.raises(BadInput, match="first_kind"):
        letters.write(facts, SENDER, letters.Wanted(kind="second-notice"))
