"""A refusal of money that a case is about, and the letter that answers it."""

from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

BOX = {
    "service": "other",
    "merchant": "Cozy Crate Box",
    "kind": "box",
    "channel": "web",
    "country": "US-TX",
    "purchased_at": "2026-03-04",
    "cancelled_at": "2026-09-15",
    "paid_at": "2026-11-05",
    "price": "39.95 USD",
    "period": "P1M",
    "payment_method": "card",
    "sold_by": "online",
}
DENIED = (
    "Our records do not show a cancellation on September 15. Charges are "
    "non-refundable, so we are unable to issue a refund."
)


def test_a_refused_claim_is_called_one_and_answered_with_the_end(client: Any) -> None:
    case_id = str(
        cases.new_case(BOX, SENDER | {"country": "US"}, Wanted(kind="refund"))
    )
    cases.say_sent(case_id, "by e-mail", None)
    client.post(f"/cases/{case_id}/reply/", {"words": DENIED})
    page = words(client.get(f"/cases/{case_id}/"))

    assert "Cozy Crate Box refuses to pay $39.95 back" in page
    assert "Ends Saturday, October 3" in page
    assert "They say that no notice came" in page
    letter = words(client.get(f"/cases/{case_id}/letters/?letter=reply"))
    assert "I canceled the contract on September 15, 2026" in letter
    assert "The contract ended on October 3, 2026" in letter
