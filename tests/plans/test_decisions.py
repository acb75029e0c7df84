"""Decisions: what is told first, when it ends, and what is to be done."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.public.plan import plan_json
from rescind.app.act.plan import plan
from tests.sentences import gaps

CASES = read_yaml(Path(__file__).with_name("decisions.yaml"))
PEOPLE = read_yaml(Path(__file__).with_name("people.yaml"))
OTHER = {"service": "other", "merchant": "Firm", "channel": "web"}


def look_up(answer: Any, path: str) -> Any:
    for name in path.split("."):
        if answer is None:
            return None
        answer = answer[int(name)] if isinstance(answer, list) else answer[name]
    return answer


def day(when: str) -> date:
    return datetime.fromisoformat(when).date()


@pytest.mark.parametrize("case", [*CASES, *PEOPLE], ids=lambda case: str(case["name"]))
def test_a_decision(case: dict[str, Any]) -> None:
    facts = OTHER | {"service": "other"} | case["facts"]
    if facts["service"] != "other":
        del facts["merchant"]
    made = plan({name: value for name, value in facts.items() if value is not None})
    answer = plan_json(made.plan, made.decision, made.checked)

    expected = {
        path: value.isoformat() if isinstance(value, date) else value
        for path, value in case["expect"].items()
    }
    found = {
        path: [action["do"] for action in answer["do"]]
        if path == "do"
        else look_up(answer, path)
        for path in expected
    }
    assert found == expected
    assert not gaps(answer)
    assert not [
        action["do"]
        for action in answer["actions"]
        if action["by"]
        and action["latest"]
        and day(action["latest"]) < day(action["by"])
    ]
    if "headline" in case:
        assert answer["headline"] == case["headline"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_course_that_is_called_best_begins_as_the_headline_does(
    case: dict[str, Any],
) -> None:
    facts = OTHER | case["facts"]
    if facts["service"] != "other":
        del facts["merchant"]
    made = plan({name: value for name, value in facts.items() if value is not None})
    answer = plan_json(made.plan, made.decision, made.checked)
    first = answer["do"][0]["do"]

    if answer["chosen"] is not None:
        assert answer["chosen"]["text"] in BEGINS.get(first, IN_ORDER)


IN_ORDER = ("The steps in this order.",)
BEGINS = {
    "cancel": (
        *("Cancel now.", "Cancel later.", "Cancel on the last safe day."),
        "Cancel on the first day that it can be done.",
        *IN_ORDER,
    ),
    "withdraw": ("Withdraw by law.", *IN_ORDER),
    "keep_confirmation": ("Do nothing.", *IN_ORDER),
}
