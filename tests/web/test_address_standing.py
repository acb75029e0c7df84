"""An address to which a letter did not get through stands last at the next letter."""

from typing import Any

import pytest

from rescind.app.follow import received
from tests.proof.test_sending import TO, a_notice, sent_case
from tests.web.test_desk_pages import ANNA, GYM, told, words

FAILED = "A letter to this address came back on"


@pytest.mark.usefixtures("empty_store")
def test_an_address_that_failed_is_tried_last_until_a_letter_gets_through(
    client: Any,
) -> None:
    address, _ = told(client, "McFit", GYM)
    case_id = sent_case()
    client.post(f"{address}letters/", ANNA | {"cancel.to": TO})
    before = words(client.get(f"{address}letters/"))

    received.take_in(case_id, a_notice(case_id, action="failed"))
    failed = words(client.get(f"{address}letters/"))
    again = sent_case()
    received.take_in(again, a_notice(again, action="delivered"))
    after = words(client.get(f"{address}letters/"))

    assert FAILED not in before
    assert FAILED in failed
    assert failed.index("By e-mail") > failed.index("By registered post")
    assert FAILED not in after
