"""Read a message: servers first, then whoever answers, by the new words alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rescind.core.follow.reading.beside import with_what_stands_beside
from rescind.core.follow.reading.demands import Demand, Demands
from rescind.core.follow.reading.effect import (
    effective_on,
    ends_on,
    says_end,
    takes_effect,
)
from rescind.core.follow.reading.ended_before import by_day, had_ended
from rescind.core.follow.reading.evidence import STRONG, Evidence
from rescind.core.follow.reading.fees import (
    FeeWords,
    asked_fee,
    is_dues,
    still_to_pay,
)
from rescind.core.follow.reading.figures import (
    FigureWords,
    count_matters,
    figures_in,
)
from rescind.core.follow.reading.languages import Language, languages_of
from rescind.core.follow.reading.local_signs import with_local_signs
from rescind.core.follow.reading.meaning import (
    CLOSING,
    FAIRLY_SURE,
    FEWEST_MATTERS,
    RELY,
    Meaning,
    decide,
    find_evidence,
)
from rescind.core.follow.reading.opinion import Judge, weigh
from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.reply_text import (
    Quotes,
    is_reply,
    new_text,
    without_ours,
)
from rescind.core.follow.reading.said import saying
from rescind.core.follow.reading.sums import SumWords, money_back
from rescind.core.follow.reading.transport import (
    Wording,
    is_automatic,
    is_titled_automatic,
    read_transport,
)
from rescind.core.model.message import Before, Label, Message, Reading
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence

ENDS = frozenset({Label.CONFIRMED, Label.ALREADY_CANCELLED, Label.ACCOUNT_DELETED})
"""Labels that a day of effect belongs to."""
STILL_TO_DO = (Demand.BY_PHONE, Demand.IDENTITY_COPY, Demand.GOES_ON)
"""Demands beside which nothing has surely ended."""
_OF_MONEY = frozenset({Label.REFUND_GRANTED, Label.REFUND_REFUSED})
"""Labels of money, granted or not; that it ends is often said as well."""
_BESIDE_AN_END = _OF_MONEY | {Label.REDIRECTED, Label.INVOICE}
"""Whoever sends one elsewhere for the money, or a last bill, may say that it ends."""
PAYS = frozenset({Label.CONFIRMED, Label.ALREADY_CANCELLED, Label.REFUND_GRANTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """What messages are read with: languages, quotes, and the words of servers."""

    languages: tuple[Language, ...]
    figures: tuple[FigureWords, ...]
    quotes: Quotes
    wording: Wording
    demands: Demands
    fees: FeeWords
    for_help: re.Pattern[str]
    """Words by which a call is only for whoever has questions."""


def read(
    message: Message,
    tongues: Tongues,
    *,
    ours: str = "",
    judge: Judge | None = None,
    is_awaited: bool = False,
) -> Reading:
    """Return what a message is; ``ours`` is what it may quote: subjects, and a letter.

    Nothing is promised but this: a case is not closed by it. What is not sure goes to
    a person. ``judge`` is asked only about mail that somebody wrote; without it the
    rules decide alone. ``is_awaited`` says that a case waits for an answer.
    """
    served = read_transport(message, tongues.wording)
    if served is not None:
        return Reading(
            label=served.label,
            sureness=served.sureness,
            needs_person=served.sureness < RELY,
            new_text=message.text.strip(),
            because=served.because,
            recipients=served.recipients,
        )
    text = new_text(message.text, tongues.quotes, ours)
    return _meaning(
        message, text, tongues, judge, ours, is_awaited=is_awaited or bool(ours)
    )


def _meaning(  # noqa: PLR0913 - one message and what it is read with
    message: Message,
    text: str,
    tongues: Tongues,
    judge: Judge | None,
    ours: str,
    *,
    is_awaited: bool,
) -> Reading:
    # what we called our letter is no word of theirs: "Re: Request for a refund"
    subject = "" if is_reply(message.subject) else without_ours(message.subject, ours)
    # words that were pasted into a case answer its letter as well
    is_pasted = is_awaited and not message.sender and not message.subject
    spoken = languages_of(f"{subject}\n{text}", tongues.languages)
    wanted = [tongues.demands[each] for each in STILL_TO_DO]
    is_answer = is_pasted or subject != message.subject
    evidence = find_evidence(subject, text, spoken, wanted, is_answer=is_answer)
    spoken_figures = figures_in("\n".join(evidence.order), tongues.figures)
    sums = [
        with_local_signs(each.sums, message.sender, message.text, ours)
        for each in spoken_figures[:1]
    ]
    fee = asked_fee(evidence.order, tongues.fees, sums)
    if fee is not None and evidence.grounds.get(Label.REFUSED) == [fee.sentence]:
        # "you are bound until May, so we charge a penalty" refuses no end
        evidence.drop(Label.REFUSED)
    _note_ends(evidence, spoken_figures)
    is_bulk = "list-unsubscribe" in message.headers
    meaning = decide(
        evidence,
        is_automatic=is_automatic(message, tongues.wording),
        is_bulk=is_bulk,
    )
    is_known_by_form = meaning.label is Label.OUT_OF_OFFICE or (
        meaning.label is Label.MARKETING and is_bulk
    )
    if meaning.label is Label.OTHER and is_titled_automatic(message, tongues.wording):
        meaning = Meaning(
            label=Label.OUT_OF_OFFICE,
            sureness=FAIRLY_SURE,
            grounds=(),
            needs_person=False,
        )
    evidence.had_ended = _had_ended(message, evidence, spoken_figures)
    meaning = by_day(meaning, evidence.had_ended)
    if judge and text and not is_known_by_form:
        _look_for_end(message, evidence, spoken_figures, tongues.demands)
        evidence.is_awaited = is_awaited
        meaning = weigh(meaning, evidence, judge(subject, text))
    meaning = with_what_stands_beside(
        meaning,
        evidence,
        tongues.demands,
        tongues.for_help,
        spoken_figures,
        spoken,
        _came_on(message),
    )
    refund = _refund(meaning, evidence, sums, tongues.fees)
    if fee is not None and fee.amount is not None and fee.amount == refund:
        fee = None
    if fee is None and meaning.label in _MAY_ASK:
        fee = still_to_pay(evidence.order, tongues.fees, sums)
    effective_on = _effective_on(
        message, meaning, evidence, spoken_figures, tongues.demands
    )
    return Reading(
        label=meaning.label,
        sureness=meaning.sureness,
        needs_person=meaning.needs_person,
        new_text=text,
        because=_because("says", meaning.grounds)
        or _because("taken_back", evidence.taken_back),
        effective_on=effective_on,
        takes_effect=_takes_effect(effective_on, message, evidence, spoken_figures),
        refused_until=_refused_until(message, meaning, evidence, spoken_figures),
        refund=refund,
        asks_fee=fee is not None,
        fee=fee.amount if fee else None,
        is_dues=fee is not None and is_dues(evidence.order, tongues.fees),
    )


def _denies_end(evidence: Evidence, figures: Sequence[FigureWords]) -> bool:
    """Return whether a sentence denies an end, in a language that has no phrases."""
    folded = [fold(each) for each in evidence.order]
    return any(
        words.days.ends.search(each) and words.denied.search(each)
        for words in figures
        if words.denied is not None
        for each in folded
    )


_MAY_ASK = frozenset({Label.INVOICE, Label.REFUSED, Label.OTHER, *CLOSING})
"""What an answer may be in which money is asked by no name of a fee."""


def _note_ends(evidence: Evidence, figures: Sequence[FigureWords]) -> None:
    """Note the sentences that end something, in a language that has no phrases."""
    for number, sentence in enumerate(evidence.order):
        folded = fold(sentence)
        for words in figures:
            if words.ended is None:
                continue
            evidence.addressed[number] |= bool(words.addressed.search(folded))
            if not words.ended.search(folded):
                continue
            if folded.endswith("?") or words.not_ended.search(folded):
                evidence.taken_back.append(sentence)
                continue
            evidence.add(Label.CONFIRMED, STRONG, sentence)
            if any(evidence.addressed[max(0, number - 1) : number + 2]):
                evidence.declared.append(sentence)


def _look_for_end(
    message: Message,
    evidence: Evidence,
    figures: Sequence[FigureWords],
    demands: Demands,
) -> None:
    """Note whether a message says "you", what it is about, what ends, and when."""
    languages = [each.days for each in figures]
    text = fold("\n".join(evidence.order))
    evidence.matters = count_matters(text, figures)
    # a subject that answers ours is no word of theirs, and tells what it is about
    whole = f"{fold(message.subject)}\n{text}"
    evidence.is_about = count_matters(whole, figures) >= FEWEST_MATTERS
    evidence.is_personal = any(each.addressed.search(text) for each in figures)
    evidence.is_of_money_back = any(each.sums.back.search(text) for each in figures)
    evidence.says_end = says_end(evidence.order, languages)
    evidence.denies_end = _denies_end(evidence, figures)
    evidence.tells_when = any(_days_of_end(message, evidence, figures))
    evidence.asides = frozenset(saying(evidence, demands[Demand.ASIDE]))


def _had_ended(
    message: Message, evidence: Evidence, figures: Sequence[FigureWords]
) -> Before | None:
    """Return whether the end that a message tells of had come before it was asked."""
    return had_ended(*_days_of_end(message, evidence, figures), _came_on(message))


def _days_of_end(
    message: Message, evidence: Evidence, figures: Sequence[FigureWords]
) -> tuple[str | None, str | None]:
    """Return the day of an end, read as of one to come and as of one that has come."""
    languages, came_on = [each.days for each in figures], _came_on(message)
    ahead, behind = (
        effective_on(evidence.order, (), languages, came_on, is_past=is_past)
        for is_past in (False, True)
    )
    return ahead, behind


def _came_on(message: Message) -> date | None:
    return message.at.date() if message.at else None


def _effective_on(
    message: Message,
    meaning: Meaning,
    evidence: Evidence,
    figures: Sequence[FigureWords],
    demands: Demands,
) -> str | None:
    is_held = meaning.label is Label.REFUSED and Label.CONFIRMED in evidence.grounds
    if meaning.label in _BESIDE_AN_END or is_held:
        return _ended_beside_money(message, evidence, figures, demands)
    # a day beside words that speak of no contract is one of anything
    if meaning.label not in ENDS or evidence.is_of_words_alone:
        return None
    return effective_on(
        evidence.order,
        meaning.grounds,
        [each.days for each in figures],
        _came_on(message),
        is_past=meaning.label is Label.ALREADY_CANCELLED,
    )


def _told_as_ended(evidence: Evidence, demands: Demands) -> list[str]:
    """Return the sentences that tell an end as what has happened."""
    return [
        sentence
        for sentence in evidence.order
        if demands[Demand.ENDED].search(folded := fold(sentence))
        and not demands[Demand.DEPENDS].search(folded)
        and not folded.rstrip().endswith("?")
    ]


def _ended_beside_money(
    message: Message,
    evidence: Evidence,
    figures: Sequence[FigureWords],
    demands: Demands,
) -> str | None:
    """Return the day of an end that is stated beside money granted or refused.

    Only what a sentence of an end tells itself: days of money stand all around it.
    """
    languages, came_on = [each.days for each in figures], _came_on(message)
    ended = _told_as_ended(evidence, demands)
    stated = (Label.CONFIRMED, Label.ALREADY_CANCELLED)
    grounds = [each for label in stated for each in evidence.grounds.get(label, ())]
    grounds += [each for each in ended if each not in grounds]
    # "it ends on the 30th and renews for a year" tells the day of the next charge
    renews = demands[Demand.RENEWS]
    grounds = [each for each in grounds if not renews.search(fold(each))]
    told = [
        day
        for is_past in (False, True)
        if (day := ends_on(grounds, ended, languages, came_on, is_past=is_past))
    ]
    if not told or came_on is None:
        return None
    # a day without its year: such answers come soon before an end, or soon after
    return min(told, key=lambda day: abs(day - came_on)).isoformat()


def _refused_until(
    message: Message,
    meaning: Meaning,
    evidence: Evidence,
    figures: Sequence[FigureWords],
) -> date | None:
    """Return the day that a refusal says it ends on, where it surely tells one."""
    if meaning.label is not Label.REFUSED:
        return None
    languages = [each.days for each in figures]
    return ends_on(evidence.order, (), languages, _came_on(message), is_past=False)


def _takes_effect(
    effective_on: str | None,
    message: Message,
    evidence: Evidence,
    figures: Sequence[FigureWords],
) -> bool:
    if effective_on is None or not effective_on[:1].isdigit():
        return False
    return takes_effect(
        date.fromisoformat(effective_on),
        evidence.order,
        [each.days for each in figures],
        _came_on(message),
    )


def _refund(
    meaning: Meaning,
    evidence: Evidence,
    languages: Sequence[SumWords],
    fees: FeeWords,
) -> Money | None:
    """Return what comes back; what the reader is asked to pay does not."""
    if meaning.label not in PAYS:
        return None
    return money_back(
        [each for each in evidence.order if not fees.pay_us.search(fold(each))],
        evidence.grounds.get(Label.REFUND_GRANTED, ()),
        languages,
        is_granted=meaning.label is Label.REFUND_GRANTED,
    )


def _because(code: str, grounds: Sequence[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence.of("reading", code, sentence=each) for each in grounds)
