"""What answers leave open of what is owed, or demand beyond it, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.phrasebooks import demands
from rescind.adapters.data.words import ENGLISH, words_of
from rescind.adapters.input.months import months_among
from rescind.adapters.public.advice import DifferenceJson
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import (
    Claimed,
    came_back,
    less,
    money_topic,
    sum_asked,
    topic_of,
    withdrew_by_letter,
)
from rescind.app.follow.days import country_of
from rescind.app.follow.dues import bill_of
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.fees import OpenFee, about_fee, asked_for
from rescind.app.follow.form_wanted import about_form
from rescind.app.follow.notice_given import again
from rescind.app.follow.owed import (
    late_as_read,
    left_unanswered,
    shortfall,
)
from rescind.app.follow.reminded import about_reminder
from rescind.app.follow.still_open import Point, asks_money, open_points
from rescind.app.follow.wanted import (
    WantedPapers,
    end_beside,
    papers_wanted,
    refuses_money,
    waits_for_payment,
    wants_form,
)
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.shortfall import is_same_time
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading
from rescind.core.model.sentence import Sentence, Value
from rescind.core.model.verdict import has_texts_elsewhere

if TYPE_CHECKING:
    from rescind.adapters.public.verdict import ClaimJson


def differences(case: Case, replies: Sequence[Reply]) -> list[DifferenceJson]:
    """Return what the answers leave open, each in a sentence with its sources."""
    left, found = shortfall(case, replies), list[DifferenceJson]()
    if left.part is not None:
        part = left.part
        sums = {"paid": part.paid, "owed": part.owed, "rest": part.rest}
        in_words = {name: money_on_page(money) for name, money in sums.items()}
        text = Sentence.of("difference", "paid_less", **in_words)
        topic = money_topic(case)
        found.append(_difference(case, text, topic))
    if left.end is not None:
        end = left.end
        is_same = is_same_time(end, replies[-1].reading if replies else None)
        code = "ends_next_day" if is_same else "ends_later"
        text = Sentence.of("difference", code, theirs=end.theirs, ours=end.ours)
        found.append(_difference(case, text, topic_of(case, "cancel")))
    if left.early is not None:
        early = left.early
        days = {"theirs": early.theirs, "ours": early.ours}
        text = Sentence.of("difference", "ends_earlier", **days)
        found.append(_difference(case, text, {}))
    before = [_still_open(each) for each in left_before(case, replies)]
    return [*found, *demanded(case, replies), *before]


def demanded(case: Case, replies: Sequence[Reply]) -> Iterator[DifferenceJson]:
    """Yield what the newest answer demands or claims that the verdict does not have.

    Each rests on the case's own verdict; where no law on file speaks, nothing is said.
    """
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    if not theirs:
        return
    yield from _after_paid(case, theirs)
    if (day := end_beside(case, replies)) is not None:
        yield _difference(case, Sentence.of("difference", "ends_beside", day=day), {})
    left = left_unanswered(case, replies)
    if left is not None:
        code = "money_refused" if refuses_money(theirs[-1]) else "money_open"
        yield _difference(case, _asked(case, code, left), money_topic(case))
    elif case.facts.get("died_at") and refuses_money(theirs[-1]):
        yield _difference(case, Sentence.of("difference", "money_refused_heirs"), {})
    topic = money_topic(case)
    withdrawal = withdrawal_topic(case)
    wanted = find_demands(theirs[-1].new_text, demands())
    yield from _asked_first(case, theirs[-1], frozenset(wanted))
    yield from _papers_and_reminder(case, replies)
    if (fee := asked_for(case, replies)) is not None and not fee.is_earlier:
        yield from _about_fee(case, replies, fee)
    if Demand.CREDIT in wanted and asks_money(case):
        yield _credit(case, topic)
    last = str(withdrawal.get("latest") or "")[:10]
    sent_on = case_letters.follow_up(case).first_sent_on
    if Demand.TOO_LATE in wanted and last and sent_on <= last:
        days = {"last": date.fromisoformat(last), "sent": date.fromisoformat(sent_on)}
        yield _difference(
            case, Sentence.of("difference", Demand.TOO_LATE, **days), withdrawal
        )


def left_before(case: Case, replies: Sequence[Reply]) -> Iterator[DifferenceJson]:
    """Yield what earlier answers demand or deny, while nobody has met it."""
    fee = asked_for(case, replies)
    if fee is not None and fee.is_earlier:
        yield from _about_fee(case, replies, fee)
    for each in open_points(case, replies):
        if each.point is Point.NO_NOTICE:
            yield _difference(case, _no_notice(case), {})
        if each.point is Point.CREDIT:
            yield _credit(case, money_topic(case))
        papers = papers_wanted(case, [each.reply])
        if each.point is Point.PAPERS and papers is not None:
            yield _difference(case, _papers(papers), {})


def _still_open(each: DifferenceJson) -> DifferenceJson:
    """Return what an earlier answer left, called so."""
    text = Sentence.of("difference", "still_open", text=each["text"])
    return {"code": each["code"], "text": ENGLISH.say(text), "claims": each["claims"]}


def _credit(case: Case, topic: Mapping[str, Any]) -> DifferenceJson:
    code = "credit" if topic.get("because") else "credit_plain"
    return _difference(case, Sentence.of("difference", code), topic)


def _texts_elsewhere(case: Case) -> str | None:
    """Return that the texts on file are for other countries; ``None``: they are not."""
    for reason in topic_of(case, "cancel").get("because") or ():
        if has_texts_elsewhere([reason["code"]]):
            return str(reason["text"])
    return None


def _asked(case: Case, code: str, left: Claimed) -> Sentence:
    """Return what is said of money that an answer leaves out."""
    if left.sum is None:
        return Sentence.of("difference", f"{code}_all")
    asked = less(sum_asked(case) or left.sum, came_back(case))
    return Sentence.of("difference", code, owed=money_on_page(asked))


def _after_paid(case: Case, theirs: Sequence[Reading]) -> Iterator[DifferenceJson]:
    """Yield that a later end than that of what is paid for needs a term or a notice."""
    late = late_as_read(case, theirs)
    if late is not None:
        days = {"theirs": late.theirs, "ours": late.ours}
        texts = _texts_elsewhere(case)
        text = Sentence.of("difference", "ends_after_paid", **days)
        if texts is not None:
            text = Sentence.of("difference", "ends_elsewhere", **days, texts=texts)
        yield _difference(case, text, {})


def _asked_first(
    case: Case, newest: Reading, wanted: frozenset[Demand]
) -> Iterator[DifferenceJson]:
    """Yield what is asked for before anything is done."""
    is_form = wants_form(newest)
    waits = wanted & {Demand.CONDITION} and newest.label is Label.REFUSED
    if waits or waits_for_payment(newest):
        yield _difference(case, Sentence.of("difference", Demand.CONDITION), {})
    if is_form:
        for text, law in about_form(case):
            yield _difference(case, text, law)
    if Demand.NOT_RECEIVED in wanted:
        yield _difference(case, _no_notice(case), {})
    if Demand.BY_PHONE in wanted:
        yield _about_call(case)
    if Demand.IDENTITY_COPY in wanted:
        yield _difference(case, Sentence.of("difference", Demand.IDENTITY_COPY), {})


def _papers_and_reminder(
    case: Case, replies: Sequence[Reply]
) -> Iterator[DifferenceJson]:
    """Yield which papers heirs are asked for, and what a reminder is worth."""
    if (papers := papers_wanted(case, replies)) is not None:
        yield _difference(case, _papers(papers), {})
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    if (reminder := about_reminder(case, theirs[-1])) is not None:
        yield _difference(case, *reminder)


def _about_call(case: Case) -> DifferenceJson:
    """Return what stands against a call, by the law where that is known to reach it.

    A button is owed by a site that sells such contracts: nobody knows that of a
    contract that was not made on one.
    """
    ways = _simple_ways(case)[:1]
    ids = {right["id"] for right in case.verdict.get("rights", ())}
    if not ways or _BUTTON_ELSEWHERE in ids:
        return _difference(case, Sentence.of("difference", "by_phone_plain"), {})
    text = Sentence.of("difference", Demand.BY_PHONE, right=ways[0]["name"])
    return _difference(case, text, {"because": ways})


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
    case: Case, replies: Sequence[Reply], fee: OpenFee
) -> Iterator[DifferenceJson]:
    withdrawal = withdrawal_topic(case)
    if withdrawal:
        yield _difference(case, Sentence.of("difference", "fee_withdrawn"), withdrawal)
        return
    if fee.is_dues:
        yield _difference(case, _dues(case, replies, fee), {})
        return
    for text, topic in about_fee(case, fee.amount):
        yield _difference(case, text, topic)


def _papers(wanted: WantedPapers) -> Sentence:
    """Return which papers heirs are asked for, and by when."""
    if wanted.by is None:
        return Sentence.of("difference", "papers_both" if wanted.heirship else "papers")
    code = "papers_both_by" if wanted.heirship else "papers_by"
    return Sentence.of("difference", code, day=wanted.by)


_TOLD = frozenset({"cancelled_at", "withdrawn_at"})


def _no_notice(case: Case) -> Sentence:
    """Return when the notice was given that they say they never got."""
    told = str(case.facts.get("cancelled_at") or case.facts.get("withdrawn_at") or "")
    told = told[:10] or case_letters.follow_up(case).first_sent_on
    if not told:
        return Sentence.of("difference", "not_received_plain")
    day, anew = date.fromisoformat(told), again(case)
    if _TOLD & months_among(case.facts):
        month = f"{day:%B %Y}"
        return Sentence.of("difference", "not_received_month", month=month)
    if anew is None:
        return Sentence.of("difference", "not_received", day=day)
    days = {"day": day, "by": anew.by, "ends": anew.ends_on}
    code = "not_received_again_soon" if anew.is_soon else "not_received_again"
    return Sentence.of("difference", code, **days)


def _dues(case: Case, replies: Sequence[Reply], fee: OpenFee) -> Sentence:
    """Return what of a bill is owed: what is for the time until the end."""
    day, bill = end_by_way(case) or ENGLISH.say(_THE_END), bill_of(case, replies)
    if fee.amount is None:
        return Sentence.of("difference", "dues", day=day)
    values: dict[str, Value] = {"day": day, "fee": money_on_page(fee.amount)}
    is_owed = bill is not None and bill.is_owed
    if bill is None or bill.by is None:
        code = "dues_owed" if is_owed else "dues_sum"
        return Sentence.of("difference", code, **values)
    code = "dues_owed_by" if is_owed else "dues_sum_by"
    return Sentence.of("difference", code, by=bill.by, **values)


_THE_END = Sentence.of("case_row", "the_end")


def open_fee(case: Case, replies: Sequence[Reply]) -> DifferenceJson | None:
    """Return what to say of a fee that an answer asks, while nobody wrote back on it.

    An end that is recorded settles when it ends, and not what is to be paid for it.
    """
    fee = asked_for(case, replies)
    if fee is None:
        return None
    return next(_about_fee(case, replies, fee), None)


def withdrawal_topic(case: Case) -> Mapping[str, Any]:
    """Return the topic of a withdrawal that went out; empty where none did."""
    return topic_of(case, "withdrawal") if withdrew_by_letter(case) else {}


def _difference(case: Case, text: Sentence, topic: Mapping[str, Any]) -> DifferenceJson:
    claims: list[ClaimJson] = [
        claim
        for reason in topic.get("because", [])
        for claim in reason["claims"]
        if claim["source_kind"] == "law"
    ]
    said = words_of(country_of(case)).say(text)
    return {"code": text.code, "text": said, "claims": claims}
