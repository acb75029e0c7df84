"""What a reader that learnt from examples says, weighed together with the rules.

Structure stays with the rules: quotes, servers, notes of absence. The label comes from
both. A closing is sure only where the reader is above its threshold, a
plain statement says that something ends, and nothing in the message speaks against it.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from rescind.core.follow.reading.ended_before import pooled
from rescind.core.follow.reading.evidence import Evidence
from rescind.core.follow.reading.meaning import (
    CLOSING,
    MOST_WORDS,
    PERSONAL,
    UNSURE,
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
_JUST_BESIDE = frozenset({Label.OFFER, Label.INVOICE})
"""What is said beside an end that a phrase states, and is no answer by itself."""
_OF_MONEY = (Label.REFUND_GRANTED, Label.REFUND_REFUSED)
_ROBOT = re.compile(r"robot|captcha")
NOTHING_SAID = 4
"""Words; whoever writes fewer says nothing that can be learnt: the rules alone read."""
FEWEST_WORDS, FEWEST_WORDS_OF_AN_END = 12, 14
"""A shorter message that a phrase knows is read by the rules: it has little else."""
HEARD_BESIDE = 0.1
"""The share of an end from which on one stands that phrases state beside money."""
HARDLY = 0.02
"""The share of an end below which a reader that hears an offer is against one."""
CERTAIN = 0.9
"""On six writers, each read by what the others taught, no closing was false from here
on whose words speak of an end."""
DATED = 0.92
"""The share from which on a day stands for a phrase: of s, v and aa to ac one false
end lay below it, and eight that were right."""
HEARD = 0.25
"""The share of an end from which on the reader heard one, beside what it calls it."""
BEYOND_DOUBT = 0.97
"""On eight writers (k to r), and on ordinary mail by two, each read by what the others
taught, nothing but money of shops was wrong from here on."""
OUTWEIGHS = 0.95
"""The share from which on an end stands beside a term, a notice period or an offer
that is named: of seven writers four more ends are sure by it, all of them right."""
HEARD_WITHOUT_MATTER = 0.8
"""The share from which on the reader is believed without a word of contracts: of 756
answers that taught nothing 38 had a label so, but for ends and money, all right."""
ENDED_WITHOUT_MATTER = 0.95
"""The same for an end, or money back: 16 of the 756, all right, and none of shops."""
HALF = 0.5
"""Below it the rules, where they are sure, guess better than the reader."""
GUESSED_FROM = 0.6
"""The share from which on a person is told what it seems to be."""
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
    is_end_alone = meaning.label in CLOSING and not evidence.strong(*_OF_MONEY)
    few = FEWEST_WORDS_OF_AN_END if is_end_alone else FEWEST_WORDS
    is_short = evidence.count_words() < few
    if is_short and meaning.label in evidence.grounds:
        return meaning
    shares = pooled(_shares(meaning, opinion), evidence.had_ended)
    label = max(shares, key=lambda each: shares[each])
    if (stated := _by_phrase(meaning, evidence, opinion, shares)) is not None:
        return stated
    is_guess = _is_guess(label, shares[label], evidence)
    evidence.is_of_words_alone = not (evidence.matters or evidence.grounds)
    if is_guess and evidence.is_of_words_alone:
        return NO_MATTER
    is_sure = (
        shares[label] >= _sure_from(label, evidence, opinion)
        and evidence.count_words() <= MOST_WORDS
        and _is_to_the_reader(label, shares[label], evidence)
        and (label not in CLOSING or _is_plainly_over(evidence, shares[label]))
        and _has_matter(label, shares[label], evidence)
        and (label is not Label.REFUND_GRANTED or _is_money(shares[label], evidence))
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


def _is_guess(label: Label, share: float, evidence: Evidence) -> bool:
    """Return whether a label is too little to name it in words of no contract."""
    if evidence.count_words() < FEWEST_WORDS_OF_AN_END and share < CERTAIN:
        return label not in BY_FORM
    is_short = evidence.count_words() < FEWEST_WORDS
    return label in PERSONAL and (share < GUESSED_FROM or is_short)


def _by_phrase(
    meaning: Meaning,
    evidence: Evidence,
    opinion: Opinion,
    shares: Mapping[Label, float],
) -> Meaning | None:
    """Return what the rules are sure of, where the reader is not against it.

    An end stands; a person looks where the reader hears no end in it, but an offer, a
    bill, or a refusal that no phrase says, or hardly knows what else it is.
    """
    most, first = max((share, label) for label, share in shares.items())
    is_of_money = first in _OF_MONEY and first not in evidence.grounds
    if is_of_money and not evidence.is_of_money_back and meaning.label is Label.REFUSED:
        # "we cannot handle it while money is owed" refuses no money
        return meaning
    if meaning.needs_person:
        is_end = meaning.label is Label.CONFIRMED and first is Label.ACKNOWLEDGED
        # a receipt beside a day on which it ends is no mere receipt
        return meaning if is_end and most < CERTAIN else None
    if meaning.label in CLOSING:
        return _by_end(meaning, evidence, opinion, shares)
    unsure = replace(meaning, sureness=UNSURE, needs_person=True)
    if meaning.label is Label.REFUND_GRANTED and meaning.label is not first:
        return unsure if most < GUESSED_FROM else None
    return unsure if most < HALF and meaning.label is Label.REFUSED else None


def _by_end(
    meaning: Meaning,
    evidence: Evidence,
    opinion: Opinion,
    shares: Mapping[Label, float],
) -> Meaning | None:
    """Return an end that the rules are sure of, where the reader is not against it."""
    most, first = max((share, label) for label, share in shares.items())
    over = sum(shares.get(each, 0.0) for each in CLOSING)
    is_declared = evidence.is_declared(meaning.label)
    is_declared = is_declared and _is_plainly_over(evidence, over)
    if first is Label.ACKNOWLEDGED and most >= CERTAIN and not evidence.tells_when:
        # "we confirm that your cancellation has come in": by whatever words, a receipt
        is_declared = False
    if first is Label.REFUSED and most >= CERTAIN and over < HARDLY:
        # "it goes on until the car is taken off the road" ends nothing
        return None
    beside = sum(shares.get(each, 0.0) for each in _SAID_BESIDE)
    heard = over + beside if over >= HEARD else over
    # "we hereby confirm the cancellation" is plain whatever else it sounds like
    both_said = over >= HEARD_BESIDE and evidence.strong(Label.REFUND_GRANTED)
    if heard >= opinion.agreed_from or is_declared or both_said:
        return meaning
    unsure = replace(meaning, sureness=UNSURE, needs_person=True)
    if first is Label.ACKNOWLEDGED and most < CERTAIN and evidence.tells_when:
        # a receipt beside a day on which it ends is no mere receipt
        return unsure
    is_unfounded = first is Label.REFUSED and not evidence.strong(first)
    if first in _JUST_BESIDE or is_unfounded:
        return unsure if over < HARDLY else replace(meaning, needs_person=False)
    return None


def _sure_from(label: Label, evidence: Evidence, opinion: Opinion) -> float:
    """Return from which share on a label is sure; an end that is stated is earlier."""
    sure_from = opinion.sure_from[label]
    is_stated = label in CLOSING and any(each in evidence.grounds for each in CLOSING)
    return min(sure_from, opinion.stated_from) if is_stated else sure_from


def _is_to_the_reader(label: Label, share: float, evidence: Evidence) -> bool:
    """Return whether the reader is meant; "all done, ends on 3 May" has no "you"."""
    if label not in PERSONAL or evidence.is_addressed() or evidence.is_personal:
        return True
    is_money = label in _OF_MONEY and evidence.is_awaited
    return share >= CERTAIN and (label in CLOSING or is_money)


def _has_matter(label: Label, share: float, evidence: Evidence) -> bool:
    """Return whether it is about contracts, as its words or the reader say.

    Shops pay back what was sent back, in the same words: there words have to say so.
    """
    is_end = label in CLOSING or label is Label.REFUND_GRANTED
    least = ENDED_WITHOUT_MATTER if is_end else HEARD_WITHOUT_MATTER
    is_short = evidence.count_words() < FEWEST_WORDS_OF_AN_END
    is_heard = share >= (BEYOND_DOUBT if is_short else least)
    is_about = evidence.is_about_contracts() and not (
        # "the course on Monday is in the large hall" answers no letter
        is_short and evidence.is_of_words_alone
    )
    return label in BY_FORM or is_about or is_heard


def _is_money(share: float, evidence: Evidence) -> bool:
    """Return whether money comes back: "thank you for the 10 EUR" gives none."""
    is_named = evidence.is_of_money_back or Label.REFUND_GRANTED in evidence.grounds
    return is_named or share >= CERTAIN


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
    is_dated = share >= DATED and evidence.tells_when and not evidence.denies_end
    is_stated = is_dated or any(label in evidence.grounds for label in CLOSING)
    is_certain = evidence.says_end and share >= BEYOND_DOUBT and not evidence.denies_end
    return (
        (is_stated or is_certain)
        and not evidence.is_unmet
        and not evidence.taken_back
        and not _asks_for_more(evidence)
        and (share >= OUTWEIGHS or not _sounds_against(evidence))
    )


def _asks_for_more(evidence: Evidence) -> bool:
    """Return whether a sentence asks or sends elsewhere, but for what asks nothing."""
    return any(
        evidence.strong(label) and {*evidence.grounds[label]} - evidence.asides
        for label in ASKS_FOR_MORE
    )


def _sounds_against(evidence: Evidence) -> bool:
    """Return whether a sentence refuses or offers that does not state the end too.

    "By the notice of four weeks it ends on 10 December" sounds like a refusal.
    """
    ends = {*evidence.grounds.get(Label.CONFIRMED, ())}
    return any(
        evidence.strong(label) and {*evidence.grounds[label]} - ends - evidence.asides
        for label in SOUNDS_AGAINST
    )
