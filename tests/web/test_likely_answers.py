"""An answer that is most likely a confirmation is asked about, not taken as one."""

from typing import Any

import pytest

from rescind.app.follow import cases, queries
from tests.conftest import SENDER
from tests.web.test_desk_pages import _today, client, words

__all__ = ["_today", "client"]
pytestmark = pytest.mark.usefixtures("ready_desk")

STUDIO = {
    "service": "other",
    "merchant": "Studio Garnix",
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-01-15",
    "term": "P12M",
    "notice": "P1M",
    "price": "39 EUR",
    "period": "P1M",
}
RECEIVED_AND_ENDS = (
    "Hiermit bestätigen wir Ihnen den Eingang Ihrer Kündigung. "
    "Ihr Vertrag endet zum {day}. Mit freundlichen Grüßen"
)


def answered(client: Any, day: str) -> tuple[str, str]:
    """Return a case whose notice was answered with a day, and its page in words."""
    case_id = cases.new_case(STUDIO, SENDER)
    cases.say_sent(case_id, "post", None)
    address = f"/cases/{case_id}/"
    written = {"words": RECEIVED_AND_ENDS.format(day=day)}
    return case_id, words(client.post(f"{address}reply/", written, follow=True))


def test_a_likely_confirmation_is_a_question_with_a_yes(client: Any) -> None:
    case_id, page = answered(client, "14.01.2027")

    assert "seems to confirm Thursday 14 January 2027. Is that so?" in page
    assert "Yes, it ends then" in page
    assert "has not confirmed" not in page
    assert queries.show_case(case_id)["state"] == "answered"

    taken = {"ends_on": "2027-01-14"}
    settled = words(client.post(f"/cases/{case_id}/confirm/", taken, follow=True))
    assert "Ends on Thursday 14 January 2027" in settled


def test_yes_to_a_later_day_sets_it_beside_the_right_one(client: Any) -> None:
    case_id, page = answered(client, "14.01.2028")
    shown = client.get(f"/cases/{case_id}/")

    assert "seems to confirm Friday 14 January 2028. Is that so?" in page
    assert "/confirm/" not in shown.content.decode().split("Their words")[0]

    digest = queries.show_case(case_id)["events"][-1]["details"]["message"]
    reads = {"reads_as": "confirmed"}
    address = f"/cases/{case_id}/reads/{digest}/"
    after = words(client.post(address, reads, follow=True))

    assert "says it ends on Friday 14 January 2028: later than it should" in after
    assert "Ask for Thursday 14 January 2027" in after
