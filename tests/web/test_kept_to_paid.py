"""A contract without commitment ends with what is paid for, where no law pays back."""

from typing import Any

import pytest

from rescind.adapters.public.plan import plan_json
from rescind.app.act.plan import RawWishes
from rescind.app.act.plan import plan as made
from rescind.app.follow import cases
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

STREAMING = {
    "service": "other",
    "merchant": "CinemaVivo",
    "kind": "streaming",
    "sold_by": "online",
    "channel": "web",
    "country": "IT",
    "purchased_at": "2025-10-05",
    "term": "P1M",
    "renewal_term": "P1M",
    "period": "P1M",
    "price": "11.99 EUR",
    "paid_at": "2026-11-05",
    "renewal_notice_given": "no",
}
PHONE = {
    **STREAMING,
    "merchant": "MobiLibre",
    "kind": "telecom",
    "country": "FR",
    "purchased_at": "2025-01-12",
    "term": "none",
    "notice": "none",
    "paid_at": "2026-11-12",
    "renewal_term": "",
    "renewal_notice_given": "",
}
YEAR = {**STREAMING, "term": "P12M", "renewal_term": "P12M"}


def decided(facts: dict[str, str], as_of: str = "2026-11-29") -> tuple[object, object]:
    """Return when it ends, and whether that day is for any notice."""
    told = {name: text for name, text in facts.items() if text}
    found = made({**told, "as_of": as_of}, RawWishes())
    answer = plan_json(found.plan, found.decision, found.checked)
    return answer["ends_on"], answer["any_day"]


@pytest.mark.parametrize(
    ("facts", "ends_on"), [(STREAMING, "2026-12-04"), (PHONE, "2026-12-11")]
)
def test_it_ends_with_what_is_paid_for_where_sooner_wins_nothing(
    facts: dict[str, str], ends_on: str
) -> None:
    assert decided(facts) == (ends_on, False)


def test_who_is_bound_for_longer_leaves_at_once() -> None:
    assert decided(YEAR)[0] == "2026-11-29"


def test_their_answer_with_the_day_that_is_paid_for_is_right(client: Any) -> None:
    told = {name: text for name, text in STREAMING.items() if text}
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
