"""A letter told as sent some time ago: the record stands on that day alone."""

from typing import Any

import pytest

from rescind.app.follow import cases
from rescind.store import selectors
from rescind.web.sheets import sheets_out
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

STREAM = {
    "service": "other",
    "merchant": "Fjordstream",
    "kind": "streaming",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2025-03-01",
    "period": "P1M",
    "price": "12.99 EUR",
}


def sent(on: str | None) -> str:
    case_id = str(cases.new_case(STREAM, SENDER))
    cases.say_sent(case_id, "by registered post", on)
    return case_id


def test_what_happened_stands_on_the_day_that_was_told(client: Any) -> None:
    page = words(client.get(f"/cases/{sent('2025-11-25')}/"))

    assert "Tuesday 25 November 2025, written down today" in page
    assert "Today, " not in page.split("What happened")[1].split("Letters")[0]


def test_a_letter_written_later_is_not_passed_off_as_what_went_out(client: Any) -> None:
    case_id = sent("2025-11-25")

    (sheet,) = sheets_out(selectors.read_case(case_id))
    page = words(client.get(f"/cases/{case_id}/"))

    assert sheet.note.startswith("Its text was written here on 29 November, after")
    assert sheet.note in page
    # counted from the day that was told; the text of today names another one
    record = page.split("Full record")[1]
    assert record.count("asks to be confirmed by") == 1
    assert "asks to be confirmed by: 29 November 2025" in record


def test_a_letter_of_today_is_what_went_out(client: Any) -> None:
    case_id = sent(None)

    (sheet,) = sheets_out(selectors.read_case(case_id))

    assert not sheet.note
    assert "written down" not in words(client.get(f"/cases/{case_id}/"))
