"""Every case in tests/cases: facts a lawyer can read, and what must follow."""

from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.yaml import read_yaml
from tests.verdict_cases import play

FILES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in FILES
        for case in read_yaml(path)
    ]


@pytest.mark.parametrize("case", cases())
def test_verdict(case: dict[str, Any]) -> None:
    play({"service": "coursera", "channel": "web"} | case["facts"], case)
