"""The record of what moving each threshold does fits the thresholds as they are."""

import re
from pathlib import Path

import pytest

from rescind.core.find import thresholds

ROOT = Path(__file__).parents[2]
SOURCE = Path(thresholds.__file__).read_text(encoding="utf-8")
PAGE = (ROOT / "docs/algorithms/thresholds.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| `([A-Z_]+)` \| (\S+) \|.*\| ([a-z ]+?)(?:: [^|]*)? \|$", re.MULTILINE
)
RECORD = {name: (value, word) for name, value, word in ROW.findall(PAGE)}
NAMES = [name for name in vars(thresholds) if name.isupper()]


def test_each_threshold_is_on_record_once_and_no_other_is() -> None:
    assert [row[0] for row in ROW.findall(PAGE)] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_threshold_has_the_value_that_was_measured(name: str) -> None:
    value, word = RECORD[name]

    assert f"{getattr(thresholds, name):,}" == value
    assert re.search(rf"^{name} = \S+  # {word}$", SOURCE, re.MULTILINE)
