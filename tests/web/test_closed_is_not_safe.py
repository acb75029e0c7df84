"""Who is done with a case is not safe by that: its page keeps what was open."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.follow import cases
from rescind.store import listing
from rescind.web.case_lines import case_lines
from tests.conftest import FACTS, SENDER
from tests.web.test_desk_pages import words
from tests.web.test_part_of_money import GRANTS_91, NO_MORE, Walk

pytestmark = pytest.mark.usefixtures("empty_store", "ready_desk")


def groups() -> dict[str, int]:
    lines = case_lines(listing.listed_cases(clock.now()))
    return {"safe": len(lines.safe), "closed": len(lines.closed)}


def test_what_was_refused_stays_on_the_page_of_a_closed_case(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(client, monkeypatch)
    walk.answered(1, GRANTS_91)
    walk.sent(1, "refund")
    walk.answered(8, NO_MORE)

    page = walk.post("close/", {"note": "left"})
    listed = walk.listed()

    assert "Closed; its end is not confirmed" in page
    assert "€91 of €363.94 should still come; €272.94 was not granted" in page
    assert "Should end Friday 27 November" in page
    assert "Nothing more to do" not in page
    assert "No longer followed" in listed
    assert "Safe" not in listed
    assert groups() == {"safe": 0, "closed": 1}


def test_money_that_never_came_is_named_though_the_end_is_confirmed(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(client, monkeypatch)
    walk.post("confirm/", {"ends_on": "2026-11-27"})

    page = walk.post("close/", {})

    assert "Closed; money is still open" in page
    assert "€363.94 did not come back, as far as is known" in page
    assert "Ended Friday 27 November" in page
    assert groups() == {"safe": 0, "closed": 1}


@pytest.mark.usefixtures("saturday_28_november")
def test_a_closed_case_keeps_the_day_of_its_end(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    cases.confirm(case_id, ends_on="2027-08-01", note="")
    safe = groups()

    cases.close(case_id, note="")
    page = words(client.get(f"/cases/{case_id}/"))

    assert safe == groups() == {"safe": 1, "closed": 0}
    assert "Ends Sunday 1 August 2027" in page


@pytest.mark.usefixtures("saturday_28_november")
def test_what_goes_on_is_not_called_safe(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    cases.say_sent(case_id, "e-mail", None)

    client.post(f"/cases/{case_id}/happened/", {"what": "resumed"})
    shown = [words(client.get(page)) for page in ("/", "/cases/", "/offline/")]

    assert groups() == {"safe": 0, "closed": 1}
    assert all("No longer followed" in page for page in shown)
