"""Statements: what a letter says, short enough for a field of a store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rescind.adapters.data.letters import DEFAULT, language_of, languages
from rescind.app.act.letters import Wanted, Written, write
from rescind.app.act.workbench import NAME_TO_COME
from rescind.core.act.letter import as_form_text
from rescind.core.act.letter_money import money_asked
from rescind.core.errors import BadInput

_SAID = frozenset(
    {"declare", "declare-undated", "declare-goods", "received", "uninformed", "rely"}
    | {"restarted", "repay", "repay-by", "sum"}
)
"""Clauses that declare a withdrawal, say by what, and ask for the money."""
_WITHDRAW = "withdraw"


def statements(facts: Mapping[str, Any], sender: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the statement of a withdrawal: in the law's language, then in English.

    Facts are in standard form. Empty where no letter can be written from them, or
    where it would declare nothing.
    """
    theirs = language_of(str(facts.get("country") or "") or None)
    first = theirs if theirs in languages(_WITHDRAW) else DEFAULT
    found = (_statement(facts, sender, tag) for tag in dict.fromkeys((first, DEFAULT)))
    return tuple(text for text in found if text)


def demanded_by(facts: Mapping[str, Any], sender: Mapping[str, Any]) -> date | None:
    """Return by when the statement of a withdrawal demands the money; ``None``: none.

    The day is counted from today, as in the words themselves.
    """
    if not statements(facts, sender):
        return None
    theirs = language_of(str(facts.get("country") or "") or None)
    tag = theirs if theirs in languages(_WITHDRAW) else DEFAULT
    written = _written(facts, sender, tag)
    asked = money_asked(written.matter, written.letter) if written else None
    return asked.by if asked is not None else None


def _written(
    facts: Mapping[str, Any], sender: Mapping[str, Any], tag: str
) -> Written | None:
    known = {name: value for name, value in sender.items() if value}
    who = {"name": NAME_TO_COME, "country": facts.get("country"), **known}
    try:
        return write(facts, who, Wanted(kind=_WITHDRAW, language=tag))
    except BadInput:
        return None


def _statement(facts: Mapping[str, Any], sender: Mapping[str, Any], tag: str) -> str:
    written = _written(facts, sender, tag)
    if written is None:
        return ""
    letter = written.letter
    said = tuple(each for each in letter.paragraphs if each.id in _SAID)
    if not any(each.id.startswith("declare") for each in said):
        return ""
    return as_form_text(replace(letter, paragraphs=said), None) or ""
