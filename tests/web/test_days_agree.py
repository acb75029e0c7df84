"""Page, list and calendar of a case name the same days, whatever kind of case it is."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.public.due import DueDay
from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, feed, queries, reports
from rescind.app.follow.answers import answers
from rescind.app.follow.days import day_in, today
from rescind.app.follow.planned import letters_to_write
from rescind.app.follow.steps import steps
from rescind.core.model.case import Case
from rescind.store import selectors
from rescind.web.case_card import case_card
from rescind.web.case_story import CaseDays
from tests.conftest import FACTS, SENDER
from tests.web.conftest import stand_at
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_days_they_set import CLICK, CONFIRMED, DUES, NUMBER, noticed
from tests.web.test_desk_pages import ALL_DONE, told
from tests.web.test_first_last_day import (
    NOT_ELIGIBLE,
    cancelled_at_apple,
    line_for,
    part_granted,
)
from tests.web.test_money_from_store import TINDER, herzklick, posted
from tests.web.test_no_notice_came import NO_NOTICE
from tests.web.test_one_day_for_the_bank import SPOTIFY, texan
from tests.web.test_part_of_charges import THREE

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november", "no_calendar"
)


def drafted(facts: Mapping[str, Any], kind: str) -> str:
    return f"/cases/{cases.new_case(facts, SENDER, Wanted(kind=kind))}/"


def sent(facts: Mapping[str, Any], kind: str) -> str:
    sender = FROM_TEXAS if str(facts["country"]).startswith("US") else SENDER
    case_id = cases.new_case(facts, sender, Wanted(kind=kind))
    cases.say_sent(case_id, "post", None)
    return f"/cases/{case_id}/"


def part_confirmed(client: Any, came: str = "") -> str:
    case = part_granted(client)
    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10"})
    if came:
        posted(client, f"{case}confirm/", {"money": "came", "sum": came})
    return case


def all_steps(client: Any, answer: str = "") -> str:
    case, _ = told(client, "Tinder", TINDER)
    client.post(f"{case}steps/", ALL_DONE)
    if answer:
        posted(client, f"{case}reply/", {"words": answer})
    return case


def cancelled_and_confirmed(client: Any) -> str:
    case = cancelled_at_apple(client)
    posted(client, f"{case}confirm/", {"ends_on": "2027-05-25"})
    return case


def charged_since() -> str:
    case = sent(SPOTIFY, "cancel")
    cases.confirm(case.split("/")[2], ends_on="2026-11-28", note="")
    reports.charged(case.split("/")[2], on="2026-11-28", amount="11.99 EUR")
    return case


def answered_and_confirmed(client: Any, answer: str) -> str:
    case = noticed(client, answer)
    posted(client, f"{case}confirm/", {"ends_on": "2027-02-13"})
    return case


def bank_asks(client: Any) -> str:
    case = texan()
    client.post(
        f"{case}letters/?letter=dispute",
        {"letter": "dispute", "sender.name": "Anna Huber", "act": "form:dispute"},
    )
    asks = {"words": "We need the receipt.", "by": "bank", "says_bank": "asks"}
    posted(client, f"{case}reply/", asks | {"until_bank": "2026-12-20"})
    return case


KINDS: dict[str, Callable[[Any], str]] = {
    "a part in Texas is granted": part_granted,
    "its end is confirmed": part_confirmed,
    "the part came": lambda client: part_confirmed(client, "$59"),
    "all of it came": lambda client: part_confirmed(client, "$177"),
    "three charges in Texas": lambda _: sent(THREE, "refund"),
    "a charge recorded later": lambda _: texan(),
    "the bank asks for something": bank_asks,
    "cancelled at Apple, money to be asked for": cancelled_at_apple,
    "its end is confirmed at Apple": cancelled_and_confirmed,
    "withdrawn at Apple": all_steps,
    "Apple refuses": lambda client: all_steps(client, NOT_ELIGIBLE),
    "withdrawn at Google in Austria": herzklick,
    "notice at a gym": lambda client: noticed(client, CONFIRMED),
    "no notice came": lambda client: noticed(client, NO_NOTICE),
    "a number is wanted": lambda client: noticed(client, NUMBER),
    "dues are wanted": lambda client: noticed(client, DUES),
    "dues after the end": lambda client: answered_and_confirmed(client, DUES),
    "a click within a day": lambda client: noticed(client, CLICK),
    "a letter to be sent": lambda _: drafted(FACTS, "withdraw"),
    "one of two letters sent": lambda _: sent(FACTS, "withdraw"),
    "charged after the end": lambda _: charged_since(),
    "a notice by letter": lambda _: sent(SPOTIFY, "cancel"),
}


def in_calendar() -> list[str]:
    """Return the days of the calendar, each as often as it stands there."""
    calendar = feed.due_calendar().content.decode()
    names = re.findall(r"UID:(.*)", calendar)
    assert len(names) == len(set(names))
    return sorted(re.findall(r"DTSTART[^:]*:(\d{8})", calendar))


@pytest.mark.parametrize("kind", KINDS)
def test_page_list_and_calendar_name_the_same_days(client: Any, kind: str) -> None:
    agree(KINDS[kind](client))


@pytest.mark.parametrize("kind", KINDS)
def test_they_do_once_the_first_days_are_over(
    client: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = KINDS[kind](client)
    stand_at(datetime(2026, 12, 14, 18, tzinfo=UTC), monkeypatch)

    agree(address)


def agree(address: str) -> None:
    """Assert that the days of page, list and calendar are the same."""
    name = address.strip("/").split("/")[-1]
    case = selectors.read_case(name)

    card = case_card(case, answers(case), steps(case), letters_to_write(case))
    page = " ".join(row.value for row in card.rows)
    line = line_for(address)
    days = [day for day in queries.due_days(name) if not day.is_past]
    first_last = next((day for day in days if day.due.is_last), None)
    every = {text for day in days for text in in_words(case, day)}

    # what can be lost first stands on the page and in the list
    if first_last is not None:
        texts = in_words(case, first_last)
        assert any(text in page for text in texts)
        assert line.by in texts or line.last.endswith(tuple(texts))
    # each day that page and list count down to is one of those that count
    for row in card.rows:
        if row.left and not row.left.endswith("ago"):
            assert any(text in row.value for text in every), row
    assert not line.by or line.by in every
    # and the calendar has them
    near = [d for d in days if d.due.moment <= clock.now() + feed.AHEAD]
    coming = [day for day in in_calendar() if day >= f"{today(case):%Y%m%d}"]
    assert coming == sorted(f"{day_of(case, day):%Y%m%d}" for day in near)


def day_of(case: Case, day: DueDay) -> date:
    """Return a day on the calendar of its case."""
    by = day.due.by
    return day_in(case, by) if isinstance(by, datetime) else by


def in_words(case: Case, day: DueDay) -> set[str]:
    """Return how page and list may write a day."""
    on, shown = day_of(case, day), CaseDays(case)
    return {shown.day(on), shown.day(on, by_name=False)}
