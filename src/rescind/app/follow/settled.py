"""Money that a person reports as come: which promises it settles, and what is left."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rescind.adapters.data.phrasebooks import demands
from rescind.adapters.input.values import read_money
from rescind.app.follow.answers import Reply
from rescind.app.follow.wanted import says_rest
from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.letters_out import Do, sent_letters
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.model.case import Case, counting, happened
from rescind.core.model.event_details import AnsweredDetails, ConfirmedDetails
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money


def promises_in(case: Case, replies: Sequence[Reply]) -> list[Reading]:
    """Return what the answers read as whose promises are open still, oldest first.

    Who reports what came has looked for all that was promised until then: what of it
    did not come is missing, whatever was promised. A sum that is called the rest, or
    that is granted once the rest was asked for, comes on top of those before it.
    """
    events = counting(case.events)
    came = [
        event.number
        for event, end in happened(events, ConfirmedDetails)
        if end.is_money_come
    ]
    told = reversed(happened(events, AnsweredDetails))
    first = {answer.message: event.number for event, answer in told}
    asked = [e.number for e in sent_letters(events)[1:] if e.kind == Do.REFUND]
    readings, is_named = list[Reading](), False
    for reply in replies:
        reading, at = reply.reading, first.get(reply.message, 0)
        is_asked = any(number < at for number in asked)
        grants_more = says_rest(reading) or (is_asked and _grants(reading))
        # "no more than the 91": the sum that is named there was granted before
        if is_named and grants_more and not _refuses(reading):
            reading = replace(reading, refund_adds=True)
        is_named = is_named or reading.refund is not None
        if not came or at > came[-1]:
            readings.append(reading)
    return readings


def _grants(reading: Reading) -> bool:
    """Return whether an answer grants money and refuses none."""
    return reading.label is Label.REFUND_GRANTED and not _refuses(reading)


def _refuses(reading: Reading) -> bool:
    return Demand.NO_MONEY in find_demands(reading.new_text, demands())


def waited_in_all(case: Case, came: Sequence[Money]) -> Money | None:
    """Return what came and what is waited for; ``None`` where nothing known is."""
    money = awaited_money(case.events)
    left = read_money(money.refund, "refund") if money and money.refund else None
    if left is None or any(each.currency != left.currency for each in came):
        return None
    return left.of(left.amount + sum((each.amount for each in came), Decimal(0)))
