"""A contract without commitment ends with what is paid for, where no law pays back."""

from typing import Any

import pytest

from rescind.app.follow import cases
from tests.conftest import SENDER
from tests.core.test_kept_to_paid import STREAMING
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")


def test_their_answer_with_the_day_that_is_paid_for_is_right(client: Any) -> None:
    told = {name: text for name, text in STREAMING.items() if name != "as_of"}
    case_id = cases.new_case(told, SENDER | {"country": "IT"})
    cases.say_sent(case_id, "e-mail", None)
    case = f"/cases/{case_id}/"
    answer = (
        "Il suo abbonamento è stato disdetto. Resterà attivo fino al 04/12/2026, "
        "dopodiché non le verrà addebitato alcun importo."
    )

    client.post(f"{case}reply/", {"words": answer})
    page = words(client.get(case))

    assert "later than it should" not in page
    assert "4 December" in page
