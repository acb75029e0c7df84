"""Money that a person reports as come: which promises it settles, and what is left."""

from collections.abc import Sequence
from decimal import Decimal

from rescind.adapters.input.facts import read_money
from rescind.app.follow.answers import Reply
from rescind.core.follow.escalation import awaited_money
from rescind.core.model.case import Case, counting, happened
from rescind.core.model.event_details import AnsweredDetails, ConfirmedDetails
from rescind.core.model.money import Money


def unsettled(case: Case, replies: Sequence[Reply]) -> list[Reply]:
    """Return the answers whose promises are open still.

    Who reports what came has looked for all that was promised until then: what of it
    did not come is missing, whatever was promised.
    """
    events = counting(case.events)
    came = [
        event.number
        for event, end in happened(events, ConfirmedDetails)
        if end.is_money_come
    ]
    told = reversed(happened(events, AnsweredDetails))
    first = {answer.message: event.number for event, answer in told}
    return [r for r in replies if not came or first[r.message] > came[-1]]


def waited_in_all(case: Case, came: Sequence[Money]) -> Money | None:
    """Return what came and what is waited for; ``None`` where nothing known is."""
    money = awaited_money(case.events)
    left = read_money(money.refund, "refund") if money and money.refund else None
    if left is None or any(each.currency != left.currency for each in came):
        return None
    return left.of(left.amount + sum((each.amount for each in came), Decimal(0)))
