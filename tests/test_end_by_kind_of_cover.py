"""An end by a law that is for some kinds of cover says "if", and what is insured."""

from typing import Any, cast

import pytest

from rescind.adapters.public.decision import answer_json
from rescind.app.act import letters
from rescind.app.act.plan import plan
from rescind.cli.answer import show_answer
from rescind.core.act.letter import as_text
from rescind.core.follow.due import days_of
from rescind.labels import say
from rescind.web.answer_card import card
from tests.given import SENDER

COVER: dict[str, Any] = {
    "service": "other",
    "merchant": "Assur",
    "kind": "insurance",
    "channel": "web",
    "country": "FR",
    "term": "P12M",
    "renewal_term": "P12M",
    "notice": "P2M",
    "period": "P1Y",
    "price": "400 EUR",
    "purchased_at": "2025-03-15",
    "as_of": "2026-11-10",
    "renewal_notice_given": True,
}


def test_what_is_insured_decides_and_is_asked() -> None:
    found = plan(COVER)

    assert say(found.decision.headline) == (
        "Cancel with Assur today, and ask for your 103.01 EUR back; "
        "it ends on 10 December if it insures car, home or health."
    )
    assert found.decision.asks[0] == "everyday_cover"


def test_the_letter_names_no_day_and_no_sum_that_turn_on_it() -> None:
    wanted = letters.Wanted(kind="cancel", language="en")

    text = as_text(letters.write(COVER, SENDER, wanted).letter)

    assert "10 December" not in text
    assert "103.01" not in text


def test_cover_of_a_listed_kind_ends_a_month_after_the_notice() -> None:
    found = plan(COVER | {"everyday_cover": True})

    assert say(found.decision.headline).endswith("it ends on 10 December.")
    assert "103.01 EUR" in say(found.decision.headline)
    assert not found.checked.verdict.topics["cancel"].ends_if_unbound


def test_other_cover_ends_with_its_own_term() -> None:
    found = plan(COVER | {"everyday_cover": False})

    assert say(found.decision.headline).endswith("it ends on 14 March 2027.")
    assert "claim" not in say(found.decision.headline)


def test_a_term_that_nobody_told_and_the_cover_are_said_together() -> None:
    left_out = {name: value for name, value in COVER.items() if name != "term"}

    found = plan(left_out)

    assert "everyday_cover" in found.decision.asks


def _due(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a case for these facts names to do, and its day."""
    found = plan(facts)
    days = days_of(cast("dict[str, Any]", answer_json(found.checked, found.decision)))
    return [(say(day.text), str(day.by)) for day in days if day.what == "cancel"]


SAFE = "Last safe moment to cancel."


def test_the_last_day_of_other_cover_is_not_lost() -> None:
    """An end on any day is only of some cover: the contract's own last day stands."""
    assert _due(COVER) == [(SAFE, "2027-01-13")]


def test_the_last_day_is_not_lost_where_a_reminder_may_open_it_sooner() -> None:
    unknown = {n: value for n, value in COVER.items() if n != "renewal_notice_given"}

    assert _due(unknown | {"everyday_cover": False}) == [(SAFE, "2027-01-13")]


def test_the_first_day_of_a_way_out_is_called_no_last_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A year is over on 10 December: any day from then on will do."""
    ahead = COVER | {"purchased_at": "2025-12-10", "everyday_cover": True}
    ahead |= {"withdrawal_informed": True}

    first = "The first day on which it can be cancelled."
    assert _due(ahead) == [(first, "2026-12-10")]
    show_answer(plan(ahead))
    told = " ".join(capsys.readouterr().out.split())
    assert "from 10 December on, by e-mail" in told
    assert "by 10 December" not in told
    course = plan(ahead).plan.best
    assert course is not None
    assert course.do == "cancel_on_first_day"
    (row,) = (row for row in card(plan(ahead)).rows if row.what == "From")
    assert (row.value, row.left) == ("Thursday 10 December", "not before")
