"""Whole verdicts and plans, word for word: what changes is seen and meant.

`make golden` writes them anew; the difference is then read like any other change.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.public.plan import plan_json
from rescind.adapters.public.verdict import verdict_json
from rescind.app.act.plan import RawWishes, plan
from rescind.app.know import check

GOLDEN = Path(__file__).with_name("golden")
WRITE = os.environ.get("RESCIND_GOLDEN") == "write"
CASES = read_yaml(GOLDEN / "purchases.yaml")


def told(facts: dict[str, Any]) -> Iterator[str]:
    """Yield a verdict in lines: answers, days, words, and the claims by their ids."""
    answer = verdict_json(check.check(facts).verdict)
    for name, topic in answer["topics"].items():
        shown = [f"{k}={v}" for k, v in topic.items() if v and k not in LISTS]
        yield f"{name}: {' '.join(shown)}"
        yield f"  {len(topic.get('steps', []))} steps"
        yield from (f"  then: {line}" for line in topic.get("then", []))
        for reason in topic["because"]:
            says = " ".join(claim["id"] for claim in reason["claims"])
            other = " ".join(claim["id"] for claim in reason["dissent"])
            yield f"  {reason['code']}: {reason['text']} [{says}] not [{other}]"
        yield from (f"  asks {fact}" for fact in topic["asks"])
    for right in answer["rights"]:
        days = [right[name] for name in ("act_by", "latest", "ends_on")]
        due = [f"{d['who']}: {d['do']} by {d['by']}" for d in right["due"]]
        yield f"right {right['id']}: {right['answer']} {days} {due} {right['asks']}"
    for warning in answer["warnings"]:
        ids = " ".join(claim["id"] for claim in warning.get("claims", []))
        yield f"! {warning['code']}: {warning['text']} [{ids}]"
    yield f"money back: {answer['money_back']}; asks: {answer['asks']}"


LISTS = frozenset({"because", "steps", "then", "asks"})


def planned(facts: dict[str, Any], wishes: dict[str, Any]) -> Iterator[str]:
    """Yield a plan in lines: every course with each reading."""
    made = plan(facts, RawWishes(**wishes))
    answer = plan_json(made.plan, made.decision, made.checked)
    yield f"= {answer['headline']}"
    numbers = [answer[name] for name in ("ends_on", "days_left", "any_day")]
    yield f"  ends on, days left, any day: {numbers}, asks {answer['asks']}"
    for course in [answer["chosen"], *answer["alternatives"]]:
        if course is None:
            continue
        cost = [course["cost"], course["cost_at_best"], course["access_until"]]
        yield f"{course['do']}: {course['text']} {cost} fits={course['fits']}"
        yield f"  loses {course['loses']}"
        for reading in course["readings"]:
            yield f"  {list(reading.values())}"
    for action in answer["actions"]:
        days = [action[name] for name in ("on", "by", "latest")]
        yield f"> {action['do']}: {action['text']} {days} because {action['why']}"
        reach = [action[name] for name in ("to", "how", "letter", "amount")]
        yield f"  to, how, letter, amount: {reach}"


def same(name: str, lines: Iterator[str]) -> None:
    path = GOLDEN / name
    text = "\n".join(lines) + "\n"
    if WRITE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_verdict_is_told_word_for_word(case: dict[str, Any]) -> None:
    facts = {"service": "coursera", "channel": "web"} | case["facts"]

    same(f"verdict-{case['name']}.txt", told(facts))


@pytest.mark.parametrize(
    "case", [c for c in CASES if "wishes" in c], ids=lambda case: str(case["name"])
)
def test_a_plan_is_told_word_for_word(case: dict[str, Any]) -> None:
    facts = {"service": "coursera", "channel": "web"} | case["facts"]
    wishes = {
        name: str(wish) if not isinstance(wish, bool) else wish
        for name, wish in case["wishes"].items()
    }

    same(f"plan-{case['name']}.txt", planned(facts, wishes))
