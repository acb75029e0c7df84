"""The interview: raw facts and answers in, the next question out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rescind.adapters.data.questions import Question, part_question, question
from rescind.app.know import check
from rescind.core.facts import FactKind
from rescind.core.know.interview import next_question
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
    name = next_question(checked.facts, checked.service, check.law(), skipped=skipped)
    if name is None:
        return Asked(checked=checked, question=None)
    place = checked.facts.country
    is_part = name == "country" and place is not None
    asked = part_question(place) if is_part and place else question(name)
    return Asked(checked=checked, question=asked, options=_options(checked, asked))


def _options(checked: Checked, asked: Question) -> tuple[tuple[str, str], ...]:
    if asked.fact.kind is FactKind.CHANNEL:
        channels = checked.service.channels
        return tuple((slug, channel.name) for slug, channel in channels.items())
    if asked.fact.kind is FactKind.OFFER:
        return tuple((slug, o.name) for slug, o in checked.service.offers.items())
    return tuple(asked.choices.items())
