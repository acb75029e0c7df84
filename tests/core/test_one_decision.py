"""One decision: verdict, plan and letter name the same days, people and actions.

Random contracts of every kind, place, channel and date; what must hold for each of
them is said by the tests' names. The generator knows the facts' names and nothing of
the rules.
"""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.public.decision import answer_json
from rescind.adapters.public.plan import plan_json
from rescind.app.act import letters
from rescind.app.act.plan import Planned, plan
from rescind.app.know.check import catalogue, law
from rescind.core.act.decision import headline
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.facts import day_of
from tests.conftest import MUTANTS, SENDER

pytestmark = pytest.mark.usefixtures("lines_not_counted")
"""Twenty thousand contracts take two and a half times as long while lines are counted;
every line is reached elsewhere."""
CONTRACTS = 200 if MUTANTS else 4_000
SEED = 20261128
LETTERS_EVERY = 10
"""One contract in so many has its letter written too."""
STORES = ("apple", "google")
ENDS = ("effective", "effective-chosen", "effective-event", "effective-earliest")
_LENGTHS = ("P1M", "P3M", "P6M", "P12M", "P24M", "P2W", "P14D", "P30D")
_PERIODS = ("P1M", "P3M", "P1Y", "P1W", "P4W")


@cache
def places() -> tuple[str, ...]:
    """Return every place that some law on file is about, and some that none is."""
    named = {place for right in law().rights for place in right.regions}
    return (*sorted(named | set(law().withdrawal)), "BO", "IS", "US-WY")


def contract(dice: random.Random) -> dict[str, Any]:
    """Return one purchase as a person could describe it."""
    as_of = date(2026, 11, 28) + timedelta(days=dice.randrange(-400, 400))
    bought = as_of - timedelta(days=int(dice.expovariate(1 / 300)))
    facts: dict[str, Any] = {
        "as_of": as_of.isoformat(),
        "purchased_at": dice.choice([bought.isoformat()] * 9 + [None]),
        "country": dice.choice([*places(), None]),
        "channel": dice.choice(
            ["web"] * 6 + ["paypal", "apple", "google", "partner", None]
        ),
        "price": dice.choice(["12.99 EUR", "240 USD", "1200 JPY", None]),
    }
    if dice.random() < 0.4:
        service = catalogue().service("coursera")
        facts |= {"service": "coursera", "offer": dice.choice([*service.offers, None])}
    else:
        facts |= {
            "service": "other",
            "merchant": dice.choice(
                ["Firm", "The Very Long Name of One Firm Ltd", "Ö"]
            ),
            "kind": dice.choice(FACTS["kind"].choices),
            "period": dice.choice([*_PERIODS, None]),
            "term": dice.choice([*_LENGTHS, None, None, None]),
            "notice": dice.choice([*_LENGTHS, None, None]),
            "renewal_term": dice.choice([*_LENGTHS, None, None]),
            "sold_by": dice.choice([*FACTS["sold_by"].choices, None]),
        }
    for name, chance in {
        "cancelled_at": 0.15,
        "paid_at": 0.2,
        "died_at": 0.03,
        "withdrawn_at": 0.05,
        "moved_at": 0.05,
    }.items():
        if dice.random() < chance:
            days = dice.randrange((as_of - bought).days + 1)
            facts[name] = (bought + timedelta(days=days)).isoformat()
    for name in (
        "had_trial",
        "withdrawal_informed",
        "start_requested",
        "renewal_notice_given",
        "charge_unauthorised",
    ):
        facts[name] = dice.choice([True, False, None, None, None])
    facts["payment_method"] = dice.choice(["visa-debit", "sepa-debit", None, None])
    return {name: value for name, value in facts.items() if value is not None}


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    """Let the contracts go once the module is done: they fill a gigabyte."""
    yield
    decided.cache_clear()


@cache
def decided() -> tuple[tuple[dict[str, Any], Planned], ...]:
    """Return the contracts that make sense, each with its decision."""
    dice = random.Random(SEED)
    return tuple(judged(dice))


def judged(dice: random.Random) -> Iterator[tuple[dict[str, Any], Planned]]:
    for _ in range(CONTRACTS):
        facts = contract(dice)
        try:
            yield facts, plan(facts)
        except BadInput:
            continue  # facts that contradict each other are refused


def told(facts: dict[str, Any]) -> str:
    return json.dumps(facts)


def test_most_contracts_make_sense() -> None:
    assert len(decided()) > 0.7 * CONTRACTS


