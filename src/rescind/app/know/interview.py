"""The interview: raw facts and answers in, the next question out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.questions import Question, part_question, question
from rescind.app.know import check
from rescind.app.know.prices import PriceOnFile, prices_on_file
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
    offered: tuple[PriceOnFile, ...] = ()
    """Sums on file, of which one may be the answer; any other is one as well."""


MOST_QUESTIONS = 10
"""Questions that are put at most about a contract that no entry describes."""


def ask(
    raw: Mapping[str, Any], skipped: frozenset[str] = frozenset(), *, asked: int = 0
) -> Asked:
    """Return the verdict on what is known and the question that helps most.

    ``skipped`` are facts that the person does not know; ``asked`` counts the questions
    that were put before. Raises BadInput.
    """
    checked = check.check(raw)
    if checked.service.slug == check.OTHER and asked >= MOST_QUESTIONS:
        return Asked(checked=checked, question=None)
    describe = check.described if checked.service.slug == check.OTHER else None
    name = next_question(
        checked.facts,
        checked.service,
        check.law(),
        skipped=skipped,
        describe=describe and partial(describe, checked.service.name),
    )
    if name is None:
        return Asked(checked=checked, question=None)
    place = checked.facts.country
    is_part = name == "country" and place is not None
    put = part_question(place) if is_part and place else question(name)
    return Asked(
        checked=checked,
        question=put,
        options=_options(checked, put),
        offered=_prices(checked) if name == "price" else (),
    )


def _prices(checked: Checked) -> tuple[PriceOnFile, ...]:
    facts = checked.facts
    return prices_on_file(
        checked.service,
        clock.today(),
        country=facts.country,
        offer=facts.offer,
        channel=facts.channel,
    )


def _options(checked: Checked, asked: Question) -> tuple[tuple[str, str], ...]:
    if asked.fact.kind is FactKind.CHANNEL:
        channels = checked.service.channels
        return tuple((slug, channel.name) for slug, channel in channels.items())
    if asked.fact.kind is FactKind.OFFER:
        return tuple((slug, o.name) for slug, o in checked.service.offers.items())
    return tuple(asked.choices.items())
