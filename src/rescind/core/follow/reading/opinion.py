"""What a reader that learnt from examples says, weighed together with the rules.

Structure stays with the rules: quotes, servers, notes of absence. The label comes from
both. A closing is sure only where the reader is above its threshold, a
plain statement says that something ends, and nothing in the message speaks against it.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rescind.core.follow.reading.ended_before import pooled
from rescind.core.follow.reading.meaning import (
    CLOSING,
    MOST_WORDS,
    PERSONAL,
    Evidence,
    Meaning,
)
from rescind.core.model.message import Label

ASKS_FOR_MORE = frozenset({Label.NEEDS_INFORMATION, Label.REDIRECTED})
"""What a sentence may say so that nothing in the same message closes surely."""
SOUNDS_AGAINST = frozenset({Label.REFUSED, Label.OFFER})
"""What a sentence may say so that only what is beyond doubt closes surely: money that
is refused and an offer to come back stand beside an end."""
_SAID_BESIDE = frozenset({Label.REFUND_GRANTED, Label.OFFER, Label.INVOICE})
"""What an answer that ends it says beside: money back, a last bill, a way to return."""
_ROBOT = re.compile(r"robot|captcha")
NOTHING_SAID = 4
"""Words; whoever writes fewer says nothing that can be learnt: the rules alone read."""
FEWEST_WORDS = 12
"""A shorter message that a phrase knows is read by the rules: it has little else."""
CERTAIN = 0.9
"""On six writers, each read by what the others taught, no closing was false from here
on whose words speak of an end."""
HEARD = 0.25
"""The share of an end from which on the reader heard one, beside what it calls it."""
BEYOND_DOUBT = 0.97
"""On eight writers (k to r), and on ordinary mail by two, each read by what the others
taught, nothing but money of shops was wrong from here on."""
NO_MATTER = Meaning(label=Label.OTHER, sureness=0.5, grounds=(), needs_person=True)
"""Words about anything else: the weather is no confirmation."""
BY_FORM = frozenset({Label.OUT_OF_OFFICE, Label.MARKETING})
"""The words of such messages are about anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a reader that learnt says of a message."""

    points: Mapping[Label, float]
    """How much speaks for each label, as natural logarithms of odds."""
    sure_vote: float
    """What the rules' word adds to their label where they are sure of it."""
    unsure_vote: float
    sure_from: Mapping[Label, float]
    """Of each label: the share from which on it is sure."""
    stated_from: float
    """Where a phrase states an end: the share from which on that is sure."""
    agreed_from: float
    """Where the rules are sure that it is over: the share of all closings together from
    which on their word stands."""


Judge: TypeAlias = Callable[[str, str], Opinion]
"""Gives an opinion on a subject and the new words below it."""


def weigh(meaning: Meaning, evidence: Evidence, opinion: Opinion) -> Meaning:
    """Return the label that the rules and the reader speak for together.

    Its sureness is a share of 1, calibrated on writers whom the reader had not seen.
    """
    if evidence.count_words() < NOTHING_SAID or _is_wall(meaning):
        return meaning
    is_short = evidence.count_words() < FEWEST_WORDS
    if is_short and meaning.label in evidence.grounds:
        return meaning
    shares = pooled(_shares(meaning, opinion), evidence.had_ended)
    if meaning.label in CLOSING and not meaning.needs_person:
        over = sum(shares.get(each, 0.0) for each in CLOSING)
        is_declared = evidence.is_declared(meaning.label)
        is_declared = is_declared and _is_plainly_over(evidence, over)
        beside = sum(shares.get(each, 0.0) for each in _SAID_BESIDE)
        heard = over + beside if over >= HEARD else over
        # "we hereby confirm the cancellation" is plain whatever else it sounds like
        if heard >= opinion.agreed_from or is_declared:
            return meaning
    label = max(shares, key=lambda each: shares[each])
    if label in PERSONAL and not evidence.matters and not evidence.grounds:
        return NO_MATTER
    is_sure = (
        shares[label] >= _sure_from(label, evidence, opinion)
        and evidence.count_words() <= MOST_WORDS
        and _is_to_the_reader(label, shares[label], evidence)
        and (label not in CLOSING or _is_plainly_over(evidence, shares[label]))
        and _has_matter(label, shares[label], evidence)
    )
    if label is Label.OUT_OF_OFFICE and not is_sure and label not in evidence.grounds:
        # "I take fifty photos a day while on vacation"
        return NO_MATTER
    return Meaning(
        label=label,
        sureness=round(shares[label], 2),
        grounds=tuple(evidence.grounds.get(label, ())),
        needs_person=not is_sure,
    )


def _sure_from(label: Label, evidence: Evidence, opinion: Opinion) -> float:
    """Return from which share on a label is sure; an end that is stated is earlier."""
    sure_from = opinion.sure_from[label]
    is_stated = label in CLOSING and any(each in evidence.grounds for each in CLOSING)
    return min(sure_from, opinion.stated_from) if is_stated else sure_from


def _is_to_the_reader(label: Label, share: float, evidence: Evidence) -> bool:
    """Return whether the reader is meant; "all done, ends on 3 May" has no "you"."""
    if label not in PERSONAL or evidence.is_addressed() or evidence.is_personal:
        return True
    return label in CLOSING and share >= CERTAIN


def _has_matter(label: Label, share: float, evidence: Evidence) -> bool:
    """Return whether it is about contracts, as its words or the reader say.

    Shops pay back what was sent back, in the same words: there words have to say so.
    """
    is_heard = share >= BEYOND_DOUBT and label is not Label.REFUND_GRANTED
    return label in BY_FORM or evidence.is_about_contracts() or is_heard


def _is_wall(meaning: Meaning) -> bool:
    """Return whether the rules found a page that only lets people through."""
    return meaning.label is Label.REDIRECTED and any(
        _ROBOT.search(sentence.casefold()) for sentence in meaning.grounds
    )


def _shares(meaning: Meaning, opinion: Opinion) -> dict[Label, float]:
    """Return how likely each label is, all together 1."""
    points = dict(opinion.points)
    vote = opinion.unsure_vote if meaning.needs_person else opinion.sure_vote
    if meaning.label in points and meaning.label is not Label.OTHER:
        points[meaning.label] += vote
    most = max(points.values())
    odds = {label: math.exp(each - most) for label, each in points.items()}
    return {label: each / sum(odds.values()) for label, each in odds.items()}


def _is_plainly_over(evidence: Evidence, share: float) -> bool:
    """Return whether something is plainly said to be over, with nothing against it.

    A phrase says it, or a day of the end; a clause that only speaks of an end is
    enough where the reader is as good as certain.
    """
    is_stated = evidence.tells_when or any(
        label in evidence.grounds for label in CLOSING
    )
    is_certain = evidence.says_end and share >= CERTAIN
    return (
        (is_stated or is_certain)
        and not evidence.is_unmet
        and not evidence.taken_back
        and not evidence.strong(*ASKS_FOR_MORE)
        and (share >= BEYOND_DOUBT or not _sounds_against(evidence))
    )


def _sounds_against(evidence: Evidence) -> bool:
    """Return whether a sentence refuses or offers that does not state the end too.

    "By the notice of four weeks it ends on 10 December" sounds like a refusal.
    """
    ends = {*evidence.grounds.get(Label.CONFIRMED, ())}
    return any(
        evidence.strong(label) and {*evidence.grounds[label]} - ends
        for label in SOUNDS_AGAINST
    )
