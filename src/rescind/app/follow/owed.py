"""What is owed in a case by the letters that went out, and what answers grant of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

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
    paid_for_later,
    topic_of,
    what_went_out,
    withdrew_by_letter,
)
from rescind.app.follow.by_post import went_by_post
from rescind.app.follow.expected import expected_end
from rescind.app.follow.other_ends import left_by
from rescind.app.follow.settled import promises_in, waited_in_all
from rescind.app.follow.wanted import pays_without_a_sum
from rescind.core.act.routes import POST_TAKES
from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.other_day import other_day
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
from rescind.core.model.verdict import has_texts_elsewhere, unbound

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
        end=later_end(readings, *sure_end(case)),
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


def sure_end(case: Case) -> tuple[date | None, date | None]:
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
    if owed is not None and owed.sum is None and is_granted:
        return owed
    return _promised_without_a_sum(case, theirs)


def _promised_without_a_sum(case: Case, theirs: Sequence[Reply]) -> Claimed | None:
    """Return what the newest end promises and names no sum of: as far as it is known.

    That is what was asked back, else the payment that lies after the end.
    """
    newest = theirs[-1] if theirs else None
    if newest is None or not pays_without_a_sum(newest.reading) or came_back(case):
        return None
    if (owed := claimed(case)) is not None:
        return owed
    day = newest.ends_on
    return Claimed(sum=paid_for_later(case, day) if day is not None else None)


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
    grants = any(
        r.refund or r.label is Label.REFUND_GRANTED or pays_without_a_sum(r)
        for r in theirs
    )
    return None if grants else claimed(case)


def late_unless_bound(case: Case, replies: Sequence[Reply]) -> LaterEnd | None:
    """Return the later end that they name, right only where the contract binds so long.

    ``None`` too where our day does not turn on that, or no letter can ask for it.
    """
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    return late_as_read(case, theirs) if theirs and case.has_letter else None


def late_as_read(case: Case, theirs: Sequence[Reading]) -> LaterEnd | None:
    """Return such an end by what answers read as."""
    return later_end(theirs, *named_end(case)) if _may_bind_longer(case) else None
