"""What is owed in a case by the letters that went out, and what answers grant of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.phrasebooks import demands
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.advice import DifferenceJson
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import (
    Claimed,
    asked_back,
    asked_by,
    came_back,
    came_before,
    came_since,
    claimed,
    less,
    money_topic,
    sum_asked,
    topic_of,
    what_went_out,
    withdrew_by_letter,
)
from rescind.app.follow.by_post import went_by_post
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.expected import expected_end
from rescind.app.follow.fees import OpenFee, about_fee, asked_for
from rescind.app.follow.other_ends import left_by
from rescind.app.follow.settled import promises_in, waited_in_all
from rescind.app.follow.wanted import end_beside, refuses_money
from rescind.core.act.routes import POST_TAKES
from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.other_day import other_day
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.shortfall import (
    DAY,
    ENDS,
    EarlierEnd,
    LaterEnd,
    PartPaid,
    Shortfall,
    earlier_end,
    is_same_moment,
    later_end,
    part_paid,
    still_promised,
)
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import has_texts_elsewhere, unbound

if TYPE_CHECKING:
    from rescind.adapters.public.verdict import ClaimJson

_BEFORE_A_CHANGE = frozenset({"price-rise", "term-change"})


def shortfall(case: Case, replies: Sequence[Reply]) -> Shortfall:
    """Return what the answers leave open of what is owed.

    A message that nothing shows to be the company's is not measured.
    """
    theirs = [reply for reply in replies if not reply.is_unverified]
    part, other = _part(case, theirs), other_day(case.events)
    if other is not None and other.is_sure:
        return left_by(part, other)
    if not theirs:
        return Shortfall(part=part)
    readings = [reply.reading for reply in theirs]
    return Shortfall(
        part=part,
        end=later_end(readings, *_ours(case)),
        early=_earlier(case, theirs[-1]),
    )


def _part(case: Case, theirs: Sequence[Reply]) -> PartPaid | None:
    """Return what is missing of what was asked for, else of what was waited for."""
    came, readings = came_since(case), promises_in(case, theirs)
    owed = asked_back(case, _end_in_time(case, theirs))
    money = awaited_money(case.events)
    if owed is None and (came or (money is not None and money.is_asked_first)):
        owed = waited_in_all(case, came)
    return part_paid(readings, owed, came, came_before(case))


def _end_in_time(case: Case, theirs: Sequence[Reply]) -> date | None:
    """Return the later end that the newest end names, where it may be right.

    A notice that travels ends it some days later: the money is counted from there. Of
    a day that is contested it is counted from ours.
    """
    ends = [each for each in theirs if each.reading.label in ENDS]
    if not ends or case.last(ConfirmedDetails) is not None:
        return None
    ours, latest = named_end(case)
    day = ends[-1].ends_on
    if day is None or ours is None or not ours < day <= max(ours, latest or ours):
        return None
    return None if is_same_moment(ends[-1].reading, ours) else day


def if_so(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Return the answers as they are if the newest says what it seems to say."""
    sure = [replace(r, reading=replace(r.reading, needs_person=False)) for r in replies]
    return (*replies[:-1], *sure[-1:])


def _earlier(case: Case, newest: Reply) -> EarlierEnd | None:
    """Return the earlier end that is confirmed; ``None`` where at once was asked for.

    Who asked all money back, or withdrew, has no later day to lose; who left for a
    change may be out on any day before it, and our day is only the last of them.
    """
    if not case.has_letter or asked_by(case) in ("withdraw", "refund"):
        return None
    # nobody who died has anything of the days that are left
    if what_went_out(case) & _BEFORE_A_CHANGE or case.facts.get("died_at"):
        return None
    if case_letters.follow_up(case).ended_before:
        return None
    ours = expected_end(case)
    if ours is not None and went_by_post(case):
        # it may have been there on any day that is reckoned for it
        ours -= POST_TAKES
    return earlier_end(newest.reading, newest.came_on, ours)


def _ours(case: Case) -> tuple[date | None, date | None]:
    """Return when it should end, and from when on another day is later than it should.

    A notice counts from its arrival: what travels by post may move a day by some days.
    No day of ours is held against theirs where it rests on that nothing binds longer.
    """
    if _may_bind_longer(case):
        return None, None
    return named_end(case)


def _may_bind_longer(case: Case) -> bool:
    """Return whether our day is only that of what was paid for, and nothing confirmed.

    A term or a notice that nobody told may make another day right, but of a withdrawal;
    so may the company's own texts, where those on file are for other countries.
    """
    if withdrew_by_letter(case) or case.last(ConfirmedDetails) is not None:
        return False
    reasons = topic_of(case, "cancel").get("because") or ()
    codes = [reason["code"] for reason in reasons]
    return unbound(codes) is not None or has_texts_elsewhere(codes)


def _texts_elsewhere(case: Case) -> str | None:
    """Return that the texts on file are for other countries; ``None``: they are not."""
    for reason in topic_of(case, "cancel").get("because") or ():
        if has_texts_elsewhere([reason["code"]]):
            return str(reason["text"])
    return None


