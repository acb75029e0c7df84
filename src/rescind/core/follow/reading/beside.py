"""What stands beside a label and overrules it: a call, paper, a renewal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.demands import Demand
from rescind.core.follow.reading.figures import FigureWords
from rescind.core.follow.reading.languages import Language
from rescind.core.follow.reading.meaning import (
    CLOSING,
    FAIRLY_SURE,
    RELY,
    UNSURE,
    Evidence,
    Meaning,
)
from rescind.core.follow.reading.phrases import fold
from rescind.core.model.message import Label


def with_what_stands_beside(  # noqa: PLR0913, PLR0917 - a message and its languages
    meaning: Meaning,
    evidence: Evidence,
    demands: Mapping[Demand, re.Pattern[str]],
    for_help: re.Pattern[str],
    figures: Sequence[FigureWords],
    spoken: Sequence[Language],
    came_on: date | None,
) -> Meaning:
    """Return what a message means once all that it wants is looked at.

    ``for_help`` are words by which a call is only for whoever has questions.
    """
    meaning = _or_redirected(meaning, evidence, demands, for_help)
    meaning = _or_conditional(meaning, evidence, demands, figures, spoken)
    meaning = _unless_it_depends(
        meaning, evidence, demands, figures, spoken, for_help, came_on
    )
    meaning = _or_on_paper(meaning, evidence, demands)
    meaning = _or_renewal(meaning, evidence, demands, figures, came_on)
    return _unless_it_goes_on(meaning, evidence, demands)


def _or_redirected(
    meaning: Meaning,
    evidence: Evidence,
    demands: Mapping[Demand, re.Pattern[str]],
    for_help: re.Pattern[str],
) -> Meaning:
    """Return that one is sent to the telephone, where all else they do is note it.

    "Noted, but call us, else it goes on" ends nothing, asks who nobody is, and is no
    refusal either.
    """
    calls = tuple(
        sentence
        for sentence in _saying(evidence, demands[Demand.BY_PHONE])
        if not for_help.search(fold(sentence))
    )
    is_refusal = meaning.label is Label.REFUSED and not set(meaning.grounds) <= {*calls}
    is_noted = meaning.label in _NOTED and not is_refusal
    if not calls or not is_noted or any(each in evidence.grounds for each in CLOSING):
        return meaning
    return Meaning(
        label=Label.REDIRECTED,
        sureness=FAIRLY_SURE,
        grounds=calls,
        needs_person=False,
    )


_NOTED = frozenset(
    {Label.ACKNOWLEDGED, Label.NEEDS_INFORMATION, Label.REFUSED, Label.OTHER}
)


def _or_conditional(
    meaning: Meaning,
    evidence: Evidence,
    demands: Mapping[Demand, re.Pattern[str]],
    figures: Sequence[FigureWords],
    spoken: Sequence[Language],
) -> Meaning:
    """Return that nothing ends yet, where all that ends waits for the reader.

    "We can cancel once you return your key" confirms nothing, whatever day it names.
    What is only said of money ("refunded once you return it") is no such condition.
    """
    waits = tuple(
        sentence
        for sentence in _saying(evidence, demands[Demand.CONDITION])
        if any(each.days.ends.search(fold(sentence)) for each in figures)
        and not any(each.cues["refund"].search(fold(sentence)) for each in spoken)
        and not demands[Demand.STAYS].search(fold(sentence))
    )
    is_end = meaning.label in CLOSING
    may_be = meaning.label in _MAY_BE_A_CONDITION and evidence.is_awaited
    if not waits or not (is_end or may_be):
        return meaning
    grounds = {*evidence.grounds.get(Label.CONFIRMED, ())}
    if is_end and grounds - {*waits}:
        # another sentence ends it without a condition: a person is to look
        return replace(meaning, sureness=min(meaning.sureness, RELY), needs_person=True)
    return _refused(waits)


def _unless_it_depends(  # noqa: PLR0913, PLR0917 - a message and its languages
    meaning: Meaning,
    evidence: Evidence,
    demands: Mapping[Demand, re.Pattern[str]],
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
    if not any(turning) and not _saying(evidence, demands[Demand.HANGS]):
        return meaning
    return replace(meaning, sureness=min(meaning.sureness, RELY), needs_person=True)


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


def _or_on_paper(
    meaning: Meaning, evidence: Evidence, demands: Mapping[Demand, re.Pattern[str]]
) -> Meaning:
    """Return that it is refused, where it is noted and handled once paper has come."""
    papers = _saying(evidence, demands[Demand.ON_PAPER])
    is_noted = meaning.label is Label.ACKNOWLEDGED
    return _refused(papers) if papers and is_noted else meaning


def _or_renewal(
    meaning: Meaning,
    evidence: Evidence,
    demands: Mapping[Demand, re.Pattern[str]],
    figures: Sequence[FigureWords],
    came_on: date | None,
) -> Meaning:
    """Return a notice of what is to be paid, where it says that it is about to renew.

    "It ends on the 30th and renews for a year": the day is that of the next charge.
    """
    renews = tuple(
        sentence
        for sentence in _saying(evidence, demands[Demand.RENEWS])
        if not any(each.sums.nothing.search(fold(sentence)) for each in figures)
    )
    if meaning.label not in CLOSING or not renews:
        return meaning
    grounds = {*evidence.grounds.get(meaning.label, ())}
    tells_day = any(
        any(find_days(fold(sentence), each.days, came_on))
        for sentence in renews
        for each in figures
    )
    if grounds - {*renews} or not tells_day:
        # another sentence ends it, or the terms are only quoted: a person is to look
        sureness = min(meaning.sureness, UNSURE)
        return replace(meaning, sureness=sureness, needs_person=True)
    return Meaning(
        label=Label.INVOICE, sureness=FAIRLY_SURE, grounds=renews, needs_person=False
    )


def _refused(grounds: tuple[str, ...]) -> Meaning:
    return Meaning(
        label=Label.REFUSED, sureness=FAIRLY_SURE, grounds=grounds, needs_person=False
    )


def _saying(evidence: Evidence, said: re.Pattern[str]) -> tuple[str, ...]:
    """Return the sentences in which something is said."""
    return tuple(each for each in evidence.order if said.search(fold(each)))


def _unless_it_goes_on(
    meaning: Meaning, evidence: Evidence, demands: Mapping[Demand, re.Pattern[str]]
) -> Meaning:
    """Return an end for a person to look at, where a sentence says that it goes on.

    What ended may be an extra, another tariff, or the cancellation itself.
    """
    is_end = meaning.label in CLOSING
    if not is_end or not _saying(evidence, demands[Demand.GOES_ON]):
        return meaning
    return replace(meaning, sureness=min(meaning.sureness, UNSURE), needs_person=True)


_MAY_BE_A_CONDITION = frozenset({Label.INVOICE, Label.OTHER, Label.NEEDS_INFORMATION})
"""What a condition is taken for, as it speaks of money and of things to bring."""
