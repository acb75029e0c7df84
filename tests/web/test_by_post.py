"""A notice by post counts from its arrival: the end follows the way of sending."""

from datetime import date
from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.follow import cases
from rescind.app.follow.ends import end_by_way
from rescind.core.act.letter import as_text
from rescind.core.model.route import By
from rescind.labels import say
from rescind.store import selectors
from tests.given import SENDER
from tests.web.test_desk_pages import told, words

ITALIAN: dict[str, Any] = {
    "service": "other",
    "merchant": "Telefonia Azzurra",
    "kind": "telecom",
    "channel": "direct",
    "sold_by": "premises",
    "country": "IT",
    "purchased_at": "2026-02-01",
    "term": "P24M",
    "price": "14.99 EUR",
    "period": "P1M",
    "as_of": "2026-11-30",
}
"""Thirty days of notice at any time (DL 7/2007 art. 1(3)): 30 December by e-mail."""
LATER = "4 January 2027"


def written(by: str | None, **facts: Any) -> letters.Written:
    wanted = letters.Wanted(kind="cancel", language="en", by=by)
    return letters.write(ITALIAN | facts, SENDER, wanted)


def problems(made: letters.Written) -> set[str]:
    return {problem.code for problem in made.letter.problems}


def test_the_letter_names_the_end_of_a_notice_that_is_there_later() -> None:
    mailed, posted = written(None), written(By.POST.value)

    assert "30 December 2026" in as_text(mailed.letter)
    assert LATER in as_text(posted.letter)
    assert "counts_from_arrival" in problems(posted) - problems(mailed)


def test_a_month_that_is_longer_moves_the_end_by_more_days() -> None:
    # France, Code des assurances L113-15-2: a month from the day it is there, the 5th
    insured = {"kind": "insurance", "country": "FR", "everyday_cover": True}
    insured |= {"purchased_at": "2025-01-13", "term": "P12M", "renewal_term": "P12M"}
    insured |= {"notice": "P2M", "period": "P1Y", "paid_at": "2026-01-13"}
    insured |= {"renewal_notice_given": True, "sold_by": "online"}

    mailed, posted = written(None, **insured), written(By.POST.value, **insured)

    assert "ends on 30 December 2026" in as_text(mailed.letter)
    assert "ends on 5 January 2027" in as_text(posted.letter)
    (note,) = (p for p in posted.letter.problems if p.code == "counts_from_arrival")
    assert "the end moves to 5 January 2027" in say(note.says)


@pytest.mark.parametrize(
    "facts",
    [
        # a term with its own last day for the notice: the way itself tells of that
        {"country": "BR", "kind": "gym", "notice": "P1M"},
        # ended before: nothing is on its way any more
        {"cancelled_at": "2026-11-20"},
        # tomorrow's charge makes no end that moves by days
        {"country": "US", "kind": "service", "term": None},
        # before the day of arrival a fact would lie in the past that may not
        {"renews_at": "2026-12-03", "country": "US", "kind": "service"},
    ],
)
def test_any_other_end_stays_as_it_is(facts: dict[str, Any]) -> None:
    mailed, posted = written(None, **facts), written(By.POST.value, **facts)

    assert as_text(mailed.letter) == as_text(posted.letter)
    assert "counts_from_arrival" not in problems(posted)


@pytest.mark.usefixtures("ready_desk", "saturday_28_november")
@pytest.mark.parametrize(
    ("way", "ends_on"),
    [("e-mail", date(2026, 12, 28)), ("by registered post", date(2027, 1, 2))],
)
def test_a_case_names_the_end_by_the_way_it_was_sent(way: str, ends_on: date) -> None:
    told = ITALIAN | {"as_of": "2026-11-28"}
    case_id = cases.new_case(told, SENDER, letters.Wanted(kind="cancel"))
    cases.say_sent(case_id, way, None)

    assert end_by_way(selectors.read_case(case_id)) == ends_on


@pytest.mark.usefixtures("ready_desk", "saturday_28_november")
def test_an_end_that_days_on_the_way_would_move_by_a_year_is_held_to() -> None:
    gym = {"country": "BR", "kind": "gym", "notice": "P1M", "as_of": "2026-11-28"}
    told = ITALIAN | gym | {"purchased_at": "2025-01-01", "term": "P12M"}
    case_id = cases.new_case(told, SENDER, letters.Wanted(kind="cancel"))
    before = end_by_way(selectors.read_case(case_id))
    cases.say_sent(case_id, "by registered post", None)

    assert end_by_way(selectors.read_case(case_id)) == before


TYPED = {
    "kind": "telecom",
    "sold_by": "premises",
    "channel": "web",
    "country": "IT",
    "purchased_at": "1.2.2026",
    "term": "P24M",
    "price": "14,99",
    "period": "P1M",
}


@pytest.mark.usefixtures("ready_desk", "saturday_28_november")
def test_choosing_post_moves_the_end_in_the_letter(client: Any) -> None:
    address, _ = told(client, "Telefonia Azzurra", TYPED)
    english = {"cancel.language": "en"}
    mailed = client.post(f"{address}letters/", english | {"way-1": "email"})
    posted = client.post(f"{address}letters/", english | {"way-1": "post"})
    again = client.get(f"{address}letters/")

    assert "28 December 2026" in words(mailed)
    assert "2 January 2027" in words(posted)
    assert "2 January 2027" in words(again)
    assert 'name="way-1" value="post" checked' in again.content.decode()