def named_end(case: Case) -> tuple[date | None, date | None]:
    """Return the day that our letters name, and from when on another is later."""
    if not case.has_letter:
        # a store names the day of the next charge: until then it can be used
        ours = case.ends_on
        return ours, ours + DAY if ours else None
    ours = expected_end(case)
    return ours, expected_end(case, travels=POST_TAKES) if went_by_post(case) else ours


def promised(case: Case, replies: Sequence[Reply]) -> Money | None:
    """Return the money that the answers promise; ``None`` where they promise none.

    That is what they name, whatever was asked for, and what came is not still to come.
    Who grants it and names no sum promises what was asked for. A sum in another
    currency than was asked for is none that is known.
    """
    owed, came = asked_back(case), came_back(case)
    theirs = promises_in(case, [r for r in replies if not r.is_unverified])
    named = [reading.refund for reading in theirs if reading.refund is not None]
    if len({money.currency for money in (*named, owed) if money is not None}) > 1:
        return None
    if fresh := still_promised(theirs, owed, came):
        return fresh[0].of(sum((m.amount for m in fresh), Decimal(0)))
    is_granted = any(reading.label is Label.REFUND_GRANTED for reading in theirs)
    if owed is None or not is_granted or shortfall(case, replies).part is not None:
        return None
    return less(owed, came)


def promises(case: Case, replies: Sequence[Reply]) -> Claimed | None:
    """Return the money that the answers promise, known or not how much it is."""
    money = promised(case, replies)
    if money is not None:
        return Claimed(sum=money)
    owed, theirs = claimed(case), [r for r in replies if not r.is_unverified]
    is_granted = any(r.reading.label is Label.REFUND_GRANTED for r in theirs)
    return owed if owed is not None and owed.sum is None and is_granted else None


def left_unanswered(case: Case, replies: Sequence[Reply]) -> Claimed | None:
    """Return the money that was claimed and of which an end says nothing.

    ``None`` where the newest answer confirms no end, or some answer names money.
    """
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    is_end = bool(theirs) and theirs[-1].label in ENDS
    return left_open(case, replies) if is_end else None


def left_open(case: Case, replies: Sequence[Reply]) -> Claimed | None:
    """Return the money that was claimed, while no answer grants or names any."""
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    grants = any(r.refund or r.label is Label.REFUND_GRANTED for r in theirs)
    return None if grants else claimed(case)


def differences(case: Case, replies: Sequence[Reply]) -> list[DifferenceJson]:
    """Return what the answers leave open, each in a sentence with its sources."""
    left, found = shortfall(case, replies), list[DifferenceJson]()
    if left.part is not None:
        part = left.part
        sums = {"paid": part.paid, "owed": part.owed, "rest": part.rest}
        in_words = {name: money_on_page(money) for name, money in sums.items()}
        text = Sentence.of("difference", "paid_less", **in_words)
        topic = money_topic(case)
        found.append(_difference(text, topic))
    if left.end is not None:
        end = left.end
        text = Sentence.of("difference", "ends_later", theirs=end.theirs, ours=end.ours)
        found.append(_difference(text, topic_of(case, "cancel")))
    if left.early is not None:
        early = left.early
        days = {"theirs": early.theirs, "ours": early.ours}
        text = Sentence.of("difference", "ends_earlier", **days)
        found.append(_difference(text, {}))
    return [*found, *demanded(case, replies)]


def demanded(case: Case, replies: Sequence[Reply]) -> Iterator[DifferenceJson]:
    """Yield what the newest answer demands or claims that the verdict does not have.

    Each rests on the case's own verdict; where no law on file speaks, nothing is said.
    """
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    if not theirs:
        return
    yield from _after_paid(case, theirs)
    if (day := end_beside(case, replies)) is not None:
        yield _difference(Sentence.of("difference", "ends_beside", day=day), {})
    left = left_unanswered(case, replies)
    if left is not None:
        code = "money_refused" if refuses_money(theirs[-1]) else "money_open"
        yield _difference(_asked(case, code, left), money_topic(case))
    elif case.facts.get("died_at") and refuses_money(theirs[-1]):
        yield _difference(Sentence.of("difference", "money_refused_heirs"), {})
    topic = money_topic(case)
    withdrawal = topic_of(case, "withdrawal") if withdrew_by_letter(case) else {}
    wanted = find_demands(theirs[-1].new_text, demands())
    yield from _asked_first(case, theirs[-1], frozenset(wanted))
    if (fee := asked_for(case, replies)) is not None:
        yield from _about_fee(case, withdrawal, fee)
    if Demand.CREDIT in wanted and topic:
        yield _difference(Sentence.of("difference", Demand.CREDIT), topic)
    last = str(withdrawal.get("latest") or "")[:10]
    sent_on = case_letters.follow_up(case).first_sent_on
    if Demand.TOO_LATE in wanted and last and sent_on <= last:
        days = {"last": date.fromisoformat(last), "sent": date.fromisoformat(sent_on)}
        yield _difference(
            Sentence.of("difference", Demand.TOO_LATE, **days), withdrawal
        )


