"""One day a case: the list, the case and its letters name the same one."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.follow import cases, queries
from rescind.app.know import checks
from rescind.core.follow.due_day import DueKind
from rescind.store import listing
from rescind.store.checks import change
from rescind.web.case_lines import case_lines
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")
CLUB = {
    "service": "other",
    "merchant": "Zappel Club",
    "kind": "gym",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-01-01",
    "term": "P12M",
    "notice": "P1M",
    "price": "30 EUR",
    "period": "P1M",
}


def test_a_case_that_waits_names_one_day_in_the_list_and_on_its_page(
    client: Any,
) -> None:
    case_id = cases.new_case(CLUB, SENDER)
    cases.say_sent(case_id, "post", None)

    due = queries.due_days(case_id)
    rows = [r for r in listing.listed_cases(clock.now()) if r.id == case_id]
    line = case_lines(rows, due).waiting[0]

    confirm = next(d.due.by for d in due if d.due.what is DueKind.CONFIRMATION)
    # the last safe moment to cancel is none any more: the letter went out
    assert all(day.due.what is not DueKind.CANCEL for day in due)
    assert f"{confirm.day} {confirm:%B}" in line.by
    assert line.by in words(client.get("/cases/"))
    assert f"{confirm.day} {confirm:%B}" in words(client.get(f"/cases/{case_id}/"))


def test_a_day_that_is_today_is_said_once(client: Any) -> None:
    case_id = cases.new_case(CLUB | {"purchased_at": "2025-12-29"}, SENDER)

    due = queries.due_days(case_id)
    rows = [r for r in listing.listed_cases(clock.now()) if r.id == case_id]
    line = case_lines(rows, due).act[0]

    assert line.by == "today"
    assert line.left == ""
    assert "today today" not in words(client.get("/cases/"))


def test_two_contracts_of_somebody_who_died_are_told_apart(client: Any) -> None:
    facts = {"holder": "Erna Müller"}
    names = ("9,99", "24,99")
    ids = []
    for price in names:
        begun = checks.begin(
            "Vodafone", {"price": f"{price} €", "paid_at": "2026-11-12"}
        )
        record = change(begun.id, now=clock.now(), letters={"all": facts})
        told = CLUB | {"price": f"{price.replace(',', '.')} EUR"}
        ids.append(cases.new_case(told, SENDER, case_id=record.id))

    page = words(client.get("/cases/"))

    for price in names:
        sum_ = price.replace(",", ".")
        assert f"(contract of Erna Müller, €{sum_}, last paid 12 Nov" in page
    assert "last paid 12 November 2026" in page
    assert "contract of Erna Müller" in words(client.get(f"/cases/{ids[0]}/"))
