"""An end that was confirmed, and the money that was promised beside it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rescind.adapters import clock
from rescind.adapters.data.phrasebooks import figures
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.at_store import DECIDE_WITHIN
from rescind.app.follow.days import today
from rescind.app.follow.owed import expected_end, left_unanswered, promised
from rescind.app.follow.store_money import look_there_on, open_there
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.reading.phrases import sentences
from rescind.core.follow.reading.sums import money_by
from rescind.core.follow.shortfall import is_named
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails
from rescind.store import selectors, services


def confirmation(case: Case, ends_on: date, note: str) -> ConfirmedDetails:
    """Return what is recorded of an end that the merchant confirmed.

    Money that was promised, or asked back and not spoken of, is still to come, and has
    its own day. For days before a later end that is accepted nothing comes back.
    """
    details = ConfirmedDetails(ends_on=ends_on, note=note)
    replies, before = answers(case), case.last(ConfirmedDetails)
    has_come = before is not None and before.refund and before.refund_by is None
    money, ours = promised(case, replies), expected_end(case)
    is_same = ours is not None and any(
        is_named(each.reading, ends_on, ours) for each in replies
    )
    if money is None and (ours is None or ends_on <= ours or is_same):
        money = left_unanswered(case, replies)
    look_on = _look_on(case, replies)
    if (at_store := open_there(case, replies)) is not None:
        # an end that a store confirms is that of the renewal: the money stays asked for
        money, look_on = at_store, look_there_on(case) or look_on
    if money is None or has_come:
        return details
    return replace(details, refund=str(money), refund_by=look_on)


def _look_on(case: Case, replies: Sequence[Reply]) -> date:
    """Return when to look for the money: the day that they named, if it is later."""
    languages = [each.days for each in figures()]
    named = (
        money_by(sentences(reply.reading.new_text), money, languages, reply.came_on)
        for reply in replies
        if not reply.is_unverified and (money := reply.reading.refund) is not None
    )
    return max([today(case) + DECIDE_WITHIN, *filter(None, named)])


def say_money_came(case_id: str, *, is_owed: bool = True) -> str:
    """Record that the money came that was promised, and return the case's id.

    Without ``is_owed`` it is recorded that none is to come. Raises BadInput where none
    is waited for.
    """
    last = selectors.read_case(case_id).last(ConfirmedDetails)
    if last is None or last.refund_by is None:
        raise BadInput("money", why_not("no_money_waited_for"))
    details = ConfirmedDetails(ends_on=last.ends_on, refund=last.refund)
    if not is_owed:
        note = ENGLISH.table("case_note")["nothing_owed"]
        details = ConfirmedDetails(ends_on=last.ends_on, note=note)
    record = selectors.find_case(case_id)
    services.add(record, details, now=clock.now(), known_by=services.PERSON)
    proof.settle(record)
    return str(record.pk)
