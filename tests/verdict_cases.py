"""Cases in YAML, played: facts a lawyer can read, and what must follow from them."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters.public.verdict import verdict_json
from rescind.app.know import check
from tests.sentences import gaps


def look_up(answer: Any, path: str) -> Any:
    """Return what a dotted path names; lists of reasons are read as their codes."""
    for part in path.split("."):
        answer = answer[int(part) if isinstance(answer, list) else part]
    if isinstance(answer, list) and answer and isinstance(answer[0], dict):
        return [item["code"] for item in answer]
    return answer


def play(facts: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    """Check the facts and compare with what the case expects, includes, excludes."""
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
