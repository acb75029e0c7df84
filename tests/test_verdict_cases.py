"""Every case in tests/cases: facts a lawyer can read, and what must follow."""

from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.public.verdict import verdict_json
from rescind.app.know import check
from tests.sentences import gaps

FILES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in FILES
        for case in read_yaml(path)
    ]


def look_up(answer: Any, path: str) -> Any:
    """Return what a dotted path names; lists of reasons are read as their codes."""
    for part in path.split("."):
        answer = answer[int(part) if isinstance(answer, list) else part]
    if isinstance(answer, list) and answer and isinstance(answer[0], dict):
        return [item["code"] for item in answer]
    return answer


@pytest.mark.parametrize("case", cases())
def test_verdict(case: dict[str, Any]) -> None:
    facts = {"service": "coursera", "channel": "web"} | case["facts"]

    answer = verdict_json(check.check(facts).verdict)

    topics = {
        **answer["topics"],
        "asks": answer["asks"],
        "warnings": answer["warnings"],
        "money_back": answer["money_back"],
        "rights": {right["id"]: right for right in answer["rights"]},
    }
    found = {path: look_up(topics, path) for path in case.get("expect", {})}
    assert found == case.get("expect", {})
    assert not gaps(answer)
    for path, codes in case.get("includes", {}).items():
        assert set(codes) <= set(look_up(topics, path)), path
    for path, codes in case.get("excludes", {}).items():
        assert not set(codes) & set(look_up(topics, path)), path
