"""Languages in which messages are read: phrases from the data, months from CLDR."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.reading.amounts import month_patterns
from rescind.core.follow.reading.meaning import CUT, STRONG, WEAK, Language
from rescind.core.follow.reading.message import Tongues
from rescind.core.follow.reading.phrases import any_of, compile_phrase, fold
from rescind.core.follow.reading.transport import Wording
from rescind.core.model.message import Label

FOLDER = SHIPPED / "reading"
CODES = ("en", "de", "fr", "es", "it", "nl", "sv", "pt")
_LABELS = frozenset(Label)
_LISTS = ("thing", "done", "refund")


@cache
def languages() -> tuple[Language, ...]:
    """Return every language that messages are read in."""
    return tuple(_language(read_yaml(FOLDER / f"{code}.yaml")) for code in CODES)


def _language(entry: Mapping[str, Any]) -> Language:
    words = {name: entry[name] for name in _LISTS}
    months = _months(entry["language"])
    joins = "|".join(re.escape(word) for word in entry["joins"])
    return Language(
        code=entry["language"],
        common=frozenset(entry["common"]),
        joins=re.compile(rf"{CUT}|(?<!\w)(?:{joins})(?!\w)", re.IGNORECASE),
        negations=any_of(entry["negations"]),
        conditions=any_of(entry["conditions"]),
        later=any_of(entry["later"]),
        help=any_of(entry["help"]),
        cues={name: _one_pattern(words_, {}) for name, words_ in entry["cues"].items()},
        phrases=_phrases(entry, words),
        negative=_one_pattern(entry["confirmed"]["negative"], words),
        period_end=_one_pattern(entry["period_end"], {}),
        immediate=_one_pattern(entry["immediate"], {}),
        months=months,
        days=month_patterns(months),
    )


def _phrases(
    entry: Mapping[str, Any], words: Mapping[str, list[str]]
) -> dict[tuple[Label, int], re.Pattern[str]]:
    return {
        (Label(name), strength): _one_pattern(lists[key], words)
        for name, lists in entry.items()
        if name in _LABELS
        for key, strength in (("strong", STRONG), ("weak", WEAK))
        if key in lists
    }


def _one_pattern(phrases: list[str], words: Mapping[str, list[str]]) -> re.Pattern[str]:
    return re.compile("|".join(compile_phrase(p, words).pattern for p in phrases))


def _months(code: str) -> dict[str, int]:
    """Return the names of months, whole and cut, folded as messages are."""
    months = Locale.parse(code).months["format"]
    return {
        fold(str(name)).rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in months[width].items()
    }


@cache
def quotes() -> tuple[re.Pattern[str], ...]:
    """Return the lines that begin a quote, in every language."""
    return tuple(
        re.compile(line)
        for code in CODES
        for line in read_yaml(FOLDER / f"{code}.yaml")["quoted"]
    )


@cache
def tongues() -> Tongues:
    """Return all that messages are read with."""
    entry = read_yaml(FOLDER / "transport.yaml")
    names = ("senders", "subjects", "permanent", "soft", "delayed", "automatic")
    wording = Wording(**{name: _one_pattern(entry[name], {}) for name in names})
    return Tongues(languages=languages(), quotes=quotes(), wording=wording)