def _asked(case: Case, code: str, left: Claimed) -> Sentence:
    """Return what is said of money that an answer leaves out."""
    if left.sum is None:
        return Sentence.of("difference", f"{code}_all")
    asked = less(sum_asked(case) or left.sum, came_back(case))
    return Sentence.of("difference", code, owed=money_on_page(asked))


def _after_paid(case: Case, theirs: Sequence[Reading]) -> Iterator[DifferenceJson]:
    """Yield that a later end than that of what is paid for needs a term or a notice."""
    late = _late_unless_bound(case, theirs)
    if late is not None:
        days = {"theirs": late.theirs, "ours": late.ours}
        texts = _texts_elsewhere(case)
        text = Sentence.of("difference", "ends_after_paid", **days)
        if texts is not None:
            text = Sentence.of("difference", "ends_elsewhere", **days, texts=texts)
        yield _difference(text, {})


def late_unless_bound(case: Case, replies: Sequence[Reply]) -> LaterEnd | None:
    """Return the later end that they name, right only where the contract binds so long.

    ``None`` too where our day does not turn on that, or no letter can ask for it.
    """
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    return _late_unless_bound(case, theirs) if theirs and case.has_letter else None


def _late_unless_bound(case: Case, theirs: Sequence[Reading]) -> LaterEnd | None:
    return later_end(theirs, *named_end(case)) if _may_bind_longer(case) else None


def _asked_first(
    case: Case, newest: Reading, wanted: frozenset[Demand]
) -> Iterator[DifferenceJson]:
    """Yield what is asked for before anything is done."""
    waits = wanted & {Demand.CONDITION, Demand.ON_PAPER}
    if waits and newest.label is Label.REFUSED:
        yield _difference(Sentence.of("difference", Demand.CONDITION), {})
    if Demand.BY_PHONE in wanted:
        yield _about_call(case)
    if Demand.IDENTITY_COPY in wanted:
        yield _difference(Sentence.of("difference", Demand.IDENTITY_COPY), {})


def _about_call(case: Case) -> DifferenceJson:
    """Return what stands against a call, by the law where that is known to reach it.

    A button is owed by a site that sells such contracts: nobody knows that of a
    contract that was not made on one.
    """
    ways = _simple_ways(case)[:1]
    ids = {right["id"] for right in case.verdict.get("rights", ())}
    if not ways or _BUTTON_ELSEWHERE in ids:
        return _difference(Sentence.of("difference", "by_phone_plain"), {})
    text = Sentence.of("difference", Demand.BY_PHONE, right=ways[0]["name"])
    return _difference(text, {"because": ways})


def _simple_ways(case: Case) -> list[Mapping[str, Any]]:
    """Return the rights by which a contract is left without a call."""
    return [
        right
        for right in case.verdict.get("rights", ())
        if right["kind"] in _SIMPLE and right["answer"] == "yes"
    ]


_BUTTON_ELSEWHERE = "de-kuendigungsbutton-elsewhere"
"""A button that may be there is no answer to somebody who wants a call."""
_SIMPLE = ("cancellation", "renewal")
"""Kinds of rights that let one leave in writing, or by a button."""


def _about_fee(
    case: Case, withdrawal: Mapping[str, Any], fee: OpenFee
) -> Iterator[DifferenceJson]:
    if withdrawal:
        yield _difference(Sentence.of("difference", "fee_withdrawn"), withdrawal)
        return
    if fee.is_dues:
        yield _difference(_dues(case, fee), {})
        return
    for text, topic in about_fee(case, fee.amount):
        yield _difference(text, topic)


def _dues(case: Case, fee: OpenFee) -> Sentence:
    """Return what of a bill is owed: what is for the time until the end."""
    day = end_by_way(case) or ENGLISH.say(_THE_END)
    if fee.amount is None:
        return Sentence.of("difference", "dues", day=day)
    asked = money_on_page(fee.amount)
    return Sentence.of("difference", "dues_sum", day=day, fee=asked)


_THE_END = Sentence.of("case_row", "the_end")


def open_fee(case: Case, replies: Sequence[Reply]) -> DifferenceJson | None:
    """Return what to say of a fee that an answer asks, while nobody wrote back on it.

    An end that is recorded settles when it ends, and not what is to be paid for it.
    """
    fee = asked_for(case, replies)
    if fee is None:
        return None
    withdrawal = topic_of(case, "withdrawal") if withdrew_by_letter(case) else {}
    return next(_about_fee(case, withdrawal, fee), None)


def _difference(text: Sentence, topic: Mapping[str, Any]) -> DifferenceJson:
    claims: list[ClaimJson] = [
        claim
        for reason in topic.get("because", [])
        for claim in reason["claims"]
        if claim["source_kind"] == "law"
    ]
    return {"code": text.code, "text": ENGLISH.say(text), "claims": claims}