def test_check_and_plan_name_the_same_day_and_the_same_actions() -> None:
    for facts, made in decided():
        answer = answer_json(made.checked, made.decision)
        planned = plan_json(made.plan, made.decision, made.checked)

        assert answer["ends_on"] == answer["topics"]["cancel"]["ends_on"], told(facts)
        assert planned["ends_on"] == answer["ends_on"], told(facts)
        assert answer["do"] == planned["do"], told(facts)
        assert [a["do"] for a in planned["actions"]] == [a["do"] for a in answer["do"]]
        assert answer["days_left"] == planned["days_left"], told(facts)


def test_a_headline_is_one_short_sentence_without_a_gap() -> None:
    for facts, made in decided():
        text = answer_json(made.checked, made.decision)["headline"]

        assert 3 < len(text.split()) <= 25, (text, told(facts))
        assert text.endswith("."), text
        assert not re.search(r"None|[{}]|  |\b[a-z]+_[a-z]+|\bP\d+[DWMY]", text), text


def test_a_claim_that_turns_on_an_open_answer_says_if_and_asks_that_first() -> None:
    for facts, made in decided():
        lead = made.plan.actions[0]
        if lead.answer == "depends" and lead.to is not None and lead.do != "cancel":
            assert headline(made.checked, made.plan).code.endswith("_depends"), told(
                facts
            )
            assert made.decision.asks[0] in lead.asks, told(facts)


def test_no_day_that_is_named_lies_in_the_past() -> None:
    for facts, made in decided():
        answer = answer_json(made.checked, made.decision)
        today = day_of(made.checked.facts.as_of, made.checked.facts.zones)

        for action in answer["do"]:
            is_ahead = action["by"] is None or (action["days_left"] or 0) >= 0
            assert is_ahead, (action, told(facts))
        if made.checked.facts.cancelled_at is None and made.decision.ends_on:
            assert made.decision.ends_on >= today - timedelta(days=1), told(facts)


def test_what_can_be_done_on_any_day_has_no_last_one() -> None:
    for facts, made in decided():
        cancel = made.checked.verdict.topics["cancel"]
        if cancel.any_day:
            assert (cancel.act_by, cancel.latest) == (None, None), told(facts)
        if made.decision.any_day:
            assert made.decision.days_left is None, told(facts)


def test_nothing_is_written_to_a_merchant_who_does_not_bill() -> None:
    for facts, made in decided():
        merchant = made.checked.service.name
        biller = made.checked.verdict.topics["cancel"].handled_by
        for action in made.plan.actions:
            if action.to == merchant:
                assert biller == merchant, told(facts)
            if facts.get("channel") in STORES and action.how != "bank":
                assert action.letter is None or biller not in ("Apple", "Google Play")


def test_whoever_else_decides_is_always_asked() -> None:
    for facts, made in decided():
        cancel, given = made.checked.verdict.topics["cancel"], made.checked.facts
        is_another = cancel.handled_by not in (None, made.checked.service.name)
        if is_another and given.cancelled_at is None and not cancel.nothing_comes:
            assert made.plan.actions[0].to is not None, told(facts)


def test_no_action_is_offered_that_is_impossible_now() -> None:
    for facts, made in decided():
        offered = {other.do for other in made.plan.alternatives}
        biller = made.checked.verdict.topics["cancel"].handled_by
        if "upgrade_and_back_out" in offered:
            assert "cancelled_at" not in facts
            assert biller == made.checked.service.name, told(facts)
        if "cancelled_at" in facts:
            assert "cancel" not in {action.do for action in made.plan.actions}


@pytest.mark.parametrize("part", range(2))
def test_the_letter_names_the_decision_s_day_and_whoever_bills(part: int) -> None:
    english = CldrFormat("en", "GB")
    for facts, made in decided()[part::LETTERS_EVERY]:
        kind = next((a.letter for a in made.plan.actions if a.letter), "cancel")
        now = datetime.combine(date.fromisoformat(facts["as_of"]), datetime.min.time())
        wanted = letters.Wanted(kind="cancel", language="en-GB")
        written = letters.write(facts, SENDER, wanted, now=now.replace(tzinfo=UTC))
        letter, ends_on = written.letter, made.decision.ends_on
        biller = made.checked.verdict.topics["cancel"].handled_by
        ends = [p for p in letter.paragraphs if p.id in ENDS]

        assert biller is None or letter.recipient.name == biller, told(facts)
        assert len(ends) == 1, (kind, told(facts))
        cancel = made.checked.verdict.topics["cancel"]
        is_open = cancel.ends_if_unbound or cancel.ends_counted_back
        if ends_on is None or (is_open and ends[0].id == "effective-earliest"):
            # a day that turns on a term or a notice nobody told is not named as sure
            assert ends[0].id == "effective-earliest", told(facts)
        else:
            assert english.day(ends_on) in ends[0].text, (ends[0].text, told(facts))
