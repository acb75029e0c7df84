"""The interview: raw facts and answers in, the next question out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rescind.app.know import check
from rescind.core.know.interview import next_question
from rescind.core.know.questions import QUESTIONS, Question
from rescind.core.model.checked import Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The verdict so far, and what to ask next."""

    checked: Checked
    question: Question | None
    """``None``: no answer would change the verdict."""
    options: tuple[tuple[str, str], ...] = ()
    """Values to choose from, with what they are called."""


def ask(raw: Mapping[str, Any], skipped: frozenset[str] = frozenset()) -> Asked:
    """Return the verdict on what is known and the question that helps most.

    ``skipped`` are facts that the person does not know. Raises BadInput.
    """
    checked = check.check(raw)
    fact = next_question(checked.facts, checked.service, check.law(), skipped=skipped)
    if fact is None:
        return Asked(checked=checked, question=None)
    question = QUESTIONS[fact]
    return Asked(checked=checked, question=question, options=_options(checked, fact))


def _options(checked: Checked, fact: str) -> tuple[tuple[str, str], ...]:
    if fact == "channel":
        channels = checked.service.channels
        return tuple((slug, channel.name) for slug, channel in channels.items())
    if fact == "offer":
        return tuple((slug, o.name) for slug, o in checked.service.offers.items())
    return tuple((value, value) for value in QUESTIONS[fact].options)
