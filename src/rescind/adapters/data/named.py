"""The words by which answers name what they rely on, from the data."""

import re
from collections.abc import Mapping
from functools import cache

from rescind.adapters.data.phrasebooks import FOLDER
from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.named import NamedThing
from rescind.core.follow.reading.phrases import any_of
from rescind.core.follow.set_day import Counted, SettingWords

_LONG = r"(?=\w{4})"
"""A month's name of four letters or more is no other word, as "may" is."""
_NO_DAY_BEFORE = r"(?<!\d )(?<!\d\. )(?<!\d de )(?<!\d(?:st|nd|rd|th) )"
_NO_DAY_AFTER = r"(?!\W{1,2}\d{1,2}(?!\d))"
"""What is told beside a month that is one of a day: 10 December, December 10."""


@cache
def named() -> Mapping[NamedThing, re.Pattern[str]]:
    """Return by what an answer is known to name what it relies on."""
    entry = read_yaml(FOLDER / "named.yaml")
    patterns = {each: any_of(entry[each.value]) for each in NamedThing if each in entry}
    return patterns | {NamedThing.PERIOD: _months()}


@cache
def by_when() -> re.Pattern[str]:
    """Return the words that stand before the day by which something is wanted."""
    return any_of(read_yaml(FOLDER / "named.yaml")["by"])


@cache
def setting_words() -> SettingWords:
    """Return the words by which an answer sets a day for its reader."""
    entry = read_yaml(FOLDER / "named.yaml")
    return SettingWords(
        asks=any_of(entry["asks"]),
        tells=any_of(entry["tells"]),
        by=by_when(),
        within=any_of(entry["within"]),
        units={unit: any_of(entry[unit.value]) for unit in Counted},
    )


def _months() -> re.Pattern[str]:
    """Return a pattern of the months in every language, without a day beside them."""
    entries = read_yaml(FOLDER / "figures.yaml").values()
    names = "|".join(sorted({str(n) for entry in entries for n in entry["months"]}))
    found = rf"(?<!\w){_LONG}(?:{names})(?!\w)"
    return re.compile(f"{_NO_DAY_BEFORE}{found}{_NO_DAY_AFTER}")
