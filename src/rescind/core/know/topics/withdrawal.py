"""Withdrawal: the statutory right to step back from a distance contract."""

from collections.abc import Iterator
from dataclasses import replace

from rescind.core.know.law import Law
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.scenarios import Outcome, plain
from rescind.core.know.topics.withdrawal_law import HOPEFUL, by_law, topic_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.verdict import Answer, Reason, Topic


def withdrawal(
    purchase: JudgedPurchase, law: WithdrawalLaw | None, books: Law
) -> Topic:
    """Decide whether the purchase can still be withdrawn from, by law.

    Directive 2011/83/EU Arts. 9, 10, 14 and 16 and their like elsewhere; the law's
    parameters come as data, ``books`` brings the calendars.
    """
    barred = _barred(purchase)
    if barred is not None:
        return topic_of(purchase, barred)
    topic = by_law(purchase, law, books)
    if topic.answer in HOPEFUL:
        return _soonest_of_parts(purchase, topic, books)
    return _or_by_part(purchase, topic, books)


def _soonest_of_parts(purchase: JudgedPurchase, topic: Topic, books: Law) -> Topic:
    """Return a country's right, safe in each of its parts that has one of its own.

    The part is asked for where it would change the answer or a day.
    """
    tried = tuple(_in_parts(purchase, books))
    hopeful = [topic, *(each for each in tried if each.answer in HOPEFUL)]
    first = min((t.act_by for t in hopeful if t.act_by), default=None)
    is_sure = all(each.answer is topic.answer for each in tried)
    if is_sure and first == topic.act_by:
        return topic
    return replace(
        topic,
        answer=topic.answer if is_sure else Answer.DEPENDS,
        act_by=first,
        latest=max((t.latest for t in hopeful if t.latest), default=None),
        because=(*topic.because, Reason.of("part_may_differ")),
        asks=("country", *topic.asks),
    )


def _or_by_part(purchase: JudgedPurchase, topic: Topic, books: Law) -> Topic:
    """Return the answer where a country gives no right, and its parts may.

    The part that the person lives in is asked for where one on file has the right.
    Where it is over in all of these, it may be open in one that nobody looked up.
    """
    tried = tuple(_in_parts(purchase, books))
    hopeful = [each for each in tried if each.answer in HOPEFUL]
    if not hopeful:
        if not tried or topic.answer is not Answer.NO:
            return topic
        because = (*topic.because, Reason.of("part_may_give_longer"))
        return replace(topic, answer=Answer.UNKNOWN, because=because)
    claims = dict.fromkeys(
        claim for each in hopeful for why in each.because for claim in why.claims
    )
    amounts = {each.amount for each in hopeful}
    shared = set.intersection(*(set(each.asks) for each in hopeful))
    return replace(
        topic,
        answer=Answer.DEPENDS,
        act_by=min((t.act_by for t in hopeful if t.act_by), default=None),
        latest=max((t.latest for t in hopeful if t.latest), default=None),
        amount=amounts.pop() if len(amounts) == 1 else None,
        because=(Reason.of("part_decides", tuple(claims)),),
        asks=("country", *sorted(shared)),
    )


def _in_parts(purchase: JudgedPurchase, books: Law) -> Iterator[Topic]:
    """Yield the answer in each part of the country with a right for this purchase."""
    facts = purchase.facts
    for part in books.parts_with_withdrawal(facts, purchase.kind):
        there = replace(purchase, facts=replace(facts, country=part))
        law = books.withdrawal_for(there.facts, purchase.kind)
        if law is not None and law.answer is Answer.YES:
            yield by_law(there, law, books)


def _barred(purchase: JudgedPurchase) -> Outcome | None:
    """Return the answer that no place's law can change, if there is one."""
    facts = purchase.facts
    if facts.consumer is False:
        return plain(Answer.NO, "not_a_consumer")
    if purchase.offer.business and not facts.consumer:
        return plain(Answer.NO, "business_contract")
    if not purchase.offer.paid_by_consumer:
        return plain(Answer.NO, "contract_not_yours")
    if facts.country is None:
        return plain(Answer.DEPENDS, "country_decides", asks=("country",))
    return None
