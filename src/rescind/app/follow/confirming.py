"""An end that was confirmed, and the money that was promised beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rescind.adapters import clock
from rescind.adapters.data.phrasebooks import figures
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.adapters.input.sums import read_written_money
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.asked_money import (
    Claimed,
    asked_back,
    came_back,
    came_since,
    less,
    taken_after,
)
from rescind.app.follow.at_store import DECIDE_WITHIN
from rescind.app.follow.claims import sum_waited_for
from rescind.app.follow.days import country_of, today
from rescind.app.follow.owed import (
    left_open,
    named_end,
    promised,
    promises,
    shortfall,
)
from rescind.app.follow.store_money import look_there_on, open_there
from rescind.app.follow.told_charges import paid_day_after
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.letters_out import Do, sent_letters
from rescind.core.follow.reading.money_wait import money_after
from rescind.core.follow.reading.phrases import sentences
from rescind.core.follow.reading.sums import money_by
from rescind.core.follow.shortfall import LaterEnd, is_named, is_same_time
from rescind.core.model.case import Case, counting
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label
from rescind.core.model.money import Money
from rescind.store import selectors, services


def confirmation(
    case: Case,
    ends_on: date | None,
    note: str,
    outcome: EndOutcome = EndOutcome.CONFIRMED,
) -> ConfirmedDetails:
    """Return what is recorded of an end that the merchant confirmed.

    Money that was promised, or asked back and not granted, stays open, and has a day to
    look for it: who takes an end, a later one too, has not given that money up.
    """
    note = note or _note_of(outcome)
    details = ConfirmedDetails(ends_on=ends_on, note=note, outcome=outcome)
    replies, before = answers(case), case.last(ConfirmedDetails)
    has_come = before is not None and before.is_money_come
    money = promises(case, replies) or _left_for(case, replies, ends_on)
    look_on = look_on_day(case, replies)
    if money is None and ends_on is not None and not has_come:
        taken = taken_after(case, ends_on)
        money = Claimed(sum=taken) if taken is not None else None
    if (at_store := open_there(case, replies)) is not None:
        # an end that a store confirms is that of the renewal: the money stays asked for
        money, look_on = at_store, look_there_on(case) or look_on
    is_rest = before is not None and before.refund_by and came_since(case)
    if money is None and before is not None and is_rest:
        # another day for the end settles no rest of money that came
        was_part = before.is_part or before.outcome is EndOutcome.REST_OPEN
        rest = replace(details, refund=before.refund, refund_by=before.refund_by)
        return replace(rest, is_part=was_part)
    if money is None and ends_on is not None and not has_come:
        return replace(details, paid_after=paid_day_after(case, ends_on, outcome))
    if money is None or has_come:
        return details
    asked = _rest_asked_for(case, replies)
    if asked is not None:
        money, look_on = Claimed(sum=asked.sum), max(look_on, asked.by)
    refund = str(money.sum) if money.sum is not None else None
    is_part = asked is None and shortfall(case, replies).part is not None
    return replace(details, refund=refund, refund_by=look_on, is_part=is_part)


def _left_for(
    case: Case, replies: Sequence[Reply], ends_on: date | None
) -> Claimed | None:
    """Return the money that was claimed, while none is granted, by the end it is for.

    Of the rest of a payment nothing comes back for the days until a later end.
    """
    left = left_open(case, replies)
    owed = asked_back(case, ends_on)
    if left is None or left.sum is None or owed is None:
        return left
    rest = less(owed, came_back(case))
    return Claimed(sum=rest) if rest.amount > 0 else None


def instead_of(case: Case, ends_on: date) -> date | None:
    """Return the end that a later one would take the place of; ``None``: it is none.

    That is what was confirmed before, else the end by contract and law. A day that
    costs nothing more is the same end, and so is one that their own words name so.
    """
    ours, latest = named_end(case)
    if ours is None or ends_on <= max(ours, latest or ours):
        return None
    later = LaterEnd(theirs=ends_on, ours=ours)
    is_same = any(is_named(each.reading, ends_on, ours) for each in answers(case))
    return None if is_same or is_same_time(later) else ours


def _note_of(outcome: EndOutcome) -> str:
    """Return an outcome in a sentence, for who reads the log; empty for a plain end."""
    return str(ENGLISH.table("case_note").get(outcome.value, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    sum: Money
    by: date


def _rest_asked_for(case: Case, replies: Sequence[Reply]) -> _Asked | None:
    """Return all that is still to come, where a letter asked for what was missing."""
    part = shortfall(case, replies).part
    every = sent_letters(counting(case.events))
    asked = [each for each in every[1:] if each.kind == Do.REFUND]
    if part is None or not asked:
        return None
    return _Asked(sum=part.unpaid, by=asked[-1].confirm_by)


def look_on_day(case: Case, replies: Sequence[Reply]) -> date:
    """Return when to look for the money: the day that they named, if it is later.

    "It takes up to 30 days" names one too.
    """
    named: list[date | None] = []
    for reply in replies:
        money, on = reply.reading.refund, reply.came_on
        is_granted = reply.reading.label is Label.REFUND_GRANTED
        if reply.is_unverified or (money is None and not is_granted):
            continue
        said = sentences(reply.reading.new_text)
        named.append(money_after(said, money, [each.wait for each in figures()], on))
        if money is not None:
            named.append(money_by(said, money, [each.days for each in figures()], on))
    return max([today(case) + DECIDE_WITHIN, *filter(None, named)])


def say_money_came(case_id: str, sum_told: str = "") -> str:
    """Record that money came that was waited for, and return the case's id.

    ``sum_told`` is how much, as a person writes it; empty: all that was waited for. Of
    less the rest is waited for still, as money that is late. Raises BadInput where none
    is waited for, and where nobody can tell how much came.
    """
    _take_as_promised(case_id)
    case, last = _waiting(case_id)
    replies = answers(case)
    waited = sum_waited_for(case, replies)
    came = waited
    if sum_told:
        came = read_written_money(sum_told, "sum", country=country_of(case))
    if came is None:
        raise BadInput("sum", why_not("sum_needed"))
    settled = replace(last, note="", outcome=EndOutcome.MONEY_CAME, refund_by=None)
    _record(case_id, replace(settled, refund=str(came)))
    rest = _rest(case, replies, came, waited)
    if rest is not None:
        left = replace(last, note=_note_of(EndOutcome.REST_OPEN), refund=str(rest))
        _record(case_id, replace(left, outcome=EndOutcome.REST_OPEN))
    return case_id


def _take_as_promised(case_id: str) -> None:
    """Record that they pay a part back, where that came before it was recorded."""
    case = selectors.read_case(case_id)
    if case.last(ConfirmedDetails) is not None or not may_have_come(
        case, answers(case)
    ):
        return
    _record(case_id, confirmation(case, None, "", EndOutcome.PAYS_BACK))


def may_have_come(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether money may come in a case: some is waited for, or was granted."""
    if awaited_money(case.events) is not None:
        return True
    part = shortfall(case, replies).part
    return part is not None and part.promised is not None


