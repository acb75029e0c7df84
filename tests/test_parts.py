"""States and provinces: asked for where their law decides, and never invented."""

import json
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from rescind.adapters.data.countries import country_code, parts_of, zones_of
from rescind.adapters.data.questions import part_question
from rescind.app.act.batch import answers
from rescind.app.know import check
from rescind.app.know.interview import ask
from rescind.cli.check import check as check_command
from rescind.cli.interview import value_named
from rescind.core.errors import BadInput
from rescind.core.know.interview import next_question
from rescind.core.know.verdict import verdict
from rescind.core.model.source import Span
from rescind.core.model.verdict import Answer

GYM = {
    "service": "other",
    "merchant": "Iron Hall",
    "kind": "gym",
    "channel": "web",
    "country": "US",
    "period": "P1M",
    "purchased_at": "2026-11-24",
    "as_of": "2026-11-25",
}


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("US-ZZ", "US-AZ"),
        ("US-California", "US-CA"),
        ("CA-OO", "CA-ON"),
        ("AU-XX", "AU-NSW"),
        ("IN-Kerla", "IN-KL"),
        ("AU-Q", "AU-QLD"),
    ],
)
def test_an_invented_state_is_refused_with_the_nearest(
    wrong: str, nearest: str
) -> None:
    with pytest.raises(BadInput) as caught:
        check.check(GYM | {"country": wrong})

    assert caught.value.field == "country"
    assert nearest in caught.value.suggestions


def test_an_older_code_of_an_indian_state_is_read_as_the_new_one() -> None:
    assert country_code("IN-OR") == "IN-OD"
    assert country_code("in-ka") == "IN-KA"


def test_a_state_in_two_zones_has_both() -> None:
    names = [str(zone) for zone in zones_of("US-FL")]

    assert names == ["America/New_York", "America/Chicago"]
    assert len(zones_of("US-CA")) == 1


@pytest.mark.parametrize(
    ("bought", "asks_for_state"), [("2026-06-30", False), ("2026-07-01", True)]
)
def test_a_state_is_asked_for_from_the_day_its_right_is_in_force(
    bought: str, *, asks_for_state: bool
) -> None:
    first = date(2026, 7, 1)
    whole = check.law()
    (gym,) = [law for law in whole.withdrawal["US-CA"] if "gym" in law.kinds]
    none = Span(first=None, last=date(2026, 6, 30))
    records = (
        replace(gym, answer=Answer.NO, in_force=none),
        replace(gym, in_force=Span(first=first, last=None)),
    )
    law = replace(whole, withdrawal={"US": whole.withdrawal["US"], "US-CA": records})
    facts = check.check(GYM | {"purchased_at": bought, "as_of": bought}).facts

    topic = verdict(facts, check.find_service("other", GYM), law).topics["withdrawal"]

    assert ("country" in topic.asks) is asks_for_state


@pytest.mark.parametrize("country", ["US", "CA", "AU", "IN"])
def test_every_country_whose_parts_are_on_file_has_its_question(country: str) -> None:
    asked = part_question(country)

    assert asked.text.startswith("Which ")
    assert len(asked.choices) == len(parts_of(country))


def test_the_interview_asks_for_the_state_with_choices() -> None:
    asked = ask(GYM, frozenset({"renews_at"}))

    assert asked.question is not None
    assert asked.question.text == "Which state do you live in?"
    assert ("US-CA", "California") in asked.options


def test_the_state_is_not_asked_for_twice() -> None:
    checked = check.check(GYM | {"country": "US-CA"})

    assert "country" not in checked.verdict.asks
    assert next_question(checked.facts, checked.service, check.law()) != "country"


@pytest.mark.parametrize("typed", ["California", "california", "CA", "ca"])
def test_a_state_can_bevalue_named_as_people_name_it(typed: str) -> None:
    options = tuple(part_question("US").choices.items())

    assert value_named(typed, options) == "US-CA"
    assert value_named("", options) is None
    assert value_named("Atlantis", options) is None


