"""An end by a law that is for some kinds of cover says "if", and what is insured."""

from typing import Any

from rescind.app.act import letters
from rescind.app.act.plan import plan
from rescind.core.act.letter import as_text
from rescind.labels import say
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
        "Cancel with Assur as soon as you can, and ask for your 103.01 EUR back; "
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
