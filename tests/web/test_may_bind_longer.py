"""Contracts of which nobody told a term or a notice: what is paid may not be all."""

from typing import Any

import pytest

from rescind.app.follow import cases
from rescind.app.follow.answers import answers
from rescind.app.follow.differences import differences
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_desk_pages import told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

PAPER = {
    "service": "other",
    "merchant": "Kleine Zeitung",
    "kind": "newspaper",
    "channel": "web",
    "country": "AT",
    "period": "P1M",
    "paid_at": "2026-11-02",
    "price": "39.90 EUR",
}
THEIRS = (
    "Guten Tag, wir bestätigen Ihre Kündigung. "
    "Ihr Vertrag endet mit 31. Dezember 2027. Mit freundlichen Grüßen"
)


def test_a_later_end_is_not_fought_by_a_law_that_gives_no_day(client: Any) -> None:
    case_id = cases.new_case(PAPER, SENDER)
    cases.say_sent(case_id, "post", None)

    address = f"/cases/{case_id}/reply/"
    page = words(client.post(address, {"words": THEIRS}, follow=True))

    assert "By your contract and the law" not in page
    assert "later than it should" not in page
    case = selectors.read_case(str(case_id))
    found = differences(case, answers(case))
    assert [each["code"] for each in found] == ["ends_after_paid"]
    assert not found[0]["claims"]


def test_a_day_that_rests_on_no_term_says_so_on_the_card(client: Any) -> None:
    typed = PAPER | {"paid_at": "2.11.2026", "price": "39.90", "price_currency": "EUR"}
    del typed["service"], typed["merchant"]

    _, page = told(client, "Kleine Zeitung", typed)

    assert "Ends Tuesday 1 December, if no term or notice binds you" in page
    assert "Cancel now, if no term or notice binds you" in page
    assert "How much notice must you give?" in page
    assert "Costs nothing more" in page
    assert "the very last day" not in page
