"""What stands beside a label and overrules it: a call, paper, a renewal."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.demands import Demand, Demands
from rescind.core.follow.reading.evidence import Evidence
from rescind.core.follow.reading.figures import FigureWords
from rescind.core.follow.reading.languages import Language
from rescind.core.follow.reading.meaning import (
    CLOSING,
    FAIRLY_SURE,
    UNSURE,
    Meaning,
)
from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.said import is_stated, refused, saying
from rescind.core.follow.reading.sums import money_back, sums_in
from rescind.core.follow.reading.waits import (
    or_conditional,
    or_once_papers_came,
    unless_it_depends,
)
from rescind.core.model.message import Label


def with_what_stands_beside(  # noqa: PLR0913, PLR0917 - a message and its languages
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    for_help: re.Pattern[str],
    figures: Sequence[FigureWords],
    spoken: Sequence[Language],
    came_on: date | None,
) -> Meaning:
    """Return what a message means once all that it wants is looked at.

    ``for_help`` are words by which a call is only for whoever has questions.
    """
    is_unknown = evidence.is_of_words_alone and meaning.needs_person
    if is_unknown and (evidence.is_of_nobody() or meaning.label in CLOSING):
        return meaning
    meaning = _or_not_received(meaning, evidence, demands)
    meaning = _or_declined(meaning, evidence, demands)
    meaning = _or_refused_again(meaning, evidence, demands, figures)
    meaning = _or_to_be_paid(meaning, evidence, demands)
    meaning = _or_redirected(meaning, evidence, demands, for_help)
    meaning = or_conditional(meaning, evidence, demands, figures, spoken)
    meaning = or_once_papers_came(meaning, evidence, demands, figures)
    meaning = unless_it_depends(
        meaning, evidence, demands, figures, spoken, for_help, came_on
    )
    meaning = _or_on_paper(meaning, evidence, demands)
    meaning = _or_renewal(meaning, evidence, demands, figures, came_on)
    return _unless_it_goes_on(meaning, evidence, demands, figures)


def _or_not_received(meaning: Meaning, evidence: Evidence, demands: Demands) -> Meaning:
    """Return a refusal, where no notice is said to have come.

    "We have no record of your cancellation" ends nothing, though it speaks of one. "If
    we receive none" says nothing of what came, and who ends it after all says so by a
    phrase in another sentence.
    """
    lacks = tuple(
        sentence
        for sentence in saying(evidence, demands[Demand.NOT_RECEIVED])
        if not demands[Demand.DEPENDS].search(fold(sentence))
        and not sentence.rstrip().endswith("?")
    )
    is_bill = meaning.label is Label.INVOICE and not meaning.needs_person
    if not lacks or meaning.label not in _OF_A_NOTICE or is_bill:
        return meaning
    if meaning.label not in CLOSING and evidence.is_of_nobody():
        return meaning
    ends = {each for label in CLOSING for each in evidence.grounds.get(label, ())}
    if ends - {*lacks}:
        return meaning
    runs_on = (Demand.RENEWS, Demand.GOES_ON)
    if any(saying(evidence, demands[each]) for each in runs_on):
        # the day that it names is that of the next charge
        return refused(lacks)
    if meaning.label in CLOSING and evidence.tells_when:
        # some sentence names a day on which something ends: a person is to look
        sureness = min(meaning.sureness, UNSURE)
        return replace(meaning, sureness=sureness, needs_person=True)
    return refused(lacks)


def _or_declined(meaning: Meaning, evidence: Evidence, demands: Demands) -> Meaning:
    """Return that money is refused, where a decision says so, whoever helps on.

    "Your request has been declined. For help, contact the developer" sends one on too.
    """
    declined = saying(evidence, demands[Demand.DECLINED])
    is_unclear = meaning.needs_person and meaning.label in _SAID_WITH_A_DECISION
    is_sent_on = meaning.label is Label.REDIRECTED or is_unclear
    if not declined or not is_sent_on or evidence.is_of_nobody():
        return meaning
    return refused(declined, Label.REFUND_REFUSED)


def _or_refused_again(
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    figures: Sequence[FigureWords],
) -> Meaning:
    """Return a refusal, where words of money or an end are only those of one.

    "We decline a further refund" grants none, and "we stand by our decision" is about
    what was refused before.
    """
    no_money = saying(evidence, demands[Demand.NO_MONEY])
    if _is_bill(meaning, evidence, demands):
        return meaning
    stands = saying(evidence, demands[Demand.STANDS_BY])
    is_open = meaning.label is Label.CONFIRMED and meaning.needs_person
    is_kept = is_open and stands and not is_stated(meaning, evidence)
    if not is_kept and not _may_be_refused(meaning, evidence, figures, no_money):
        return meaning
    is_money = meaning.label is _GRANTED
    is_open_end = meaning.needs_person and _speaks_of_end(meaning, evidence)
    if no_money and (is_open_end or (meaning.needs_person and evidence.is_of_nobody())):
        # shops and friends say so too: whoever wrote it is not known to answer; and
        # "you did not cancel, and no money is due" speaks of an end
        unsure = refused(no_money, Label.REFUND_REFUSED)
        return replace(unsure, sureness=UNSURE, needs_person=True)
    if no_money:
        return refused(no_money, Label.REFUND_REFUSED)
    if not stands:
        return meaning
    return refused(stands, Label.REFUND_REFUSED if is_money else Label.REFUSED)


def _may_be_refused(
    meaning: Meaning,
    evidence: Evidence,
    figures: Sequence[FigureWords],
    no_money: Sequence[str],
) -> bool:
    """Return whether a message may only speak of what it refuses.

    No phrase states what it is taken for; no sum comes back, and nothing ends. A sum
    in a sentence by which no money comes back is what is refused.
    """
    if is_stated(meaning, evidence):
        return False
    if meaning.label is _GRANTED:
        sums = [each.sums for each in figures[:1]]
        others = [each for each in evidence.order if each not in no_money]
        is_paid = money_back(others, (), sums, is_granted=False)
        speaks = any(sums_in(fold(each), w) for each in others for w in sums)
        is_sure = meaning.sureness >= BEYOND_DOUBT and (speaks or not no_money)
        return is_paid is None and not is_sure
    if meaning.label is Label.CONFIRMED and evidence.tells_when:
        return False
    if _speaks_of_end(meaning, evidence):
        return bool(no_money) and meaning.needs_person
    if meaning.label is Label.ACKNOWLEDGED:
        return meaning.sureness < BEYOND_DOUBT
    # shops and landlords ask for money, and give none, in the same words
    is_of_nobody = evidence.is_of_nobody()
    unclear = _UNCLEAR - {Label.INVOICE} if is_of_nobody else _UNCLEAR
    is_weak = meaning.sureness < HARDLY_SURE or (
        meaning.label not in evidence.grounds and bool(no_money)
    )
    is_open = meaning.needs_person or (is_weak and not is_of_nobody)
    return is_open and meaning.label in unclear


def _is_bill(meaning: Meaning, evidence: Evidence, demands: Demands) -> bool:
    """Return whether a bill is one by its words: a phrase, or what is to be paid."""
    asks = (Demand.PAY_US, Demand.TO_PAY, Demand.FEE)
    return meaning.label is Label.INVOICE and (
        is_stated(meaning, evidence)
        or any(saying(evidence, demands[each]) for each in asks)
    )


def _speaks_of_end(meaning: Meaning, evidence: Evidence) -> bool:
    return meaning.label is Label.CONFIRMED and evidence.says_end


def _or_to_be_paid(meaning: Meaning, evidence: Evidence, demands: Demands) -> Meaning:
    """Return a bill, where the money that is spoken of is asked of the reader."""
    asks = saying(evidence, demands[Demand.PAY_US])
    if meaning.label is not _GRANTED or not asks or is_stated(meaning, evidence):
        return meaning
    return Meaning(
        label=Label.INVOICE, sureness=FAIRLY_SURE, grounds=asks, needs_person=False
    )


_OF_A_NOTICE = CLOSING | {Label.ACKNOWLEDGED, Label.INVOICE, Label.OTHER}
"""What words about a notice that never came are taken for."""
_GRANTED = Label.REFUND_GRANTED
_UNCLEAR = frozenset(
    {Label.CONFIRMED, Label.OTHER, Label.NEEDS_INFORMATION, Label.INVOICE}
)
"""What a refusal is taken for where nobody is sure, as it speaks of the same things."""
_SAID_WITH_A_DECISION = frozenset({Label.ACKNOWLEDGED, Label.OTHER})
"""What a decision on money is taken for, where nobody is sure."""
HARDLY_SURE = 0.8
"""Below it words by which money is refused count for more than what was learnt."""
BEYOND_DOUBT = 0.95
"""What is read so surely is what it is read as."""


def _or_redirected(
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    for_help: re.Pattern[str],
) -> Meaning:
    """Return that one is sent to the telephone, where all else they do is note it.

    "Noted, but call us, else it goes on" ends nothing, asks who nobody is, and is no
    refusal either.
    """
    calls = tuple(
        sentence
        for sentence in saying(evidence, demands[Demand.BY_PHONE])
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


def _or_on_paper(meaning: Meaning, evidence: Evidence, demands: Demands) -> Meaning:
    """Return that it is refused, where it is noted and handled once paper has come."""
    papers = saying(evidence, demands[Demand.ON_PAPER])
    is_asked = meaning.label is Label.NEEDS_INFORMATION and meaning.needs_person
    is_noted = meaning.label is Label.ACKNOWLEDGED or is_asked
    return refused(papers) if papers and is_noted else meaning


def _or_renewal(
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    figures: Sequence[FigureWords],
    came_on: date | None,
) -> Meaning:
    """Return a notice of what is to be paid, where it says that it is about to renew.

    "It ends on the 30th and renews for a year": the day is that of the next charge.
    """
    renews = tuple(
        sentence
        for sentence in saying(evidence, demands[Demand.RENEWS])
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


def _unless_it_goes_on(
    meaning: Meaning,
    evidence: Evidence,
    demands: Demands,
    figures: Sequence[FigureWords],
) -> Meaning:
    """Return an end for a person to look at, where a sentence says that it goes on.

    What ended may be an extra, another tariff, or the cancellation itself.
    """
    is_end = meaning.label in CLOSING
    kept = tuple(
        sentence
        for sentence in evidence.grounds.get(Label.REFUSED, ())
        if any(each.days.ends.search(fold(sentence)) for each in figures)
    )
    if meaning.label is Label.ACCOUNT_DELETED and kept:
        # the account is gone, and the contract is not let go, or only if there is one
        if all(demands[Demand.DEPENDS].search(fold(each)) for each in kept):
            return replace(meaning, sureness=UNSURE, needs_person=True)
        return refused(kept)
    if not is_end or not saying(evidence, demands[Demand.GOES_ON]):
        return meaning
    return replace(meaning, sureness=min(meaning.sureness, UNSURE), needs_person=True)
