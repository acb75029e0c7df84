"""The words of finding: each is said somewhere, and each code that is said has one."""

import re
from pathlib import Path

import rescind.core.find
from rescind.adapters.data.words import ENGLISH
from rescind.core.find.rhythm import THIRTY_DAYS, USUAL_GAPS, Rhythm
from rescind.core.model.descriptor import Channel, Kind

SOURCES = Path(rescind.core.find.__file__).parent.glob("*.py")
MADE = {f"words_of_{kind.value}" for kind in Kind} | {
    f"through_{channel.value}" for channel in Channel if channel != Channel.DIRECT
}
"""Codes that are made of a kind or a channel."""


def test_every_reason_has_its_words_and_no_word_is_left_over() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    codes = {*re.findall(r'Sentence\.of\(\s*"find",\s*"(\w+)"', text)}
    wishes = {*re.findall(r'wishes\.append\("(\w+)"\)', text)}

    assert set(ENGLISH.table("find")) == codes | wishes | MADE


def test_every_rhythm_has_a_name_for_its_interval() -> None:
    rhythms = {
        Rhythm(unit, count, 1, 0, 1, 0, 0, 1.0, 1.0).iso
        for _, _, periods in USUAL_GAPS
        for unit, count in (*periods, ("D", THIRTY_DAYS))
    }

    assert set(ENGLISH.table("interval")) == rhythms