def say_nothing_comes(case_id: str) -> str:
    """Record that no money is to come, and return the case's id.

    Raises BadInput where none is waited for.
    """
    _, last = _waiting(case_id)
    nothing = EndOutcome.NOTHING_OWED
    note = _note_of(nothing)
    _record(case_id, ConfirmedDetails(ends_on=last.ends_on, note=note, outcome=nothing))
    return case_id


def _rest(
    case: Case, replies: Sequence[Reply], came: Money, waited: Money | None
) -> Money | None:
    """Return what is missing; of what nobody promised, only what is surely owed."""
    if waited is None or came.currency != waited.currency:
        return None
    owed = asked_back(case)
    if owed is not None:
        still = less(owed, came_back(case))
        is_told = promised(case, replies) is not None
        # who promises a part of what is owed still owes the rest of it
        waited = max(waited, still, key=_amount) if is_told else still
    left = less(waited, [came])
    return left if left.amount > 0 else None


def _amount(money: Money) -> Decimal:
    return money.amount


def _waiting(case_id: str) -> tuple[Case, ConfirmedDetails]:
    case = selectors.read_case(case_id)
    last, money = case.last(ConfirmedDetails), awaited_money(case.events)
    if last is None or money is None:
        raise BadInput("money", why_not("no_money_waited_for"))
    # what a letter asked for first has the day of that letter
    return case, replace(last, refund_by=last.refund_by or money.by)


def _record(case_id: str, details: ConfirmedDetails) -> None:
    record = selectors.find_case(case_id)
    services.add(record, details, now=clock.now(), known_by=services.PERSON)
    proof.settle(record)
