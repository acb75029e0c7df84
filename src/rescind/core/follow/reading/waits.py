"""What an end waits for: a payment, a thing that is sent back, papers, a condition."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.demands import Demand, Demands
from rescind.core.follow.reading.evidence import Evidence
from rescind.core.follow.reading.figures import FigureWords
from rescind.core.follow.reading.languages import Language
from rescind.core.follow.reading.meaning import (
    CLOSING,
    FAIRLY_SURE,
    RELY,
    Meaning,
)
from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.said import is_stated, refused, saying
from rescind.core.model.message import Label


def or_conditional(
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    figures: Sequence[FigureWords],
    spoken: Sequence[Language],
) -> Meaning:
    """Return that nothing ends yet, where all that ends waits for the reader.

    "We can cancel once you return your key" confirms nothing, whatever day it names.
    What is only said of money ("refunded once you return it") is no such condition.
    """
    is_end = meaning.label in CLOSING
    may_be = meaning.label in _MAY_BE_A_CONDITION and evidence.is_awaited
    if not (is_end or may_be):
        return meaning
    # "if you pay at a store, it goes on there" is no condition of an end
    is_gone = meaning.label is Label.ACCOUNT_DELETED
    waits = tuple(
        sentence
        for sentence in saying(evidence, demands[Demand.CONDITION])
        if any(each.days.ends.search(fold(sentence)) for each in figures)
        and not any(each.cues["refund"].search(fold(sentence)) for each in spoken)
        and not demands[Demand.STAYS].search(fold(sentence))
        and not (is_gone and sentence in evidence.grounds.get(Label.REFUSED, ()))
    )
    if not waits:
        return meaning
    grounds = {*evidence.grounds.get(Label.CONFIRMED, ())}
    if is_end and grounds - {*waits}:
        # another sentence ends it without a condition: a person is to look
        return replace(meaning, sureness=min(meaning.sureness, RELY), needs_person=True)
    return refused(waits)


def or_once_papers_came(
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    figures: Sequence[FigureWords],
) -> Meaning:
    """Return that papers are asked for, where what ends waits for them.

    "It can be ended once we have the death certificate" ends nothing. Where a phrase
    states the end, or a day is told, a person is to look.
    """
    may_be = meaning.label in CLOSING or meaning.label in _MAY_BE_A_CONDITION
    if not may_be or not evidence.is_awaited:
        return meaning
    waits = tuple(
        sentence
        for sentence in saying(evidence, demands[Demand.PAPERS])
        if any(each.days.ends.search(fold(sentence)) for each in figures)
    )
    if not waits:
        return meaning
    if meaning.label in CLOSING and (
        is_stated(meaning, evidence) or evidence.tells_when
    ):
        return replace(meaning, sureness=min(meaning.sureness, RELY), needs_person=True)
    return Meaning(
        label=Label.NEEDS_INFORMATION,
        sureness=FAIRLY_SURE,
        grounds=waits,
        needs_person=meaning.label in CLOSING,
    )


def unless_it_depends(  # noqa: PLR0913, PLR0917 - a message and its languages
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    figures: Sequence[FigureWords],
    spoken: Sequence[Language],
    for_help: re.Pattern[str],
    came_on: date | None,
) -> Meaning:
    """Return an end for a person to look at, where it turns on something else.

    "It ends in May, provided the router is back" is not over yet, whoever has to do
    what. "If you have questions" and an offer to come back are no such conditions.
    """
    if meaning.label is not Label.CONFIRMED or meaning.needs_person:
        return meaning
    ends = tuple(
        sentence
        for sentence in evidence.order
        if any(each.days.ends.search(fold(sentence)) for each in figures)
    )
    turning = (
        folded
        for sentence in ends
        if demands[Demand.DEPENDS].search(folded := fold(sentence))
        and _states_the_end(sentence, ends, evidence, figures, came_on)
        and not any(each.help.search(folded) for each in spoken)
        and not demands[Demand.STAYS].search(folded)
        and not for_help.search(folded)
    )
    hangs = saying(evidence, demands[Demand.HANGS])
    if not any(turning) and not hangs and not _follows(evidence, demands, ends):
        return meaning
    return replace(meaning, sureness=min(meaning.sureness, RELY), needs_person=True)


def _follows(evidence: Evidence, demands: Demands, ends: Sequence[str]) -> bool:
    """Return whether an end follows from a payment that the sentence before asks for.

    "Please pay 22.50. Your contract then ends on 14 December."
    """
    return any(
        demands[Demand.PAY_US].search(fold(before))
        and demands[Demand.THEN].search(fold(sentence))
        for before, sentence in pairwise(evidence.order)
        if sentence in ends
    )


def _states_the_end(
    sentence: str,
    ends: Sequence[str],
    evidence: Evidence,
    figures: Sequence[FigureWords],
    came_on: date | None,
) -> bool:
    """Return whether a sentence that speaks of an end is what states it.

    A phrase finds it there, it names a day, or no other sentence speaks of an end.
    """
    if sentence in evidence.grounds.get(Label.CONFIRMED, ()) or len(ends) == 1:
        return True
    return any(any(find_days(fold(sentence), e.days, came_on)) for e in figures)


_MAY_BE_A_CONDITION = frozenset({Label.INVOICE, Label.OTHER, Label.NEEDS_INFORMATION})
"""What a condition is taken for, as it speaks of money and of things to bring."""