def test_a_batch_names_the_state_as_missing() -> None:
    line = (1, json.dumps(GYM).encode())

    (answer,) = answers([line], {}, jobs=1, brief=True)

    assert answer.is_missing
    assert "country" in json.loads(answer.text)["asks"]


def facts_page(country: str) -> str:
    """Return the page of facts of a gym, with where the person lives filled in."""
    client = Client(headers={"host": "localhost"})
    address = client.post("/new/", {"name": "Iron Hall"})["Location"]
    client.post(address, {"kind": "gym", "channel": "web", "country": country})
    return client.get(address).content.decode()


@pytest.mark.usefixtures("ready_desk")
def test_the_page_asks_for_the_state_with_a_select() -> None:
    text = facts_page("US")

    assert "Which state do you live in?" in text
    assert '<option value="US-CA">California</option>' in text
    assert '<option value="US" selected>United States</option>' in text


def warned(**facts: Any) -> dict[str, str]:
    answer = check.check(GYM | facts).verdict
    return {warning.code: str(dict(warning.says.values)) for warning in answer.warnings}  # type: ignore[union-attr]  # sentences


def test_where_no_law_is_on_file_it_is_said_with_whom_to_ask() -> None:
    assert "attorney general" in warned(country="US-WY")["no_law_on_file"]


def test_where_no_body_is_on_file_either_it_names_none() -> None:
    assert "no_law_on_file_nor_body" in warned(country="BO")


@pytest.mark.parametrize(
    "facts",
    [
        {"country": "US-CA"},
        {"country": None},
        {"country": "MX"},
        {"country": "US"},
        {"country": "DE", "consumer": False},
    ],
)
def test_it_is_not_said_where_law_is_on_file_or_cannot_be_known(
    facts: dict[str, Any],
) -> None:
    assert not [code for code in warned(**facts) if code.startswith("no_law")]


def run_check(*words: str) -> dict[str, Any]:
    """Return what ``rescind check`` prints as JSON for journey 7."""
    said = ["other", "--merchant", "Heartline", "--kind", "dating", *words]
    said += ["--channel", "apple", "--period", "6 months", "--price", "$89.99"]
    said += ["--purchased-at", "25 November 2026", "--as-of", "2026-11-28"]
    done = CliRunner().invoke(check_command, [*said, "--json"])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_journey_7_california_has_three_days_and_asks_apple() -> None:
    topic = run_check("--country", "US-CA")["topics"]["withdrawal"]

    assert topic["answer"] == "yes"
    assert topic["handled_by"] == "Apple"
    assert topic["latest"] == "2026-11-30T23:59:59-08:00"
    assert topic["amount"] == {"amount": "89.99", "currency": "USD"}


def test_journey_7_without_the_state_asks_for_it_and_never_says_no() -> None:
    answer = run_check("--country", "US")

    assert answer["topics"]["withdrawal"]["answer"] == "depends"
    assert "country" in answer["asks"]


_SOLD = ("online", "premises", "door", "phone")
_LATER = ("2026-11-26", "2026-11-30", "2026-12-04")


@pytest.mark.parametrize("country", ["US", "CA", "AU", "IN"])
@pytest.mark.parametrize(
    "kind", ["gym", "dating", "service", "course", "discount_card"]
)
def test_without_the_part_no_day_is_later_than_in_any_part(
    country: str, kind: str
) -> None:
    law = check.law()
    for sold_by, as_of in product(_SOLD, _LATER):
        facts = GYM | {
            "kind": kind,
            "sold_by": sold_by,
            "as_of": as_of,
            "term": "P12M",
            "notice": "P1M",
        }
        whole = check.check(facts | {"country": country}).verdict
        for part in law.parts_of(country):
            there = check.check(facts | {"country": part}).verdict
            for name in ("withdrawal", "cancel"):
                here, day = whole.topics[name], there.topics[name].act_by
                if there.topics[name].answer is Answer.NO or day is None:
                    continue
                if day.date() < date.fromisoformat(as_of):
                    continue
                assert here.act_by is not None, (name, part, sold_by, as_of)
                assert here.act_by.date() <= day.date(), (name, part, sold_by, as_of)
                assert here.answer is not Answer.NO, (name, part, sold_by, as_of)
